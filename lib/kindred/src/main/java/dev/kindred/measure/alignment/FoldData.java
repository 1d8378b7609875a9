package dev.kindred.measure.alignment;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Matrix;

/**
 * One fold of a representation, both parts less the column means of the training part.
 *
 * @param training responses to the training stimuli
 * @param heldOut responses to the held-out stimuli
 * @param means column means of the training part
 */
record FoldData(Matrix training, Matrix heldOut, double[] means) {

  /**
   * @throws dev.kindred.base.CancelledException if the calling thread was interrupted: a fold may
   *     take seconds
   */
  static FoldData of(Matrix features, int[] heldOutRows) {
    Progress.checkCancelled();
    Matrix training = features.selectRows(Folds.training(features.rows(), heldOutRows));
    double[] means = training.row(0);
    training.centreColumns();
    for (int j = 0; j < means.length; j++) {
      means[j] -= training.get(0, j);
    }
    Matrix heldOut = features.selectRows(heldOutRows);
    double[] column = new double[heldOut.rows()];
    for (int j = 0; j < means.length; j++) {
      heldOut.readColumn(j, column);
      for (int i = 0; i < column.length; i++) {
        column[i] -= means[j];
      }
      heldOut.writeColumn(j, column);
    }
    return new FoldData(training, heldOut, means);
  }

  long bytes() {
    return training.bytes() + heldOut.bytes() + 8L * means.length;
  }
}
