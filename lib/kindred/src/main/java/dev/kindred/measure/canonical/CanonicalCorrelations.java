package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;

/** The cosines between two subspaces: singular values of QₓᵀQ_y for orthonormal bases Q. */
final class CanonicalCorrelations {
  private CanonicalCorrelations() {}

  /** Σρ over min(rank, rank) of them, none above 1. */
  static double sum(Matrix cross) {
    double sum = 0;
    for (double rho : Svd.values(cross)) {
      sum += Math.min(1, rho);
    }
    return sum;
  }
}
