package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Normalised Bures similarity (fidelity) of the centred Gram matrices: tr (K^½ L K^½)^½ / √(tr K ·
 * tr L) = ‖XᵀY‖_* / (‖X‖_F ‖Y‖_F) for centred X, Y (Tang et al. 2020; Harvey et al. 2024, eq. 7).
 * Its arc cosine is the Procrustes angle.
 */
public final class Bures implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY = CatalogueEntry.of("bures", Bures::new);

  private final MeasureInfo info;

  private Bures(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Normalised Bures similarity (fidelity) of the centred Gram matrices, reached"
                    + " by the best rotation.")
            .choice(
                "In place of CKA where directions of little variance should count more; not"
                    + " where a metric is needed: procrustes orders pairs alike and is one.")
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .minimumStimuli(2)
            .policy("constant columns add nothing; equal stimuli throughout are an error")
            .source("Tang et al. 2020; Harvey et al. 2024, eq. 7")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    Matrix features = Features.matrix(x, info).centreColumns();
    double norm = features.frobeniusNorm();
    if (norm == 0) {
      throw new InputException(
          x.id() + ": all stimuli are equal, so " + info.specification() + " is undefined");
    }
    features.scale(1 / norm);
    if (features.columns() <= features.rows()) {
      return new Factor(features);
    }
    // n < p: a square factor of the same Gram matrix is smaller.
    try (features;
        Svd svd = Svd.of(features)) {
      return new Factor(svd.u().copy().scaleColumns(svd.values()));
    }
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Factor) x).matrix;
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    return Math.min(1, Svd.nuclearNorm(cross));
  }

  private record Factor(Matrix matrix) implements Prepared {
    @Override
    public long bytes() {
      return matrix.bytes();
    }
  }
}
