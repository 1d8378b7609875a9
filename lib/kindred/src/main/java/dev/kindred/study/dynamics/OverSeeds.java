package dev.kindred.study.dynamics;

import dev.kindred.study.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Quantities of runs that differ in their seeds, with the error that the seeds make. One run alone
 * tells nothing of that; its error is unknown. So it is where all runs have the same value, as
 * shares of a few layers may: that a few seeds made no difference does not show that none will.
 */
final class OverSeeds {
  /** Share of the values by which equal ones may differ through rounding. */
  private static final double ROUNDING = 1e-9;

  private OverSeeds() {}

  /** The mean; NaN where a value is missing or there is none. */
  static Estimate mean(double... values) {
    return new Estimate(
        average(values),
        varies(values)
            ? Math.sqrt(squares(values) / (values.length - 1.0) / values.length)
            : Double.NaN,
        values.length - 1,
        Estimate.Scale.PLAIN,
        Optional.empty());
  }

  /**
   * The mean of quantities that have an error within their run, too: the mean's error is not below
   * what these make together. So equal values, such as heights of 0 where there is no peak, have an
   * error as well. It has the degrees of freedom of the larger one; those of the runs' errors
   * together are of Welch (1947) and Satterthwaite (1946). One run alone has no error: nothing is
   * known of seeds.
   *
   * <p>Where seeds differ about as much as each is uncertain, a few of them that happen to be near
   * each other hide that: an interval of 95 % then contains the truth in 92 % and more.
   *
   * @param runs of one range, on the plain scale
   */
  static Estimate mean(List<Estimate> runs) {
    double[] values = runs.stream().mapToDouble(Estimate::value).toArray();
    Estimate seeds = mean(values);
    double[] squares = runs.stream().mapToDouble(run -> run.error() * run.error()).toArray();
    double sum = Arrays.stream(squares).sum();
    double within = Math.sqrt(sum) / values.length;
    boolean bySeeds = seeds.error() > within;
    double degrees = sum * sum / weighted(squares, runs);
    return new Estimate(
        seeds.value(),
        values.length < 2 ? Double.NaN : bySeeds ? seeds.error() : within,
        bySeeds ? seeds.degrees() : degrees,
        seeds.scale(),
        seeds.permuted(),
        runs.get(0).range());
  }

  /** Sum of the squares, each over its degrees of freedom. */
  private static double weighted(double[] squares, List<Estimate> runs) {
    return IntStream.range(0, squares.length)
        .mapToDouble(i -> squares[i] * squares[i] / runs.get(i).degrees())
        .sum();
  }

  /**
   * The difference of two means, of runs whose seeds make the same error: Student's test, which
   * needs one of all groups to have more than one run.
   *
   * @param others further groups with that error; those where a value is missing tell nothing of it
   */
  static Estimate difference(double[] more, double[] less, double[]... others) {
    double squares = squares(more) + squares(less);
    int degrees = more.length + less.length - 2;
    boolean varies = varies(more) || varies(less);
    for (double[] group : others) {
      if (!Double.isNaN(average(group))) {
        squares += squares(group);
        degrees += group.length - 1;
        varies |= varies(group);
      }
    }
    return new Estimate(
        average(more) - average(less),
        varies
            ? Math.sqrt(squares / degrees * (1.0 / more.length + 1.0 / less.length))
            : Double.NaN,
        degrees,
        Estimate.Scale.PLAIN,
        Optional.empty());
  }

  private static boolean varies(double[] values) {
    double least = Arrays.stream(values).min().orElse(Double.NaN);
    double greatest = Arrays.stream(values).max().orElse(Double.NaN);
    return greatest - least > ROUNDING * Math.max(Math.abs(least), Math.abs(greatest));
  }

  private static double average(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  private static double squares(double[] values) {
    double mean = average(values);
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
  }
}
