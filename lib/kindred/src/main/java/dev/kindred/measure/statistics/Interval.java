package dev.kindred.measure.statistics;

import java.util.Arrays;
import java.util.Locale;

/**
 * An interval that a quantity lies in with some confidence.
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
   * The central share of bootstrap replicates (percentile method). Replicates that are undefined
   * (NaN, such as a resample without any model of a set) are left out; if more than a fifth are,
   * nothing is known.
   *
   * @param replicates a statistic of every resample
   * @param level the share, such as 0.95
   */
  public static Interval percentile(double[] replicates, double level) {
    double[] defined = Arrays.stream(replicates).filter(value -> !Double.isNaN(value)).toArray();
    if (defined.length == 0 || defined.length < (1 - MAXIMUM_UNDEFINED) * replicates.length) {
      return UNKNOWN;
    }
    double tail = (1 - level) / 2;
    return new Interval(Quantile.of(defined, tail), Quantile.of(defined, 1 - tail));
  }

  /**
   * The interval of a share by its score test (Wilson 1927): all shares from which the found one is
   * no farther than a number of standard errors that hold there. It stays within 0 and 1, and has a
   * width where the found share is 0 or 1.
   *
   * @param share the found one
   * @param answers number of independent answers, of which the share is in favour; it need not be
   *     whole
   * @param quantile number of standard errors, such as 1.96
   */
  public static Interval wilson(double share, double answers, double quantile) {
    double added = quantile * quantile / answers;
    double middle = (share + added / 2) / (1 + added);
    double half = Math.sqrt(added * share * (1 - share) + added * added / 4) / (1 + added);
    return new Interval(Math.max(0, middle - half), Math.min(1, middle + half));
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  public double width() {
    return high - low;
  }

  @Override
  public String toString() {
    return equals(UNKNOWN) ? "unknown" : String.format(Locale.ROOT, "[%.3f, %.3f]", low, high);
  }
}
