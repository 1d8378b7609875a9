package dev.kindred.measure.geometry;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Difference of magnitudes (Wang et al., 2020; Klabunde et al., survey 2023, section 3.6): |‖x̄‖ −
 * ‖ȳ‖|, the lengths of the mean responses.
 *
 * <p>A descriptive statistic, not a comparison of what is represented: use it beside other
 * measures, on models of one architecture.
 */
public final class MagnitudeDifference implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("magnitude-difference", MagnitudeDifference::new);

  private final MeasureInfo info;

  private MagnitudeDifference(Arguments arguments) {
    info =
        MeasureInfo.distance(arguments.specification(), Double.POSITIVE_INFINITY)
            .summary("Difference of the lengths of the mean responses.")
            .choice(
                "To describe how the mean response drifts, as over epochs; not as a similarity,"
                    + " nor between networks of different scales.")
            .invariantTo(Invariance.ORTHOGONAL, Invariance.PERMUTATION)
            .minimumStimuli(1)
            .float32Error(1e-6)
            .policy("Defined for all finite responses.")
            .source("Wang et al. 2020; Klabunde et al. 2023, section 3.6")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    try (Matrix features = Features.matrix(x, info);
        Matrix mean = Matrix.ofColumnMajor(features.columns(), 1, features.columnMeans())) {
      return new Statistic(mean.frobeniusNorm());
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return Statistic.difference(x, y);
  }
}
