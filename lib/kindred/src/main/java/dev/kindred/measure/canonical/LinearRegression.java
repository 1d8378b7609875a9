package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.ColumnSpace;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.measure.RoundingError;
import dev.kindred.representation.Representation;

/**
 * Linear regression: the share of the second representation's variance that a least-squares fit on
 * the first explains, on the stimuli that it was fitted on,
 *
 * <pre>R² = ‖QₓᵀY‖² / ‖Y‖²</pre>
 *
 * for centred responses and an orthonormal basis Qₓ (Kornblith et al., ICML 2019, Table 1).
 * Asymmetric: Y is predicted from X.
 *
 * <p>Use it to see how much of Y can be read from X linearly when n is far above p. Being in-sample
 * it is 1 as soon as X has n − 1 independent units: for a held-out value take {@code
 * linear-predictivity}.
 */
public final class LinearRegression implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("linear-regression", LinearRegression::new);

  private final MeasureInfo info;

  private LinearRegression(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary("In-sample R² of the second representation from the first by least squares.")
            .choice(
                "To see how much of Y can be read linearly from X, with n far above p; not for"
                    + " n ≤ p, where it is 1: take linear-predictivity, its held-out form.")
            .asymmetric()
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .float32Condition(
                "with decaying spectra, as the smallest directions are below the rounding errors")
            .policy(
                "The predictor's basis is cut at its numerical rank; constant units predict and"
                    + " cost nothing. Every unit constant: error.")
            .source("Kornblith et al. 2019, Table 1 (linear regression)")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    Matrix features = Features.matrix(x, info);
    double error = RoundingError.norm(x, features);
    Matrix centred = features.centreColumns();
    double norm = centred.frobeniusNorm();
    if (norm == 0) {
      throw OrthonormalBasis.constant(x.id());
    }
    // Of norm 1, so that squares do not overflow.
    return new Regressed(x.id(), centred.scale(1 / norm), error / norm);
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Regressed) x).basis();
  }

  @Override
  public Matrix second(Prepared y) {
    return ((Regressed) y).target;
  }

  @Override
  public boolean hasOneMatrix() {
    return false;
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    return Math.min(1, cross.dot(cross));
  }

  /** The centred units Y, ‖Y‖ = 1, and a basis of theirs once they predict something. */
  private static final class Regressed implements Reorderable {
    private final String id;
    private final Matrix target;
    private final double error;
    private Matrix basis;

    Regressed(String id, Matrix target, double error) {
      this.id = id;
      this.target = target;
      this.error = error;
    }

    synchronized Matrix basis() {
      if (basis == null) {
        Matrix q = ColumnSpace.basis(target, error);
        if (q.columns() == 0) {
          throw OrthonormalBasis.constant(id);
        }
        basis = q;
      }
      return basis;
    }

    @Override
    public Prepared reordered(int[] order) {
      Regressed result = new Regressed(id, target.selectRows(order), error);
      result.basis = basis().selectRows(order);
      return result;
    }

    /** With a basis, whether it is there yet or not. */
    @Override
    public long bytes() {
      return 2 * target.bytes();
    }
  }
}
