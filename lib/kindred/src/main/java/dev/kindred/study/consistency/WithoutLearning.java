package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.network.zoo.CrossedZoo;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.Evidence;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What consistency is there without learning: mean R of the study's models, of the same models
 * before they were trained, and of models that were trained on random labels. Trained and untrained
 * twins are drawn together, so their difference is one of pairs.
 */
public final class WithoutLearning {
  private final int replicates;
  private final Seeds seeds;
  private final List<String> rows = new ArrayList<>();
  private final List<Integer> models = new ArrayList<>();
  private final List<Evidence> evidence = new ArrayList<>();

  private WithoutLearning(int replicates, Seeds seeds) {
    this.replicates = replicates;
    this.seeds = seeds;
  }

  /**
   * The table: mean R with 95 % intervals over models and data sets.
   *
   * @param trained the study's similarities
   * @param untrained those of the same models before training, where they are known
   * @param randomLabels those of models on random labels, where there are any
   */
  public static Table table(
      SimilaritySet trained,
      Optional<SimilaritySet> untrained,
      Optional<SimilaritySet> randomLabels,
      int replicates,
      Seeds seeds) {
    WithoutLearning controls = new WithoutLearning(replicates, seeds);
    controls.add("trained", trained, WithoutLearning::mean, Estimate.Scale.CORRELATION);
    if (trained.declarations().stream().distinct().count() < trained.models().size()) {
      controls.add(
          "trained, pairs that differ in their seed alone taken in",
          trained.declaredAs(trained.models()),
          WithoutLearning::mean,
          Estimate.Scale.CORRELATION);
    }
    untrained.ifPresent(
        twins -> {
          controls.add(
              "the same before training", twins, WithoutLearning::mean, Estimate.Scale.CORRELATION);
          controls.add(
              "trained less untrained",
              trained,
              replicate -> mean(replicate) - mean(replicate.of(twins)),
              Estimate.Scale.PLAIN);
        });
    randomLabels.ifPresent(random -> controls.add(trained, random));
    return controls.table();
  }

  private static double mean(Consistency replicate) {
    PairSet all = replicate.similarities().allPairs();
    return replicate.mean(all);
  }

  /** Models on random labels, beside those of the same declarations on the true ones. */
  private void add(SimilaritySet trained, SimilaritySet random) {
    add("trained on random labels", random, WithoutLearning::mean, Estimate.Scale.CORRELATION);
    List<String> counterparts =
        random.models().stream()
            .filter(CrossedZoo::isOnRandomLabels)
            .map(CrossedZoo::counterpart)
            .toList();
    if (counterparts.size() == random.models().size()
        && trained.models().containsAll(counterparts)) {
      SimilaritySet truth = trained.among(counterparts);
      add("the same on true labels", truth, WithoutLearning::mean, Estimate.Scale.CORRELATION);
      add(
          "on true less on random labels",
          truth,
          replicate -> mean(replicate) - mean(replicate.of(random)),
          Estimate.Scale.PLAIN);
    }
  }

  private void add(
      String row,
      SimilaritySet similarities,
      ToDoubleFunction<Consistency> quantity,
      Estimate.Scale scale) {
    int count = similarities.models().size();
    Part part = new Part(quantity, count, similarities.dataSets().size(), scale, Optional.empty());
    ConsistencyBootstrap bootstrap =
        new ConsistencyBootstrap(
            similarities, ConsistencyBootstrap.Over.BOTH, replicates, seeds.child(row));
    rows.add(row);
    models.add(count);
    evidence.add(new DecisionRule.Above(0).judge(bootstrap.estimates(List.of(part))));
  }

  private Table table() {
    return Table.create(
        "Consistency with and without learning",
        StringColumn.create("networks", rows),
        IntColumn.create("number", models.stream().mapToInt(Integer::intValue).toArray()),
        StringColumn.create(
            "mean R", evidence.stream().map(found -> number(found.value())).toList()),
        StringColumn.create(
            "95 % interval",
            evidence.stream()
                .map(
                    found ->
                        "["
                            + number(found.interval().low())
                            + ", "
                            + number(found.interval().high())
                            + "]")
                .toList()));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value).replace('-', '−');
  }
}
