package dev.kindred.measure.kernel;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.representation.Representation;

/**
 * The Hilbert–Schmidt independence criterion with linear kernels K = XXᵀ, L = YYᵀ: the covariance
 * that {@link Cka} normalises. For comparison with published values; its scale is that of the
 * responses.
 */
public final class Hsic {
  private Hsic() {}

  /**
   * tr(KHLH) = ‖XᵀY‖² of centred responses, without a factor (Gretton et al., ALT 2005, Definition
   * 2 up to (n−1)²).
   */
  public static double biased(Representation x, Representation y) {
    x.requireSameStimuli(y);
    try (Matrix a = Features.matrix(x, 2).centreColumns();
        Matrix b = Features.matrix(y, 2).centreColumns()) {
      return product(a, b);
    }
  }

  /**
   * HSIC₁, the unbiased estimator (Song et al., JMLR 13, 2012, Eq. 5); needs four stimuli.
   *
   * <p>The estimator does not change with the column means. Without them the rows of K and L sum to
   * zero, and of the three terms only the product and the diagonals remain, so that a large common
   * mean costs no digits.
   */
  public static double unbiased(Representation x, Representation y) {
    x.requireSameStimuli(y);
    try (Matrix a = Features.matrix(x, 4).centreColumns();
        Matrix b = Features.matrix(y, 4).centreColumns()) {
      double[] k = squaredRowNorms(a);
      double[] l = squaredRowNorms(b);
      double n = k.length;
      double diagonals = 0;
      double traceK = 0;
      double traceL = 0;
      for (int i = 0; i < k.length; i++) {
        diagonals += k[i] * l[i];
        traceK += k[i];
        traceL += l[i];
      }
      double sum = product(a, b) - n / (n - 2) * diagonals + traceK * traceL / ((n - 1) * (n - 2));
      return sum / (n * (n - 3));
    }
  }

  private static double product(Matrix a, Matrix b) {
    try (Matrix cross = a.transposeTimes(b)) {
      return cross.dot(cross);
    }
  }

  private static double[] squaredRowNorms(Matrix a) {
    double[] squares = new double[a.rows()];
    double[] column = new double[a.rows()];
    for (int j = 0; j < a.columns(); j++) {
      a.readColumn(j, column);
      for (int i = 0; i < squares.length; i++) {
        squares[i] += column[i] * column[i];
      }
    }
    return squares;
  }
}
