package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dgeqrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dorgqr;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

/** Thin QR decomposition by Householder reflections. */
public final class Qr {
  private Qr() {}

  /**
   * The m×k matrix Q with orthonormal columns of A = QR, k = min(m, n). For A of full column rank Q
   * spans A's columns; otherwise take {@link ColumnSpace}.
   */
  public static Matrix orthonormal(Matrix a) {
    int k = Math.min(a.rows(), a.columns());
    if (k == 0) {
      return Matrix.zeros(a.rows(), 0);
    }
    Svd.requireFinite(a);
    Blas.useOneThread();
    try (Matrix work = a.copy();
        Matrix tau = Matrix.zeros(k, 1)) {
      int m = a.rows();
      int info = LAPACKE_dgeqrf(LAPACK_COL_MAJOR, m, a.columns(), work.pointer(), m, tau.pointer());
      if (info == 0) {
        info = LAPACKE_dorgqr(LAPACK_COL_MAJOR, m, k, k, work.pointer(), m, tau.pointer());
      }
      if (info != 0) {
        throw new ArithmeticException("QR of a " + a + " matrix failed: info " + info);
      }
      return work.columns(0, k);
    }
  }
}
