package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Prepared;

/**
 * Units for held-out correlations: both parts of every fold standardised by themselves.
 *
 * @param training units of the training stimuli, a matrix for every fold
 * @param heldOut units of the held-out stimuli
 */
record UnitFolds(Matrix[] training, Matrix[] heldOut) implements Prepared {

  static UnitFolds of(Matrix units, Folds folds) {
    int n = units.rows();
    int[][] heldOut = folds.heldOut(n);
    Matrix[] training = new Matrix[heldOut.length];
    Matrix[] test = new Matrix[heldOut.length];
    for (int f = 0; f < heldOut.length; f++) {
      training[f] = Units.standardise(units.selectRows(Folds.training(n, heldOut[f])));
      test[f] = Units.standardise(units.selectRows(heldOut[f]));
    }
    return new UnitFolds(training, test);
  }

  @Override
  public long bytes() {
    long bytes = 0;
    for (int f = 0; f < training.length; f++) {
      bytes += training[f].bytes() + heldOut[f].bytes();
    }
    return bytes;
  }
}
