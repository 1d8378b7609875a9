package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;

/** Which penalty of ridge regression has the least exact leave-one-out error. */
interface LeaveOneOut {

  /**
   * The place of the best penalty on the grid: the least Σ (residualᵢ / (1 − hᵢᵢ))² over stimuli
   * and targets.
   *
   * @param targets centred targets Y, n × q
   * @param projected UᵀY
   */
  int best(Matrix targets, Matrix projected);
}
