package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;

/**
 * Leave-one-out errors of ridge regression for all penalties at once. With X = U·diag(s)·Vᵀ, P =
 * UᵀY, O = Y − UP and lₖ = λ/(sₖ² + λ), the residual of stimulus i is oᵢ + uᵢ·diag(l)·P and its
 * leverage leaves dᵢ = 1 − 1/n − Σₖ (1 − lₖ)·uᵢₖ², so that
 *
 * <pre>
 * Σᵢ ‖rᵢ‖²/dᵢ² = Σᵢ ‖oᵢ‖²/dᵢ² + 2·Σᵢ Σₖ lₖ·uᵢₖ·(OPᵀ)ᵢₖ/dᵢ² + ⟨T, PPᵀ⟩,  T = (D⁻¹U·diag(l))ᵀ(D⁻¹U·diag(l))
 * </pre>
 *
 * T and d belong to the predictors and the penalty alone: what is left for each set of targets are
 * two products instead of one for every penalty.
 */
final class LeaveOneOutPath {
  private final Matrix u;
  private final int penalties;
  private final boolean complete;

  /** rank × penalty: lₖ. */
  private final Matrix remainders;

  /** By penalty, of every stimulus: 1/dᵢ. */
  private final double[][] weights;

  /** T by penalty, or null where it is made for each set of targets. */
  private final Matrix[] kept;

  /**
   * @param u left singular vectors of the centred predictors, n × rank
   * @param s their singular values
   * @param keep whether to keep rank² numbers for every penalty
   */
  LeaveOneOutPath(Matrix u, double[] s, double[] grid, boolean keep) {
    this.u = u;
    penalties = grid.length;
    int n = u.rows();
    // With n − 1 directions nothing of a centred target is left outside.
    complete = s.length >= n - 1;
    remainders = Matrix.zeros(s.length, penalties);
    weights = new double[penalties][n];
    double[] outside = new double[n];
    double[] column = new double[n];
    for (int i = 0; i < n; i++) {
      outside[i] = 1 - 1.0 / n;
    }
    double[][] left = new double[penalties][s.length];
    for (int k = 0; k < s.length; k++) {
      u.readColumn(k, column);
      for (int g = 0; g < penalties; g++) {
        left[g][k] = Ridge.remainder(s[k], grid[g]);
        for (int i = 0; i < n; i++) {
          weights[g][i] += left[g][k] * column[i] * column[i];
        }
      }
      for (int i = 0; i < n; i++) {
        outside[i] -= column[i] * column[i];
      }
    }
    for (int g = 0; g < penalties; g++) {
      remainders.writeColumn(g, left[g]);
      for (int i = 0; i < n; i++) {
        weights[g][i] = 1 / (weights[g][i] + (complete ? 0 : Math.max(0, outside[i])));
      }
    }
    kept = keep ? new Matrix[penalties] : null;
    for (int g = 0; keep && g < penalties; g++) {
      kept[g] = quadratic(g);
    }
  }

  private Matrix quadratic(int penalty) {
    try (Matrix weighted = u.copy()) {
      weighted.scaleRows(weights[penalty]).scaleColumns(remainders.column(penalty));
      return weighted.scatter();
    }
  }

  /**
   * The sum over stimuli and targets of squared leave-one-out errors, for every penalty.
   *
   * @param targets centred targets, n × q
   * @param projected UᵀY
   */
  double[] errors(Matrix targets, Matrix projected) {
    double[] errors = complete ? new double[penalties] : ofOutside(targets, projected);
    try (Matrix gram = projected.gram()) {
      for (int g = 0; g < penalties; g++) {
        if (kept != null) {
          errors[g] += kept[g].dot(gram);
        } else {
          try (Matrix quadratic = quadratic(g)) {
            errors[g] += quadratic.dot(gram);
          }
        }
      }
    }
    return errors;
  }

  private double[] ofOutside(Matrix targets, Matrix projected) {
    int n = u.rows();
    double[] squares = new double[n];
    double[] column = new double[n];
    double[] other = new double[n];
    try (Matrix outside = targets.copy();
        Matrix fitted = u.times(projected)) {
      outside.add(-1, fitted);
      for (int j = 0; j < outside.columns(); j++) {
        outside.readColumn(j, column);
        for (int i = 0; i < n; i++) {
          squares[i] += column[i] * column[i];
        }
      }
      try (Matrix crossed = outside.timesTransposed(projected)) {
        for (int k = 0; k < crossed.columns(); k++) {
          crossed.readColumn(k, column);
          u.readColumn(k, other);
          for (int i = 0; i < n; i++) {
            column[i] *= other[i];
          }
          crossed.writeColumn(k, column);
        }
        try (Matrix cross = crossed.times(remainders)) {
          double[] errors = new double[penalties];
          for (int g = 0; g < penalties; g++) {
            cross.readColumn(g, column);
            for (int i = 0; i < n; i++) {
              errors[g] += (squares[i] + 2 * column[i]) * weights[g][i] * weights[g][i];
            }
          }
          return errors;
        }
      }
    }
  }
}
