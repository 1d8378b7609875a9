package dev.kindred.measure.kernel;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;

/**
 * Distance correlation: √(dCov²(X,Y) / √(dCov²(X,X)·dCov²(Y,Y))), where dCov² is the mean product
 * of the doubly centred Euclidean distance matrices (Székely, Rizzo and Bakirov 2007, definitions 3
 * and 4; the V-statistic). Zero in the population only if the two are independent.
 */
public final class DistanceCorrelation {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("distance-correlation", DistanceCorrelation::of);

  private DistanceCorrelation() {}

  private static Measure of(Arguments arguments) {
    MeasureInfo info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Distance correlation: dependence of any form, linear or not, from distances"
                    + " between stimuli.")
            .choice(
                "Where dependence may be nonlinear; not where p is large against n: the value"
                    + " is biased upward and nears 1 for independent responses.")
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .minimumStimuli(2)
            .float32Error(1e-5)
            .policy("constant columns add nothing; equal stimuli throughout are an error")
            .source("Székely, Rizzo and Bakirov 2007, definitions 3 and 4")
            .build();
    return new KernelMeasure(
        info,
        PairKernel.of(PairKernel.Form.DISTANCE, PairKernel.Rows.RAW),
        Estimator.BIASED,
        Batches.NONE,
        squared -> Math.sqrt(Math.max(0, squared)));
  }
}
