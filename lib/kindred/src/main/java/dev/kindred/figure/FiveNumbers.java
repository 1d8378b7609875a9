package dev.kindred.figure;

import java.util.Arrays;

/** A box's numbers; see {@link BoxFigure} for their definition. */
record FiveNumbers(
    double lowerWhisker,
    double lowerQuartile,
    double median,
    double upperQuartile,
    double upperWhisker,
    double[] outliers) {

  static FiveNumbers of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double lower = quantile(sorted, 0.25);
    double upper = quantile(sorted, 0.75);
    double reach = 1.5 * (upper - lower);
    double[] within =
        Arrays.stream(sorted).filter(v -> v >= lower - reach && v <= upper + reach).toArray();
    double[] outliers =
        Arrays.stream(sorted).filter(v -> v < lower - reach || v > upper + reach).toArray();
    return new FiveNumbers(
        within[0], lower, quantile(sorted, 0.5), upper, within[within.length - 1], outliers);
  }

  private static double quantile(double[] sorted, double q) {
    double at = q * (sorted.length - 1);
    int low = (int) at;
    int high = Math.min(low + 1, sorted.length - 1);
    return sorted[low] + (at - low) * (sorted[high] - sorted[low]);
  }
}
