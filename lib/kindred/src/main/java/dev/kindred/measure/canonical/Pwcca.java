package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Projection-weighted canonical correlation analysis (Morcos, Raghu and Bengio, NeurIPS 2018, Eq.
 * 3–4): canonical correlations weighted by how much of the first representation each canonical
 * variate accounts for,
 *
 * <pre>Σ αᵢρᵢ / Σ αᵢ,   αᵢ = Σⱼ |⟨hᵢ, xⱼ⟩|,   i = 1 … min(rank X, rank Y)</pre>
 *
 * with the orthonormal canonical variates hᵢ of X and its centred units xⱼ. Asymmetric: the weights
 * come from the first argument. With {@code weights=all} the denominator goes over all variates of
 * X (Ding, Denain and Steinhardt, NeurIPS 2021, as their public code does), so that what has no
 * counterpart in Y, such as a deleted direction, counts as a correlation of 0. The variates of X
 * beyond min(rank X, rank Y), which no correlation fixes, are the principal components of what the
 * others leave of X.
 *
 * <p>Use it for CCA that pays less heed to directions of little weight. Where rank X + rank Y
 * exceeds n − 1 several ρ are exactly 1; the variates inside that space are then arbitrary, the
 * weights depend on the choice, and a warning is logged. Public code differs where the ranks
 * differ; this is the definition of the paper.
 */
public final class Pwcca implements CrossProductMeasure {
  private static final Logger LOG = LoggerFactory.getLogger(Pwcca.class);

  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "pwcca",
          Pwcca::new,
          Parameter.choice(
              "weights",
              "of which variates of the first representation the weights add up to 1",
              "paired",
              "all"));

  private final boolean overAll;
  private final MeasureInfo info;
  private final AtomicBoolean warned = new AtomicBoolean();

  private Pwcca(Arguments arguments) {
    overAll = arguments.is("weights", "all");
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Canonical correlations weighted by how much of the first representation each"
                    + " accounts for.")
            .choice(
                "In place of cca where directions should count by what they account for; not"
                    + " for rank X + rank Y > n − 1, where it is ill-defined (a warning is logged).")
            .asymmetric()
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .float32Condition(
                "with decaying spectra, as the smallest directions are below the rounding errors, or with equal canonical correlations, whose variates are arbitrary")
            .policy(
                "Bases are cut at the numerical rank; the weights of the first min(rank) variates"
                    + " are normalised to 1, with weights=all those of all variates of the first."
                    + " Several equal ρ: the value depends on an arbitrary"
                    + " choice of basis; where ρ = 1 for sure, a warning is logged. Every unit constant: error.")
            .source("Morcos et al. 2018, Eq. 3 and 4; weights=all: Ding et al. 2021")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return SingularBasis.centredWithLoadings(x, info.minimumStimuli());
  }

  @Override
  public Matrix first(Prepared x) {
    return ((SingularBasis) x).u();
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    SingularBasis first = (SingularBasis) x;
    SingularBasis second = (SingularBasis) y;
    warnWhereIllDefined(first, second);
    try (Svd svd = Svd.of(cross);
        Matrix projections = svd.u().transposeTimes(first.loadings())) {
      double[] weights = absoluteRowSums(projections);
      double weighted = 0;
      double total = overAll ? unpaired(first, svd.u(), projections) : 0;
      for (int i = 0; i < weights.length; i++) {
        weighted += weights[i] * Math.min(1, svd.values()[i]);
        total += weights[i];
      }
      return weighted / total;
    }
  }

  private static double[] absoluteRowSums(Matrix matrix) {
    double[] sums = new double[matrix.rows()];
    double[] column = new double[matrix.rows()];
    for (int j = 0; j < matrix.columns(); j++) {
      matrix.readColumn(j, column);
      for (int i = 0; i < column.length; i++) {
        sums[i] += Math.abs(column[i]);
      }
    }
    return sums;
  }

  /** Σα of the first representation's variates that have no counterpart. */
  private static double unpaired(SingularBasis first, Matrix variates, Matrix projections) {
    int count = first.rank() - variates.columns();
    if (count == 0) {
      return 0;
    }
    try (Matrix explained = variates.times(projections);
        Matrix rest = first.loadings().copy().add(-1, explained);
        Svd svd = Svd.of(rest)) {
      double[] sums = absoluteRowSums(svd.vt());
      double total = 0;
      for (int i = 0; i < count; i++) {
        total += svd.values()[i] * sums[i];
      }
      return total;
    }
  }

  private void warnWhereIllDefined(SingularBasis x, SingularBasis y) {
    int certain = x.rank() + y.rank() - (x.stimuli() - 1);
    boolean all = certain >= Math.min(x.rank(), y.rank());
    boolean ruled = all && !(overAll && x.rank() > y.rank());
    if (certain > 1 && !ruled && !warned.getAndSet(true)) {
      LOG.warn(
          "pwcca of {} (rank {}) and {} (rank {}) on {} stimuli: {} canonical correlations are"
              + " exactly 1, so the weights are arbitrary; take more stimuli (said once)",
          x.id(),
          x.rank(),
          y.id(),
          y.rank(),
          x.stimuli(),
          certain);
    }
  }
}
