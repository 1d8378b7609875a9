package dev.kindred.measure.kernel;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.kernel.tiles.Batches;
import dev.kindred.measure.kernel.tiles.Estimator;
import dev.kindred.measure.kernel.tiles.PairKernel;

/**
 * Distance correlation: √(dCov²(X,Y) / √(dCov²(X,X)·dCov²(Y,Y))), where dCov² is the mean product
 * of the doubly centred Euclidean distance matrices (Székely, Rizzo and Bakirov 2007, definitions 3
 * and 4; the V-statistic). Zero in the population only if the two are independent.
 *
 * <p>{@code estimator=unbiased} is the bias-corrected R* of Székely and Rizzo (2013): the same
 * ratio of U-centred matrices, without the root, as dCov² may then be negative. It estimates the
 * square of the distance correlation, and is 0 on average for independent responses whatever n and
 * p.
 */
public final class DistanceCorrelation {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "distance-correlation",
          DistanceCorrelation::of,
          Parameter.choice(
              "estimator",
              "the V-statistic, or the bias-corrected R*, an estimate of the square",
              "biased",
              "unbiased"));

  private DistanceCorrelation() {}

  private static Measure of(Arguments arguments) {
    boolean unbiased = arguments.is("estimator", "unbiased");
    MeasureInfo info =
        MeasureInfo.similarity(arguments.specification(), unbiased ? -1 : 0, 1)
            .summary(
                "Distance correlation: dependence of any form, linear or not; biased upward when"
                    + " p is not small against n, unless estimator=unbiased.")
            .choice(
                unbiased
                    ? "For dependence of any form where units are not few against stimuli, or"
                        + " values of different n and p are to be compared; the square of distance"
                        + " correlation is estimated."
                    : "Where dependence may be nonlinear; not where p is large against n: the value"
                        + " is biased upward and nears 1 for independent responses.")
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .minimumStimuli(unbiased ? 4 : 2)
            .float32Error(1e-5)
            .policy("constant columns add nothing; equal stimuli throughout are an error")
            .source(
                unbiased
                    ? "Székely and Rizzo 2013, equations 2.3 and 3.1"
                    : "Székely, Rizzo and Bakirov 2007, definitions 3 and 4")
            .build();
    return new KernelMeasure(
        info,
        PairKernel.of(PairKernel.Form.DISTANCE, PairKernel.Rows.RAW),
        unbiased ? Estimator.UNBIASED : Estimator.BIASED,
        Batches.NONE,
        unbiased ? value -> value : squared -> Math.sqrt(Math.max(0, squared)));
  }
}
