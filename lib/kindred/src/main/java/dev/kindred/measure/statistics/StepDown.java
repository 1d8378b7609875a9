package dev.kindred.measure.statistics;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Permutation tests of many statistics at once, adjusted so that one false discovery among all of
 * them has at most the probability that is stated: Westfall and Young's step-down minP (Westfall
 * and Young 1993, algorithm 2.8; Ge, Dudoit and Speed, Test 12, 2003, box 4).
 *
 * <p>Every statistic is judged against its own null, so a statistic whose null lies high or is wide
 * hides no other. The permutations are the same for all, which keeps what statistics have in
 * common: related ones cost less than unrelated ones.
 *
 * <p>With N permutations every statistic reaches the least p-value, 1/(N + 1), in one of the N + 1
 * arrangements, so p-values alone could tell nothing where there are many statistics. Where
 * p-values tie, the greater distance from the null's mean in standard deviations is the more
 * extreme. Observed and permuted arrangements are treated alike, so that the test stays exact.
 *
 * @param p of every statistic by itself, by the +1 rule; NaN where the observed one is
 * @param adjusted over all of them; at least {@code p}
 * @param most extreme statistic, −1 where none is defined
 */
record StepDown(double[] p, double[] adjusted, int most) {
  private static final double EQUAL_EXTREMITY = 1e-9;

  /**
   * @param observed the statistics
   * @param permuted for every statistic its values under the permutations, in one order for all
   * @param greater whether great values are extreme, or small ones
   */
  static StepDown of(double[] observed, double[][] permuted, boolean greater) {
    int m = observed.length;
    int arrangements = m == 0 ? 1 : permuted[0].length + 1;
    double[][] extremities = new double[m][];
    double[] p = new double[m];
    for (int k = 0; k < m; k++) {
      extremities[k] = extremities(observed[k], permuted[k], greater);
      double count = Math.rint(extremities[k][0]);
      p[k] = Double.isNaN(observed[k]) ? Double.NaN : count / arrangements;
    }
    Integer[] order = new Integer[m];
    Arrays.setAll(order, k -> k);
    Arrays.sort(order, Comparator.comparingDouble(k -> extremities[k][0]));
    double[] adjusted = new double[m];
    double[] least = new double[arrangements];
    Arrays.fill(least, Double.POSITIVE_INFINITY);
    // From the least extreme on, so that each is compared with those that are no more extreme.
    for (int rank = m - 1; rank >= 0; rank--) {
      double[] own = extremities[order[rank]];
      int as = 0;
      for (int b = 0; b < arrangements; b++) {
        least[b] = Math.min(least[b], own[b]);
        as += least[b] <= own[0] + EQUAL_EXTREMITY ? 1 : 0;
      }
      adjusted[order[rank]] = as / (double) arrangements;
    }
    double before = 0;
    for (int k : order) {
      if (Double.isNaN(p[k])) {
        adjusted[k] = Double.NaN;
      } else {
        before = Math.max(before, Math.max(adjusted[k], p[k]));
        adjusted[k] = before;
      }
    }
    return new StepDown(p, adjusted, m == 0 || Double.isNaN(p[order[0]]) ? -1 : order[0]);
  }

  /**
   * The statistic in every arrangement, the observed one first, as the number of arrangements that
   * are as extreme, less a part below one half that grows with the standardised value.
   */
  private static double[] extremities(double observed, double[] permuted, boolean greater) {
    double[] values = new double[permuted.length + 1];
    values[0] = greater ? observed : -observed;
    for (int b = 1; b < values.length; b++) {
      values[b] = greater ? permuted[b - 1] : -permuted[b - 1];
    }
    for (int b = 0; b < values.length; b++) {
      // What is undefined is extreme in no arrangement.
      values[b] = Double.isNaN(values[b]) ? Double.NEGATIVE_INFINITY : values[b];
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(finite).average().orElse(0);
    double squares = Arrays.stream(finite).map(v -> (v - mean) * (v - mean)).sum();
    // No standardised value of k numbers exceeds √(k − 1): the part stays below one half.
    double widest = 2.0 * Math.sqrt(squares);
    double largest = Arrays.stream(finite).map(Math::abs).max().orElse(0);
    double rounding = PermutationTest.EQUAL * largest;
    double[] extremities = new double[values.length];
    for (int b = 0; b < values.length; b++) {
      double share = Double.isInfinite(values[b]) ? 0 : (values[b] - mean) / widest;
      extremities[b] = values.length - below(sorted, values[b] - rounding);
      extremities[b] -= widest > rounding ? share : 0;
    }
    return extremities;
  }

  /** How many of the sorted numbers are less than {@code value}. */
  private static int below(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (sorted[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
