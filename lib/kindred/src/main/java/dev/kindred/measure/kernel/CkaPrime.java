package dev.kindred.measure.kernel;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.kernel.tiles.Estimator;
import dev.kindred.measure.kernel.tiles.PairKernel;
import dev.kindred.representation.Representation;

/**
 * CKA′ distance of the public code of Ding, Denain and Steinhardt (NeurIPS 2021), for X and Y with
 * centred columns and Frobenius norm 1,
 *
 * <pre>gram:   ‖XXᵀ − YYᵀ‖² / (‖XXᵀ‖² + ‖YYᵀ‖²) = 1 − 2‖XᵀY‖² / (‖XᵀX‖² + ‖YᵀY‖²),
 * trace:  1 − 2‖XᵀY‖² / (‖X‖⁴ + ‖Y‖⁴) = 1 − ‖XᵀY‖²</pre>
 *
 * <p>That code divides by ‖X‖⁴ + ‖Y‖⁴ in both forms and takes the left one where p &gt; n and the
 * right one elsewhere; the two are equal only over the denominator of {@code gram}, which is
 * therefore the default. {@code trace} repeats its values for p ≤ n; it is not 0 for equal
 * representations.
 *
 * <p>{@code gram} is 1 − CKA·√(dₓd_y)/((dₓ + d_y)/2) with the participation ratios d = ‖X‖⁴/‖XᵀX‖²:
 * unlike CKA it asks for equal dimensionality, too.
 */
public final class CkaPrime {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "cka-prime",
          CkaPrime::of,
          Parameter.choice("norm", "‖XᵀX‖² + ‖YᵀY‖² or ‖X‖⁴ + ‖Y‖⁴", "gram", "trace"));

  private CkaPrime() {}

  private static Measure of(Arguments arguments) {
    boolean gram = arguments.is("norm", "gram");
    MeasureInfo info =
        MeasureInfo.distance(arguments.specification(), 1)
            .summary(
                "CKA′ distance: difference of the Gram matrices of responses of equal total"
                    + " variance, relative to their size.")
            .choice(
                "When a difference in dimensionality is to count beside one of geometry; not to"
                    + " compare with published CKA.")
            .self(gram ? 0 : Double.NaN)
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .minimumStimuli(2)
            .float32Error(1e-5)
            .policy(
                "constant columns add nothing; n < p and rank deficiency need no care; biased"
                    + " towards 0 as p/n grows (gram); no variation over stimuli is an error")
            .source("Ding et al. 2021, public code (lin_cka_prime_dist)")
            .build();
    return new ScaledKernelMeasure(
        info,
        PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW),
        Estimator.BIASED,
        x -> totalVariance(x, info),
        (product, ofX, ofY) -> Math.max(0, 1 - (gram ? 2 * product / (ofX + ofY) : product)));
  }

  /** ‖X‖²/(n−1) of centred columns. */
  private static double totalVariance(Representation x, MeasureInfo info) {
    try (Matrix features = Features.matrix(x, info).centreColumns()) {
      double norm = features.frobeniusNorm();
      return norm * norm / (x.stimuli() - 1);
    }
  }
}
