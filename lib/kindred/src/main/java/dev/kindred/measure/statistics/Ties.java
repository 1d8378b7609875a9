package dev.kindred.measure.statistics;

import java.util.Arrays;

/** Numbers that are equal but for rounding, which would put them in an order that says nothing. */
public final class Ties {
  private Ties() {}

  /**
   * Makes equal what differs by rounding alone: a number no more than a tolerance above the next
   * smaller one becomes equal to it. NaN stays.
   */
  public static double[] joined(double[] values, double tolerance) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double[] joined = sorted.clone();
    for (int i = 1; i < joined.length; i++) {
      if (sorted[i] - sorted[i - 1] <= tolerance) {
        joined[i] = joined[i - 1];
      }
    }
    return Arrays.stream(values).map(v -> joined[Arrays.binarySearch(sorted, v)]).toArray();
  }
}
