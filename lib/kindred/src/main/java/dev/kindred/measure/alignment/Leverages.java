package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import java.util.Arrays;

/**
 * What the predictors alone say of leave-one-out errors of ridge regression. With X = U·diag(s)·Vᵀ
 * and lₖ = λ/(sₖ² + λ), the leverage of stimulus i leaves dᵢ = 1 − 1/n − Σₖ (1 − lₖ)·uᵢₖ², and the
 * error of leaving it out is its residual divided by dᵢ.
 *
 * @param u left singular vectors of the centred predictors, n × rank
 * @param isComplete whether nothing of a centred target is outside them, as with n − 1 directions
 * @param remainders rank × penalty: lₖ
 * @param weights by penalty, of every stimulus: 1/dᵢ²
 */
record Leverages(Matrix u, boolean isComplete, Matrix remainders, double[][] weights) {

  /**
   * @param s singular values of the centred predictors
   */
  static Leverages of(Matrix u, double[] s, double[] penalties) {
    int n = u.rows();
    boolean complete = s.length >= n - 1;
    double[] outside = new double[n];
    Arrays.fill(outside, 1 - 1.0 / n);
    double[][] weights = new double[penalties.length][n];
    double[][] left = new double[penalties.length][s.length];
    double[] column = new double[n];
    for (int k = 0; k < s.length; k++) {
      u.readColumn(k, column);
      for (int i = 0; i < n; i++) {
        column[i] *= column[i];
        outside[i] -= column[i];
      }
      for (int g = 0; g < penalties.length; g++) {
        left[g][k] = Ridge.remainder(s[k], penalties[g]);
        for (int i = 0; i < n; i++) {
          weights[g][i] += left[g][k] * column[i];
        }
      }
    }
    Matrix remainders = Matrix.zeros(s.length, penalties.length);
    for (int g = 0; g < penalties.length; g++) {
      remainders.writeColumn(g, left[g]);
      for (int i = 0; i < n; i++) {
        double d = weights[g][i] + (complete ? 0 : Math.max(0, outside[i]));
        weights[g][i] = 1 / (d * d);
      }
    }
    return new Leverages(u, complete, remainders, weights);
  }

  int penalties() {
    return weights.length;
  }

  /** Numbers, in bytes, without those of U. */
  static long bytes(long n, long rank, long penalties) {
    return 8 * penalties * (n + rank);
  }
}
