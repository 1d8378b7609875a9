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
import dev.kindred.measure.RoundingError;
import dev.kindred.representation.Representation;
import java.util.EnumSet;
import java.util.Set;

/**
 * Linear predictivity: how well a ridge regression on one representation predicts the units of the
 * other on stimuli that it was not fitted on (Yamins et al., PNAS 111, 2014; the affine family of
 * Kapoor, Srivastava and Khosla, 2025). Stimuli are divided into k folds; means, weights and
 * penalty come from the other k − 1.
 *
 * <p>{@code ridge} is a fixed penalty (0: least squares of minimum norm) or chosen per fold out of
 * 10⁻⁸ … 10⁸, one for all units: {@code gcv} by generalised cross-validation, {@code loo} by the
 * exact leave-one-out error (what scikit-learn's {@code RidgeCV} does, 17 products instead of
 * none).
 *
 * <p>Use it to ask what one representation knows of the other up to a linear map; it forgives most
 * of all alignment measures. Asymmetric: a wide layer predicts a narrow one well. Not for fewer
 * than a few hundred stimuli, where folds decide the value.
 */
public final class LinearPredictivity implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "linear-predictivity",
          LinearPredictivity::new,
          Parameter.integer("folds", "number of parts of the stimuli", "5", 2),
          Folds.SEED,
          Parameter.number(
              "ridge", "penalty, or how it is chosen in each fold", "gcv", 0, "gcv", "loo"),
          Direction.PARAMETER,
          HeldOutScore.PARAMETER);

  private final Folds folds;
  private final Ridge.Choice choice;
  private final double penalty;
  private final Direction direction;
  private final HeldOutScore score;
  private final MeasureInfo info;

  private LinearPredictivity(Arguments arguments) {
    folds = Folds.of(arguments);
    choice =
        switch (arguments.text("ridge")) {
          case "gcv" -> Ridge.Choice.GCV;
          case "loo" -> Ridge.Choice.LEAVE_ONE_OUT;
          default -> Ridge.Choice.FIXED;
        };
    penalty = choice == Ridge.Choice.FIXED ? arguments.number("ridge") : 0;
    direction = Direction.of(arguments.text("direction"));
    score = HeldOutScore.of(arguments.text("score"));
    Set<Invariance> invariances = EnumSet.of(Invariance.PERMUTATION, Invariance.TRANSLATION);
    if (choice == Ridge.Choice.FIXED && penalty == 0) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    if (score == HeldOutScore.R2_POOLED || score == HeldOutScore.R2_WEIGHTED) {
      invariances.add(Invariance.ORTHOGONAL);
    }
    MeasureInfo.Builder builder =
        MeasureInfo.similarity(
                arguments.specification(), score.isCorrelation() ? -1 : Double.NEGATIVE_INFINITY, 1)
            .summary(
                "Held-out prediction of one representation's units from the other by ridge"
                    + " regression.")
            .choice(
                "To ask what a linear readout of one side knows of the other, as of recorded"
                    + " neurons; not with few stimuli, where folds decide, nor as a distance: it is"
                    + " the most forgiving alignment.")
            .self(Double.NaN)
            .invariantTo(invariances)
            .minimumStimuli(2 * folds.count())
            .float32Condition(
                choice == Ridge.Choice.FIXED && penalty == 0
                    ? "with decaying spectra, as the smallest directions are below the rounding errors"
                    : "")
            .policy(
                "Units that never vary are not scored (but in the pooled R²); a unit or prediction"
                    + " that does not vary in a fold has r = 0, and R² = 0 unless predicted"
                    + " exactly. Rank deficiency and n < p: minimum norm. Where two penalties do equally"
                    + " well, rounding chooses. Nothing varies: error.")
            .source("Yamins et al. 2014; Kapoor et al. 2025; Golub et al. 1979 (gcv)");
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
    try (Matrix features = Features.matrix(x, info)) {
      double[] means = features.columnMeans();
      boolean[] constant = Units.constant(features);
      if (Units.count(constant) == constant.length) {
        throw Configuration.constant(x, true);
      }
      double error = RoundingError.norm(x, features);
      int[][] heldOut = folds.heldOut(features.rows());
      FoldData[] data = new FoldData[heldOut.length];
      Ridge[] predictors = new Ridge[heldOut.length];
      for (int f = 0; f < data.length; f++) {
        data[f] = FoldData.of(features, heldOut[f]);
        predictors[f] = new Ridge(data[f].training(), data[f].heldOut(), error);
      }
      return new Side(data, predictors, means, constant);
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Side first = (Side) x;
    Side second = (Side) y;
    return direction.of(() -> predict(first, second), () -> predict(second, first));
  }

  private double predict(Side from, Side to) {
    HeldOutScore.Tally tally = score.new Tally(to.means, to.constant);
    for (int f = 0; f < from.predictors.length; f++) {
      FoldData target = to.data[f];
      try (Matrix predicted = from.predictors[f].predict(target.training(), choice, penalty)) {
        tally.add(predicted, target.heldOut(), target.means());
      }
    }
    return tally.result();
  }

  /** A representation as predictor and as target. */
  private record Side(FoldData[] data, Ridge[] predictors, double[] means, boolean[] constant)
      implements Prepared {
    @Override
    public long bytes() {
      long bytes = 9L * means.length;
      for (FoldData fold : data) {
        bytes += fold.bytes();
      }
      for (Ridge predictor : predictors) {
        bytes += predictor.bytes();
      }
      return bytes;
    }
  }
}
