package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.SymmetricEigen;

/**
 * The first singular vector of a p×q matrix by Lanczos steps on AᵀA with full reorthogonalisation:
 * some tens of products with A, where a whole decomposition costs as many as A has columns.
 */
final class LeadingVector {
  /** Residual, relative to the largest eigenvalue, at which the vector has converged. */
  private static final double TOLERANCE = 1e-15;

  private static final int STEPS_PER_CHECK = 8;

  private LeadingVector() {}

  /** The left singular vector u of the largest singular value; A must not be zero. */
  static double[] left(Matrix a) {
    double[] right = right(a);
    try (Matrix v = Matrix.ofColumnMajor(right.length, 1, right);
        Matrix u = a.times(v)) {
      return u.scale(1 / u.frobeniusNorm()).column(0);
    }
  }

  private static double[] right(Matrix a) {
    int q = a.columns();
    double[][] basis = new double[q][];
    double[] diagonal = new double[q];
    double[] below = new double[q];
    double[] next = start(a);
    int steps = 0;
    while (true) {
      basis[steps] = next;
      double[] product = product(a, next);
      diagonal[steps] = dot(product, next);
      // Twice, so that what rounding leaves of the basis is taken out, too.
      orthogonalise(product, basis, steps + 1);
      orthogonalise(product, basis, steps + 1);
      double norm = Math.sqrt(dot(product, product));
      below[steps] = norm;
      steps++;
      boolean exhausted = steps == q || !(norm > TOLERANCE * diagonal[0]);
      if (exhausted || steps % STEPS_PER_CHECK == 0) {
        double[] ritz = ritz(diagonal, below, steps);
        if (exhausted || norm * Math.abs(ritz[steps - 1]) <= TOLERANCE * diagonal[0]) {
          return combine(basis, ritz);
        }
      }
      next = scaled(product, 1 / norm);
    }
  }

  /** The row of A with the largest norm, of length 1: never orthogonal to all that matters. */
  private static double[] start(Matrix a) {
    double[] best = {};
    double largest = -1;
    for (int i = 0; i < a.rows(); i++) {
      double[] row = a.row(i);
      double squared = dot(row, row);
      if (squared > largest) {
        largest = squared;
        best = row;
      }
    }
    return scaled(best, 1 / Math.sqrt(largest));
  }

  private static double[] product(Matrix a, double[] v) {
    try (Matrix vector = Matrix.ofColumnMajor(v.length, 1, v);
        Matrix image = a.times(vector);
        Matrix back = a.transposeTimes(image)) {
      return back.column(0);
    }
  }

  private static void orthogonalise(double[] vector, double[][] basis, int count) {
    for (int k = 0; k < count; k++) {
      double share = dot(vector, basis[k]);
      for (int j = 0; j < vector.length; j++) {
        vector[j] -= share * basis[k][j];
      }
    }
  }

  /** The eigenvector of the largest eigenvalue of the tridiagonal matrix. */
  private static double[] ritz(double[] diagonal, double[] below, int steps) {
    try (Matrix tridiagonal = Matrix.zeros(steps, steps)) {
      for (int k = 0; k < steps; k++) {
        tridiagonal.set(k, k, diagonal[k]);
        if (k + 1 < steps) {
          tridiagonal.set(k + 1, k, below[k]);
          tridiagonal.set(k, k + 1, below[k]);
        }
      }
      try (SymmetricEigen eigen = SymmetricEigen.of(tridiagonal)) {
        return eigen.vectors().column(steps - 1);
      }
    }
  }

  private static double[] combine(double[][] basis, double[] weights) {
    double[] vector = new double[basis[0].length];
    for (int k = 0; k < weights.length; k++) {
      for (int j = 0; j < vector.length; j++) {
        vector[j] += weights[k] * basis[k][j];
      }
    }
    return vector;
  }

  private static double[] scaled(double[] vector, double factor) {
    double[] scaled = new double[vector.length];
    for (int j = 0; j < vector.length; j++) {
      scaled[j] = factor * vector[j];
    }
    return scaled;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }
}
