package dev.kindred.measure.kernel;

import java.util.Arrays;

/** Counts of discordant pairs in O(N log N) (Knight 1966). */
final class KendallTau {
  private KendallTau() {}

  /**
   * The number of discordant pairs, and of pairs tied in both.
   *
   * @param order positions in ascending order of x
   * @param x x's ranks by position, equal for ties
   * @param y y's ranks by position, equal for ties
   */
  static long[] discordantAndTied(int[] order, int[] x, int[] y) {
    int[] sequence = new int[order.length];
    long tiedInBoth = 0;
    for (int start = 0; start < order.length; ) {
      int end = start;
      while (end < order.length && x[order[end]] == x[order[start]]) {
        sequence[end] = y[order[end]];
        end++;
      }
      // Within ties of x, ascending y counts no inversion.
      Arrays.sort(sequence, start, end);
      for (int i = start + 1, run = 0; i < end; i++) {
        run = sequence[i] == sequence[i - 1] ? run + 1 : 0;
        tiedInBoth += run;
      }
      start = end;
    }
    return new long[] {inversions(sequence), tiedInBoth};
  }

  /** Pairs out of order; sorts {@code values}. Bottom-up merge sort. */
  private static long inversions(int[] values) {
    int[] from = values;
    int[] to = new int[values.length];
    long inversions = 0;
    for (int width = 1; width < values.length; width *= 2) {
      for (int low = 0; low < values.length; low += 2 * width) {
        int middle = Math.min(low + width, values.length);
        int high = Math.min(low + 2 * width, values.length);
        int i = low;
        int j = middle;
        for (int k = low; k < high; k++) {
          if (i < middle && (j >= high || from[i] <= from[j])) {
            to[k] = from[i++];
          } else {
            to[k] = from[j++];
            inversions += middle - i;
          }
        }
      }
      int[] swap = from;
      from = to;
      to = swap;
      if (width > values.length / 2) {
        break;
      }
    }
    return inversions;
  }
}
