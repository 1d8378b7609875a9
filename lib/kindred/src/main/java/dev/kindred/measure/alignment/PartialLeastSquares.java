package dev.kindred.measure.alignment;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.RoundingError;
import dev.kindred.representation.Representation;

/**
 * Predictivity by partial least squares, as Brain-Score has it (Schrimpf et al. 2018): a regression
 * on 25 components predicts the units of the other representation on held-out stimuli.
 *
 * <p>The components are those of Wold's PLS2 with deflation of the predictors: the weights of each
 * are the first left singular vector of XᵀY, its scores t = Xw are then taken out of X
 * (scikit-learn {@code PLSRegression(scale=False)} at convergence). Columns are centred by the
 * training part. Where the training part has fewer directions than components, all of them are
 * used.
 *
 * <p>Brain-Score draws ten random tenths of the stimuli and takes the median over units; here the
 * parts are {@code folds} and the mean is over units.
 */
public final class PartialLeastSquares extends HeldOutMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "pls",
          PartialLeastSquares::new,
          Parameter.integer("components", "number of components", "25", 1),
          FOLDS,
          Folds.SEED,
          Direction.PARAMETER,
          HeldOutScore.PARAMETER);

  private final int components;

  private PartialLeastSquares(Arguments arguments) {
    super(
        arguments,
        HeldOutScore.of(arguments.text("score")),
        true,
        info ->
            info.summary(
                    "Held-out prediction of one representation's units from the other by partial"
                        + " least squares on a few components.")
                .choice(
                    "To compare with published Brain-Score values, and where units outnumber"
                        + " stimuli; not for effects that hang on directions of little variance,"
                        + " which components leave out.")
                .float32Error(1e-5)
                .float32Condition(
                    "with decaying spectra, as the smallest directions are below the rounding"
                        + " errors")
                .policy(
                    WITHOUT_VARIANCE
                        + "Fewer directions than components: all are used. Nothing varies: error.")
                .source("Wold et al. 1984; Schrimpf et al. 2018 (Brain-Score: 25 components)"));
    components = arguments.integer("components");
  }

  @Override
  HeldOutSide prepare(Representation x, Matrix features, FoldedUnits units) {
    double error = RoundingError.norm(x, features);
    PlsRegression[] predictors = new PlsRegression[units.folds().length];
    for (int f = 0; f < predictors.length; f++) {
      Progress.checkCancelled();
      FoldData fold = units.folds()[f];
      predictors[f] = new PlsRegression(fold.training(), fold.heldOut());
    }
    return new Side(units, predictors, Svd.rank(features.centreColumns(), error));
  }

  @Override
  void predict(HeldOutSide x, HeldOutSide y, int fold, Prediction forward, Prediction backward) {
    predict((Side) x, y, fold, forward);
    predict((Side) y, x, fold, backward);
  }

  private void predict(Side from, HeldOutSide to, int fold, Prediction prediction) {
    if (prediction != null) {
      Matrix targets = to.units().folds()[fold].training();
      // Components beyond the rank are made of rounding errors.
      int most = Math.min(components, Math.min(targets.rows() - 1, from.rank()));
      try (Matrix predicted = from.predictors()[fold].predict(targets, most)) {
        prediction.add(predicted);
      }
    }
  }

  /**
   * A representation as predictor and as target.
   *
   * @param rank numerical rank of the centred responses to all stimuli
   */
  private record Side(FoldedUnits units, PlsRegression[] predictors, int rank)
      implements HeldOutSide {
    @Override
    public long bytes() {
      long bytes = units.bytes();
      for (PlsRegression predictor : predictors) {
        bytes += predictor.bytes();
      }
      return bytes;
    }
  }
}
