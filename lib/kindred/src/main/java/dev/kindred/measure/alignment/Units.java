package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;

/** Single units of a representation: the columns of an n×p matrix. */
final class Units {
  private Units() {}

  /** True for every column whose numbers are all equal. */
  static boolean[] constant(Matrix features) {
    boolean[] constant = new boolean[features.columns()];
    double[] column = new double[features.rows()];
    for (int j = 0; j < constant.length; j++) {
      features.readColumn(j, column);
      constant[j] = true;
      for (double value : column) {
        constant[j] &= value == column[0];
      }
    }
    return constant;
  }

  static int count(boolean[] flags) {
    int count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }

  /** A copy without the constant columns. */
  static Matrix varying(Matrix features) {
    boolean[] constant = constant(features);
    int[] kept = new int[constant.length - count(constant)];
    int at = 0;
    for (int j = 0; j < constant.length; j++) {
      if (!constant[j]) {
        kept[at++] = j;
      }
    }
    return features.selectColumns(kept);
  }

  /**
   * Centres the columns and scales them to norm 1, in place, so that inner products are Pearson
   * correlations; constant columns become zero. Returns the matrix.
   */
  static Matrix standardise(Matrix features) {
    features.centreColumns();
    double[] norms = features.columnNorms();
    double[] factors = new double[norms.length];
    for (int j = 0; j < norms.length; j++) {
      factors[j] = norms[j] > 0 ? 1 / norms[j] : 0;
    }
    return features.scaleColumns(factors);
  }

  /** XᵀY for standardised units: p·q correlations, row by row, clipped to −1 … 1. */
  static double[] correlations(Matrix x, Matrix y) {
    int p = x.columns();
    int q = y.columns();
    double[] correlations = new double[Math.multiplyExact(p, q)];
    double[] row = new double[q];
    try (Matrix cross = y.transposeTimes(x)) {
      for (int i = 0; i < p; i++) {
        cross.readColumn(i, row);
        for (int j = 0; j < q; j++) {
          correlations[i * q + j] = Math.max(-1, Math.min(1, row[j]));
        }
      }
    }
    return correlations;
  }
}
