package dev.kindred.measure.alignment;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.Features;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * What measures of held-out prediction share: stimuli divided into k folds, means and fit from the
 * other k − 1, scores of the held-out part, one direction or the mean of both. A measure adds how a
 * fold is predicted.
 */
abstract class HeldOutMeasure implements CrossValidated {
  static final Parameter FOLDS =
      Parameter.integer("folds", "number of parts of the stimuli", "5", 2);

  /** What regressions say of units without variance. */
  static final String WITHOUT_VARIANCE =
      "Units that never vary are not scored (but in the pooled R²); a unit or prediction that does"
          + " not vary in a fold has r = 0, and R² = 0 unless predicted exactly. ";

  private final Folds folds;
  private final Direction direction;
  private final HeldOutScore score;
  private final MeasureInfo info;

  /**
   * @param scaling whether the value stays where responses are scaled
   * @param texts adds what is said of the measure
   */
  HeldOutMeasure(
      Arguments arguments,
      HeldOutScore score,
      boolean scaling,
      UnaryOperator<MeasureInfo.Builder> texts) {
    this.folds = Folds.of(arguments);
    this.direction = Direction.of(arguments.text("direction"));
    this.score = score;
    Set<Invariance> invariances = EnumSet.of(Invariance.PERMUTATION, Invariance.TRANSLATION);
    if (scaling) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    if (score == HeldOutScore.R2_POOLED || score == HeldOutScore.R2_WEIGHTED) {
      invariances.add(Invariance.ORTHOGONAL);
    }
    MeasureInfo.Builder builder =
        texts
            .apply(
                MeasureInfo.similarity(
                    arguments.specification(),
                    score.isCorrelation() ? -1 : Double.NEGATIVE_INFINITY,
                    1))
            .self(Double.NaN)
            .invariantTo(invariances)
            .minimumStimuli(2 * folds.count());
    if (direction != Direction.MEAN) {
      builder.asymmetric();
    }
    this.info = builder.build();
  }

  @Override
  public final MeasureInfo info() {
    return info;
  }

  @Override
  public final Prepared prepare(Representation x) {
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
      return prepare(x, features, new FoldedUnits(data, means, constant));
    }
  }

  /**
   * Adds what the measure needs of one side beyond its folds.
   *
   * @param features all responses; the measure may change them
   */
  abstract HeldOutSide prepare(Representation x, Matrix features, FoldedUnits units);

  /**
   * Predicts the held-out part of one fold.
   *
   * @param forward takes y predicted from x, where it is asked for
   * @param backward takes x predicted from y, where it is asked for
   */
  abstract void predict(
      HeldOutSide x, HeldOutSide y, int fold, Prediction forward, Prediction backward);

  @Override
  public final double compare(Prepared x, Prepared y) {
    HeldOutScore.Tally forward = direction == Direction.BACKWARD ? null : tally(y);
    HeldOutScore.Tally backward = direction == Direction.FORWARD ? null : tally(x);
    predict((HeldOutSide) x, (HeldOutSide) y, forward, backward);
    return direction.of(() -> forward.result(), () -> backward.result());
  }

  @Override
  public final HeldOutScores scores(Prepared x, Prepared y) {
    HeldOutScore.Tally forward = tally(y);
    HeldOutScore.Tally backward = tally(x);
    predict((HeldOutSide) x, (HeldOutSide) y, forward, backward);
    return new HeldOutScores(forward.scores(), backward.scores());
  }

  @Override
  public final double[] folds(HeldOutScores scores) {
    return direction.folds(scores);
  }

  @Override
  public final double value(HeldOutScores scores) {
    return direction.value(scores);
  }

  private HeldOutScore.Tally tally(Prepared target) {
    FoldedUnits units = ((HeldOutSide) target).units();
    return score.new Tally(units.means(), units.constant());
  }

  private void predict(
      HeldOutSide x, HeldOutSide y, HeldOutScore.Tally forward, HeldOutScore.Tally backward) {
    for (int f = 0; f < folds.count(); f++) {
      Progress.checkCancelled();
      predict(
          x,
          y,
          f,
          Prediction.of(y.units().folds()[f], forward),
          Prediction.of(x.units().folds()[f], backward));
    }
  }

  /** Where the prediction of one fold goes. */
  @FunctionalInterface
  interface Prediction {
    /** Held-out stimuli × units of the target, less the target's training means. */
    void add(Matrix predicted);

    /** Null where nobody asks. */
    private static Prediction of(FoldData target, HeldOutScore.Tally tally) {
      return tally == null
          ? null
          : predicted -> tally.add(predicted, target.heldOut(), target.means());
    }
  }

  /** A representation as predictor and as target. */
  interface HeldOutSide extends Prepared {
    FoldedUnits units();
  }

  /**
   * The folds of a representation.
   *
   * @param folds parts of the stimuli, as training and as held-out data
   * @param means column means over all stimuli
   * @param constant units that never vary
   */
  record FoldedUnits(FoldData[] folds, double[] means, boolean[] constant) {
    long bytes() {
      long bytes = 9L * means.length;
      for (FoldData fold : folds) {
        bytes += fold.bytes();
      }
      return bytes;
    }
  }

  /**
   * Folds and a rank.
   *
   * @param rank numerical rank of the centred responses to all stimuli
   */
  record RankedSide(FoldedUnits units, int rank) implements HeldOutSide {
    @Override
    public long bytes() {
      return units.bytes();
    }
  }
}
