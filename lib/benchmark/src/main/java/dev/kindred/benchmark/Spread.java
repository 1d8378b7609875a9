package dev.kindred.benchmark;

import java.util.Arrays;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A quantity over the rounds of a benchmark.
 *
 * @param median middle round, or the mean of the two
 * @param least in any round
 * @param greatest in any round
 */
record Spread(double median, double least, double greatest) {

  /** Of one number for each round; unknown if there is none. */
  static Spread of(double[] rounds) {
    double[] sorted = rounds.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    return n == 0
        ? new Spread(Double.NaN, Double.NaN, Double.NaN)
        : new Spread((sorted[(n - 1) / 2] + sorted[n / 2]) / 2, sorted[0], sorted[n - 1]);
  }

  /** The median, and in brackets from the least to the greatest where rounds differ. */
  String format(DoubleFunction<String> number) {
    String middle = number.apply(median);
    return least == greatest
        ? middle
        : String.format(
            Locale.ROOT, "%s (%s–%s)", middle, number.apply(least), number.apply(greatest));
  }
}
