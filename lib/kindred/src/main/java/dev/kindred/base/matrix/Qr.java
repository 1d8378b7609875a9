package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dgeqrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dorgqr;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

/**
 * Thin QR decomposition A = QR of an m×n matrix by Householder reflections: Q is m×k, R k×n, k =
 * min(m, n). Each column of QR is that of A up to rounding errors of its own size, however much
 * smaller it is than others.
 *
 * @param q orthonormal columns; for A of full column rank they span A's columns, otherwise take
 *     {@link ColumnSpace}
 * @param r upper triangular
 */
public record Qr(Matrix q, Matrix r) implements AutoCloseable {

  public static Qr of(Matrix a) {
    int m = a.rows();
    int k = Math.min(m, a.columns());
    Matrix r = Matrix.zeros(k, a.columns());
    if (k == 0) {
      return new Qr(Matrix.zeros(m, 0), r);
    }
    Svd.requireFinite(a);
    Blas.useOneThread();
    try (Matrix work = a.copy();
        Matrix tau = Matrix.zeros(k, 1)) {
      int info = LAPACKE_dgeqrf(LAPACK_COL_MAJOR, m, a.columns(), work.pointer(), m, tau.pointer());
      for (int j = 0; j < r.columns(); j++) {
        double[] column = work.column(j);
        r.writeColumn(0, j, column, 0, Math.min(j + 1, k));
      }
      if (info == 0) {
        info = LAPACKE_dorgqr(LAPACK_COL_MAJOR, m, k, k, work.pointer(), m, tau.pointer());
      }
      if (info != 0) {
        throw new ArithmeticException("QR of a " + a + " matrix failed: info " + info);
      }
      return new Qr(work.columns(0, k), r);
    }
  }

  /** Q alone. */
  public static Matrix orthonormal(Matrix a) {
    Qr qr = of(a);
    qr.r.close();
    return qr.q;
  }

  @Override
  public void close() {
    q.close();
    r.close();
  }
}
