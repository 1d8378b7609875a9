package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Canonical correlation analysis: the mean of the canonical correlations ρᵢ between two
 * representations, or of their squares,
 *
 * <pre>ρᵢ = i-th singular value of QₓᵀQ_y,   i = 1 … min(rank X, rank Y)</pre>
 *
 * with orthonormal bases Q of the column spaces of the centred responses (Hotelling, Biometrika 28,
 * 1936; mean and mean square as R²_CCA in Kornblith et al., ICML 2019, Table 1).
 *
 * <p>Use it to ask whether two layers span the same subspace, however they weigh its directions. It
 * counts directions of tiny variance as much as the leading ones, so it is blind to what changes
 * most between deep layers, and it is 1 for any two representations with as many independent units
 * as stimuli: do not use it for n ≤ p + q.
 */
public final class Cca implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "cca",
          Cca::new,
          Parameter.choice(
              "summary", "what of the canonical correlations", "mean", "mean-squared"));

  private final boolean squared;
  private final MeasureInfo info;

  private Cca(Arguments arguments) {
    squared = arguments.is("summary", "mean-squared");
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Mean canonical correlation: how far two representations span the same"
                    + " subspace.")
            .choice(
                "To ask whether two layers span the same subspace, however they weigh its"
                    + " directions; not for n ≤ p + q, where it tends to 1 whatever the responses, nor"
                    + " where directions of noise should not count.")
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION,
                Invariance.INVERTIBLE_LINEAR)
            .float32Condition(
                "with decaying spectra, as the smallest directions are below the rounding errors")
            .policy(
                "Dependent and constant units add no direction: bases are cut at the numerical"
                    + " rank, means divided by the smaller rank. Every unit constant: error.")
            .source("Hotelling 1936; Kornblith et al. 2019, Table 1")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return OrthonormalBasis.centred(x, info.minimumStimuli());
  }

  @Override
  public Matrix first(Prepared x) {
    return ((OrthonormalBasis) x).q();
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    int count = Math.min(cross.rows(), cross.columns());
    // Σρ² is the squared Frobenius norm: no singular values needed.
    return squared
        ? Math.min(1, cross.dot(cross) / count)
        : CanonicalCorrelations.sum(cross) / count;
  }
}
