package dev.kindred.measure.alignment;

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

  /** Covariance with the targets, relative to that of the first component, that is rounding. */
  private static final double NOTHING_LEFT = 1e-12;

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
    return new RankedSide(units, Svd.rank(features.centreColumns(), error));
  }

  @Override
  void predict(HeldOutSide x, HeldOutSide y, int fold, Prediction forward, Prediction backward) {
    predict((RankedSide) x, y, fold, forward);
    predict((RankedSide) y, x, fold, backward);
  }

  private void predict(RankedSide from, HeldOutSide to, int fold, Prediction prediction) {
    if (prediction != null) {
      Matrix targets = to.units().folds()[fold].training();
      try (Matrix predicted = predict(from.units().folds()[fold], from.rank(), targets)) {
        prediction.add(predicted);
      }
    }
  }

  /** Held-out targets less their training means. */
  private Matrix predict(FoldData from, int rank, Matrix targets) {
    Matrix predicted = Matrix.zeros(from.heldOut().rows(), targets.columns());
    try (Matrix left = from.training().copy();
        Matrix leftHeldOut = from.heldOut().copy();
        Matrix covariance = left.transposeTimes(targets)) {
      double begin = covariance.frobeniusNorm();
      // Components beyond the rank are made of rounding errors.
      int most = Math.min(components, Math.min(left.rows() - 1, rank));
      for (int c = 0; c < most; c++) {
        if (!(covariance.frobeniusNorm() > NOTHING_LEFT * begin)) {
          break;
        }
        double[] weights = LeadingVector.left(covariance);
        component(left, leftHeldOut, covariance, targets, weights, predicted);
      }
    }
    return predicted;
  }

  /** Adds one component's prediction, and takes the component out of predictors and covariance. */
  private static void component(
      Matrix left,
      Matrix leftHeldOut,
      Matrix covariance,
      Matrix targets,
      double[] weights,
      Matrix predicted) {
    try (Matrix w = Matrix.ofColumnMajor(weights.length, 1, weights);
        Matrix scores = left.times(w);
        Matrix heldOutScores = leftHeldOut.times(w)) {
      double squared = scores.dot(scores);
      try (Matrix loadings = left.transposeTimes(scores).scale(1 / squared);
          Matrix targetLoadings = targets.transposeTimes(scores).scale(1 / squared);
          Matrix fitted = scores.timesTransposed(loadings);
          Matrix fittedHeldOut = heldOutScores.timesTransposed(loadings);
          Matrix explained = loadings.timesTransposed(targetLoadings);
          Matrix addition = heldOutScores.timesTransposed(targetLoadings)) {
        left.add(-1, fitted);
        leftHeldOut.add(-1, fittedHeldOut);
        covariance.add(-squared, explained);
        predicted.add(1, addition);
      }
    }
  }
}
