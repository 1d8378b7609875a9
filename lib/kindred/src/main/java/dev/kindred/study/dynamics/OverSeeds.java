package dev.kindred.study.dynamics;

import dev.kindred.study.Estimate;
import java.util.Arrays;
import java.util.Optional;

/**
 * Quantities of runs that differ in their seeds, with the error that the seeds make. One run alone
 * tells nothing of that; its error is unknown.
 */
final class OverSeeds {
  private OverSeeds() {}

  /** The mean; NaN where a value is missing or there is none. */
  static Estimate mean(double... values) {
    return new Estimate(
        average(values),
        Math.sqrt(squares(values) / (values.length - 1.0) / values.length),
        values.length - 1,
        Estimate.Scale.PLAIN,
        Optional.empty());
  }

  /**
   * The difference of two means, of runs whose seeds make the same error: Student's test, which
   * needs one of both to have more than one run.
   */
  static Estimate difference(double[] more, double[] less) {
    int degrees = more.length + less.length - 2;
    double variance = (squares(more) + squares(less)) / degrees;
    return new Estimate(
        average(more) - average(less),
        Math.sqrt(variance * (1.0 / more.length + 1.0 / less.length)),
        degrees,
        Estimate.Scale.PLAIN,
        Optional.empty());
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double squares(double[] values) {
    double mean = average(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }
}
