package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dposv;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import java.lang.ref.Reference;

/** Linear equations with a symmetric positive definite matrix, by Cholesky decomposition. */
public final class Cholesky {
  private Cholesky() {}

  /**
   * X with AX = B; A and B are left alone.
   *
   * @throws ArithmeticException if A is not positive definite to working precision
   */
  public static Matrix solve(Matrix a, Matrix b) {
    int n = a.rows();
    if (a.columns() != n || b.rows() != n) {
      throw new IllegalArgumentException("equations of " + a + " with right side " + b);
    }
    Matrix x = b.copy();
    if (n == 0 || b.columns() == 0) {
      return x;
    }
    Blas.useOneThread();
    try (Matrix work = a.copy()) {
      int info =
          LAPACKE_dposv(
              LAPACK_COL_MAJOR, (byte) 'L', n, b.columns(), work.pointer(), n, x.pointer(), n);
      Reference.reachabilityFence(x);
      if (info != 0) {
        throw new ArithmeticException("a " + a + " matrix is not positive definite: info " + info);
      }
      return x;
    }
  }
}
