package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
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
public final class PartialLeastSquares implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "pls",
          PartialLeastSquares::new,
          Parameter.integer("components", "number of components", "25", 1),
          Parameter.integer("folds", "number of parts of the stimuli", "5", 2),
          Folds.SEED,
          Direction.PARAMETER,
          HeldOutScore.PARAMETER);

  /** Covariance with the targets, relative to that of the first component, that is rounding. */
  private static final double NOTHING_LEFT = 1e-12;

  private final int components;
  private final Folds folds;
  private final Direction direction;
  private final HeldOutScore score;
  private final MeasureInfo info;

  private PartialLeastSquares(Arguments arguments) {
    components = arguments.integer("components");
    folds = Folds.of(arguments);
    direction = Direction.of(arguments.text("direction"));
    score = HeldOutScore.of(arguments.text("score"));
    Set<Invariance> invariances =
        EnumSet.of(Invariance.PERMUTATION, Invariance.TRANSLATION, Invariance.ISOTROPIC_SCALING);
    if (score == HeldOutScore.R2_POOLED || score == HeldOutScore.R2_WEIGHTED) {
      invariances.add(Invariance.ORTHOGONAL);
    }
    MeasureInfo.Builder builder =
        MeasureInfo.similarity(
                arguments.specification(), score.isCorrelation() ? -1 : Double.NEGATIVE_INFINITY, 1)
            .summary(
                "Held-out prediction of one representation's units from the other by partial least"
                    + " squares on a few components.")
            .choice(
                "To compare with published Brain-Score values, and where units outnumber stimuli;"
                    + " not for effects that hang on directions of little variance, which"
                    + " components leave out.")
            .self(Double.NaN)
            .invariantTo(invariances)
            .minimumStimuli(2 * folds.count())
            .float32Error(1e-5)
            .float32Condition(
                "with decaying spectra, as the smallest directions are below the rounding errors")
            .policy(
                "Units that never vary are not scored (but in the pooled R²); a unit or prediction"
                    + " that does not vary in a fold has r = 0, and R² = 0 unless predicted"
                    + " exactly. Fewer directions than components: all are used. Nothing varies:"
                    + " error.")
            .source("Wold et al. 1984; Schrimpf et al. 2018 (Brain-Score: 25 components)");
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
      boolean[] constant = Units.constant(features);
      if (Units.count(constant) == constant.length) {
        throw Configuration.constant(x, true);
      }
      int[][] heldOut = folds.heldOut(features.rows());
      FoldData[] data = new FoldData[heldOut.length];
      for (int f = 0; f < data.length; f++) {
        data[f] = FoldData.of(features, heldOut[f]);
      }
      double[] means = features.columnMeans();
      double error = RoundingError.norm(x, features);
      return new Side(data, means, constant, Svd.rank(features.centreColumns(), error));
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
    for (int f = 0; f < from.data.length; f++) {
      FoldData target = to.data[f];
      try (Matrix predicted = predict(from.data[f], from.rank, target.training())) {
        tally.add(predicted, target.heldOut(), target.means());
      }
    }
    return tally.result();
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

  /** A representation as predictor and as target. */
  private record Side(FoldData[] data, double[] means, boolean[] constant, int rank)
      implements Prepared {
    @Override
    public long bytes() {
      long bytes = 9L * means.length;
      for (FoldData fold : data) {
        bytes += fold.bytes();
      }
      return bytes;
    }
  }
}
