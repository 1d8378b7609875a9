package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors (columns, in the same order) of a symmetric
 * matrix. By LAPACK's divide and conquer ({@code syevd}); only the lower triangle is read.
 *
 * @param values eigenvalues, ascending
 * @param vectors eigenvectors as columns
 */
public record SymmetricEigen(double[] values, Matrix vectors) implements AutoCloseable {

  public static SymmetricEigen of(Matrix a) {
    Matrix vectors = a.copy();
    return new SymmetricEigen(solve('V', vectors), vectors);
  }

  /** The eigenvalues alone, ascending. */
  public static double[] values(Matrix a) {
    try (Matrix work = a.copy()) {
      return solve('N', work);
    }
  }

  @Override
  public void close() {
    vectors.close();
  }

  private static double[] solve(char job, Matrix work) {
    int n = work.rows();
    if (work.columns() != n) {
      throw new IllegalArgumentException("eigenvalues of a matrix that is not square: " + work);
    }
    double[] values = new double[n];
    if (n == 0) {
      return values;
    }
    Svd.requireFinite(work);
    Blas.useOneThread();
    try (Matrix w = Matrix.zeros(n, 1)) {
      int info =
          LAPACKE_dsyevd(
              LAPACK_COL_MAJOR, (byte) job, (byte) 'L', n, work.pointer(), n, w.pointer());
      if (info != 0) {
        throw new ArithmeticException("syevd of a " + work + " matrix failed: info " + info);
      }
      w.readColumn(0, values);
    }
    return values;
  }
}
