package dev.kindred.measure.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Kendall's τ-b of places that count as often as a weight says. A pair of places weighs the product
 * of their weights: τ = Σ w_k w_l sgn(x_k − x_l) sgn(y_k − y_l) over the root of the weight of
 * pairs that differ in x times that of pairs that differ in y. With whole weights this is τ-b of
 * the list in which each place stands that often. O(n log n) for two lists, of which the sorting is
 * done once for all weights.
 */
public final class WeightedKendall {
  private final int[] order;
  private final int[] ranks;

  private WeightedKendall(int[] order, int[] ranks) {
    this.order = order;
    this.ranks = ranks;
  }

  /** Sorts a list of numbers that are not NaN. */
  public static WeightedKendall of(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> values[i]))
            .mapToInt(i -> i)
            .toArray();
    int[] ranks = new int[values.length];
    for (int k = 1; k < order.length; k++) {
      boolean tied = values[order[k]] == values[order[k - 1]];
      ranks[order[k]] = ranks[order[k - 1]] + (tied ? 0 : 1);
    }
    return new WeightedKendall(order, ranks);
  }

  /**
   * τ-b of two lists; NaN where all numbers of one that have weight are equal.
   *
   * @param weights one of at least 0 for each place
   */
  public double tauB(WeightedKendall other, double[] weights) {
    return tauB(other, weights, untied(weights), other.untied(weights));
  }

  private double tauB(WeightedKendall other, double[] weights, double own, double others) {
    double tau =
        own > 0 && others > 0
            ? excess(other, weights) / Math.sqrt(own) / Math.sqrt(others)
            : Double.NaN;
    return Math.max(-1, Math.min(1, tau));
  }

  /**
   * τ-b of every two lists.
   *
   * @return symmetric, 1 on the diagonal; NaN beside it where all numbers of a list are equal
   */
  static double[][] tauB(double[] weights, double[][] lists) {
    WeightedKendall[] sorted =
        Arrays.stream(lists).map(WeightedKendall::of).toArray(WeightedKendall[]::new);
    double[] untied = Arrays.stream(sorted).mapToDouble(list -> list.untied(weights)).toArray();
    double[][] coefficients = new double[lists.length][lists.length];
    for (int a = 0; a < lists.length; a++) {
      coefficients[a][a] = 1;
      for (int b = 0; b < a; b++) {
        coefficients[a][b] = sorted[a].tauB(sorted[b], weights, untied[a], untied[b]);
        coefficients[b][a] = coefficients[a][b];
      }
    }
    return coefficients;
  }

  /** Weight of the pairs that differ. */
  private double untied(double[] weights) {
    double[] ofRank = new double[ranks.length];
    for (int i = 0; i < ranks.length; i++) {
      ofRank[ranks[i]] += weights[i];
    }
    double below = 0;
    double pairs = 0;
    for (double weight : ofRank) {
      pairs += weight * below;
      below += weight;
    }
    return pairs;
  }

  /** Weight of the pairs in the same order less that of the pairs in opposite order. */
  private double excess(WeightedKendall other, double[] weights) {
    int[] y = other.ranks;
    PrefixSums seen = new PrefixSums(y.length);
    double[] equal = new double[y.length];
    double excess = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      while (end < order.length && ranks[order[end]] == ranks[order[start]]) {
        int i = order[end++];
        if (weights[i] > 0) {
          double below = seen.before(y[i]);
          double above = seen.total() - below - equal[y[i]];
          excess += weights[i] * (below - above);
        }
      }
      for (int k = start; k < end; k++) {
        if (weights[order[k]] > 0) {
          seen.add(y[order[k]], weights[order[k]]);
          equal[y[order[k]]] += weights[order[k]];
        }
      }
      start = end;
    }
    return excess;
  }

  /** Sums of the first entries of a list that grows (Fenwick, 1994). */
  private static final class PrefixSums {
    private final double[] tree;
    private double total;

    PrefixSums(int length) {
      tree = new double[length + 1];
    }

    void add(int at, double value) {
      total += value;
      for (int i = at + 1; i < tree.length; i += i & -i) {
        tree[i] += value;
      }
    }

    double before(int end) {
      double sum = 0;
      for (int i = end; i > 0; i -= i & -i) {
        sum += tree[i];
      }
      return sum;
    }

    double total() {
      return total;
    }
  }
}
