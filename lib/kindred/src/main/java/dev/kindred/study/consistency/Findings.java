package dev.kindred.study.consistency;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What there is to see in the figures, as numbers; NaN where there is nothing to average. */
public final class Findings {
  private final SimilaritySet similarities;
  private final ModelTable models;
  private final Consistency consistency;
  private final LabelledMatrix mean;

  /**
   * @param similarities by the headline measure
   * @param models attributes of the same models
   */
  public Findings(SimilaritySet similarities, ModelTable models) {
    this.similarities = similarities;
    this.models = models;
    this.consistency = new Consistency(similarities);
    this.mean = similarities.mean();
  }

  /** Something by name, and its number. */
  public record Named(String name, double value) {}

  /** Name of a data set. */
  public String dataSet(int index) {
    return similarities.dataSets().get(index).name();
  }

  /** Mean similarity of two models (Figure 2). */
  public double meanSimilarity() {
    return average(similarities.comparedPairs().values(mean));
  }

  /** Mean over the pairs of models of the deviation over data sets. */
  public double meanDeviation() {
    return average(similarities.comparedPairs().values(similarities.standardDeviation()));
  }

  /** The set of an attribute whose models are the most similar to each other. */
  public Optional<Named> mostSimilarWithin(String attribute) {
    return greatest(
        pairSets(attribute).stream()
            .filter(PairSet::isWithin)
            .filter(set -> similarities.compared(set).size() > 0)
            .toList(),
        set -> average(similarities.compared(set).values(mean)));
  }

