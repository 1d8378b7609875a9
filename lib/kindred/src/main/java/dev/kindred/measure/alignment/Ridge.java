package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;

/**
 * Ridge regression on one training set, for any number of targets and penalties, from one singular
 * value decomposition X = U·diag(s)·Vᵀ of the centred predictors: the intercept is not penalised,
 * and penalty 0 is least squares of minimum norm.
 */
final class Ridge {
  /** Penalties that are tried: 10⁻⁸ … 10⁸ in steps of a factor of ten. */
  private static final double[] GRID = new double[17];

  static {
    for (int k = 0; k < GRID.length; k++) {
      GRID[k] = Math.pow(10, k - 8);
    }
  }

  /** How the penalty is chosen. */
  enum Choice {
    FIXED,
    /** Generalised cross-validation (Golub, Heath and Wahba, Technometrics 21, 1979, Eq. 1.4). */
    GCV,
    /** Exact leave-one-out error, as scikit-learn's {@code RidgeCV} takes it. */
    LEAVE_ONE_OUT
  }

  /**
   * Up to this rank, the errors of all penalties come from numbers that are kept; beyond it these
   * would be too many.
   */
  private static final int KEPT_PATH = 256;

  private final Matrix u;
  private final double[] s;
  private final Matrix heldOut;

  /** Null until it is asked for. */
  private volatile LeaveOneOut leaveOneOut;

  /**
   * @param training centred predictors of the training stimuli
   * @param heldOut predictors of the held-out stimuli, less the training means
   * @param error how large the singular values of the errors in the predictors can be
   */
  Ridge(Matrix training, Matrix heldOut, double error) {
    try (Svd svd = Svd.of(training)) {
      int rank = svd.rank(error);
      u = svd.u().columns(0, rank);
      s = java.util.Arrays.copyOf(svd.values(), rank);
      try (Matrix v = svd.vt().transposed().columns(0, rank)) {
        this.heldOut = heldOut.times(v);
      }
    }
  }

  /** With what leave-one-out errors need, which may be made later. */
  long bytes() {
    int k = s.length;
    return u.bytes()
        + heldOut.bytes()
        + 8L * k
        + (k <= KEPT_PATH
            ? LeaveOneOutPath.bytes(u.rows(), k, GRID.length)
            : Leverages.bytes(u.rows(), k, GRID.length));
  }

  /**
   * Predictions for the held-out stimuli.
   *
   * @param targets centred targets of the training stimuli
   * @param choice how the penalty is chosen, one for all targets
   * @param fixed the penalty if it is fixed
   */
  Matrix predict(Matrix targets, Choice choice, double fixed) {
    try (Matrix projected = u.transposeTimes(targets)) {
      double penalty =
          switch (choice) {
            case FIXED -> fixed;
            case GCV -> generalised(targets, projected);
            case LEAVE_ONE_OUT -> GRID[leaveOneOut().best(targets, projected)];
          };
      double[] gains = new double[s.length];
      for (int i = 0; i < gains.length; i++) {
        // s/(s² + λ), without forming s².
        gains[i] = 1 / (s[i] + penalty / s[i]);
      }
      return heldOut.times(projected.scaleRows(gains));
    }
  }

  /** Least (‖residual‖²/n) / (1 − tr(H)/n)²: only norms of the projections are needed. */
  private double generalised(Matrix targets, Matrix projected) {
    int n = targets.rows();
    double[] energy = rowEnergies(projected);
    double outside = targets.dot(targets) - projected.dot(projected);
    // With n − 1 directions nothing of a centred target is left outside; the difference is
    // rounding.
    outside = s.length >= n - 1 ? 0 : Math.max(0, outside);
    double best = Double.POSITIVE_INFINITY;
    double chosen = GRID[0];
    for (double penalty : GRID) {
      double residual = outside;
      double freedom = n - 1 - s.length;
      for (int k = 0; k < s.length; k++) {
        double left = remainder(s[k], penalty);
        residual += left * left * energy[k];
        freedom += left;
      }
      double error = residual / (freedom * freedom);
      if (error < best) {
        best = error;
        chosen = penalty;
      }
    }
    return chosen;
  }

  private LeaveOneOut leaveOneOut() {
    LeaveOneOut made = leaveOneOut;
    if (made == null) {
      Leverages leverages = Leverages.of(u, s, GRID);
      made =
          s.length <= KEPT_PATH ? new LeaveOneOutPath(leverages) : new LeaveOneOutSearch(leverages);
      // Two threads may make it at once: they make the same.
      leaveOneOut = made;
    }
    return made;
  }

  /** λ/(s² + λ): what ridge leaves of a direction. */
  static double remainder(double s, double penalty) {
    return penalty / s / (s + penalty / s);
  }

  /** ‖pₖ‖² of every row. */
  static double[] rowEnergies(Matrix projected) {
    double[] energy = new double[projected.rows()];
    double[] column = new double[projected.rows()];
    for (int j = 0; j < projected.columns(); j++) {
      projected.readColumn(j, column);
      for (int k = 0; k < energy.length; k++) {
        energy[k] += column[k] * column[k];
      }
    }
    return energy;
  }
}
