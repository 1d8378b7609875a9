package dev.kindred.measure.statistics;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Ranks of estimates, with confidence sets of each rank: which ranks can be told apart (Mogstad,
 * Romano, Shaikh and Wilhelm, Review of Economic Studies 91, 2024). The lowest rank of an estimate
 * counts those that are certainly greater, the highest those that are certainly smaller;
 * "certainly" by its differences from all others at once, whose largest studentised error under the
 * bootstrap is the critical value. A rank always lies in its set, and equal estimates share both.
 *
 * @param ranks from 1, the greatest; equal ones share the mean of their ranks, NaN has NaN
 * @param lowest lower end of the set of ranks; 0 where the estimate is NaN
 * @param highest upper end
 */
public record RankSets(double[] ranks, int[] lowest, int[] highest) {
  /** Share of replicates that must define a difference for it to tell anything. */
  private static final double DEFINED = 0.5;

  /** Differences and standard errors, of estimates of size 1, that are rounding. */
  private static final double ROUNDING = 1e-12;

  /**
   * Ranks the estimates.
   *
   * @param estimates one for each thing
   * @param replicates bootstrap replicates of all of them, replicate × thing, of one draw each
   * @param degrees degrees of freedom of their errors: critical values are as much longer than the
   *     bootstrap's as Student's are than the normal ones; below 1 nothing is told apart
   * @param level probability that a set has the true rank, such as 0.95
   */
  public static RankSets of(
      double[] estimates, double[][] replicates, double degrees, double level) {
    int n = estimates.length;
    double[] ranks = ranks(estimates);
    int defined = (int) Arrays.stream(estimates).filter(value -> !Double.isNaN(value)).count();
    int[] lowest = new int[n];
    int[] highest = new int[n];
    for (int i = 0; i < n; i++) {
      if (Double.isNaN(estimates[i])) {
        continue;
      }
      boolean[] apart = apart(i, estimates, replicates, degrees, level);
      lowest[i] = 1;
      highest[i] = defined;
      for (int j = 0; j < n; j++) {
        if (apart[j]) {
          lowest[i] += estimates[j] > estimates[i] ? 1 : 0;
          highest[i] -= estimates[j] < estimates[i] ? 1 : 0;
        }
      }
    }
    return new RankSets(ranks, lowest, highest);
  }

  /** From 1 for the greatest; equal ones share the mean of their ranks. */
  private static double[] ranks(double[] values) {
    double[] ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      double rank = 1;
      for (int j = 0; j < values.length; j++) {
        boolean equal = Math.abs(values[j] - values[i]) <= ROUNDING;
        rank += j == i ? 0 : equal ? 0.5 : values[j] > values[i] ? 1 : 0;
      }
      ranks[i] = Double.isNaN(values[i]) ? Double.NaN : rank;
    }
    return ranks;
  }

  /** Which others one estimate can be told from. */
  private static boolean[] apart(
      int one, double[] estimates, double[][] replicates, double degrees, double level) {
    int n = estimates.length;
    boolean[] apart = new boolean[n];
    if (!(degrees >= 1)) {
      return apart;
    }
    double[] errors = new double[n];
    double[] largest = new double[replicates.length];
    double[] differences = new double[replicates.length];
    for (int j = 0; j < n; j++) {
      int known = 0;
      double sum = 0;
      for (int t = 0; t < differences.length; t++) {
        differences[t] = replicates[t][one] - replicates[t][j];
        if (!Double.isNaN(differences[t])) {
          sum += differences[t];
          known++;
        }
      }
      if (j == one || known < 2 || known < DEFINED * differences.length) {
        continue;
      }
      double mean = sum / known;
      double squares = 0;
      for (double difference : differences) {
        squares += Double.isNaN(difference) ? 0 : (difference - mean) * (difference - mean);
      }
      double error = Math.sqrt(squares / (known - 1));
      if (error > ROUNDING) {
        errors[j] = error;
        for (int t = 0; t < largest.length; t++) {
          if (!Double.isNaN(differences[t])) {
            largest[t] = Math.max(largest[t], Math.abs(differences[t] - mean) / error);
          }
        }
      }
    }
    if (largest.length == 0) {
      return apart;
    }
    double upper = (1 + level) / 2;
    double longer =
        new TDistribution(null, degrees).inverseCumulativeProbability(upper)
            / new NormalDistribution(null, 0, 1).inverseCumulativeProbability(upper);
    double critical = longer * Quantile.of(largest, level);
    for (int j = 0; j < n; j++) {
      apart[j] = errors[j] > 0 && Math.abs(estimates[one] - estimates[j]) > critical * errors[j];
    }
    return apart;
  }
}
