package dev.kindred.measure;

import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.base.matrix.Svd;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Kinds of responses on which float32 is held against float64, and how a catalogue names them. */
enum ResponseCondition {
  /** Units of equal size and some correlation about a small mean; every measure is exact here. */
  WELL_CONDITIONED("", 240, 40),
  /** Units that have nothing in common. */
  INDEPENDENT_UNITS("units share so little", 240, 40),
  /** Ten latent dimensions in the units of one model and four in those of the other. */
  LOW_RANK("low rank", 240, 40),
  /** Ten latent dimensions in both models, of which five are the same: ρ = 1 five times. */
  SHARED_DIMENSIONS("equal canonical correlations", 240, 40),
  /** Every row has mean 0 and deviation 1, as LayerNorm leaves it: rank p − 1. */
  LAYER_NORM("standardised rows", 240, 40),
  /** Units that correlate by .999 with each other. */
  STRONGLY_CORRELATED("strongly correlated units", 240, 40),
  /** Singular values that fall exponentially, to 1e-12 of the largest. */
  DECAYING_SPECTRUM("decaying spectra", 240, 40),
  /** Cauchy tails: a few responses are thousands of times the others. */
  HEAVY_TAILS("heavy tails", 240, 40),
  /** Mean 100, deviation 1. */
  LARGE_MEAN("large means", 240, 40),
  /** More units than stimuli. */
  WIDE("n ≤ p", 60, 90),
  /** One stimulus more than units. */
  SQUARE("n is about units", 41, 40),
  /** Centred units. */
  ZERO_MEAN("a mean response of zero", 240, 40),
  /** Rows of the same three levels each, told apart further by what float32 does not hold. */
  NEAR_TIES("near ties", 240, 40),
  /** The first three principal components hold 99 % of the variance, to within rounding. */
  AT_THRESHOLD("a share of variance at the threshold", 240, 40);

  private final String phrase;
  private final int stimuli;
  private final int units;

  ResponseCondition(String phrase, int stimuli, int units) {
    this.phrase = phrase;
    this.stimuli = stimuli;
    this.units = units;
  }

  /** What {@link MeasureInfo#float32Condition} says where the bound does not hold here. */
  String phrase() {
    return phrase;
  }

  /** Whether a measure says that its bound does not hold here. */
  boolean isNamedBy(String float32Condition) {
    return !phrase.isEmpty() && float32Condition.contains(phrase);
  }

  /** Responses of one of the models {@code x} and {@code y} in float64. */
  double[][] responses(String model) {
    return responses(model, stimuli, units);
  }

  /** As {@link #responses(String)}, of another shape. */
  double[][] responses(String model, int n, int p) {
    SplittableRandom shared = new Seeds(11).stream(name() + " shared");
    SplittableRandom own = new Seeds(11).stream(name() + " " + model);
    return switch (this) {
      case WELL_CONDITIONED, WIDE, SQUARE -> mixture(shared, own, n, p, 0.3, 1);
      case INDEPENDENT_UNITS -> independent(shared, own, n, p, 0.3, 1);
      case LARGE_MEAN -> mixture(shared, own, n, p, 100, 1);
      case LOW_RANK -> latent(shared, own, n, p, model.equals("x") ? 10 : 4, 1, Math.sqrt(0.5));
      case SHARED_DIMENSIONS -> latent(shared, own, n, p, 10, 1, 1);
      case DECAYING_SPECTRUM ->
          latent(shared, own, n, p, p, Math.pow(1e-12, 1.0 / (p - 1)), Math.sqrt(0.5));
      case ZERO_MEAN -> centred(mixture(shared, own, n, p, 0, 1));
      case NEAR_TIES -> {
        double[][] rows = mixture(shared, own, n, p, 0, 1);
        for (double[] row : rows) {
          double[] sorted = row.clone();
          Arrays.sort(sorted);
          for (int j = 0; j < p; j++) {
            row[j] = 1 + 3 * Arrays.binarySearch(sorted, row[j]) / p;
          }
          // Pairwise, so that the rows keep their sum and no direction is made of this alone.
          for (int j = 0; j + 1 < p; j += 2) {
            double little = 1e-9 * own.nextDouble(-1, 1);
            row[j] += little;
            row[j + 1] -= little;
          }
        }
        yield rows;
      }
      case AT_THRESHOLD -> atThreshold(own, n, p);
      case STRONGLY_CORRELATED -> {
        double[][] rows = independent(shared, own, n, p, 0, Math.sqrt(0.001));
        for (double[] row : rows) {
          double common = gaussian(shared);
          for (int j = 0; j < p; j++) {
            row[j] += common;
          }
        }
        yield rows;
      }
      case LAYER_NORM -> {
        double[][] rows = mixture(shared, own, n, p, 0.3, 1);
        for (double[] row : rows) {
          standardise(row);
        }
        yield rows;
      }
      case HEAVY_TAILS -> {
        double[][] rows = mixture(shared, own, n, p, 0, 1);
        for (double[] row : rows) {
          for (int j = 0; j < p; j++) {
            row[j] /= Math.max(1e-4, Math.abs(gaussian(own)));
          }
        }
        yield rows;
      }
    };
  }

