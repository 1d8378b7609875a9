package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyev;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dsyevd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

/**
 * Eigenvalues, ascending, and orthonormal eigenvectors (columns, in the same order) of a symmetric
 * matrix. By LAPACK's divide and conquer ({@code syevd}), or where that does not converge, by its
 * QR iteration ({@code syev}); only the lower triangle is read.
 *
 * @param values eigenvalues, ascending
 * @param vectors eigenvectors as columns
 */
public record SymmetricEigen(double[] values, Matrix vectors) implements AutoCloseable {

  /** A routine of LAPACK: leaves eigenvectors in the matrix if asked for, and its info. */
  @FunctionalInterface
  interface Routine {
    int solve(char job, Matrix work, Matrix values);
  }

  public static SymmetricEigen of(Matrix a) {
    return of(a, SymmetricEigen::divideAndConquer);
  }

  /** By another routine first. */
  static SymmetricEigen of(Matrix a, Routine first) {
    double[] values = new double[a.rows()];
    return new SymmetricEigen(values, solve('V', a, values, first));
  }

  /** The eigenvalues alone, ascending. */
  public static double[] values(Matrix a) {
    return values(a, SymmetricEigen::divideAndConquer);
  }

  /** By another routine first. */
  static double[] values(Matrix a, Routine first) {
    double[] values = new double[a.rows()];
    solve('N', a, values, first).close();
    return values;
  }

  @Override
  public void close() {
    vectors.close();
  }

  /** Fills in the eigenvalues, and returns what the routine has made of a copy of the matrix. */
  private static Matrix solve(char job, Matrix a, double[] values, Routine first) {
    if (a.columns() != a.rows()) {
      throw new IllegalArgumentException("eigenvalues of a matrix that is not square: " + a);
    }
    Matrix work = a.copy();
    if (values.length == 0) {
      return work;
    }
    Svd.requireFinite(a);
    Blas.useOneThread();
    try (Matrix w = Matrix.zeros(values.length, 1)) {
      if (first.solve(job, work, w) != 0) {
        work.close(); // what it holds is neither the matrix nor eigenvectors
        work = a.copy();
        int info = qrIteration(job, work, w);
        if (info != 0) {
          throw new ArithmeticException("syev of a " + a + " matrix failed: info " + info);
        }
      }
      w.readColumn(0, values);
    }
    return work;
  }

  private static int divideAndConquer(char job, Matrix work, Matrix w) {
    int n = work.rows();
    return LAPACKE_dsyevd(
        LAPACK_COL_MAJOR, (byte) job, (byte) 'L', n, work.pointer(), n, w.pointer());
  }

  /** Slower, but it converges where {@link #divideAndConquer} does not. */
  static int qrIteration(char job, Matrix work, Matrix w) {
    int n = work.rows();
    return LAPACKE_dsyev(
        LAPACK_COL_MAJOR, (byte) job, (byte) 'L', n, work.pointer(), n, w.pointer());
  }
}
