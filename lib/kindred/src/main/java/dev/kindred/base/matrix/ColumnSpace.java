package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasNonUnit;
import static org.bytedeco.openblas.global.openblas.CblasRight;
import static org.bytedeco.openblas.global.openblas.CblasUpper;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dtrcon;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dtrtri;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;
import static org.bytedeco.openblas.global.openblas.cblas_dtrmm;

import java.lang.ref.Reference;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * An orthonormal basis of a matrix's column space, of as many columns as its numerical rank ({@link
 * Svd#rank(double)}).
 *
 * <p>Tall matrices of good condition go through Cholesky decompositions of their Gram matrix, twice
 * (CholeskyQR2; Yamamoto et al., ETNA 44, 2015): nothing but level 3 products, about a fifth of the
 * time of the singular value decomposition that all others take. Twice is enough for full
 * orthogonality up to condition numbers of about 1e7; the rank is then certain.
 */
public final class ColumnSpace {
  /** Estimated 1/κ₁ below which the singular value decomposition decides. */
  private static final double WELL_CONDITIONED = 1e-5;

  /** Numbers whose squares, and sums of them, stay in range. */
  private static final double LARGE = 1e100;

  private ColumnSpace() {}

  /**
   * n×r with orthonormal columns; r = 0 for a zero matrix. A is left alone.
   *
   * @param error how large the singular values of the errors in A can be
   */
  public static Matrix basis(Matrix a, double error) {
    double[] norms = a.columnNorms();
    double largest = Arrays.stream(norms).max().orElse(0);
    if (!Double.isFinite(largest)) {
      throw new ArithmeticException("a basis of a matrix with NaN or infinite numbers");
    }
    if (largest == 0) {
      return Matrix.zeros(a.rows(), 0);
    }
    int[] nonzero = IntStream.range(0, norms.length).filter(j -> norms[j] > 0).toArray();
    if (nonzero.length < a.rows()) {
      Matrix q = nonzero.length < norms.length ? a.selectColumns(nonzero) : a.copy();
      if (largest > LARGE || largest < 1 / LARGE) {
        q.scale(1 / largest);
      }
      // The smallest singular value is at least largest/(κ₁√p), and κ₁ is estimated to a factor of
      // three or so.
      double least = 10 * Math.sqrt(nonzero.length) * error / largest;
      if (divideByCholeskyFactor(q, Math.max(WELL_CONDITIONED, least))
          && divideByCholeskyFactor(q, 0)) {
        return q;
      }
      q.close();
    }
    try (Svd svd = Svd.of(a)) {
      return svd.columnBasis(error);
    }
  }

  /** A becomes AR⁻¹ with RᵀR = AᵀA; false, and A undefined, if that is ill-conditioned. */
  private static boolean divideByCholeskyFactor(Matrix a, double leastReciprocalCondition) {
    int p = a.columns();
    Blas.useOneThread();
    try (Matrix r = a.scatter();
        Matrix reciprocal = Matrix.zeros(1, 1)) {
      if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, (byte) 'U', p, r.pointer(), p) != 0
          || LAPACKE_dtrcon(
                  LAPACK_COL_MAJOR,
                  (byte) '1',
                  (byte) 'U',
                  (byte) 'N',
                  p,
                  r.pointer(),
                  p,
                  reciprocal.pointer())
              != 0
          || !(reciprocal.get(0, 0) >= leastReciprocalCondition)) {
        return false;
      }
      // R's inverse and a product: in OpenBLAS that takes half the time of dtrsm, and what it loses
      // in digits the second round restores.
      if (LAPACKE_dtrtri(LAPACK_COL_MAJOR, (byte) 'U', (byte) 'N', p, r.pointer(), p) != 0) {
        return false;
      }
      cblas_dtrmm(
          CblasColMajor,
          CblasRight,
          CblasUpper,
          CblasNoTrans,
          CblasNonUnit,
          a.rows(),
          p,
          1,
          r.pointer(),
          p,
          a.pointer(),
          a.rows());
      Reference.reachabilityFence(a);
      Reference.reachabilityFence(r);
      return true;
    }
  }
}
