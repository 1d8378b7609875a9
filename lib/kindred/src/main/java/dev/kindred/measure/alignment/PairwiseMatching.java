package dev.kindred.measure.alignment;

import dev.kindred.base.Progress;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Pairwise matching: every unit of the target gets the one unit of the other representation that
 * correlates best with it on training stimuli, and scores the correlation of the two on held-out
 * stimuli; mean over target units, then over folds (Khosla, Williams, McDermott and Kanwisher 2024;
 * the matching of Li et al. 2016).
 *
 * <p>{@link SemiMatching} chooses in the same way, but scores the stimuli that it chose on, and
 * takes the mean of both directions: the best of many units then correlates by chance.
 */
public final class PairwiseMatching implements CrossValidated {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "pairwise-matching",
          PairwiseMatching::new,
          HeldOutMeasure.FOLDS,
          Folds.SEED,
          Direction.PARAMETER);

  private final Folds folds;
  private final Direction direction;
  private final MeasureInfo info;

  private PairwiseMatching(Arguments arguments) {
    folds = Folds.of(arguments);
    direction = Direction.of(arguments.text("direction"));
    MeasureInfo.Builder builder =
        MeasureInfo.similarity(arguments.specification(), -1, 1)
            .summary(
                "Held-out correlation of every unit with the single unit of the other"
                    + " representation that correlates best with it on other stimuli.")
            .choice(
                "To ask whether single units recur, many to one and without the optimism of"
                    + " choosing and scoring on the same stimuli; not for codes that are spread"
                    + " over units: use linear-predictivity.")
            .self(Double.NaN)
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .minimumStimuli(2 * folds.count())
            .float32Error(1e-5)
            .policy(
                "Units that never vary are dropped; units constant in the training part match with"
                    + " correlation 0, in the held-out part they score 0. Of units that correlate"
                    + " equally well the first is taken; nearly equally, rounding chooses. Every unit"
                    + " constant: error.")
            .source("Khosla et al. 2024; Li et al. 2016, section 3.2");
    if (direction != Direction.MEAN) {
      builder.asymmetric();
    }
    info = builder.build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return UnitFolds.of(x, info, folds, /* keepConstant= */ false);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    UnitFolds first = (UnitFolds) x;
    UnitFolds second = (UnitFolds) y;
    return direction.of(() -> mean(heldOut(first, second)), () -> mean(heldOut(second, first)));
  }

  @Override
  public HeldOutScores scores(Prepared x, Prepared y) {
    return new HeldOutScores(
        scores((UnitFolds) x, (UnitFolds) y), scores((UnitFolds) y, (UnitFolds) x));
  }

  @Override
  public double[] folds(HeldOutScores scores) {
    return direction.folds(scores);
  }

  @Override
  public double value(HeldOutScores scores) {
    return direction.value(scores);
  }

  private static HeldOutScores.Scores scores(UnitFolds from, UnitFolds to) {
    double[][] scores = heldOut(from, to);
    return to.scores(scores, mean(scores));
  }

  private static double mean(double[][] scores) {
    double sum = 0;
    for (double[] fold : scores) {
      double ofFold = 0;
      for (double score : fold) {
        ofFold += score;
      }
      sum += ofFold / fold.length;
    }
    return sum / scores.length;
  }

  /** Of every fold and unit of the target, the held-out correlation with its partner. */
  private static double[][] heldOut(UnitFolds from, UnitFolds to) {
    int p = from.width();
    double[][] scores = new double[from.folds()][to.width()];
    for (int f = 0; f < scores.length; f++) {
      Progress.checkCancelled();
      double[] training = Units.correlations(to.training()[f], from.training()[f]);
      double[] test = Units.correlations(to.heldOut()[f], from.heldOut()[f]);
      for (int j = 0; j < scores[f].length; j++) {
        int best = 0;
        for (int i = 1; i < p; i++) {
          if (training[j * p + i] > training[j * p + best]) {
            best = i;
          }
        }
        scores[f][j] = test[j * p + best];
      }
    }
    return scores;
  }
}
