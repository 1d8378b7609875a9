package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
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
public final class PairwiseMatching implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "pairwise-matching",
          PairwiseMatching::new,
          Parameter.integer("folds", "number of parts of the stimuli", "5", 2),
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
    try (Matrix features = Features.matrix(x, info);
        Matrix varying = Units.varying(features)) {
      if (varying.columns() == 0) {
        throw Configuration.constant(x, true);
      }
      return UnitFolds.of(varying, folds);
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    UnitFolds first = (UnitFolds) x;
    UnitFolds second = (UnitFolds) y;
    return direction.of(() -> heldOut(first, second), () -> heldOut(second, first));
  }

  private static double heldOut(UnitFolds from, UnitFolds to) {
    double sum = 0;
    for (int f = 0; f < from.training().length; f++) {
      int p = from.training()[f].columns();
      int q = to.training()[f].columns();
      double[] training = Units.correlations(to.training()[f], from.training()[f]);
      double[] test = Units.correlations(to.heldOut()[f], from.heldOut()[f]);
      double scores = 0;
      for (int j = 0; j < q; j++) {
        int best = 0;
        for (int i = 1; i < p; i++) {
          if (training[j * p + i] > training[j * p + best]) {
            best = i;
          }
        }
        scores += test[j * p + best];
      }
      sum += scores / q;
    }
    return sum / from.training().length;
  }
}
