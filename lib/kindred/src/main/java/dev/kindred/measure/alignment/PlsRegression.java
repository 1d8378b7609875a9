package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Column;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;

/**
 * Regression on components of one training set, for any targets, from one QR decomposition of the
 * centred predictors, X = QR: scores are Q times those of R, so that a component costs as many rows
 * as X has units, not stimuli.
 *
 * <p>Neither X nor the targets are deflated, only their cross products: each score is made
 * orthogonal to those before it, which leaves the same as taking these out of X, and nothing is
 * subtracted twice.
 */
final class PlsRegression {
  /** Covariance with the targets, relative to that of the first component, that is rounding. */
  private static final double NOTHING_LEFT = 1e-12;

  /** Q; null where units are as many as stimuli or more, and R is X. */
  private final Matrix basis;

  private final Matrix core;
  private final Matrix heldOut;

  /**
   * @param training centred predictors of the training stimuli; kept
   * @param heldOut predictors of the held-out stimuli, less the training means; kept
   */
  PlsRegression(Matrix training, Matrix heldOut) {
    if (training.columns() < training.rows()) {
      Qr qr = Qr.of(training);
      basis = qr.q();
      core = qr.r();
    } else {
      basis = null;
      core = training;
    }
    this.heldOut = heldOut;
  }

  /** Held beyond what was given. */
  long bytes() {
    return basis == null ? 0 : basis.bytes() + core.bytes();
  }

  /**
   * Predictions for the held-out stimuli.
   *
   * @param targets centred targets of the training stimuli
   * @param most how many components, where so many are left
   */
  Matrix predict(Matrix targets, int most) {
    if (basis == null) {
      return predictCore(targets, most);
    }
    try (Matrix projected = basis.transposeTimes(targets)) {
      return predictCore(projected, most);
    }
  }

  private Matrix predictCore(Matrix targets, int most) {
    int p = core.columns();
    int q = targets.columns();
    try (Matrix covariance = core.transposeTimes(targets);
        LeadingVector leading = new LeadingVector(p, q);
        Matrix weightsOfOne = Matrix.zeros(p, 1);
        Matrix loadingsOfOne = Matrix.zeros(p, 1);
        Matrix sharesOfOne = Matrix.zeros(most, 1);
        Matrix scores = Matrix.zeros(core.rows(), most);
        Matrix heldOutScores = Matrix.zeros(heldOut.rows(), most);
        Matrix targetLoadings = Matrix.zeros(q, most)) {
      double begin = covariance.frobeniusNorm();
      if (begin > 0) {
        covariance.scale(1 / begin);
      }
      Column weights = new Column(weightsOfOne, 0);
      Column loadings = new Column(loadingsOfOne, 0);
      for (int c = 0; c < most && covariance.sumOfSquares() > NOTHING_LEFT * NOTHING_LEFT; c++) {
        leading.left(covariance, weights);
        Column score = new Column(scores, c);
        Column heldOutScore = new Column(heldOutScores, c);
        score.multiply(1, core, p, weights, 0);
        heldOutScore.multiply(1, heldOut, p, weights, 0);
        // Twice, so that what rounding leaves of the scores before it is taken out, too.
        for (int round = 0; c > 0 && round < 2; round++) {
          Column shares = new Column(sharesOfOne, 0);
          shares.multiplyTransposed(1, scores, c, score, 0);
          score.multiply(-1, scores, c, shares, 1);
          heldOutScore.multiply(-1, heldOutScores, c, shares, 1);
        }
        double norm = score.norm();
        score.scale(1 / norm);
        heldOutScore.scale(1 / norm);
        loadings.multiplyTransposed(1, core, p, score, 0);
        Column targetLoading = new Column(targetLoadings, c);
        targetLoading.multiplyTransposed(1, targets, q, score, 0);
        covariance.addOuter(-1 / begin, loadings, targetLoading);
      }
      return heldOutScores.timesTransposed(targetLoadings);
    }
  }
}
