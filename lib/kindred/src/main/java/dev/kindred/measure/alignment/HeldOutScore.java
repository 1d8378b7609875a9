package dev.kindred.measure.alignment;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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

  /** Collects one fold after the other and ends with the scores. */
  final class Tally {
    private final double[] meanOverAll;
    private final boolean[] constant;

    /** Over all folds together, of every unit. */
    private final Moments[] whole;

    private final double[] errors;
    private final double[] deviations;

    private final double[] unitSums;
    private final List<Double> foldScores = new ArrayList<>();

    /**
     * @param meanOverAll mean of every target over all stimuli
     * @param constant targets that never vary: left out of all but the pooled R²
     */
    Tally(double[] meanOverAll, boolean[] constant) {
      this.meanOverAll = meanOverAll;
      this.constant = constant;
      this.whole = new Moments[constant.length];
      Arrays.setAll(whole, j -> new Moments());
      this.errors = new double[constant.length];
      this.deviations = new double[constant.length];
      this.unitSums = new double[constant.length];
    }

    private boolean isScored(int unit) {
      return !constant[unit] || HeldOutScore.this == R2_POOLED;
    }

    /**
     * Adds a fold.
     *
     * @param predicted held-out stimuli × units, less the training means
     * @param observed the same responses as they were, less the training means
     * @param means the training means
     * @throws dev.kindred.base.CancelledException if the calling thread was interrupted
     */
    void add(Matrix predicted, Matrix observed, double[] means) {
      Progress.checkCancelled();
      double[] p = new double[predicted.rows()];
      double[] y = new double[predicted.rows()];
      double sum = 0;
      double foldErrors = 0;
      double foldDeviations = 0;
      int counted = 0;
      for (int j = 0; j < constant.length; j++) {
        if (!isScored(j)) {
          continue;
        }
        predicted.readColumn(j, p);
        observed.readColumn(j, y);
        if (isCorrelation()) {
          double r = correlate(p, y, j, means[j]);
          unitSums[j] += r;
          sum += r;
          counted++;
          continue;
        }
        // The pooled R² compares with the mean over all stimuli, the others with the fold's.
        double center = HeldOutScore.this == R2_POOLED ? meanOverAll[j] - means[j] : mean(y);
        double error = 0;
        double deviation = 0;
        for (int i = 0; i < p.length; i++) {
          error += (y[i] - p[i]) * (y[i] - p[i]);
          deviation += (y[i] - center) * (y[i] - center);
        }
        errors[j] += error;
        deviations[j] += deviation;
        double r2 = r2(error, deviation);
        unitSums[j] += r2;
        sum += r2;
        counted++;
        // A unit that does not vary in the fold has weight 0, whatever its error.
        foldErrors += deviation > 0 || HeldOutScore.this == R2_POOLED ? error : 0;
        foldDeviations += deviation;
      }
      foldScores.add(
          HeldOutScore.this == R2_POOLED || HeldOutScore.this == R2_WEIGHTED
              ? foldDeviations > 0 ? 1 - foldErrors / foldDeviations : 0
              : sum / counted);
    }

    /** Pearson's r within the fold; over all folds it is collected beside. */
    private double correlate(double[] p, double[] y, int unit, double mean) {
      if (HeldOutScore.this == PEARSON_PER_FOLD) {
        toUnitSize(p);
      }
      // The training means differ from fold to fold; without them a unit whose mean is large would
      // lose digits, so together the folds are deviations from the mean over all stimuli.
      double shift = HeldOutScore.this == PEARSON_CONCATENATED ? mean - meanOverAll[unit] : 0;
      Moments fold = new Moments();
      for (int i = 0; i < p.length; i++) {
        fold.add(p[i], y[i]);
        whole[unit].add(p[i] + shift, y[i] + shift);
      }
      return fold.correlation();
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
      return switch (HeldOutScore.this) {
        case R2_POOLED -> 1 - sum(errors) / sum(deviations);
        case PEARSON_CONCATENATED ->
            Arrays.stream(unitScores()).filter(r -> !Double.isNaN(r)).average().orElseThrow();
        case PEARSON_PER_FOLD, R2_UNIFORM, R2_WEIGHTED ->
            foldScores.stream().mapToDouble(score -> score).sum() / foldScores.size();
      };
    }

    HeldOutScores.Scores scores() {
      return new HeldOutScores.Scores(
          result(), foldScores.stream().mapToDouble(score -> score).toArray(), unitScores());
    }

    private double[] unitScores() {
      double[] scores = new double[constant.length];
      for (int j = 0; j < scores.length; j++) {
        scores[j] =
            switch (HeldOutScore.this) {
              case R2_POOLED -> r2(errors[j], deviations[j]);
              case PEARSON_CONCATENATED -> whole[j].correlation();
              case PEARSON_PER_FOLD, R2_UNIFORM, R2_WEIGHTED -> unitSums[j] / foldScores.size();
            };
        if (constant[j]) {
          scores[j] = Double.NaN;
        }
      }
      return scores;
    }
  }

  /** 0 of a target that does not vary, unless it is predicted exactly. */
  private static double r2(double error, double deviation) {
    return deviation > 0 ? 1 - error / deviation : error == 0 ? 1 : 0;
  }

  /** By steps, which is exact where all are equal. */
  private static double mean(double[] values) {
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      mean += (values[i] - mean) / (i + 1);
    }
    return mean;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
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

    /** Pearson's r; 0 where either series does not vary. */
    double correlation() {
      if (!(xx > 0) || !(yy > 0)) {
        return 0;
      }
      return Math.max(-1, Math.min(1, xy / (Math.sqrt(xx) * Math.sqrt(yy))));
    }
  }
}
