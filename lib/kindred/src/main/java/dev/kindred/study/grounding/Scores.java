package dev.kindred.study.grounding;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.RankSets;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * A number for each measure with its bootstrap replicates, all of the same draws; more is better.
 *
 * @param title what the numbers say
 * @param values one for each measure; NaN where it has none
 * @param replicates replicate × measure
 * @param degrees degrees of freedom of the errors
 * @param scale on which they have one error
 * @param leastError of shares, which networks that all agree have without any spread: errors are
 *     never taken to be smaller; 0 of other numbers
 * @param range what the definition of the number allows: no interval goes beyond
 */
public record Scores(
    String title,
    double[] values,
    double[][] replicates,
    double degrees,
    Estimate.Scale scale,
    double leastError,
    Interval range) {
  /** Of correlations and their means. */
  static final Interval CORRELATIONS = new Interval(-1, 1);

  /** Of shares and their means. */
  static final Interval SHARES = new Interval(0, 1);

  /** Share of replicates that must define a number; else there is no error to judge by. */
  private static final double DEFINED = 0.5;

  static final double LEVEL = 0.95;

  /** Ranks, the best measure first, and which of them can be told apart. */
  public RankSets ranks() {
    return RankSets.of(values, replicates, degrees, LEVEL);
  }

  /** The 95 % interval of a measure's number. */
  public Interval interval(int measure) {
    return interval(estimate(measure));
  }

  /** Its standard error on the scale; NaN where it is unknown. */
  public double error(int measure) {
    return estimate(measure).error();
  }

  static Interval interval(Estimate estimate) {
    return new DecisionRule.Above(0).judge(List.of(estimate)).interval();
  }

  Estimate estimate(int measure) {
    double[] drawn = Arrays.stream(replicates).mapToDouble(values -> values[measure]).toArray();
    return estimate(values[measure], drawn, scale, range);
  }

  /** One measure's number less another's. */
  Estimate difference(int measure, int other) {
    double[] drawn =
        Arrays.stream(replicates).mapToDouble(values -> values[measure] - values[other]).toArray();
    return estimate(
        values[measure] - values[other],
        drawn,
        Estimate.Scale.PLAIN,
        new Interval(range.low() - range.high(), range.high() - range.low()));
  }

  private Estimate estimate(double value, double[] drawn, Estimate.Scale on, Interval within) {
    // NaN stays NaN.
    double error = Math.max(leastError, error(drawn, on));
    return new Estimate(value, error, degrees, on, Optional.empty(), within);
  }

  /** The same numbers times a factor and added to, such as a threshold less the number. */
  Scores map(double factor, double summand) {
    double[] ends = linear(new double[] {range.low(), range.high()}, factor, summand);
    return new Scores(
        title,
        linear(values, factor, summand),
        Arrays.stream(replicates).map(row -> linear(row, factor, summand)).toArray(double[][]::new),
        degrees,
        Estimate.Scale.PLAIN,
        Math.abs(factor) * leastError,
        new Interval(Math.min(ends[0], ends[1]), Math.max(ends[0], ends[1])));
  }

  private static double[] linear(double[] values, double factor, double summand) {
    return Arrays.stream(values).map(value -> factor * value + summand).toArray();
  }

  /** These numbers less others of the same networks. */
  Scores less(Scores other) {
    return meanOfSame(title, List.of(map(2, 0), other.map(-2, 0)));
  }

  /** Standard deviation over the replicates, on a scale; NaN where too few are defined. */
  static double error(double[] drawn, Estimate.Scale scale) {
    double[] defined =
        Arrays.stream(drawn).filter(value -> !Double.isNaN(value)).map(scale::of).toArray();
    if (defined.length < 2 || defined.length < DEFINED * drawn.length) {
      return Double.NaN;
    }
    double mean = Arrays.stream(defined).average().orElseThrow();
    double squares = Arrays.stream(defined).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (defined.length - 1));
  }

  /**
   * The mean of scores of different networks, drawn independently of each other. Degrees of freedom
   * are Satterthwaite's (1946), from the mean variance of each part.
   */
  static Scores mean(String title, List<Scores> parts) {
    double sum = 0;
    double squares = 0;
    for (Scores part : parts) {
      double variance = part.meanVariance();
      sum += variance;
      squares += variance * variance / part.degrees;
    }
    return combined(
        title,
        parts,
        squares > 0 ? sum * sum / squares : parts.get(0).degrees,
        parts.get(0).leastError / Math.sqrt(parts.size()));
  }

  private double meanVariance() {
    return IntStream.range(0, values.length)
        .mapToDouble(m -> estimate(m).error())
        .filter(Double::isFinite)
        .map(error -> error * error)
        .average()
        .orElse(0);
  }

  /** The mean of scores of the same networks. */
  static Scores meanOfSame(String title, List<Scores> parts) {
    return combined(
        title,
        parts,
        parts.stream().mapToDouble(Scores::degrees).min().orElse(Double.NaN),
        parts.stream().mapToDouble(Scores::leastError).max().orElse(0));
  }

  private static Scores combined(
      String title, List<Scores> parts, double degrees, double leastError) {
    Scores first = parts.get(0);
    double[] values = new double[first.values.length];
    double[][] replicates = new double[first.replicates.length][values.length];
    double low = 0;
    double high = 0;
    for (Scores part : parts) {
      low += part.range.low() / parts.size();
      high += part.range.high() / parts.size();
      for (int m = 0; m < values.length; m++) {
        values[m] += part.values[m] / parts.size();
        for (int t = 0; t < replicates.length; t++) {
          replicates[t][m] += part.replicates[t][m] / parts.size();
        }
      }
    }
    return new Scores(
        title, values, replicates, degrees, first.scale, leastError, new Interval(low, high));
  }

  /** The same under another title. */
  Scores titled(String other) {
    return new Scores(other, values, replicates, degrees, scale, leastError, range);
  }

  /** These numbers and, after the last, those of others on the same draws. */
  Scores beside(Scores others) {
    double[][] all = new double[replicates.length][];
    Arrays.setAll(all, t -> joined(replicates[t], others.replicates[t]));
    return new Scores(title, joined(values, others.values), all, degrees, scale, leastError, range);
  }

  private static double[] joined(double[] some, double[] others) {
    return DoubleStream.concat(Arrays.stream(some), Arrays.stream(others)).toArray();
  }
}
