package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.RoundingError;
import dev.kindred.representation.Representation;

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
public final class LinearPredictivity extends HeldOutMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "linear-predictivity",
          LinearPredictivity::new,
          FOLDS,
          Folds.SEED,
          Parameter.number(
              "ridge", "penalty, or how it is chosen in each fold", "gcv", 0, "gcv", "loo"),
          Direction.PARAMETER,
          HeldOutScore.PARAMETER);

  private final Ridge.Choice choice;
  private final double penalty;

  private LinearPredictivity(Arguments arguments) {
    super(
        arguments,
        HeldOutScore.of(arguments.text("score")),
        isLeastSquares(arguments),
        info ->
            info.summary(
                    "Held-out prediction of one representation's units from the other by ridge"
                        + " regression.")
                .choice(
                    "To ask what a linear readout of one side knows of the other, as of recorded"
                        + " neurons; not with few stimuli, where folds decide, nor as a distance:"
                        + " it is the most forgiving alignment.")
                .float32Condition(
                    isLeastSquares(arguments)
                        ? "with decaying spectra, as the smallest directions are below the rounding"
                            + " errors"
                        : "")
                .policy(
                    WITHOUT_VARIANCE
                        + "Rank deficiency and n < p: minimum norm. Where two penalties do equally"
                        + " well, rounding chooses. Nothing varies: error.")
                .source("Yamins et al. 2014; Kapoor et al. 2025; Golub et al. 1979 (gcv)"));
    choice = choice(arguments);
    penalty = choice == Ridge.Choice.FIXED ? arguments.number("ridge") : 0;
  }

  private static Ridge.Choice choice(Arguments arguments) {
    return switch (arguments.text("ridge")) {
      case "gcv" -> Ridge.Choice.GCV;
      case "loo" -> Ridge.Choice.LEAVE_ONE_OUT;
      default -> Ridge.Choice.FIXED;
    };
  }

  private static boolean isLeastSquares(Arguments arguments) {
    return choice(arguments) == Ridge.Choice.FIXED && arguments.number("ridge") == 0;
  }

  @Override
  HeldOutSide prepare(Representation x, Matrix features, FoldedUnits units) {
    double error = RoundingError.norm(x, features);
    Ridge[] predictors = new Ridge[units.folds().length];
    for (int f = 0; f < predictors.length; f++) {
      FoldData fold = units.folds()[f];
      predictors[f] = new Ridge(fold.training(), fold.heldOut(), error);
    }
    return new Side(units, predictors);
  }

  @Override
  void predict(HeldOutSide x, HeldOutSide y, int fold, Prediction forward, Prediction backward) {
    predict((Side) x, y, fold, forward);
    predict((Side) y, x, fold, backward);
  }

  private void predict(Side from, HeldOutSide to, int fold, Prediction prediction) {
    if (prediction != null) {
      Matrix targets = to.units().folds()[fold].training();
      try (Matrix predicted = from.predictors[fold].predict(targets, choice, penalty)) {
        prediction.add(predicted);
      }
    }
  }

  private record Side(FoldedUnits units, Ridge[] predictors) implements HeldOutSide {
    @Override
    public long bytes() {
      long bytes = units.bytes();
      for (Ridge predictor : predictors) {
        bytes += predictor.bytes();
      }
      return bytes;
    }
  }
}
