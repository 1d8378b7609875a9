package dev.kindred.study.consistency;

import dev.kindred.base.Seeds;
import dev.kindred.network.zoo.CrossedZoo;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate.Scale;
import dev.kindred.study.Evidence;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import dev.kindred.study.source.FeatureSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * What consistency is there without learning: mean R of the study's models, of the same models
 * before they were trained, and of models that were trained on random labels. Trained and untrained
 * twins are drawn together, so their difference is one of pairs.
 *
 * <p>Networks of two architectures may be unlike on all images, trained or not, which makes R large
 * over all pairs of models. So it stands there a second time, as the mean over the pairs of
 * architectures, each by itself.
 */
public final class WithoutLearning {
  private static final String ARCHITECTURE = "architecture";

  /** Similarities by one measure. */
  record Sets(
      SimilaritySet trained,
      Optional<SimilaritySet> untrained,
      Optional<SimilaritySet> randomLabels) {}

  private record Row(String networks, String pairs, int number) {}

  private final int replicates;
  private final Seeds seeds;
  private final Map<Row, Map<String, Evidence>> rows = new LinkedHashMap<>();

  private WithoutLearning(int replicates, Seeds seeds) {
    this.replicates = replicates;
    this.seeds = seeds;
  }

  /**
   * The table: mean R with 95 % intervals over models and data sets, a column for each measure.
   *
   * @param input the study, with its controls where it has some
   * @param measures the headline measure first
   */
  public static Table table(
      ConsistencyInput input, List<String> measures, int replicates, Seeds seeds) {
    Map<String, Sets> byMeasure = new LinkedHashMap<>();
    for (String measure : measures) {
      byMeasure.put(
          measure,
          new Sets(
              input.similarities(measure),
              input.control(FeatureSource.UNTRAINED, measure),
              input.control(FeatureSource.RANDOM_LABELS, measure)));
    }
    return table(byMeasure, input.modelTable(), replicates, seeds);
  }

  static Table table(Map<String, Sets> byMeasure, ModelTable models, int replicates, Seeds seeds) {
    WithoutLearning table = new WithoutLearning(replicates, seeds);
    byMeasure.forEach((measure, sets) -> table.add(measure, sets, "all", all -> pairs(all)));
    if (hasArchitectures(models)) {
      byMeasure.forEach(
          (measure, sets) ->
              table.add(
                  measure, sets, "by architecture", set -> ofArchitectures(set.models(), models)));
    }
    return table.table(byMeasure.keySet());
  }

  private static Collection<PairSet> pairs(SimilaritySet set) {
    return List.of(set.allPairs());
  }

  /** Whether models differ in architecture. */
  public static boolean hasArchitectures(ModelTable models) {
    return models.attributes().containsKey(ARCHITECTURE)
        && PairSet.of(models, ARCHITECTURE).size() > 1;
  }

  /**
   * Pairs of models by the architectures of the two; none where some model is not known.
   *
   * @param names of models, or of the same on random labels
   * @param models with their architectures
   */
  public static Collection<PairSet> ofArchitectures(List<String> names, ModelTable models) {
    List<Integer> rows =
        names.stream()
            .map(name -> CrossedZoo.isOnRandomLabels(name) ? CrossedZoo.counterpart(name) : name)
            .map(models.models()::indexOf)
            .toList();
    if (rows.contains(-1)) {
      return List.of();
    }
    List<String> labels = rows.stream().map(models.values(ARCHITECTURE)::get).toList();
    return PairSet.of(new ModelTable(names, Map.of(ARCHITECTURE, labels)), ARCHITECTURE).values();
  }

  private void add(
      String measure,
      Sets sets,
      String pairs,
      Function<SimilaritySet, Collection<PairSet>> chosen) {
    SimilaritySet trained = sets.trained();
    mean(measure, pairs, "trained", trained, chosen);
    sets.untrained()
        .ifPresent(
            twins -> {
              mean(measure, pairs, "the same before training", twins, chosen);
              difference(measure, pairs, "trained less untrained", trained, twins, chosen);
            });
    sets.randomLabels()
        .ifPresent(
            random ->
                counterparts(trained, random)
                    .ifPresent(
                        truth -> {
                          mean(measure, pairs, "trained on random labels", random, chosen);
                          mean(
                              measure,
                              pairs,
                              "the same on true labels and more images",
                              truth,
                              chosen);
                          difference(
                              measure,
                              pairs,
                              "on true less on random labels",
                              truth,
                              random,
                              chosen);
                        }));
  }

  /**
   * The networks that learnt true labels in place of random ones; empty unless all of them are
   * there. They were shown more images: random labels are learnt of as many as can be known by
   * heart.
   */
  public static Optional<SimilaritySet> counterparts(SimilaritySet trained, SimilaritySet random) {
    if (!random.models().stream().allMatch(CrossedZoo::isOnRandomLabels)) {
      return Optional.empty();
    }
    List<String> names = random.models().stream().map(CrossedZoo::counterpart).toList();
    return trained.models().containsAll(names)
        ? Optional.of(trained.among(names))
        : Optional.empty();
  }

  private void mean(
      String measure,
      String pairs,
      String networks,
      SimilaritySet set,
      Function<SimilaritySet, Collection<PairSet>> chosen) {
    Collection<PairSet> taken = chosen.apply(set);
    add(measure, pairs, networks, set, r -> mean(r, taken), Scale.CORRELATION);
  }

  /** Of as many models in the same order. */
  private void difference(
      String measure,
      String pairs,
      String networks,
      SimilaritySet more,
      SimilaritySet less,
      Function<SimilaritySet, Collection<PairSet>> chosen) {
    Collection<PairSet> taken = chosen.apply(more);
    add(measure, pairs, networks, more, r -> mean(r, taken) - mean(r.of(less), taken), Scale.PLAIN);
  }

  private static double mean(Consistency replicate, Collection<PairSet> sets) {
    return sets.stream()
        .mapToDouble(replicate::mean)
        .filter(mean -> !Double.isNaN(mean))
        .average()
        .orElse(Double.NaN);
  }

  private void add(
      String measure,
      String pairs,
      String networks,
      SimilaritySet set,
      ToDoubleFunction<Consistency> quantity,
      Scale scale) {
    int count = set.models().size();
    Part part = new Part(quantity, count, set.dataSets().size(), scale, Optional.empty());
    ConsistencyBootstrap bootstrap =
        new ConsistencyBootstrap(
            set, ConsistencyBootstrap.Over.BOTH, replicates, seeds.child(networks));
    rows.computeIfAbsent(new Row(networks, pairs, count), row -> new LinkedHashMap<>())
        .put(measure, new DecisionRule.Above(0).judge(bootstrap.estimates(List.of(part))));
  }

  private Table table(Collection<String> measures) {
    List<Row> all = List.copyOf(rows.keySet());
    Table table =
        Table.create(
            "Consistency with and without learning: mean R and 95 % interval",
            StringColumn.create("networks", all.stream().map(Row::networks).toList()),
            IntColumn.create("number", all.stream().mapToInt(Row::number).toArray()),
            StringColumn.create("model pairs", all.stream().map(Row::pairs).toList()));
    for (String measure : measures) {
      table.addColumns(
          StringColumn.create(
              measure, all.stream().map(row -> text(rows.get(row).get(measure))).toList()));
    }
    return table;
  }

  private static String text(Evidence found) {
    return found == null
        ? "–"
        : String.format(
                Locale.ROOT,
                "%.3f [%.3f, %.3f]",
                found.value(),
                found.interval().low(),
                found.interval().high())
            .replace('-', '−');
  }
}
