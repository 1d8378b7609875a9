package dev.kindred.measure.alignment;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.Arrays;

/**
 * Units for held-out correlations: both parts of every fold standardised by themselves.
 *
 * @param training units of the training stimuli, a matrix for every fold
 * @param heldOut units of the held-out stimuli
 * @param constant of all units, those that are left out as they never vary
 */
record UnitFolds(Matrix[] training, Matrix[] heldOut, boolean[] constant) implements Prepared {

  /**
   * @param keepConstant keep units that never vary as zeros, which correlate with nothing, or drop
   *     them
   */
  static UnitFolds of(Representation x, MeasureInfo info, Folds folds, boolean keepConstant) {
    try (Matrix features = Features.matrix(x, info);
        Matrix units = keepConstant ? features.copy() : Units.varying(features)) {
      boolean[] constant = Units.constant(features);
      if (Units.count(constant) == constant.length) {
        throw Configuration.constant(x, true);
      }
      int n = units.rows();
      int[][] heldOut = folds.heldOut(n);
      Matrix[] training = new Matrix[heldOut.length];
      Matrix[] test = new Matrix[heldOut.length];
      for (int f = 0; f < heldOut.length; f++) {
        Progress.checkCancelled();
        training[f] = Units.standardise(units.selectRows(Folds.training(n, heldOut[f])));
        test[f] = Units.standardise(units.selectRows(heldOut[f]));
      }
      return new UnitFolds(training, test, keepConstant ? new boolean[constant.length] : constant);
    }
  }

  int folds() {
    return training.length;
  }

  int width() {
    return training[0].columns();
  }

  /**
   * Scores of these units as targets.
   *
   * @param scores of every fold, of every unit that varies; their mean over units is the fold's
   * @param value of all folds
   */
  HeldOutScores.Scores scores(double[][] scores, double value) {
    double[] ofFolds = new double[scores.length];
    double[] ofUnits = new double[constant.length];
    Arrays.fill(ofUnits, Double.NaN);
    for (int f = 0; f < scores.length; f++) {
      int at = 0;
      for (int j = 0; j < constant.length; j++) {
        if (!constant[j]) {
          double score = scores[f][at++];
          ofFolds[f] += score / width();
          ofUnits[j] = (f == 0 ? 0 : ofUnits[j]) + score / scores.length;
        }
      }
    }
    return new HeldOutScores.Scores(value, ofFolds, ofUnits);
  }

  @Override
  public long bytes() {
    long bytes = constant.length;
    for (int f = 0; f < training.length; f++) {
      bytes += training[f].bytes() + heldOut[f].bytes();
    }
    return bytes;
  }
}
