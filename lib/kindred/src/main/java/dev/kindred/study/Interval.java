package dev.kindred.study;

import dev.kindred.measure.statistics.Quantile;
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
    return new Interval(Quantile.of(sorted, 0.025), Quantile.of(sorted, 0.975));
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
