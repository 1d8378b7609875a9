package dev.kindred.study.consistency;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Consistency of similarities across data sets: for two data sets A and B and a pair of model sets
 * (Θ, Φ), the correlation of the similarity vectors s(A, Θ, Φ) and s(B, Θ, Φ), Pearson's where
 * nothing else is said; R(Θ, Φ) is its distribution over all pairs of data sets (Ciernik et al.,
 * section 3).
 *
 * <p>Models and data sets carry weights, their multiplicities in a bootstrap sample. A pair of
 * models counts as often as the product of its two weights, so a model never meets its own copy.
 * For the same reason, pairs of models of one {@linkplain SimilaritySet#declaredAs declaration}
 * count nothing.
 *
 * <p>What was computed is kept. Several threads may ask at once.
 */
public final class Consistency {
  private final SimilaritySet similarities;
  private final Correlation.Method method;
  private final double[] modelWeights;
  private final double[] dataSetWeights;
  private final Map<PairSet, double[][]> vectors;
  private final Map<PairSet, Optional<int[]>> blocks;
  private final Map<PairSet, double[][]> correlations;
  private final Map<PairSet, List<Cell>> ascending;

  public Consistency(SimilaritySet similarities) {
    this(similarities, Correlation.Method.PEARSON);
  }

  /**
   * @param method Pearson, as the paper has it, Spearman's, or Kendall's τ-b
   */
  public Consistency(SimilaritySet similarities, Correlation.Method method) {
    this(
        similarities,
        method,
        ones(similarities.models().size()),
        ones(similarities.dataSets().size()));
  }

  Consistency(
      SimilaritySet similarities,
      Correlation.Method method,
      double[] modelWeights,
      double[] dataSetWeights) {
    this(
        similarities,
        method,
        modelWeights,
        dataSetWeights,
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>());
  }

  private Consistency(
      SimilaritySet similarities,
      Correlation.Method method,
      double[] modelWeights,
      double[] dataSetWeights,
      Map<PairSet, double[][]> vectors,
      Map<PairSet, Optional<int[]>> blocks,
      Map<PairSet, double[][]> correlations,
      Map<PairSet, List<Cell>> ascending) {
    this.similarities = similarities;
    this.method = method;
    this.modelWeights = modelWeights;
    this.dataSetWeights = dataSetWeights;
    this.vectors = vectors;
    this.blocks = blocks;
    this.correlations = correlations;
    this.ascending = ascending;
  }

  /** Other weights of models and data sets; the similarity vectors are read once for all. */
  Consistency drawn(double[] models, double[] dataSets) {
    return new Consistency(
        similarities,
        method,
        models,
        dataSets,
        vectors,
        blocks,
        new ConcurrentHashMap<>(),
        new ConcurrentHashMap<>());
  }

  /** The same models with other weights of the data sets; the correlations stay. */
  Consistency withDataSets(double[] weights) {
    return new Consistency(
        similarities, method, modelWeights, weights, vectors, blocks, correlations, ascending);
  }

  /** Other similarities of as many models on the same data sets, under the same weights. */
  Consistency of(SimilaritySet others) {
    return new Consistency(others, method, modelWeights, dataSetWeights);
  }

  static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  SimilaritySet similarities() {
    return similarities;
  }

  double modelWeight(int model) {
    return modelWeights[model];
  }

  /** How often each pair counts; not at all where its models are copies. */
  double[] weights(PairSet pairs) {
    return pairs.values(
        (i, j) -> similarities.areCopies(i, j) ? 0 : modelWeights[i] * modelWeights[j]);
  }

  double[] dataSetWeights() {
    return dataSetWeights;
  }

  /**
   * Consistency between every two data sets, 1 on the diagonal (Figure 7); NaN where a similarity
   * vector is constant.
   */
  public LabelledMatrix matrix(PairSet pairs) {
    List<String> names = similarities.dataSets().stream().map(DataSet::name).toList();
    Provenance[] inputs = new Provenance[names.size()];
    Arrays.setAll(inputs, d -> similarities.matrix(d).provenance());
    return new LabelledMatrix(
        "consistency, " + pairs.name(),
        names,
        names,
        correlations(pairs),
        Provenance.of("consistency", Map.of("model pairs", pairs.name()), inputs));
  }

  /** R(Θ, Φ): the consistency of every two different data sets, first data set slow (Figure 6). */
  public double[] distribution(PairSet pairs) {
    double[][] matrix = correlations(pairs);
    List<Double> values = new ArrayList<>();
    for (int a = 0; a < matrix.length; a++) {
      for (int b = a + 1; b < matrix.length; b++) {
        if (!Double.isNaN(matrix[a][b])) {
          values.add(matrix[a][b]);
        }
      }
    }
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Mean of R(Θ, Φ), weighted as the data sets are. */
  public double mean(PairSet pairs) {
    return mean(pairs, (a, b) -> true);
  }

  /** Mean consistency of the pairs of data sets that a condition on their indices takes. */
  double mean(PairSet pairs, DataSetPairs taken) {
    double[][] matrix = correlations(pairs);
    double sum = 0;
    double total = 0;
    for (int a = 0; a < matrix.length; a++) {
      for (int b = a + 1; b < matrix.length; b++) {
        double weight = dataSetWeights[a] * dataSetWeights[b];
        if (weight > 0 && !Double.isNaN(matrix[a][b]) && taken.test(a, b)) {
          sum += weight * matrix[a][b];
          total += weight;
        }
      }
    }
    return sum / total;
  }

  /** Number, sum and sum of squares of R(Θ, Φ), weighted as the data sets are. */
  double[] sums(PairSet pairs) {
    double[][] matrix = correlations(pairs);
    double[] sums = new double[3];
    for (int a = 0; a < matrix.length; a++) {
      for (int b = a + 1; b < matrix.length; b++) {
        double weight = dataSetWeights[a] * dataSetWeights[b];
        if (weight > 0 && !Double.isNaN(matrix[a][b])) {
          sums[0] += weight;
          sums[1] += weight * matrix[a][b];
          sums[2] += weight * matrix[a][b] * matrix[a][b];
        }
      }
    }
    return sums;
  }

  /** A choice of pairs of data sets. */
  @FunctionalInterface
  interface DataSetPairs {
    boolean test(int first, int second);
  }

  /** Median of R(Θ, Φ), weighted as the data sets are; NaN if no pair of data sets has a value. */
  public double median(PairSet pairs) {
    return quantile(pairs, 0.5);
  }

  /** Distance of the quartiles of R(Θ, Φ). */
  double spread(PairSet pairs) {
    return quantile(pairs, 0.75) - quantile(pairs, 0.25);
  }

  /**
   * Weighted quantile: with equal weights the mean of the two middle values for the median of an
   * even number.
   */
  private double quantile(PairSet pairs, double q) {
    List<Cell> cells =
        ascending(pairs).stream()
            .filter(cell -> dataSetWeights[cell.a] * dataSetWeights[cell.b] > 0)
            .toList();
    double total = 0;
    for (Cell cell : cells) {
      total += dataSetWeights[cell.a] * dataSetWeights[cell.b];
    }
    double below = 0;
    for (int i = 0; i < cells.size(); i++) {
      Cell cell = cells.get(i);
      below += dataSetWeights[cell.a] * dataSetWeights[cell.b];
      if (Math.abs(below - q * total) < 1e-9 * total && i + 1 < cells.size()) {
        return 0.5 * (cell.value + cells.get(i + 1).value);
      }
      if (below > q * total) {
        return cell.value;
      }
    }
    return Double.NaN;
  }

  /** The consistency of two data sets. */
  private record Cell(int a, int b, double value) {}

  /** What is known of R(Θ, Φ), whatever the data sets weigh. */
  private List<Cell> ascending(PairSet pairs) {
    return ascending.computeIfAbsent(
        pairs,
        set -> {
          double[][] matrix = correlations(set);
          List<Cell> cells = new ArrayList<>();
          for (int a = 0; a < matrix.length; a++) {
            for (int b = a + 1; b < matrix.length; b++) {
              if (!Double.isNaN(matrix[a][b])) {
                cells.add(new Cell(a, b, matrix[a][b]));
              }
            }
          }
          cells.sort(Comparator.comparingDouble(Cell::value));
          return cells;
        });
  }

  /** The similarity vectors of a set of pairs, by data set; not to be changed. */
  double[][] vectors(PairSet pairs) {
    return vectors.computeIfAbsent(pairs, similarities::vectors);
  }

  private double[][] correlations(PairSet pairs) {
    return correlations.computeIfAbsent(
        pairs, set -> byMoments(set).orElseGet(() -> method.weighted(weights(set), vectors(set))));
  }

  private Optional<double[][]> byMoments(PairSet pairs) {
    return method != Correlation.Method.PEARSON
        ? Optional.empty()
        : similarities
            .moments()
            .flatMap(
                moments ->
                    blocks
                        .computeIfAbsent(pairs, moments::blocks)
                        .flatMap(of -> moments.correlations(of, modelWeights)));
  }
}
