package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The penalty of ridge regression with the least leave-one-out error. With X = U·diag(s)·Vᵀ, P =
 * UᵀY, O = Y − UP and lₖ = λ/(sₖ² + λ), the residuals are R = O + U·diag(l)·P, the leverage of
 * stimulus i leaves dᵢ = 1 − 1/n − Σₖ (1 − lₖ)·uᵢₖ², and the error is Σᵢ ‖rᵢ‖²/dᵢ².
 *
 * <p>R takes a product as large as the fit itself for each penalty. But ‖R‖² = ‖O‖² + Σₖ lₖ²·‖pₖ‖²
 * takes none, and the error lies between ‖R‖²/max dᵢ² and ‖R‖²/min dᵢ². So only penalties whose
 * bounds leave them a chance are looked at.
 */
final class LeaveOneOutPath {
  /** Rounding of a bound, as a share of the numbers that it is made of. */
  private static final double ROUNDING = 1e-12;

  private final Matrix u;
  private final double[] s;
  private final double[] grid;
  private final boolean complete;

  /** By penalty, of every stimulus: 1/dᵢ². */
  private final double[][] weights;

  /**
   * @param u left singular vectors of the centred predictors, n × rank
   * @param s their singular values
   * @param grid penalties, ascending
   */
  LeaveOneOutPath(Matrix u, double[] s, double[] grid) {
    this.u = u;
    this.s = s;
    this.grid = grid;
    int n = u.rows();
    // With n − 1 directions nothing of a centred target is left outside.
    complete = s.length >= n - 1;
    weights = new double[grid.length][n];
    double[] outside = new double[n];
    Arrays.fill(outside, 1 - 1.0 / n);
    double[] column = new double[n];
    for (int k = 0; k < s.length; k++) {
      u.readColumn(k, column);
      for (int i = 0; i < n; i++) {
        column[i] *= column[i];
        outside[i] -= column[i];
      }
      for (int g = 0; g < grid.length; g++) {
        double left = Ridge.remainder(s[k], grid[g]);
        for (int i = 0; i < n; i++) {
          weights[g][i] += left * column[i];
        }
      }
    }
    for (double[] ofPenalty : weights) {
      for (int i = 0; i < n; i++) {
        double left = ofPenalty[i] + (complete ? 0 : Math.max(0, outside[i]));
        ofPenalty[i] = 1 / (left * left);
      }
    }
  }

  /**
   * The penalty with the least error.
   *
   * @param targets centred targets, n × q
   * @param projected UᵀY
   */
  double best(Matrix targets, Matrix projected) {
    double[] low = new double[grid.length];
    double[] high = new double[grid.length];
    bound(targets, projected, low, high);
    int best = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int g :
        IntStream.range(0, grid.length)
            .boxed()
            .sorted(Comparator.comparingDouble(g -> high[g]))
            .mapToInt(Integer::intValue)
            .toArray()) {
      if (best < 0 && isAlone(g, low, high[g])) {
        return grid[g];
      }
      if (low[g] <= least) {
        double error = error(g, targets, projected);
        if (error < least || error == least && g < best) {
          least = error;
          best = g;
        }
      }
    }
    return grid[Math.max(0, best)];
  }

  private static boolean isAlone(int penalty, double[] low, double high) {
    return IntStream.range(0, low.length).allMatch(g -> g == penalty || low[g] > high);
  }

  private void bound(Matrix targets, Matrix projected, double[] low, double[] high) {
    double[] energies = Ridge.rowEnergies(projected);
    double all = complete ? 0 : targets.dot(targets);
    double outside = complete ? 0 : Math.max(0, all - Arrays.stream(energies).sum());
    for (int g = 0; g < grid.length; g++) {
      double squares = outside;
      for (int k = 0; k < s.length; k++) {
        double left = Ridge.remainder(s[k], grid[g]);
        squares += left * left * energies[k];
      }
      double rounding = ROUNDING * (squares + all);
      low[g] = (squares - rounding) * Arrays.stream(weights[g]).min().orElseThrow();
      high[g] = (squares + rounding) * Arrays.stream(weights[g]).max().orElseThrow();
    }
  }

  /** The sum over stimuli and targets of squared leave-one-out errors. */
  double error(int penalty, Matrix targets, Matrix projected) {
    double[] factors = new double[s.length];
    for (int k = 0; k < s.length; k++) {
      double left = Ridge.remainder(s[k], grid[penalty]);
      factors[k] = complete ? left : left - 1;
    }
    double error = 0;
    try (Matrix scaled = projected.copy().scaleRows(factors);
        Matrix residuals = u.times(scaled)) {
      if (!complete) {
        residuals.add(1, targets);
      }
      double[] column = new double[u.rows()];
      for (int j = 0; j < residuals.columns(); j++) {
        residuals.readColumn(j, column);
        for (int i = 0; i < column.length; i++) {
          error += column[i] * column[i] * weights[penalty][i];
        }
      }
    }
    return error;
  }
}
