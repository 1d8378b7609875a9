package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.matrix.Matrix;
import java.util.Arrays;

/**
 * Ranks with ties at their mean. Numbers that differ by rounding only are ties: distances come from
 * inner products, and equal ones seldom are equal to the last bit.
 */
public final class Ranks {
  /** What rounding may do, as a share of the largest number. */
  private static final double ROUNDING = 0x1p-40;

  private Ranks() {}

  /**
   * Replaces the off-diagonal entries of a symmetric matrix by their ranks among the pairs i&lt;j.
   */
  static void ofPairs(Matrix pairs) {
    double[] values = upperTriangle(pairs);
    double[] ranks = of(values);
    int n = pairs.rows();
    int next = 0;
    for (int j = 1; j < n; j++) {
      for (int i = 0; i < j; i++) {
        pairs.set(i, j, ranks[next]);
        pairs.set(j, i, ranks[next]);
        next++;
      }
    }
  }

  /** The entries i&lt;j, column by column. */
  public static double[] upperTriangle(Matrix pairs) {
    int n = pairs.rows();
    double[] values = new double[Math.toIntExact((long) n * (n - 1) / 2)];
    double[] column = new double[n];
    int next = 0;
    for (int j = 1; j < n; j++) {
      pairs.readColumn(j, column);
      System.arraycopy(column, 0, values, next, j);
      next += j;
    }
    return values;
  }

  /** Ranks from 1, ties at their mean. */
  public static double[] of(double[] values) {
    double[] sorted = sorted(values);
    int count = sorted.length;
    double tolerance =
        count == 0 ? 0 : ROUNDING * Math.max(Math.abs(sorted[0]), Math.abs(sorted[count - 1]));
    double[] rankOfSlot = new double[count];
    for (int start = 0; start < count; ) {
      int end = start + 1;
      while (end < count && sorted[end] - sorted[start] <= tolerance) {
        end++;
      }
      Arrays.fill(rankOfSlot, start, end, (start + 1 + end) / 2.0);
      start = end;
    }
    double[] ranks = new double[count];
    for (int i = 0; i < count; i++) {
      ranks[i] = rankOfSlot[firstSlot(sorted, values[i] + 0.0)];
    }
    return ranks;
  }

  /** Positions of the values in ascending order, equal ones in their own order. */
  public static int[] order(double[] values) {
    // Sorting longs whose high part is the value's order and low part its position would lose
    // digits; so the values are sorted and each position finds its slot by binary search.
    double[] sorted = sorted(values);
    int[] next = new int[sorted.length];
    int[] order = new int[sorted.length];
    for (int i = 0; i < values.length; i++) {
      int slot = firstSlot(sorted, values[i] + 0.0);
      order[slot + next[slot]++] = i;
    }
    return order;
  }

  /** Ascending, without negative zeros, which would stand before others. */
  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] += 0.0;
    }
    Arrays.sort(sorted);
    return sorted;
  }

  private static int firstSlot(double[] sorted, double value) {
    int low = 0;
    int high = sorted.length - 1;
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
