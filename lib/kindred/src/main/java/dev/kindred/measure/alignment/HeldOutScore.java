package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Parameter;
import java.util.Locale;

/** How predictions of held-out responses are scored; every form has its maximum 1. */
enum HeldOutScore {
  /** Pearson's r of every unit in every fold, mean over units, then over folds. */
  PEARSON_PER_FOLD,
  /** Pearson's r of every unit over the predictions of all folds together, mean over units. */
  PEARSON_CONCATENATED,
  /** 1 − Σ(y − ŷ)² / Σ(y − ȳ)² over all entries, ȳ the unit's mean over all stimuli. */
  R2_POOLED,
  /** R² of every unit about its mean in the fold, mean over units, then over folds. */
  R2_UNIFORM,
  /** As {@link #R2_UNIFORM}, units weighted by their variance in the fold. */
  R2_WEIGHTED;

  static final Parameter PARAMETER =
      Parameter.choice(
          "score",
          "how held-out predictions are scored",
          "pearson-per-fold",
          "pearson-concatenated",
          "r2-pooled",
          "r2-uniform",
          "r2-weighted");

  static HeldOutScore of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  boolean isCorrelation() {
    return this == PEARSON_PER_FOLD || this == PEARSON_CONCATENATED;
  }

  /** Collects one fold after the other and ends with the score. */
  final class Tally {
    private final int units;
    private final boolean[] constant;
    private final double[] meanOverAll;
    private final Moments[] whole;
    private double foldSum;
    private int folds;
    private double squaredError;
    private double squaredDeviation;

    /**
     * @param meanOverAll mean of every target over all stimuli
     * @param constant targets that never vary: left out of all but the pooled R²
     */
    Tally(double[] meanOverAll, boolean[] constant) {
      this.units = meanOverAll.length;
      this.meanOverAll = meanOverAll;
      this.constant = constant;
      this.whole = new Moments[units];
      for (int j = 0; j < units; j++) {
        whole[j] = new Moments();
      }
    }

    /**
     * @param predicted held-out stimuli × units, less the training means
     * @param observed the same responses as they were, less the training means
     * @param means the training means
     */
    void add(Matrix predicted, Matrix observed, double[] means) {
      double[] p = new double[predicted.rows()];
      double[] y = new double[predicted.rows()];
      double sum = 0;
      double errors = 0;
      double deviations = 0;
      int counted = 0;
      for (int j = 0; j < units; j++) {
        predicted.readColumn(j, p);
        observed.readColumn(j, y);
        if (HeldOutScore.this == R2_POOLED) {
          for (int i = 0; i < p.length; i++) {
            double error = y[i] - p[i];
            double deviation = y[i] + means[j] - meanOverAll[j];
            squaredError += error * error;
            squaredDeviation += deviation * deviation;
          }
          continue;
        }
        if (constant[j]) {
          continue;
        }
        if (HeldOutScore.this == PEARSON_PER_FOLD) {
          toUnitSize(p);
        }
        Moments moments = HeldOutScore.this == PEARSON_CONCATENATED ? whole[j] : new Moments();
        double error = 0;
        for (int i = 0; i < p.length; i++) {
          // Without the training means a unit whose mean is large would lose digits; the tally over
          // all folds takes the deviation from the mean over all stimuli instead.
          double shift = HeldOutScore.this == PEARSON_CONCATENATED ? means[j] - meanOverAll[j] : 0;
          moments.add(p[i] + shift, y[i] + shift);
          error += (y[i] - p[i]) * (y[i] - p[i]);
        }
        switch (HeldOutScore.this) {
          case PEARSON_PER_FOLD -> {
            sum += moments.correlation();
            counted++;
          }
          case R2_UNIFORM -> {
            double deviation = moments.deviationOfSecond();
            sum += deviation > 0 ? 1 - error / deviation : error == 0 ? 1 : 0;
            counted++;
          }
          case R2_WEIGHTED -> {
            // A unit that does not vary in the fold has weight 0, whatever its error.
            double deviation = moments.deviationOfSecond();
            errors += deviation > 0 ? error : 0;
            deviations += deviation;
          }
          default -> {}
        }
      }
      if (HeldOutScore.this == R2_WEIGHTED) {
        foldSum += deviations > 0 ? 1 - errors / deviations : 0;
      } else if (counted > 0) {
        foldSum += sum / counted;
      }
      folds++;
    }

    /** By a power of two: a strong penalty makes predictions whose squares would vanish. */
    private static void toUnitSize(double[] values) {
      double largest = 0;
      for (double value : values) {
        largest = Math.max(largest, Math.abs(value));
      }
      int exponent = Math.getExponent(largest);
      for (int i = 0; largest > 0 && i < values.length; i++) {
        values[i] = Math.scalb(values[i], -exponent);
      }
    }

    double result() {
      if (HeldOutScore.this == R2_POOLED) {
        return 1 - squaredError / squaredDeviation;
      }
      if (HeldOutScore.this == PEARSON_CONCATENATED) {
        double sum = 0;
        int counted = 0;
        for (int j = 0; j < units; j++) {
          if (!constant[j]) {
            sum += whole[j].correlation();
            counted++;
          }
        }
        return sum / counted;
      }
      return foldSum / folds;
    }
  }

  /** Running means and products of deviations of two series (Welford). */
  private static final class Moments {
    private long count;
    private double meanX;
    private double meanY;
    private double xx;
    private double yy;
    private double xy;

    void add(double x, double y) {
      count++;
      double dx = x - meanX;
      double dy = y - meanY;
      meanX += dx / count;
      meanY += dy / count;
      xx += dx * (x - meanX);
      yy += dy * (y - meanY);
      xy += dx * (y - meanY);
    }

    double deviationOfSecond() {
      return yy;
    }

    /** Pearson's r; 0 where either series does not vary. */
    double correlation() {
      if (!(xx > 0) || !(yy > 0)) {
        return 0;
      }
      return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
    }
  }
}
