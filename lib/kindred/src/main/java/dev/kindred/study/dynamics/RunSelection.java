package dev.kindred.study.dynamics;

import dev.kindred.study.dynamics.RunDeclaration.Kind;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which runs of a study speak of what. The setting with the most runs, whatever their label noise
 * and seeds, is the one that the others differ from in one thing.
 *
 * @param noisy runs of that setting with the most label noise; empty where it has none
 * @param clean runs of that setting without label noise
 * @param narrow runs that differ from the noisy ones in the width alone: the narrowest
 * @param decayed runs that differ from the clean ones in weight decay alone
 * @param transformers all runs of transformers
 * @param residual all runs of residual networks
 */
public record RunSelection(
    List<DynamicsRun> noisy,
    List<DynamicsRun> clean,
    List<DynamicsRun> narrow,
    List<DynamicsRun> decayed,
    List<DynamicsRun> transformers,
    List<DynamicsRun> residual) {

  /** Selects among the runs of a study. */
  public static RunSelection of(List<DynamicsRun> runs) {
    List<DynamicsRun> residual = runs.stream().filter(run -> !isTransformer(run)).toList();
    List<DynamicsRun> transformers = runs.stream().filter(RunSelection::isTransformer).toList();
    Map<RunDeclaration, Integer> counts = new LinkedHashMap<>();
    residual.forEach(run -> counts.merge(setting(run, 0), 1, Integer::sum));
    if (counts.isEmpty()) {
      return new RunSelection(List.of(), List.of(), List.of(), List.of(), transformers, residual);
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
    List<DynamicsRun> narrower =
        residual.stream()
            .filter(run -> run.declaration().width() < usual.width())
            .filter(run -> own(run).withWidth(usual.width()).equals(noisy))
            .toList();
    int narrowest = narrower.stream().mapToInt(r -> r.declaration().width()).min().orElse(0);
    return new RunSelection(
        noise > 0 ? residual.stream().filter(run -> own(run).equals(noisy)).toList() : List.of(),
        residual.stream().filter(run -> own(run).equals(usual)).toList(),
        narrower.stream().filter(run -> run.declaration().width() == narrowest).toList(),
        residual.stream()
            .filter(run -> run.declaration().weightDecay() > usual.weightDecay())
            .filter(
                run ->
                    own(run)
                        .withRule(usual.rule(), usual.rate(), usual.weightDecay())
                        .equals(usual))
            .toList(),
        transformers,
        residual);
  }

  static boolean isTransformer(DynamicsRun run) {
    Kind kind = run.declaration().kind();
    return kind == Kind.VIT || kind == Kind.VIT_B_16;
  }

  private static RunDeclaration own(DynamicsRun run) {
    return run.declaration().withSeed(0);
  }

  private static RunDeclaration setting(DynamicsRun run, double noise) {
    return own(run).withLabelNoise(noise);
  }
}
