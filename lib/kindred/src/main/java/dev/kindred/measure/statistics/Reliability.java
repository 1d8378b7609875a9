package dev.kindred.measure.statistics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.FDistribution;

/**
 * How much of the variance of mean scores over subjects, such as accuracies over networks, would be
 * there again with other items of the same kind, such as test images: 1 if all of it, about 0 if
 * the subjects differ by chance alone, which may also make it negative.
 *
 * <p>Coefficient α (Cronbach 1951); of right and wrong answers it is formula 20 of Kuder and
 * Richardson (1937). All subjects answer the same items, so that those that are hard for all make
 * no noise; binomial noise, which takes every item as equally hard, would be too much. The interval
 * is the one of F (Feldt 1965).
 *
 * @param value α; NaN where the mean scores are all the same
 * @param interval of 95 %
 */
public record Reliability(double value, Interval interval) {
  private static final double TAIL = 0.025;

  /**
   * @param scores subject × item, at least two of each
   * @param degrees of freedom of the subjects: one less than their number, if they are independent
   */
  public static Reliability of(double[][] scores, int degrees) {
    int items = scores[0].length;
    double ofItems = 0;
    for (int j = 0; j < items; j++) {
      int item = j;
      ofItems += variance(Arrays.stream(scores).mapToDouble(subject -> subject[item]).toArray());
    }
    double ofSums =
        variance(Arrays.stream(scores).mapToDouble(one -> Arrays.stream(one).sum()).toArray());
    if (ofSums == 0) {
      return new Reliability(Double.NaN, Interval.UNKNOWN);
    }
    double noise = 1 - items / (items - 1.0) * (1 - ofItems / ofSums);
    FDistribution f = new FDistribution(null, degrees, degrees * (items - 1.0));
    return new Reliability(
        1 - noise,
        new Interval(
            1 - noise * f.inverseCumulativeProbability(1 - TAIL),
            1 - noise * f.inverseCumulativeProbability(TAIL)));
  }

  private static double variance(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    return Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum()
        / (values.length - 1);
  }
}