  /**
   * Mean deviation of the thirds of pairs of lowest, middle and highest mean similarity (Figure 3).
   */
  public double[] deviationOfThirds() {
    double[] means = similarities.comparedPairs().values(mean);
    double[] deviations = similarities.comparedPairs().values(similarities.standardDeviation());
    Integer[] order = new Integer[means.length];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble(k -> means[k]));
    double[] thirds = new double[3];
    for (int third = 0; third < 3; third++) {
      thirds[third] =
          Arrays.stream(order, third * order.length / 3, (third + 1) * order.length / 3)
              .mapToDouble(k -> deviations[k])
              .average()
              .orElse(0);
    }
    return thirds;
  }

  /** The same after arccos, which stretches high similarities (Figure 11). */
  public Findings stretched() {
    return new Findings(
        similarities.map("arccos", s -> Math.acos(Math.max(-1, Math.min(1, s)))), models);
  }

  /** Correlation over pairs of models of the mean similarities by another measure (Figure 3). */
  public double similarityAgreement(SimilaritySet other) {
    return pearson(
        similarities.comparedPairs().values(mean),
        similarities.comparedPairs().values(other.mean()));
  }

  /**
   * How often the most similar model is of the same set (Figure 4).
   *
   * @param shares one for each of some data sets
   * @param chance what labels that are exchanged at random give on average
   */
  public record Neighbours(double[] shares, double chance) {}

  /**
   * Share of models whose most similar model is of their set, on some data sets, for every
   * attribute with two sets or more of more than two models on average. Copies of a model, which
   * differ in their seed alone, are no neighbours.
   *
   * @param dataSets by index
   */
  public Map<String, Neighbours> neighboursOfOwnSet(List<Integer> dataSets) {
    Map<String, Neighbours> neighbours = new LinkedHashMap<>();
    models
        .attributes()
        .forEach(
            (attribute, values) -> {
              long sets = values.stream().distinct().count();
              if (sets > 1 && sets < values.size() / 2.0) {
                neighbours.put(
                    attribute,
                    new Neighbours(
                        dataSets.stream()
                            .mapToDouble(d -> neighboursOfOwnSet(similarities.matrix(d), values))
                            .toArray(),
                        chance(values)));
              }
            });
    return neighbours;
  }

  private boolean areCopies(int i, int j) {
    return similarities.declarations().get(i).equals(similarities.declarations().get(j));
  }

  private double neighboursOfOwnSet(LabelledMatrix matrix, List<String> values) {
    int agreeing = 0;
    for (int i = 0; i < values.size(); i++) {
      int nearest = -1;
      for (int j = 0; j < values.size(); j++) {
        if (!areCopies(i, j) && (nearest < 0 || matrix.get(i, j) > matrix.get(i, nearest))) {
          nearest = j;
        }
      }
      agreeing += nearest >= 0 && values.get(i).equals(values.get(nearest)) ? 1 : 0;
    }
    return (double) agreeing / values.size();
  }

  /** Of the models that could be a model's neighbour, the share of its set, on average. */
  private double chance(List<String> values) {
    double sum = 0;
    for (int i = 0; i < values.size(); i++) {
      int others = 0;
      int own = 0;
      for (int j = 0; j < values.size(); j++) {
        if (!areCopies(i, j)) {
          others++;
          own += values.get(i).equals(values.get(j)) ? 1 : 0;
        }
      }
      sum += others == 0 ? 0 : (double) own / others;
    }
    return sum / values.size();
  }

  /** R over all model pairs, one number for each pair of data sets that has one (Figure 5). */
  public double[] consistencies() {
    return consistency.distribution(similarities.allPairs());
  }

  /** Mean and population standard deviation of {@link #consistencies()} (Figure 6). */
  public double[] meanAndDeviationOfConsistency() {
    double[] all = consistencies();
    double centre = average(all);
    return new double[] {
      centre,
      Math.sqrt(Arrays.stream(all).map(r -> (r - centre) * (r - centre)).average().orElse(0))
    };
  }

  /** The set pair of an attribute with the highest median R (Figure 6). */
  public Optional<Named> mostConsistent(String attribute) {
    return greatest(pairSets(attribute), consistency::median);
  }

  /** The set pair of an attribute with the lowest median R (Figure 6). */
  public Optional<Named> leastConsistent(String attribute) {
    return greatest(pairSets(attribute), set -> -consistency.median(set))
        .map(found -> new Named(found.name(), -found.value()));
  }

  /**
   * How data sets agree (Figure 7).
   *
   * @param within mean consistency of two data sets of one category
   * @param across of two of different categories
   * @param least the data set that agrees least with the others, and its mean consistency with them
   */
  public record DataSetAgreement(double within, double across, Optional<Named> least) {}

  /** How data sets agree, where their consistency is defined. */
  public DataSetAgreement dataSetAgreement() {
    LabelledMatrix matrix = consistency.matrix(similarities.allPairs());
    List<DataSet> sets = similarities.dataSets();
    List<Double> within = new ArrayList<>();
    List<Double> across = new ArrayList<>();
    List<Named> means = new ArrayList<>();
    for (int i = 0; i < sets.size(); i++) {
      List<Double> own = new ArrayList<>();
      for (int j = 0; j < sets.size(); j++) {
        if (i != j && !Double.isNaN(matrix.get(i, j))) {
          own.add(matrix.get(i, j));
          boolean same = sets.get(i).category().equals(sets.get(j).category());
          (same ? within : across).add(matrix.get(i, j));
        }
      }
      means.add(new Named(sets.get(i).name(), average(own)));
    }
    return new DataSetAgreement(
        average(within),
        average(across),
        means.stream()
            .filter(named -> !Double.isNaN(named.value()))
            .min(Comparator.comparingDouble(Named::value)));
  }

  /**
   * Correlation over pairs of data sets of the consistency by another measure, where both are
   * defined (Figure 12).
   */
  public double consistencyAgreement(SimilaritySet other) {
    LabelledMatrix own = consistency.matrix(similarities.allPairs());
    LabelledMatrix others = new Consistency(other).matrix(similarities.allPairs());
    List<double[]> cells = new ArrayList<>();
    for (int i = 0; i < own.rows().size(); i++) {
      for (int j = 0; j < i; j++) {
        if (!Double.isNaN(own.get(i, j)) && !Double.isNaN(others.get(i, j))) {
          cells.add(new double[] {own.get(i, j), others.get(i, j)});
        }
      }
    }
    return pearson(
        cells.stream().mapToDouble(cell -> cell[0]).toArray(),
        cells.stream().mapToDouble(cell -> cell[1]).toArray());
  }

  /**
   * For how many anchors a set of an attribute is the one that they are most consistent with, by
   * the median of R({anchor}, Φ) (Figure 14).
   *
   * @param anchors ids of models
   */
  public Map<String, Integer> setsOfAnchors(String attribute, List<String> anchors) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (String anchor : anchors) {
      int index = models.models().indexOf(anchor);
      models.sets(attribute).entrySet().stream()
          .map(set -> new Named(set.getKey(), median(index, set.getValue())))
          .filter(named -> !Double.isNaN(named.value()))
          .max(Comparator.comparingDouble(Named::value))
          .ifPresent(best -> counts.merge(best.name(), 1, Integer::sum));
    }
    return counts;
  }

  private double median(int anchor, int[] set) {
    return consistency.median(ConsistencyClaims.anchor(anchor, set));
  }

  /** Mean correlation of similarity and accuracy gap by category of data sets (Figure 15). */
  public Map<String, Double> gapsByCategory(PerformanceGap gaps) {
    Map<String, List<Double>> byCategory = new LinkedHashMap<>();
    for (int d = 0; d < similarities.dataSets().size(); d++) {
      List<Double> values =
          byCategory.computeIfAbsent(
              similarities.dataSets().get(d).category(), category -> new ArrayList<>());
      if (!Double.isNaN(gaps.correlation(d))) {
        values.add(gaps.correlation(d));
      }
    }
    Map<String, Double> means = new LinkedHashMap<>();
    byCategory.forEach((category, values) -> means.put(category, average(values)));
    return means;
  }

  /**
   * By measure, the mean |difference| of similarities between the two largest samples (Figure 10).
   *
   * @param bySize images per class, ascending → measure → similarities; two sizes or more
   */
  public static Map<String, Double> lastChange(Map<Integer, Map<String, LabelledMatrix>> bySize) {
    List<Map<String, LabelledMatrix>> sizes = List.copyOf(bySize.values());
    Map<String, LabelledMatrix> before = sizes.get(sizes.size() - 2);
    Map<String, Double> changes = new LinkedHashMap<>();
    sizes
        .get(sizes.size() - 1)
        .forEach(
            (measure, matrix) ->
                changes.put(
                    measure,
                    average(
                        PairSet.all(matrix.rows().size())
                            .values(
                                (i, j) ->
                                    Math.abs(matrix.get(i, j) - before.get(measure).get(i, j))))));
    return changes;
  }

  private List<PairSet> pairSets(String attribute) {
    return models.attributes().containsKey(attribute)
        ? List.copyOf(PairSet.of(models, attribute).values())
        : List.of();
  }

  private static Optional<Named> greatest(List<PairSet> sets, ToDoubleFunction<PairSet> value) {
    return sets.stream()
        .map(set -> new Named(set.name(), value.applyAsDouble(set)))
        .filter(named -> !Double.isNaN(named.value()))
        .max(Comparator.comparingDouble(Named::value));
  }

  private static double pearson(double[] x, double[] y) {
    return x.length < 2 ? Double.NaN : Correlation.Method.PEARSON.coefficient(x, y);
  }

  private static double average(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }
}
