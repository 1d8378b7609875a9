package dev.kindred.study.consistency;

import dev.kindred.measure.statistics.PermutationTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Permutes labels of items whose pairs carry the data, rows and columns together (the quadratic
 * assignment procedure; Hubert and Schultz 1976, Mantel 1967): pairs that share an item stay
 * together, so their dependence is kept. The null is that the labels have nothing to do with the
 * data.
 */
final class LabelPermutations {
  /** Up to so many different arrangements all are tried, and p is exact. */
  private static final long COUNTABLE = 20_000;

  private static final int DRAWN = 9_999;

  private LabelPermutations() {}

  /**
   * A statistic beside its values under permuted labels.
   *
   * @param labels label of every item
   * @param random draws the arrangements where there are too many to try all
   * @param statistic function of the labels
   */
  static PermutationTest test(
      int[] labels, SplittableRandom random, ToDoubleFunction<int[]> statistic) {
    double observed = statistic.applyAsDouble(labels);
    List<Double> permuted = new ArrayList<>();
    boolean exact = arrangements(labels) <= COUNTABLE;
    if (exact) {
      int[] arranged = labels.clone();
      Arrays.sort(arranged);
      do {
        permuted.add(statistic.applyAsDouble(arranged));
      } while (next(arranged));
    } else {
      int[] arranged = labels.clone();
      for (int t = 0; t < DRAWN; t++) {
        for (int i = arranged.length - 1; i > 0; i--) {
          swap(arranged, i, random.nextInt(i + 1));
        }
        permuted.add(statistic.applyAsDouble(arranged));
      }
    }
    return new PermutationTest(
        observed, permuted.stream().mapToDouble(Double::doubleValue).toArray(), exact);
  }

  /** Number of different arrangements, a multinomial coefficient; capped above the countable. */
  static long arrangements(int[] labels) {
    int[] sorted = labels.clone();
    Arrays.sort(sorted);
    double count = 1;
    int run = 0;
    for (int i = 0; i < sorted.length; i++) {
      run = i > 0 && sorted[i] == sorted[i - 1] ? run + 1 : 1;
      count = count * (i + 1) / run;
    }
    return Math.round(Math.min(count, 2.0 * COUNTABLE));
  }

  /** The next arrangement in lexicographic order; false after the last one. */
  private static boolean next(int[] labels) {
    int i = labels.length - 2;
    while (i >= 0 && labels[i] >= labels[i + 1]) {
      i--;
    }
    if (i < 0) {
      return false;
    }
    int j = labels.length - 1;
    while (labels[j] <= labels[i]) {
      j--;
    }
    swap(labels, i, j);
    for (int a = i + 1, b = labels.length - 1; a < b; a++, b--) {
      swap(labels, a, b);
    }
    return true;
  }

  private static void swap(int[] labels, int i, int j) {
    int label = labels[i];
    labels[i] = labels[j];
    labels[j] = label;
  }
}
