package dev.kindred.study.dynamics;

import dev.kindred.measure.statistics.Correlation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Whether two epoch × epoch maps of a layer, decision-region similarity and CKA, tell the same:
 * rank correlations over pairs of epochs.
 *
 * <p>Epochs are taken from 4 on. Two maps of anything that drifts agree in that near epochs are
 * alike. Two further correlations tell of that: the one of the first map with how near the epochs
 * are on the logarithmic axis, which no map at all has to know, and that of what is left of the
 * ranks when their mean over all pairs of the same distance is taken away. The latter takes away an
 * even drift only: where all runs of a setting change at the same times, the maps of any two of
 * them agree beyond drift. So neither tells of a run by itself; what does is how much less the
 * first map agrees with the second one of a run of another seed.
 *
 * @param coefficient Spearman's ρ over pairs of epochs; NaN where there are too few octaves, or
 *     fewer than two epochs in each
 * @param withNearness Spearman's ρ of the first map with the nearness of the epochs
 * @param beyondDrift the correlation beyond what the distance in time explains
 */
public record MapAgreement(double coefficient, double withNearness, double beyondDrift) {
  /**
   * Before epoch 4 even whole epochs are farther apart than the places of the axis. Values between
   * them are smoother than others, in both maps, and that alone would make them agree.
   */
  private static final int FIRST = 2 * OctaveMap.PER_OCTAVE;

  private static final int FEWEST = 2 * OctaveMap.PER_OCTAVE;

  /** Differences that rounding makes. */
  private static final double EQUAL = 1e-9;

  private static final MapAgreement UNKNOWN = new MapAgreement(Double.NaN, Double.NaN, Double.NaN);

  /** Compares two maps, each at its own epochs. */
  public static MapAgreement of(EpochMap one, EpochMap other) {
    double[][] x = OctaveMap.of(one).from(FIRST).values();
    double[][] y = OctaveMap.of(other).from(FIRST).values();
    int n = Math.min(x.length, y.length);
    if (n < FEWEST || !OctaveMap.isDense(one) || !OctaveMap.isDense(other)) {
      return UNKNOWN;
    }
    double[] first = pairs(x, n);
    double[] second = pairs(y, n);
    if (!varies(first) || !varies(second)) {
      return UNKNOWN;
    }
    return new MapAgreement(
        Correlation.Method.SPEARMAN.coefficient(first, second),
        Correlation.Method.SPEARMAN.coefficient(first, nearness(n)),
        cosine(
            withoutDrift(Correlation.ranks(first), n), withoutDrift(Correlation.ranks(second), n)));
  }

  /** How near the epochs of each pair are, in steps of the axis below 0. */
  private static double[] nearness(int n) {
    double[][] values = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        values[i][j] = -Math.abs(i - j);
      }
    }
    return pairs(values, n);
  }

  private static boolean varies(double[] values) {
    return Arrays.stream(values).anyMatch(value -> Math.abs(value - values[0]) > EQUAL);
  }

  /** Above the diagonal, row by row. */
  private static double[] pairs(double[][] values, int n) {
    List<Double> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs.add(values[i][j]);
      }
    }
    return pairs.stream().mapToDouble(v -> v).toArray();
  }

  /** In standard deviations from the mean over all pairs of the same distance. */
  private static double[] withoutDrift(double[] pairs, int n) {
    double[] sums = new double[n];
    double[] squares = new double[n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        sums[j - i] += pairs[k];
        squares[j - i] += pairs[k] * pairs[k];
        k++;
      }
    }
    double[] rest = new double[pairs.length];
    k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        int count = n - (j - i);
        double mean = sums[j - i] / count;
        double deviation = Math.sqrt(Math.max(0, squares[j - i] / count - mean * mean));
        rest[k] = deviation > EQUAL ? (pairs[k] - mean) / deviation : 0;
        k++;
      }
    }
    return rest;
  }

  private static double cosine(double[] x, double[] y) {
    double xy = 0;
    double xx = 0;
    double yy = 0;
    for (int i = 0; i < x.length; i++) {
      xy += x[i] * y[i];
      xx += x[i] * x[i];
      yy += y[i] * y[i];
    }
    return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
  }
}
