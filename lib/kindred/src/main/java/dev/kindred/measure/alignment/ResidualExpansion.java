package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;

/**
 * The residuals R = Y − U·diag(1 − a)·UᵀY of ridge regression that leaves aₖ of direction k, and
 * the leave-one-out errors of other penalties seen from there. With P = UᵀY and δ = l − a, those of
 * a penalty that leaves lₖ are R + U·diag(δ)·P, so that its error is
 *
 * <pre>
 * Σᵢ ‖rᵢ‖²/dᵢ² + 2·Σᵢ Σₖ δₖ·uᵢₖ·(RPᵀ)ᵢₖ/dᵢ² + Σᵢ ‖uᵢ·diag(δ)·P‖²/dᵢ²
 * </pre>
 *
 * The first two terms take one product for all penalties; the third takes one for each.
 */
final class ResidualExpansion implements AutoCloseable {
  private final Leverages leverages;
  private final Matrix projected;
  private final double[] left;
  private final Matrix residuals;

  /** Of every stimulus: ‖rᵢ‖². */
  private final double[] squares;

  /**
   * @param targets centred targets Y, n × q
   * @param projected UᵀY
   * @param left a, by direction
   */
  ResidualExpansion(Leverages leverages, Matrix targets, Matrix projected, double[] left) {
    this.leverages = leverages;
    this.projected = projected;
    this.left = left;
    double[] factors = left.clone();
    for (int k = 0; !leverages.isComplete() && k < factors.length; k++) {
      factors[k] -= 1;
    }
    try (Matrix scaled = projected.copy().scaleRows(factors)) {
      residuals = leverages.u().times(scaled);
    }
    if (!leverages.isComplete()) {
      residuals.add(1, targets);
    }
    squares = new double[residuals.rows()];
    double[] column = new double[residuals.rows()];
    for (int j = 0; j < residuals.columns(); j++) {
      residuals.readColumn(j, column);
      for (int i = 0; i < column.length; i++) {
        squares[i] += column[i] * column[i];
      }
    }
  }

  /** The error of a penalty as if it had these residuals: the first term. */
  double constant(int penalty) {
    double[] weights = leverages.weights()[penalty];
    double error = 0;
    for (int i = 0; i < squares.length; i++) {
      error += squares[i] * weights[i];
    }
    return error;
  }

  /** The second term, for every penalty. */
  double[] linear() {
    Matrix u = leverages.u();
    double[] column = new double[u.rows()];
    double[] other = new double[u.rows()];
    double[] linear = new double[leverages.penalties()];
    try (Matrix crossed = residuals.timesTransposed(projected);
        Matrix steps = steps()) {
      for (int k = 0; k < crossed.columns(); k++) {
        crossed.readColumn(k, column);
        u.readColumn(k, other);
        for (int i = 0; i < column.length; i++) {
          column[i] *= other[i];
        }
        crossed.writeColumn(k, column);
      }
      try (Matrix sums = crossed.times(steps)) {
        for (int g = 0; g < linear.length; g++) {
          double[] weights = leverages.weights()[g];
          sums.readColumn(g, column);
          for (int i = 0; i < column.length; i++) {
            linear[g] += 2 * column[i] * weights[i];
          }
        }
      }
    }
    return linear;
  }

  /** Rank × penalty: δₖ. */
  private Matrix steps() {
    Matrix steps = leverages.remainders().copy();
    double[] column = new double[left.length];
    for (int g = 0; g < steps.columns(); g++) {
      steps.readColumn(g, column);
      for (int k = 0; k < column.length; k++) {
        column[k] -= left[k];
      }
      steps.writeColumn(g, column);
    }
    return steps;
  }

  @Override
  public void close() {
    residuals.close();
  }
}
