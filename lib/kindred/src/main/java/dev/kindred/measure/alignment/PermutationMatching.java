package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.transport.OptimalTransport;
import dev.kindred.representation.Representation;

/**
 * Permutation matching: every unit of the narrower representation gets a partner of its own in the
 * other so that the sum of Pearson correlations is greatest; the value is their mean (strict
 * one-to-one matching, Li et al., ICLR 2016, section 3.1).
 *
 * <p>Use it to ask whether single units are shared and not only the space that they span; a random
 * rotation of one side is the control. The units left over of the wider side do not count: take
 * {@code soft-matching} for a metric between unequal widths.
 *
 * <p>{@code folds} = k: partners are found on the training stimuli of each fold and scored by their
 * correlation on the held-out ones, which equal widths are needed for; mean over folds.
 */
public final class PermutationMatching implements CrossValidated {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "permutation-matching",
          PermutationMatching::new,
          Folds.optional("match on training folds, score on held-out ones"),
          Folds.SEED);

  private final Folds folds;
  private final MeasureInfo info;

  private PermutationMatching(Arguments arguments) {
    folds = Folds.ofOptional(arguments);
    boolean heldOut = folds != null;
    info =
        MeasureInfo.similarity(arguments.specification(), -1, 1)
            .summary("Mean correlation of units matched one to one.")
            .choice(
                "To ask whether single units are shared, at equal widths; not at unequal ones,"
                    + " where surplus units do not count: take soft-matching.")
            .self(Double.NaN)
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .minimumStimuli(heldOut ? 2 * folds.count() : 2)
            .policy(
                "Constant units are matched with correlation 0, so they lower self-similarity."
                    + (heldOut ? " Different widths: error." : "")
                    + " Exact assignment; ties change partners, not the value. Every unit"
                    + " constant: error.")
            .source("Li et al. 2016, section 3.1; Kapoor et al. 2025")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return folds == null
        ? MatchedUnits.of(x, info.minimumStimuli(), true)
        : new Side(x.id(), UnitFolds.of(x, info, folds, /* keepConstant= */ true));
  }

  private record Side(String id, UnitFolds units) implements Prepared {
    @Override
    public long bytes() {
      return units.bytes();
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    if (folds != null) {
      return scores(x, y).forward().value();
    }
    MatchedUnits first = (MatchedUnits) x;
    MatchedUnits second = (MatchedUnits) y;
    MatchedUnits narrow = first.count() <= second.count() ? first : second;
    MatchedUnits wide = narrow == first ? second : first;
    double[] correlations = narrow.correlations(wide);
    int[] partner = OptimalTransport.bestAssignment(correlations, narrow.count(), wide.count());
    double sum = 0;
    for (int i = 0; i < partner.length; i++) {
      sum += correlations[i * wide.count() + partner[i]];
    }
    return sum / partner.length;
  }

  @Override
  public boolean hasFolds() {
    return folds != null;
  }

  /** Both directions have the same value and folds: a unit's score is that with its partner. */
  @Override
  public HeldOutScores scores(Prepared x, Prepared y) {
    if (folds == null) {
      throw new InputException(
          "permutation-matching: expected folds to tell the scores of, found none");
    }
    UnitFolds first = ((Side) x).units;
    UnitFolds second = ((Side) y).units;
    int p = first.width();
    if (second.width() != p) {
      throw new InputException(
          String.format(
              "permutation-matching: expected as many units on both sides, found %d in %s and %d in"
                  + " %s; take soft-matching",
              p, ((Side) x).id, second.width(), ((Side) y).id));
    }
    double[][] ofFirst = new double[first.folds()][p];
    double[][] ofSecond = new double[first.folds()][p];
    double sum = 0;
    for (int f = 0; f < first.folds(); f++) {
      Progress.checkCancelled();
      double[] training = Units.correlations(first.training()[f], second.training()[f]);
      double[] heldOut = Units.correlations(first.heldOut()[f], second.heldOut()[f]);
      int[] partner = OptimalTransport.bestAssignment(training, p, p);
      for (int i = 0; i < p; i++) {
        double score = heldOut[i * p + partner[i]];
        ofFirst[f][i] = score;
        ofSecond[f][partner[i]] = score;
        sum += score;
      }
    }
    double value = sum / p / first.folds();
    return new HeldOutScores(second.scores(ofSecond, value), first.scores(ofFirst, value));
  }
}
