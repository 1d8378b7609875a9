package dev.kindred.measure;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;

/** What the rounding of responses can add to their singular values. */
public final class RoundingError {
  private RoundingError() {}

  /**
   * About how large the singular values of the rounding errors E of responses X can be,
   *
   * <pre>ε·(maxᵢ ‖row i of X‖ + maxⱼ ‖column j of X‖)</pre>
   *
   * with the ε of the type that they were rounded to. Directions of X, centred or not, whose
   * singular values are no larger may be rounding and nothing else.
   *
   * <p>Rounding changes a number x by an error in ±ε|x|/2, of deviation ε|x|/5 or so, and the
   * errors of different numbers are as good as independent. The spectral norm of a matrix of
   * independent errors is about the largest norm of the deviations in a row and in a column
   * together (Latała, Proc. AMS 133, 2005; Bandeira and van Handel, Ann. Probab. 44, 2016), and the
   * factor of five is the room for a few operations in that type, for errors that equal units
   * share, and for the share of chance. Centring does not enlarge the errors, but neither does it
   * make them smaller: a large mean that it takes away leaves its errors behind, so X is taken
   * before it is centred.
   *
   * <p>The rule of NumPy's {@code matrix_rank}, max(n, p)·ε·s₀, bounds the errors of a
   * decomposition in the same type. For those of the responses it is too much where ε is large:
   * with bfloat16 it leaves no direction at all of 128 stimuli or more.
   *
   * @param x the representation
   * @param features its responses as they are, not centred; a matrix of some or of all of its rows,
   *     scaled or not
   */
  public static double norm(Representation x, Matrix features) {
    double[] columnNorms = features.columnNorms();
    double largest = 0;
    for (double norm : columnNorms) {
      largest = Math.max(largest, norm);
    }
    if (largest == 0) {
      return 0;
    }
    double[] rows = new double[features.rows()];
    double[] column = new double[features.rows()];
    for (int j = 0; j < columnNorms.length; j++) {
      features.readColumn(j, column);
      for (int i = 0; i < rows.length; i++) {
        // Relative to the largest: squares of responses may overflow.
        double share = column[i] / largest;
        rows[i] += share * share;
      }
    }
    double longest = 0;
    for (double squared : rows) {
      longest = Math.max(longest, squared);
    }
    return x.rounding().epsilon() * largest * (1 + Math.sqrt(longest));
  }
}
