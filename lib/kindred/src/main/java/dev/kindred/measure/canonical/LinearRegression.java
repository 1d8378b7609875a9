package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
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
public final class LinearRegression implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("linear-regression", LinearRegression::new);

  private final MeasureInfo info;

  private LinearRegression(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "In-sample R² of the second representation from the first by least squares. Not for"
                    + " n ≤ p, where it is 1; linear-predictivity is its held-out form.")
            .asymmetric()
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
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
    return SingularBasis.centred(x, info.minimumStimuli());
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    SingularBasis predicted = (SingularBasis) y;
    // ‖QᵀY‖ = ‖QᵀU·diag(s)‖; relative to the largest s, so that squares do not overflow.
    double largest = predicted.s()[0];
    double[] scale = new double[predicted.rank()];
    double total = 0;
    for (int i = 0; i < scale.length; i++) {
      scale[i] = predicted.s()[i] / largest;
      total += scale[i] * scale[i];
    }
    try (Matrix explained = ((SingularBasis) x).cross(predicted).scaleColumns(scale)) {
      return Math.min(1, explained.dot(explained) / total);
    }
  }
}
