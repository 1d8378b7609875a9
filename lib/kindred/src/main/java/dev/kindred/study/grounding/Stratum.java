package dev.kindred.study.grounding;

import dev.kindred.measure.statistics.Ties;
import dev.kindred.measure.statistics.WeightedKendall;
import dev.kindred.measure.statistics.WeightedRanks;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The pairs of a subtask at one depth. Every pair has a side that is the reference network, and
 * another; the reference is the best of the networks, and no pair is one of a representation with
 * itself.
 */
final class Stratum {
  /**
   * Far less than one image of a test set, and far more than the rounding of an accuracy that is
   * kept as a float.
   */
  static final double SAME_ACCURACY = 1e-6;

  /**
   * A pair.
   *
   * @param other the network of the other side; it may be the reference network itself, at another
   *     depth or with fewer components
   * @param otherLevel at which level of its accuracies
   * @param referenceLevel likewise of the reference
   * @param row of the pair in the distances
   * @param column likewise
   */
  record Pair(int other, int otherLevel, int referenceLevel, int row, int column) {}

  private final double[][] accuracy;
  private final int[] references;
  private final List<double[][]> distances;
  private final IntFunction<List<Pair>> pairing;
  private final Map<Integer, Pairs> pairs = new ConcurrentHashMap<>();

  /**
   * @param accuracy network × level
   * @param references networks that may be the reference, the best first
   * @param distances of each measure
   * @param pairing the pairs of a reference
   */
  Stratum(
      double[][] accuracy,
      int[] references,
      List<double[][]> distances,
      IntFunction<List<Pair>> pairing) {
    this.accuracy = accuracy;
    this.references = references;
    this.distances = distances;
    this.pairing = pairing;
  }

  /** The best network. */
  int reference() {
    return references[0];
  }

  /** The best of those that were drawn; −1 where its distances are not there. */
  int reference(double[] counts) {
    return Arrays.stream(references).filter(network -> counts[network] > 0).findFirst().orElse(-1);
  }

  /** The pairs of a reference with their distances. */
  Pairs pairs(int reference) {
    return pairs.computeIfAbsent(reference, r -> new Pairs(r, pairing.apply(r)));
  }

  /** Pairs with one reference. */
  final class Pairs {
    private final int reference;
    private final List<Pair> list;
    private final double[][] ofMeasures;

    /** Differences of accuracy, networks × every two levels that a pair may have. */
    private final double[] differences;

    /** Of each pair, where those of its levels begin. */
    private final int[] ofLevels;

    /** Null where a measure is not defined on all pairs. */
    private final WeightedRanks[] ranks;

    private final WeightedRanks ofGaps;

    /** For τ; null where a measure is not defined on all pairs. */
    private final WeightedKendall[] orders;

    private final WeightedKendall gapOrder;

    private Pairs(int reference, List<Pair> list) {
      this.reference = reference;
      this.list = list;
      this.ofMeasures =
          distances.stream()
              .map(matrix -> list.stream().mapToDouble(p -> matrix[p.row][p.column]).toArray())
              .toArray(double[][]::new);
      int levels = accuracy[0].length;
      int[] both =
          list.stream().mapToInt(pair -> pair.otherLevel * levels + pair.referenceLevel).toArray();
      int[] occurring = Arrays.stream(both).sorted().distinct().toArray();
      this.ofLevels =
          Arrays.stream(both)
              .map(one -> accuracy.length * Arrays.binarySearch(occurring, one))
              .toArray();
      this.differences = differences(occurring);
      this.ranks =
          Arrays.stream(ofMeasures)
              .map(distances -> isComplete(distances) ? WeightedRanks.of(distances) : null)
              .toArray(WeightedRanks[]::new);
      this.ofGaps = WeightedRanks.of(gaps());
      this.orders =
          Arrays.stream(ofMeasures)
              .map(distances -> isComplete(distances) ? WeightedKendall.of(distances) : null)
              .toArray(WeightedKendall[]::new);
      this.gapOrder = WeightedKendall.of(gaps());
    }

    private double[] differences(int[] occurring) {
      int levels = accuracy[0].length;
      double[] differences = new double[occurring.length * accuracy.length];
      for (int at = 0; at < differences.length; at++) {
        int both = occurring[at / accuracy.length];
        double other = accuracy[at % accuracy.length][both / levels];
        differences[at] = Math.abs(other - accuracy[reference][both % levels]);
      }
      return Ties.joined(differences, SAME_ACCURACY);
    }

    private static boolean isComplete(double[] distances) {
      return Arrays.stream(distances).allMatch(Double::isFinite);
    }

    /** Ranks of a measure's distances; null where it is not defined on all pairs. */
    WeightedRanks ranks(int measure) {
      return ranks[measure];
    }

    /** Ranks of the differences of accuracy. */
    WeightedRanks gapRanks() {
      return ofGaps;
    }

    /** The order of a measure's distances; null where it is not defined on all pairs. */
    WeightedKendall order(int measure) {
      return orders[measure];
    }

    /** The order of the differences of accuracy. */
    WeightedKendall gapOrder() {
      return gapOrder;
    }

    int count() {
      return list.size();
    }

    /** The distances of a measure; NaN where it is not defined. */
    double[] distances(int measure) {
      return ofMeasures[measure];
    }

    /** Differences of accuracy; those that are equal but for rounding are equal. */
    double[] gaps() {
      return gaps(IntStream.range(0, accuracy.length).toArray());
    }

    /**
     * Differences of accuracy, were the accuracies those of other networks.
     *
     * @param order for each network the one whose accuracies it gets
     */
    double[] gaps(int[] order) {
      return IntStream.range(0, ofLevels.length)
          .mapToDouble(pair -> differences[ofLevels[pair] + order[list.get(pair).other]])
          .toArray();
    }

    /**
     * How often each pair stands in a bootstrap sample; copies of the reference are no pairs with
     * it.
     */
    double[] weights(double[] counts) {
      return list.stream()
          .mapToDouble(pair -> pair.other == reference ? 1 : counts[pair.other])
          .toArray();
    }
  }
}
