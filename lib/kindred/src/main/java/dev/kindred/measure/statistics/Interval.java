package dev.kindred.measure.statistics;

/**
 * A value with its confidence interval.
 *
 * @param estimate the value of all data
 * @param low lower end
 * @param high upper end
 * @param level probability that the interval is made for, such as 0.95
 * @param replicates number of resamples that gave a value
 */
public record Interval(double estimate, double low, double high, double level, int replicates) {

  /** Half the width. */
  public double halfWidth() {
    return (high - low) / 2;
  }

  public boolean contains(double value) {
    return low <= value && value <= high;
  }

  @Override
  public String toString() {
    return String.format(java.util.Locale.ROOT, "%.4g [%.4g, %.4g]", estimate, low, high);
  }
}
