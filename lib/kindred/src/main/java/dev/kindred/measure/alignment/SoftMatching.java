package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.transport.OptimalTransport;
import dev.kindred.measure.transport.TransportPlan;
import dev.kindred.representation.Representation;

/**
 * Soft matching (Khosla and Williams, 2024): units carry mass 1/p and 1/q, and the optimal
 * transport plan between them is the soft permutation,
 *
 * <pre>correlation = max_P Σ Pᵢⱼ corr(xᵢ, yⱼ),   distance = √(2 − 2·correlation)</pre>
 *
 * with row sums 1/p and column sums 1/q (Eq. 8; the distance for centred units of norm 1, Eq. 6).
 * For equal widths the plan is a permutation. The plan is exact, not an entropic approximation.
 *
 * <p>{@code folds} = k: the plan is found on the training stimuli of each fold and scored by Σ Pᵢⱼ
 * corr(xᵢ, yⱼ) on the held-out ones (the permutation family of Kapoor, Srivastava and Khosla,
 * 2025); mean over folds.
 *
 * <p>Use it for agreement of single units between any widths; the distance is a metric. Chance
 * level grows with width and falls with n: set it beside the same value after a random rotation.
 */
public final class SoftMatching implements CrossValidated {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "soft-matching",
          SoftMatching::new,
          Parameter.choice("score", "form of the result", "correlation", "distance"),
          Folds.optional("plan on training folds, score on held-out ones"),
          Folds.SEED);

  private final boolean distance;
  private final Folds folds;
  private final MeasureInfo info;

  private SoftMatching(Arguments arguments) {
    distance = arguments.is("score", "distance");
    folds = Folds.ofOptional(arguments);
    boolean heldOut = folds != null;
    if (heldOut && distance) {
      throw new InputException("soft-matching: score=distance has no held-out form");
    }
    info =
        (distance
                ? MeasureInfo.distance(arguments.specification(), 2)
                : MeasureInfo.similarity(arguments.specification(), -1, 1))
            .summary("Correlation of units under the best soft permutation, at any widths.")
            .choice(
                "To ask whether single units are shared, at any widths (score=distance is a"
                    + " metric); not without the value after a random rotation beside it: chance grows"
                    + " with the width.")
            .self(heldOut ? Double.NaN : distance ? 0 : 1)
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .minimumStimuli(heldOut ? 2 * folds.count() : 2)
            .policy(
                "Constant units are dropped"
                    + (heldOut
                        ? "; units constant in the training part match with correlation 0, in the"
                            + " held-out part they score 0"
                        : "")
                    + ". Exact transport: ties change the plan, not the in-sample value. Every unit"
                    + " constant: error.")
            .source("Khosla and Williams 2024, Eq. 6 and 8; Kapoor et al. 2025")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    if (folds == null) {
      return MatchedUnits.of(x, info.minimumStimuli(), false);
    }
    return UnitFolds.of(x, info, folds, /* keepConstant= */ false);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    if (folds != null) {
      return scores(x, y).forward().value();
    }
    MatchedUnits first = (MatchedUnits) x;
    MatchedUnits second = (MatchedUnits) y;
    double[] correlations = first.correlations(second);
    double correlation =
        OptimalTransport.maximum(correlations, first.count(), second.count()).total(correlations);
    return distance
        ? Math.sqrt(Math.max(0, 2 - 2 * correlation))
        : Math.max(-1, Math.min(1, correlation));
  }

  @Override
  public boolean hasFolds() {
    return folds != null;
  }

  /** Both directions have the same value and folds: a unit's score is that with its partners. */
  @Override
  public HeldOutScores scores(Prepared x, Prepared y) {
    if (folds == null) {
      throw new InputException("soft-matching: expected folds to tell the scores of, found none");
    }
    UnitFolds first = (UnitFolds) x;
    UnitFolds second = (UnitFolds) y;
    int p = first.width();
    int q = second.width();
    double[][] ofFirst = new double[first.folds()][p];
    double[][] ofSecond = new double[first.folds()][q];
    double sum = 0;
    for (int f = 0; f < first.folds(); f++) {
      Progress.checkCancelled();
      double[] training = Units.correlations(first.training()[f], second.training()[f]);
      double[] heldOut = Units.correlations(first.heldOut()[f], second.heldOut()[f]);
      TransportPlan plan = OptimalTransport.maximum(training, p, q);
      sum += plan.total(heldOut);
      for (int k = 0; k < plan.entries(); k++) {
        int i = plan.row(k);
        int j = plan.column(k);
        double score = plan.mass(k) * heldOut[i * q + j];
        ofFirst[f][i] += p * score;
        ofSecond[f][j] += q * score;
      }
    }
    double value = Math.max(-1, Math.min(1, sum / first.folds()));
    return new HeldOutScores(second.scores(ofSecond, value), first.scores(ofFirst, value));
  }
}
