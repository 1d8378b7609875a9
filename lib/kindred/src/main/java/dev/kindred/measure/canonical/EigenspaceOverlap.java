package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Eigenspace overlap score (May et al., NeurIPS 2019, Definition 2): how much of the larger of two
 * column spaces the other covers,
 *
 * <pre>‖UₓᵀU_y‖² / max(p, q)</pre>
 *
 * with the left singular vectors U of the responses as they are, not centred.
 *
 * <p>Made for compressed word embeddings: it predicts how well a compressed embedding does
 * downstream. It divides by the number of units, so a representation of deficient rank is not fully
 * similar to itself, and it is 1 for full column rank and p = q = n.
 */
public final class EigenspaceOverlap implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("eigenspace-overlap", EigenspaceOverlap::new);

  private final MeasureInfo info;

  private EigenspaceOverlap(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Overlap of the column spaces over the larger number of units, without"
                    + " centring.")
            .choice(
                "To foresee how well a compressed embedding does downstream, for which it was"
                    + " made; not for n ≤ p, nor where directions should count by their variance.")
            .self(Double.NaN)
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.INVERTIBLE_LINEAR)
            .minimumStimuli(1)
            .float32Condition(
                "with decaying spectra, as the smallest directions are below the rounding errors")
            .policy(
                "Bases are cut at the numerical rank; self-similarity is rank/p. Every response"
                    + " zero: error.")
            .source("May et al. 2019, Definition 2")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return OrthonormalBasis.raw(x, info.minimumStimuli());
  }

  @Override
  public Matrix first(Prepared x) {
    return ((OrthonormalBasis) x).q();
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    int widest = Math.max(((OrthonormalBasis) x).units(), ((OrthonormalBasis) y).units());
    return Math.min(1, cross.dot(cross) / widest);
  }
}
