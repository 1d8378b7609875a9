package dev.kindred.measure.statistics;

import java.util.Arrays;

/**
 * What Kendall's τ is made of, in O(n log n) (Knight, JASA 61, 1966).
 *
 * @param n number of items
 * @param difference concordant minus discordant pairs
 * @param discordant discordant pairs
 * @param tiedX pairs tied in x
 * @param tiedY pairs tied in y
 * @param triplesX Σ t(t−1)(t−2) over groups of t equal x
 * @param triplesY the same of y
 * @param varianceX Σ t(t−1)(2t+5) over groups of t equal x
 * @param varianceY the same of y
 */
record KendallCounts(
    int n,
    long difference,
    long discordant,
    long tiedX,
    long tiedY,
    double triplesX,
    double triplesY,
    double varianceX,
    double varianceY) {

  static KendallCounts of(double[] x, double[] y) {
    int n = x.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(
        order,
        (a, b) -> {
          int byX = Double.compare(x[a] + 0.0, x[b] + 0.0);
          return byX != 0 ? byX : Double.compare(y[a], y[b]);
        });
    double[] sortedX = new double[n];
    double[] byX = new double[n];
    long tiedBoth = 0;
    long run = 0;
    for (int k = 0; k < n; k++) {
      sortedX[k] = x[order[k]];
      byX[k] = y[order[k]];
      run = k > 0 && sortedX[k] == sortedX[k - 1] && byX[k] == byX[k - 1] ? run + 1 : 0;
      tiedBoth += run;
    }
    long discordant = sortCountingInversions(byX);
    TieCounts tiesX = TieCounts.of(sortedX);
    TieCounts tiesY = TieCounts.of(byX);
    long pairs = (long) n * (n - 1) / 2;
    return new KendallCounts(
        n,
        pairs - tiesX.pairs - tiesY.pairs + tiedBoth - 2 * discordant,
        discordant,
        tiesX.pairs,
        tiesY.pairs,
        tiesX.triples,
        tiesY.triples,
        tiesX.variance,
        tiesY.variance);
  }

  double tauB() {
    double pairs = (double) n * (n - 1) / 2;
    double tau = difference / Math.sqrt(pairs - tiedX) / Math.sqrt(pairs - tiedY);
    return Math.max(-1, Math.min(1, tau));
  }

  /** Sorts {@code values}, and counts the pairs that were out of order; bottom-up merge sort. */
  private static long sortCountingInversions(double[] values) {
    int n = values.length;
    double[] from = values;
    double[] to = new double[n];
    long inversions = 0;
    for (long width = 1; width < n; width *= 2) {
      for (long low = 0; low < n; low += 2 * width) {
        int middle = (int) Math.min(n, low + width);
        int high = (int) Math.min(n, low + 2 * width);
        int left = (int) low;
        int right = middle;
        for (int k = left; k < high; k++) {
          if (left < middle && (right == high || from[left] <= from[right])) {
            to[k] = from[left++];
          } else {
            to[k] = from[right++];
            inversions += middle - left;
          }
        }
      }
      double[] swapped = from;
      from = to;
      to = swapped;
    }
    System.arraycopy(from, 0, values, 0, n);
    return inversions;
  }

  private record TieCounts(long pairs, double triples, double variance) {
    static TieCounts of(double[] sorted) {
      long pairs = 0;
      double triples = 0;
      double variance = 0;
      for (int start = 0; start < sorted.length; ) {
        int end = start + 1;
        while (end < sorted.length && sorted[end] == sorted[start]) {
          end++;
        }
        double t = end - start;
        pairs += (long) (end - start) * (end - start - 1) / 2;
        triples += t * (t - 1) * (t - 2);
        variance += t * (t - 1) * (2 * t + 5);
        start = end;
      }
      return new TieCounts(pairs, triples, variance);
    }
  }
}
