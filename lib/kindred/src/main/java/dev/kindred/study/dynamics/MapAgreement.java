package dev.kindred.study.dynamics;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.PermutationTest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Whether two epoch × epoch maps of a layer, such as decision-region similarity and CKA, tell the
 * same: rank correlation over pairs of epochs.
 *
 * <p>Epochs are taken from 4 on. Two maps of anything that drifts agree in that near epochs are
 * alike. So there is a second correlation, of what is left of the ranks when their mean over all
 * pairs of the same distance on the logarithmic axis is taken away. Pairs that share an epoch
 * depend on each other, and so do neighbouring epochs; chance is therefore told by moving all
 * epochs of one map along the axis by one distance, round its ends, forwards and backwards in time.
 *
 * @param coefficient Spearman's ρ over pairs of epochs; NaN where there are too few octaves, or
 *     fewer than two epochs in each
 * @param beyondDrift the correlation beyond what the distance in time explains
 * @param moved that correlation with one map moved: row k by k steps, the first half forwards; the
 *     first is not moved
 */
public record MapAgreement(double coefficient, double beyondDrift, double[] moved) {
  /**
   * Before epoch 4 even whole epochs are farther apart than the places of the axis. Values between
   * them are smoother than others, in both maps, and that alone would make them agree.
   */
  private static final int FIRST = 2 * OctaveMap.PER_OCTAVE;

  private static final int FEWEST = 2 * OctaveMap.PER_OCTAVE;

  /** Differences that rounding makes. */
  private static final double EQUAL = 1e-9;

  private static final MapAgreement UNKNOWN =
      new MapAgreement(Double.NaN, Double.NaN, new double[0]);

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
    double[][] ranksOfFirst = square(withoutDrift(Correlation.ranks(first), n), n);
    double[] restOfSecond = withoutDrift(Correlation.ranks(second), n);
    double[] moved = new double[2 * n];
    for (int k = 0; k < 2 * n; k++) {
      moved[k] = cosine(moved(ranksOfFirst, k % n, k >= n), restOfSecond);
    }
    return new MapAgreement(
        Correlation.Method.SPEARMAN.coefficient(first, second), moved[0], moved);
  }

  /** The test of one layer. */
  public PermutationTest test() {
    return new PermutationTest(beyondDrift, moved, true);
  }

  /**
   * The test of the mean over the layers of several runs. Layers of a run change together, so they
   * are moved together; every run by its own distance.
   *
   * @param runs the layers of each, at least one
   */
  static PermutationTest test(List<List<MapAgreement>> runs, int draws, SplittableRandom random) {
    double[] null_ = new double[draws];
    double observed = 0;
    for (List<MapAgreement> layers : runs) {
      int size = layers.stream().mapToInt(layer -> layer.moved.length).min().orElseThrow();
      observed += mean(layers, 0) / runs.size();
      for (int draw = 0; draw < draws; draw++) {
        null_[draw] += mean(layers, random.nextInt(size)) / runs.size();
      }
    }
    return new PermutationTest(observed, null_, false);
  }

  private static double mean(List<MapAgreement> layers, int k) {
    return layers.stream().mapToDouble(layer -> layer.moved[k]).average().orElseThrow();
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

  private static double[][] square(double[] pairs, int n) {
    double[][] square = new double[n][n];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        square[i][j] = pairs[k++];
        square[j][i] = square[i][j];
      }
    }
    return square;
  }

  private static double[] moved(double[][] square, int by, boolean backwards) {
    int n = square.length;
    int[] from = new int[n];
    Arrays.setAll(from, i -> ((backwards ? n - 1 - i : i) + by) % n);
    double[] pairs = new double[n * (n - 1) / 2];
    int k = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        pairs[k++] = square[from[i]][from[j]];
      }
    }
    return pairs;
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
