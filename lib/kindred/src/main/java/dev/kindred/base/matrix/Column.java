package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_ddot;
import static org.bytedeco.openblas.global.openblas.cblas_dgemv;
import static org.bytedeco.openblas.global.openblas.cblas_dscal;

import java.lang.ref.Reference;
import java.util.Objects;

/**
 * One column of a matrix as a vector of level 1 and 2 products that write in place, for loops of
 * many small products, in which new matrices would take longer than the arithmetic. Sums of squares
 * are plain: numbers beyond 1e150 overflow.
 *
 * @param matrix where the numbers are
 * @param index which column
 */
public record Column(Matrix matrix, int index) {
  static {
    Blas.useOneThread();
  }

  public Column {
    Objects.checkIndex(index, matrix.columns());
  }

  /**
   * y ← factor·Ax + keep·y.
   *
   * @param columns how many of A's leading columns are taken, and of x's leading numbers; A's rows
   *     are as many as this column's
   */
  public void multiply(double factor, Matrix a, int columns, Column x, double keep) {
    require(a.rows() == matrix.rows() && columns <= x.matrix.rows(), a);
    product(CblasNoTrans, factor, a, columns, x, keep);
  }

  /**
   * y ← factor·Aᵀx + keep·y.
   *
   * @param columns how many of A's leading columns are taken, and of this column's leading numbers;
   *     A's rows are as many as x's
   */
  public void multiplyTransposed(double factor, Matrix a, int columns, Column x, double keep) {
    require(a.rows() == x.matrix.rows() && columns <= matrix.rows(), a);
    product(CblasTrans, factor, a, columns, x, keep);
  }

  private void product(int transpose, double factor, Matrix a, int columns, Column x, double keep) {
    require(columns > 0 && columns <= a.columns(), a);
    cblas_dgemv(
        CblasColMajor,
        transpose,
        a.rows(),
        columns,
        factor,
        a.pointer(),
        a.rows(),
        x.matrix.pointer(0, x.index),
        1,
        keep,
        matrix.pointer(0, index),
        1);
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(x.matrix);
    Reference.reachabilityFence(matrix);
  }

  /** Euclidean norm. */
  public double norm() {
    double squared =
        cblas_ddot(matrix.rows(), matrix.pointer(0, index), 1, matrix.pointer(0, index), 1);
    Reference.reachabilityFence(matrix);
    return Math.sqrt(squared);
  }

  /** Multiplies every number by {@code factor}. */
  public void scale(double factor) {
    cblas_dscal(matrix.rows(), factor, matrix.pointer(0, index), 1);
    Reference.reachabilityFence(matrix);
  }

  private void require(boolean fits, Matrix a) {
    if (!fits) {
      throw new IllegalArgumentException(
          "product of a " + a + " matrix into a column of " + matrix);
    }
  }
}
