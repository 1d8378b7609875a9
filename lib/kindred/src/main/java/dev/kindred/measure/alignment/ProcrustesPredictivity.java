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

/**
 * Procrustes predictivity: how well one representation, rotated, predicts the units of the other on
 * held-out stimuli (the orthogonal family of Kapoor, Srivastava and Khosla, 2025). In every fold
 * the rotation is fitted on the training stimuli, centred by their means; the narrower side is
 * padded with zeros; the score is Pearson's r of every unit on the held-out stimuli, mean over
 * units, then over folds.
 *
 * <p>Use it between linear predictivity and soft matching, to ask how much of the linear agreement
 * is one of shape. The units of the target count alike, whatever their variance.
 */
public final class ProcrustesPredictivity implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "procrustes-predictivity",
          ProcrustesPredictivity::new,
          Parameter.integer("folds", "number of parts of the stimuli", "5", 2),
          Folds.SEED,
          Direction.PARAMETER);

  private final Folds folds;
  private final Direction direction;
  private final MeasureInfo info;

  private ProcrustesPredictivity(Arguments arguments) {
    folds = Folds.of(arguments);
    direction = Direction.of(arguments.text("direction"));
    MeasureInfo.Builder builder =
        MeasureInfo.similarity(arguments.specification(), -1, 1)
            .summary(
                "Held-out correlation of one representation's units with the other, rotated by"
                    + " the best rotation of the training stimuli.")
            .choice(
                "Between linear-predictivity and soft-matching, to ask how much of the linear"
                    + " agreement is one of shape; not with few stimuli, where the rotation fits"
                    + " noise.")
            .self(Double.NaN)
            .invariantTo(
                Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .minimumStimuli(2 * folds.count())
            .policy(
                "Units that never vary are not scored; a unit or prediction that does not vary in"
                    + " a fold has r = 0. Directions that the training responses do not share are"
                    + " not rotated but dropped (rank deficiency, n < p). Nothing varies: error.")
            .source("Kapoor et al. 2025; Schönemann 1966");
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
      int[][] heldOut = folds.heldOut(features.rows());
      FoldData[] data = new FoldData[heldOut.length];
      for (int f = 0; f < data.length; f++) {
        data[f] = FoldData.of(features, heldOut[f]);
      }
      double error = RoundingError.norm(x, features);
      return new Side(data, means, constant, Svd.rank(features.centreColumns(), error));
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Side first = (Side) x;
    Side second = (Side) y;
    HeldOutScore.Tally forward =
        HeldOutScore.PEARSON_PER_FOLD.new Tally(second.means, second.constant);
    HeldOutScore.Tally backward =
        HeldOutScore.PEARSON_PER_FOLD.new Tally(first.means, first.constant);
    for (int f = 0; f < first.data.length; f++) {
      FoldData a = first.data[f];
      FoldData b = second.data[f];
      // One decomposition serves both directions: the rotation back is the transpose.
      try (Matrix cross = a.training().transposeTimes(b.training());
          Svd svd = Svd.of(cross);
          Matrix vt = svd.vt().transposed()) {
        // Of deficient rank, the wider side shares its other directions with rounding errors of the
        // narrower one, which the cross products hold large.
        int rank = Math.min(svd.rank(), Math.min(first.rank, second.rank));
        try (Matrix left = svd.u().columns(0, rank);
            Matrix right = vt.columns(0, rank)) {
          if (direction != Direction.BACKWARD) {
            predict(a, left, right, b, forward);
          }
          if (direction != Direction.FORWARD) {
            predict(b, right, left, a, backward);
          }
        }
      }
    }
    return direction.of(forward::result, backward::result);
  }

  private static void predict(
      FoldData from, Matrix fromAxes, Matrix toAxes, FoldData to, HeldOutScore.Tally tally) {
    try (Matrix shared = from.heldOut().times(fromAxes);
        Matrix predicted = shared.timesTransposed(toAxes)) {
      tally.add(predicted, to.heldOut(), to.means());
    }
  }

  /**
   * @param data the folds
   * @param means column means over all stimuli
   * @param constant units that never vary
   * @param rank numerical rank of the centred responses to all stimuli
   */
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
