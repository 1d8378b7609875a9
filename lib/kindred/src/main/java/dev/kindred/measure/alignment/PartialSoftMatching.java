package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.transport.PartialTransport;
import dev.kindred.representation.Representation;

/**
 * Partial soft matching (Kapoor et al. 2026): the best soft permutation between the units when only
 * a share s of them, the {@code mass}, has to have a partner,
 *
 * <pre>d = min ⟨T, 1 − R⟩ over T ≥ 0, T1 ≤ 1/p, Tᵀ1 ≤ 1/q, 1ᵀT1 = s</pre>
 *
 * with R the units' Pearson correlations. {@code score=correlation} is ⟨T, R⟩/s = 1 − d/s, the mean
 * correlation of what is matched; {@code distance} is d itself (the paper's code prints 1 − d). It
 * obeys no triangle inequality. With mass 1 it is {@link SoftMatching}.
 */
public final class PartialSoftMatching implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "partial-soft-matching",
          PartialSoftMatching::new,
          Parameter.number("mass", "share of the units to be matched, up to 1", "0.5", 0.01),
          Parameter.choice(
              "score",
              "mean correlation of the matched units, or cost",
              "correlation",
              "distance"));

  private final double mass;
  private final boolean distance;
  private final MeasureInfo info;

  private PartialSoftMatching(Arguments arguments) {
    mass = arguments.number("mass");
    if (mass > 1) {
      throw new InputException(
          "partial-soft-matching: mass=" + mass + " is not possible; expected 0.01 to 1");
    }
    distance = arguments.is("score", "distance");
    info =
        (distance
                ? MeasureInfo.distance(arguments.specification(), 2 * mass)
                : MeasureInfo.similarity(arguments.specification(), -1, 1))
            .summary(
                "Correlation of units under the best soft permutation of a share of them; the rest"
                    + " stays without a partner.")
            .choice(
                "Where some units are noise or have no counterpart and the share that has is"
                    + " known; values of different mass do not compare, and chance is high at small"
                    + " mass.")
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .policy(
                "Constant units are dropped. Exact transport: ties change the plan, not the value."
                    + " Every unit constant: error.")
            .source("Kapoor et al. 2026; Chapel et al. 2020 (partial transport)")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return MatchedUnits.of(x, info.minimumStimuli(), false);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    MatchedUnits first = (MatchedUnits) x;
    MatchedUnits second = (MatchedUnits) y;
    double[] cost = first.correlations(second);
    for (int k = 0; k < cost.length; k++) {
      cost[k] = 1 - cost[k];
    }
    double total = PartialTransport.minimum(cost, first.count(), second.count(), mass);
    return distance ? total : Math.max(-1, Math.min(1, 1 - total / mass));
  }
}