  /** As {@link #independent}, and a fifth of the variance is one factor common to all units. */
  private static double[][] mixture(
      SplittableRandom shared, SplittableRandom own, int n, int p, double mean, double deviation) {
    double[][] rows = independent(shared, own, n, p, mean, Math.sqrt(0.8) * deviation);
    for (double[] row : rows) {
      double factor = Math.sqrt(0.2) * deviation * gaussian(shared);
      for (int j = 0; j < p; j++) {
        row[j] += factor;
      }
    }
    return rows;
  }

  /** Independent normal units, half of whose variance both models share. */
  private static double[][] independent(
      SplittableRandom shared, SplittableRandom own, int n, int p, double mean, double deviation) {
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      for (int j = 0; j < p; j++) {
        row[j] = mean + deviation * Math.sqrt(0.5) * (gaussian(shared) + gaussian(own));
      }
    }
    return rows;
  }

  /**
   * Latent dimensions, each {@code decay} times the size of the one before, in a mixture of their
   * own for each model; every other one correlates by {@code correlation} between the models.
   */
  private static double[][] latent(
      SplittableRandom shared,
      SplittableRandom own,
      int n,
      int p,
      int dimensions,
      double decay,
      double correlation) {
    double[][] mixing = new double[dimensions][p];
    for (int k = 0; k < dimensions; k++) {
      for (int j = 0; j < p; j++) {
        mixing[k][j] = Math.pow(decay, k) * gaussian(own);
      }
    }
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      for (int k = 0; k < dimensions; k++) {
        double common = gaussian(shared);
        double score = gaussian(own);
        if (k % 2 == 0) {
          score = correlation * common + Math.sqrt(1 - correlation * correlation) * score;
        }
        for (int j = 0; j < p; j++) {
          row[j] += score * mixing[k][j];
        }
      }
    }
    return rows;
  }

  private static double[][] centred(double[][] rows) {
    try (Matrix matrix = Matrix.ofRows(rows).centreColumns()) {
      return matrix.toRows();
    }
  }

  /** Whether the threshold is passed depends on rounding: on this side it is in float64 only. */
  private static double[][] atThreshold(SplittableRandom random, int n, int p) {
    // Above the threshold by more than the errors of float64 and less than those of float32.
    double[] sizes = {Math.sqrt(0.33 + 1e-11), Math.sqrt(0.33), Math.sqrt(0.33), Math.sqrt(0.01)};
    while (true) {
      Matrix left = Qr.orthonormal(normal(n, 4, random).centreColumns()).scaleColumns(sizes);
      Matrix responses = left.timesTransposed(Qr.orthonormal(normal(p, 4, random)));
      Matrix rounded = Matrix.zeros(n, p);
      double[][] rows = responses.toRows();
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < p; j++) {
          rows[i][j] = 0.5 + 30 * rows[i][j];
          rounded.set(i, j, (float) rows[i][j]);
        }
      }
      double[] s = Svd.values(rounded.centreColumns());
      double kept = s[0] * s[0] + s[1] * s[1] + s[2] * s[2];
      if (kept < 0.99 * (kept + s[3] * s[3])) {
        return rows;
      }
    }
  }

  private static Matrix normal(int rows, int columns, SplittableRandom random) {
    double[] values = new double[rows * columns];
    Arrays.setAll(values, i -> gaussian(random));
    return Matrix.ofColumnMajor(rows, columns, values);
  }

  private static void standardise(double[] row) {
    double mean = 0;
    for (double value : row) {
      mean += value / row.length;
    }
    double variance = 0;
    for (int j = 0; j < row.length; j++) {
      row[j] -= mean;
      variance += row[j] * row[j] / row.length;
    }
    for (int j = 0; j < row.length; j++) {
      row[j] /= Math.sqrt(variance);
    }
  }

  private static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
