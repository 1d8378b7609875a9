package dev.kindred.study;

import java.util.Arrays;

/**
 * A bootstrap interval.
 *
 * @param low lower end
 * @param high upper end
 */
public record Interval(double low, double high) {
  /** Share of undefined replicates beyond which there is no interval. */
  private static final double MAXIMUM_UNDEFINED = 0.2;

  /** The interval that nothing is known of. */
  public static final Interval UNKNOWN =
      new Interval(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  /**
   * The central 95 % of bootstrap replicates (percentile method). Replicates that are undefined
   * (NaN, such as a resample without any model of a set) are left out; if more than a fifth are,
   * nothing is known.
   */
  public static Interval percentile95(double[] replicates) {
    double[] sorted =
        Arrays.stream(replicates).filter(value -> !Double.isNaN(value)).sorted().toArray();
    if (sorted.length == 0 || sorted.length < (1 - MAXIMUM_UNDEFINED) * replicates.length) {
      return UNKNOWN;
    }
    return new Interval(quantile(sorted, 0.025), quantile(sorted, 0.975));
  }

  /** Linear interpolation between order statistics, as NumPy's default. */
  private static double quantile(double[] sorted, double q) {
    double position = q * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  public double width() {
    return high - low;
  }

  @Override
  public String toString() {
    return equals(UNKNOWN)
        ? "unknown"
        : String.format(java.util.Locale.ROOT, "[%.3f, %.3f]", low, high);
  }
}
