package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesdd;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dgesvd;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

import java.lang.ref.Reference;

/**
 * Thin singular value decomposition A = U·diag(s)·Vᵀ of an m×n matrix: U is m×k, Vᵀ k×n, s
 * descending, k = min(m, n). By LAPACK's divide and conquer ({@code gesdd}), or where that does not
 * converge, as happens to a finite matrix once in millions, by its QR iteration ({@code gesvd}).
 *
 * @param u left singular vectors
 * @param values singular values, descending
 * @param vt right singular vectors, as rows
 */
public record Svd(Matrix u, double[] values, Matrix vt) implements AutoCloseable {

  public static Svd of(Matrix a) {
    int k = Math.min(a.rows(), a.columns());
    double[] values = new double[k];
    Matrix u = Matrix.zeros(a.rows(), k);
    Matrix vt = Matrix.zeros(k, a.columns());
    if (k > 0) {
      solve('S', a, values, u, vt);
    }
    return new Svd(u, values, vt);
  }

  /** The singular values alone, descending. */
  public static double[] values(Matrix a) {
    double[] values = new double[Math.min(a.rows(), a.columns())];
    if (values.length > 0) {
      try (Matrix none = Matrix.zeros(1, 1)) {
        solve('N', a, values, none, none);
      }
    }
    return values;
  }

  /** Sum of the singular values. */
  public static double nuclearNorm(Matrix a) {
    double sum = 0;
    for (double value : values(a)) {
      sum += value;
    }
    return sum;
  }

  /** {@link #rank(double)} of a matrix whose numbers are exact. */
  public int rank() {
    return rank(0);
  }

  /**
   * Numerical rank: the number of singular values that are above both the errors of the
   * decomposition, max(m, n)·2⁻⁵²·s₀ as NumPy's {@code matrix_rank} has them, and those of the
   * matrix itself.
   *
   * @param error how large the singular values of the errors in the matrix can be
   */
  public int rank(double error) {
    return rank(values, Math.max(u.rows(), vt.columns()), error);
  }

  /** As {@link #rank(double)}, from the singular values of A alone. */
  public static int rank(Matrix a, double error) {
    return rank(values(a), Math.max(a.rows(), a.columns()), error);
  }

  private static int rank(double[] values, int larger, double error) {
    double threshold = values.length == 0 ? 0 : Math.max(error, larger * Math.ulp(1.0) * values[0]);
    int rank = 0;
    while (rank < values.length && values[rank] > threshold) {
      rank++;
    }
    return rank;
  }

  /** An orthonormal basis of A's column space: the first {@link #rank(double)} columns of U. */
  public Matrix columnBasis(double error) {
    return u.columns(0, rank(error));
  }

  @Override
  public void close() {
    u.close();
    vt.close();
  }

  private static void solve(char job, Matrix a, double[] values, Matrix u, Matrix vt) {
    requireFinite(a);
    Blas.useOneThread();
    try (Matrix s = Matrix.zeros(values.length, 1)) {
      if (divideAndConquer(job, a, s, u, vt) != 0) {
        int info = qrIteration(job, a, s, u, vt);
        if (info != 0) {
          throw new ArithmeticException("gesvd of a " + a + " matrix failed: info " + info);
        }
      }
      s.readColumn(0, values);
    }
  }

  private static int divideAndConquer(char job, Matrix a, Matrix s, Matrix u, Matrix vt) {
    try (Matrix work = a.copy()) {
      int info =
          LAPACKE_dgesdd(
              LAPACK_COL_MAJOR,
              (byte) job,
              work.rows(),
              work.columns(),
              work.pointer(),
              Blas.leading(work.rows()),
              s.pointer(),
              u.pointer(),
              Blas.leading(u.rows()),
              vt.pointer(),
              Blas.leading(vt.rows()));
      Reference.reachabilityFence(u);
      Reference.reachabilityFence(vt);
      return info;
    }
  }

  /** Slower, but it converges where {@link #divideAndConquer} does not. */
  static int qrIteration(char job, Matrix a, Matrix s, Matrix u, Matrix vt) {
    try (Matrix work = a.copy();
        Matrix superdiagonal = Matrix.zeros(s.rows(), 1)) {
      int info =
          LAPACKE_dgesvd(
              LAPACK_COL_MAJOR,
              (byte) job,
              (byte) job,
              work.rows(),
              work.columns(),
              work.pointer(),
              Blas.leading(work.rows()),
              s.pointer(),
              u.pointer(),
              Blas.leading(u.rows()),
              vt.pointer(),
              Blas.leading(vt.rows()),
              superdiagonal.pointer());
      Reference.reachabilityFence(u);
      Reference.reachabilityFence(vt);
      return info;
    }
  }

  /** LAPACK may loop for ever on NaN. */
  static void requireFinite(Matrix a) {
    for (double norm : a.columnNorms()) {
      if (!Double.isFinite(norm)) {
        throw new ArithmeticException("a decomposition of a matrix with NaN or infinite numbers");
      }
    }
  }
}
