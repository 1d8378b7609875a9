package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
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
public final class ProcrustesPredictivity extends HeldOutMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "procrustes-predictivity",
          ProcrustesPredictivity::new,
          FOLDS,
          Folds.SEED,
          Direction.PARAMETER);

  private ProcrustesPredictivity(Arguments arguments) {
    super(
        arguments,
        HeldOutScore.PEARSON_PER_FOLD,
        true,
        info ->
            info.summary(
                    "Held-out correlation of one representation's units with the other, rotated by"
                        + " the best rotation of the training stimuli.")
                .choice(
                    "Between linear-predictivity and soft-matching, to ask how much of the linear"
                        + " agreement is one of shape; not with few stimuli, where the rotation"
                        + " fits noise.")
                .policy(
                    "Units that never vary are not scored; a unit or prediction that does not vary"
                        + " in a fold has r = 0. Directions that the training responses do not"
                        + " share are not rotated but dropped (rank deficiency, n < p). Nothing"
                        + " varies: error.")
                .source("Kapoor et al. 2025; Schönemann 1966"));
  }

  @Override
  HeldOutSide prepare(Representation x, Matrix features, FoldedUnits units) {
    double error = RoundingError.norm(x, features);
    return new RankedSide(units, Svd.rank(features.centreColumns(), error));
  }

  @Override
  void predict(HeldOutSide x, HeldOutSide y, int fold, Prediction forward, Prediction backward) {
    FoldData a = x.units().folds()[fold];
    FoldData b = y.units().folds()[fold];
    // One decomposition serves both directions: the rotation back is the transpose.
    try (Matrix cross = a.training().transposeTimes(b.training());
        Svd svd = Svd.of(cross);
        Matrix vt = svd.vt().transposed()) {
      // Of deficient rank, the wider side shares its other directions with rounding errors of the
      // narrower one, which the cross products hold large.
      int rank = Math.min(svd.rank(), Math.min(((RankedSide) x).rank(), ((RankedSide) y).rank()));
      try (Matrix left = svd.u().columns(0, rank);
          Matrix right = vt.columns(0, rank)) {
        predict(a, left, right, forward);
        predict(b, right, left, backward);
      }
    }
  }

  private static void predict(
      FoldData from, Matrix fromAxes, Matrix toAxes, Prediction prediction) {
    if (prediction != null) {
      try (Matrix shared = from.heldOut().times(fromAxes);
          Matrix predicted = shared.timesTransposed(toAxes)) {
        prediction.add(predicted);
      }
    }
  }
}
