package dev.kindred.measure.statistics;

import java.util.Arrays;

/**
 * Numbers that are put in order once and then ranked under many weights, such as the counts of
 * bootstrap samples, in O(n) each. Equal numbers stand at the mean of their ranks.
 */
public final class WeightedRanks {
  /** For each number the place of its value among the different ones. */
  private final int[] places;

  private final int different;

  private WeightedRanks(int[] places, int different) {
    this.places = places;
    this.different = different;
  }

  /**
   * @param values without NaN
   */
  public static WeightedRanks of(double[] values) {
    double[] sorted = Arrays.stream(values).map(value -> value + 0.0).sorted().distinct().toArray();
    int[] places =
        Arrays.stream(values).mapToInt(v -> Arrays.binarySearch(sorted, v + 0.0)).toArray();
    return new WeightedRanks(places, sorted.length);
  }

  /** The ranks from 1, each number standing there as often as its weight says. */
  double[] ranks(double[] weights) {
    double[] equal = new double[different];
    for (int i = 0; i < places.length; i++) {
      equal[places[i]] += weights[i];
    }
    double below = 0;
    for (int place = 0; place < different; place++) {
      double rank = below + (equal[place] + 1) / 2;
      below += equal[place];
      equal[place] = rank;
    }
    double[] ranks = new double[places.length];
    for (int i = 0; i < ranks.length; i++) {
      ranks[i] = equal[places[i]];
    }
    return ranks;
  }

  /**
   * The ranks less their mean, each times the root of its weight, of length 1: the inner product of
   * two of these is Spearman's correlation under the weights. NaN where all ranks are equal.
   */
  public double[] unit(double[] weights) {
    return Correlation.centredUnit(ranks(weights), weights);
  }
}
