package dev.kindred.study.dynamics;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Which runs of a study speak of what. The setting with the most runs, whatever their label noise
 * and seeds, is the one that the others differ from in one thing.
 *
 * @param noisy runs of that setting with the most label noise; empty where it has none
 * @param clean runs of that setting without label noise
 * @param byWidth the noisy runs and those that differ from them in the width alone, by width, the
 *     narrowest first
 * @param decayed runs that differ from the clean ones in weight decay alone
 * @param otherRules runs that differ from the noisy or the clean ones in the optimiser alone
 * @param transformers all runs of transformers
 * @param others all other runs of residual networks: of other images or other label noise
 */
public record RunSelection(
    List<DynamicsRun> noisy,
    List<DynamicsRun> clean,
    SortedMap<Integer, List<DynamicsRun>> byWidth,
    List<DynamicsRun> decayed,
    List<DynamicsRun> otherRules,
    List<DynamicsRun> transformers,
    List<DynamicsRun> others) {

  /** Selects among the runs of a study. */
  public static RunSelection of(List<DynamicsRun> runs) {
    List<DynamicsRun> residual =
        runs.stream().filter(run -> !run.declaration().isTransformer()).toList();
    List<DynamicsRun> transformers =
        runs.stream().filter(run -> run.declaration().isTransformer()).toList();
    Map<RunDeclaration, Integer> counts = new LinkedHashMap<>();
    residual.forEach(run -> counts.merge(setting(run, 0), 1, Integer::sum));
    if (counts.isEmpty()) {
      return new RunSelection(
          List.of(), List.of(), new TreeMap<>(), List.of(), List.of(), transformers, List.of());
    }
    int most = counts.values().stream().max(Comparator.naturalOrder()).orElseThrow();
    RunDeclaration usual =
        counts.keySet().stream().filter(s -> counts.get(s) == most).findFirst().orElseThrow();
    double noise =
        residual.stream()
            .filter(run -> setting(run, 0).equals(usual))
            .mapToDouble(run -> run.declaration().labelNoise())
            .max()
            .orElseThrow();
    RunDeclaration noisy = usual.withLabelNoise(noise);
    List<DynamicsRun> clean = residual.stream().filter(run -> own(run).equals(usual)).toList();
    SortedMap<Integer, List<DynamicsRun>> byWidth =
        noise > 0 ? byWidth(residual, noisy) : new TreeMap<>();
    List<DynamicsRun> decayed =
        residual.stream()
            .filter(run -> run.declaration().weightDecay() > usual.weightDecay())
            .filter(run -> byRuleOf(usual, run).equals(usual))
            .toList();
    List<DynamicsRun> otherRules =
        residual.stream()
            .filter(run -> run.declaration().rule() != usual.rule())
            .filter(run -> List.of(usual, noisy).contains(byRuleOf(usual, run)))
            .toList();
    List<DynamicsRun> others = new ArrayList<>(residual);
    List.of(clean, decayed, otherRules).forEach(others::removeAll);
    byWidth.values().forEach(others::removeAll);
    return new RunSelection(
        noise > 0 ? byWidth.get(usual.width()) : List.of(),
        clean,
        byWidth,
        decayed,
        otherRules,
        transformers,
        List.copyOf(others));
  }

  private static SortedMap<Integer, List<DynamicsRun>> byWidth(
      List<DynamicsRun> residual, RunDeclaration noisy) {
    return residual.stream()
        .filter(run -> own(run).withWidth(noisy.width()).equals(noisy))
        .collect(
            Collectors.groupingBy(
                run -> run.declaration().width(), TreeMap::new, Collectors.toList()));
  }

  private static RunDeclaration byRuleOf(RunDeclaration usual, DynamicsRun run) {
    return own(run).withRule(usual.rule(), usual.rate(), usual.weightDecay());
  }

  private static RunDeclaration own(DynamicsRun run) {
    return run.declaration().withSeed(0);
  }

  private static RunDeclaration setting(DynamicsRun run, double noise) {
    return own(run).withLabelNoise(noise);
  }
}
