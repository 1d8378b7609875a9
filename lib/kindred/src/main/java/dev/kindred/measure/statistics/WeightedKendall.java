package dev.kindred.measure.statistics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Kendall's τ-b of places that count as often as a weight says. A pair of places weighs the product
 * of their weights: τ = Σ w_k w_l sgn(x_k − x_l) sgn(y_k − y_l) over the root of the weight of
 * pairs that differ in x times that of pairs that differ in y. With whole weights this is τ-b of
 * the list in which each place stands that often. O(n log n) for two lists.
 */
final class WeightedKendall {
  private WeightedKendall() {}

  /**
   * τ-b of every two lists.
   *
   * @return symmetric, 1 on the diagonal; NaN beside it where all numbers of a list are equal
   */
  static double[][] tauB(double[] weights, double[][] lists) {
    int[][] ranks = new int[lists.length][];
    Integer[][] orders = new Integer[lists.length][];
    double[] untied = new double[lists.length];
    for (int a = 0; a < lists.length; a++) {
      orders[a] = order(lists[a]);
      ranks[a] = denseRanks(lists[a], orders[a]);
      untied[a] = untied(ranks[a], weights);
    }
    double[][] coefficients = new double[lists.length][lists.length];
    for (int a = 0; a < lists.length; a++) {
      coefficients[a][a] = 1;
      for (int b = 0; b < a; b++) {
        double tau =
            untied[a] > 0 && untied[b] > 0
                ? excess(orders[a], ranks[a], ranks[b], weights)
                    / Math.sqrt(untied[a])
                    / Math.sqrt(untied[b])
                : Double.NaN;
        coefficients[a][b] = Math.max(-1, Math.min(1, tau));
        coefficients[b][a] = coefficients[a][b];
      }
    }
    return coefficients;
  }

  private static Integer[] order(double[] values) {
    Integer[] order = new Integer[values.length];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, Comparator.comparingDouble(i -> values[i]));
    return order;
  }

  /** Ranks from 0, equal numbers at the same. */
  private static int[] denseRanks(double[] values, Integer[] order) {
    int[] ranks = new int[values.length];
    for (int k = 1; k < order.length; k++) {
      boolean tied = values[order[k]] == values[order[k - 1]];
      ranks[order[k]] = ranks[order[k - 1]] + (tied ? 0 : 1);
    }
    return ranks;
  }

  /** Weight of the pairs that differ. */
  private static double untied(int[] ranks, double[] weights) {
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
  private static double excess(Integer[] order, int[] x, int[] y, double[] weights) {
    PrefixSums seen = new PrefixSums(y.length);
    double excess = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      while (end < order.length && x[order[end]] == x[order[start]]) {
        int i = order[end++];
        double below = seen.before(y[i]);
        double above = seen.total() - seen.before(y[i] + 1);
        excess += weights[i] * (below - above);
      }
      for (int k = start; k < end; k++) {
        seen.add(y[order[k]], weights[order[k]]);
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
