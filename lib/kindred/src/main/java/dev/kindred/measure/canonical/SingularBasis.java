package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Features;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.measure.RoundingError;
import dev.kindred.representation.Representation;

/**
 * The thin singular value decomposition X = U·diag(s)·Vᵀ of a centred representation, cut at its
 * numerical rank r ({@link RoundingError}).
 *
 * @param id the representation's name
 * @param u n×r, orthonormal columns
 * @param s the r singular values, descending
 * @param units number of columns of X
 * @param loadings diag(s)·Vᵀ, r×p, or null where it is not needed
 */
record SingularBasis(String id, Matrix u, double[] s, int units, Matrix loadings)
    implements Reorderable {

  /** Of the responses with column means removed. */
  static SingularBasis centred(Representation x, int minimumStimuli) {
    return of(x, minimumStimuli, false);
  }

  /** As {@link #centred}, with the loadings. */
  static SingularBasis centredWithLoadings(Representation x, int minimumStimuli) {
    return of(x, minimumStimuli, true);
  }

  private static SingularBasis of(Representation x, int minimumStimuli, boolean withLoadings) {
    try (Matrix features = Features.matrix(x, minimumStimuli, true)) {
      double error = RoundingError.norm(x, features);
      try (Svd svd = Svd.of(features.centreColumns())) {
        int rank = svd.rank(error);
        if (rank == 0) {
          throw OrthonormalBasis.constant(x.id());
        }
        double[] s = java.util.Arrays.copyOf(svd.values(), rank);
        return new SingularBasis(
            x.id(), svd.u().columns(0, rank), s, x.units(), withLoadings ? loadings(svd, s) : null);
      }
    }
  }

  private static Matrix loadings(Svd svd, double[] s) {
    int[] kept = new int[s.length];
    for (int i = 0; i < kept.length; i++) {
      kept[i] = i;
    }
    return svd.vt().selectRows(kept).scaleRows(s);
  }

  int rank() {
    return s.length;
  }

  int stimuli() {
    return u.rows();
  }

  /** The basis of the first {@code count} directions. */
  SingularBasis first(int count) {
    return new SingularBasis(
        id, u.columns(0, count), java.util.Arrays.copyOf(s, count), units, null);
  }

  @Override
  public Prepared reordered(int[] order) {
    return new SingularBasis(id, u.selectRows(order), s, units, loadings);
  }

  @Override
  public long bytes() {
    return u.bytes() + (loadings == null ? 0 : loadings.bytes()) + 8L * s.length;
  }
}
