package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.SymmetricEigen;
import dev.kindred.measure.Parameter;

/**
 * The covariance of units over repeated measurements, from N residuals about the stimuli's means
 * with N − n degrees of freedom; the estimates that rsatoolbox offers.
 */
enum Noise {
  /**
   * Correlations shrunk towards none by the estimated optimal amount, variances kept (Schäfer and
   * Strimmer 2005).
   */
  SHRINKAGE_DIAG,
  /** Shrunk towards a multiple of the identity (Ledoit and Wolf 2004). */
  SHRINKAGE_EYE,
  /** Variances alone. */
  DIAG,
  /** The sample covariance; needs more residual degrees of freedom than units. */
  FULL,
  /** The identity: distances as they are. */
  NONE;

  static final Parameter PARAMETER =
      Parameter.choice(
          "noise",
          "estimate of the covariance of noise over units",
          "shrinkage-diag",
          "shrinkage-eye",
          "diag",
          "full",
          "none");

  static Noise of(String text) {
    return valueOf(text.toUpperCase(java.util.Locale.ROOT).replace('-', '_'));
  }

  /**
   * W with WWᵀ the inverse of the covariance.
   *
   * @param id name of the representation, for messages
   * @param residuals one n×p matrix for every trial, which sum to zero over trials
   */
  Matrix whitening(String id, Matrix[] residuals) {
    int n = residuals[0].rows();
    int p = residuals[0].columns();
    if (this == NONE) {
      return Matrix.identity(p);
    }
    try (Matrix covariance = covariance(residuals, (double) n * (residuals.length - 1));
        SymmetricEigen eigen = SymmetricEigen.of(covariance)) {
      double[] values = eigen.values();
      double[] factors = new double[p];
      for (int j = 0; j < p; j++) {
        if (!(values[j] > p * Math.ulp(1.0) * values[p - 1])) {
          throw new InputException(
              id
                  + ": the noise covariance of its "
                  + p
                  + " units is singular; expected units that vary over trials"
                  + (this == FULL
                      ? ", and more trials × stimuli than units, or noise=shrinkage-diag"
                      : ""));
        }
        factors[j] = 1 / Math.sqrt(values[j]);
      }
      return eigen.vectors().copy().scaleColumns(factors);
    }
  }

  private Matrix covariance(Matrix[] residuals, double freedom) {
    int p = residuals[0].columns();
    double count = (double) residuals.length * residuals[0].rows();
    Matrix sums = Matrix.zeros(p, p);
    Matrix squares = Matrix.zeros(p, p);
    for (Matrix trial : residuals) {
      try (Matrix scatter = trial.scatter();
          Matrix squared = squared(trial);
          Matrix squaredScatter = squared.scatter()) {
        sums.add(1, scatter);
        squares.add(1, squaredScatter);
      }
    }
    try (sums;
        squares) {
      return switch (this) {
        case SHRINKAGE_DIAG -> towardsDiagonal(sums, squares, count, freedom);
        case SHRINKAGE_EYE -> towardsIdentity(sums, squares, count, freedom);
        case DIAG -> shrunk(sums, 1, freedom);
        default -> shrunk(sums, 0, freedom);
      };
    }
  }

  private static Matrix squared(Matrix trial) {
    Matrix squared = trial.copy();
    double[] column = new double[trial.rows()];
    for (int j = 0; j < trial.columns(); j++) {
      trial.readColumn(j, column);
      for (int i = 0; i < column.length; i++) {
        column[i] *= column[i];
      }
      squared.writeColumn(j, column);
    }
    return squared;
  }

  /** λ = Σ_{j≠k} var(r_jk) / Σ_{j≠k} r_jk² over the units' correlations r. */
  private static Matrix towardsDiagonal(Matrix sums, Matrix squares, double count, double freedom) {
    int p = sums.rows();
    double variances = 0;
    double correlations = 0;
    for (int k = 0; k < p; k++) {
      for (int j = 0; j < p; j++) {
        double scale = sums.get(j, j) / freedom * (sums.get(k, k) / freedom);
        if (j == k || !(scale > 0)) {
          continue;
        }
        double mean = sums.get(j, k) / Math.sqrt(scale) / (count - 1);
        double meanSquare = squares.get(j, k) / scale / (count - 1);
        variances += count / (freedom * freedom) * (meanSquare - mean * mean);
        correlations += mean * mean;
      }
    }
    double amount = correlations > 0 ? Math.max(0, Math.min(1, variances / correlations)) : 1;
    return shrunk(sums, amount, freedom);
  }

  private static Matrix shrunk(Matrix sums, double amount, double freedom) {
    int p = sums.rows();
    Matrix covariance = Matrix.zeros(p, p);
    for (int k = 0; k < p; k++) {
      for (int j = 0; j < p; j++) {
        covariance.set(j, k, sums.get(j, k) / freedom * (j == k ? 1 : 1 - amount));
      }
    }
    return covariance;
  }

  private static Matrix towardsIdentity(Matrix sums, Matrix squares, double count, double freedom) {
    int p = sums.rows();
    double mean = sums.trace() / count / p;
    double spread = 0;
    double error = 0;
    for (int k = 0; k < p; k++) {
      for (int j = 0; j < p; j++) {
        double value = sums.get(j, k) / count;
        double difference = value - (j == k ? mean : 0);
        spread += difference * difference;
        error += (squares.get(j, k) / count - value * value) / count;
      }
    }
    double amount = spread > 0 ? Math.min(1, error / spread) : 1;
    return sums.copy().scale((1 - amount) / freedom).addToDiagonal(amount * mean * count / freedom);
  }
}
