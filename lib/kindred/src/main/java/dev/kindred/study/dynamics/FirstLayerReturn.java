package dev.kindred.study.dynamics;

import dev.kindred.network.training.LearningCurve;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.IntPredicate;

/**
 * Whether the first layer of a run goes back towards its random start once the training images are
 * fitted perfectly. Means are over the logarithm of the epoch, as the figures show it. NaN where
 * the threshold is never reached, comes before any good epoch, or less than half an octave before
 * the last recorded one: an epoch or two of perfect fitting tell nothing of the regime.
 *
 * <p>Good early-stopping epochs are those before the perfect-fitting threshold whose smoothed test
 * error is at most a tenth of its whole fall above its minimum there.
 *
 * @param nearer similarity of the epochs of perfect fitting to the initialisation, less that to the
 *     good early-stopping epochs
 * @param back similarity to the initialisation at the epochs of perfect fitting, less that at the
 *     good early-stopping epochs
 * @param around the same around the threshold, from half its epoch to twice it
 * @param leftAgain similarity to the initialisation around the threshold, less that in the last
 *     half octave; NaN where training ends before four times the threshold
 */
public record FirstLayerReturn(double nearer, double back, double around, double leftAgain) {
  private static final double GOOD = 0.1;
  private static final int WINDOW = 5;

  /** Half an octave, of the end or at least after the threshold. */
  private static final double HALF_OCTAVE = Math.sqrt(2);

  private static final FirstLayerReturn UNKNOWN =
      new FirstLayerReturn(Double.NaN, Double.NaN, Double.NaN, Double.NaN);

  /**
   * @param map a similarity of the first layer at every two epochs
   * @param curve errors of the run
   */
  public static FirstLayerReturn of(EpochMap map, LearningCurve curve) {
    OptionalInt fit = curve.perfectFit();
    List<Integer> epochs = map.epochs();
    if (fit.isEmpty() || epochs.isEmpty() || epochs.get(0) != 0) {
      return UNKNOWN;
    }
    int threshold = fit.getAsInt();
    int last = epochs.get(epochs.size() - 1);
    if (last < HALF_OCTAVE * threshold) {
      return UNKNOWN;
    }
    double limit = good(curve, threshold);
    double[] errors = curve.smoothedTestError(WINDOW);
    IntPredicate good =
        epoch -> epoch > 0 && epoch < threshold && errorAt(epoch, curve, errors) <= limit;
    IntPredicate fitted = epoch -> epoch >= threshold;
    IntPredicate near = epoch -> 2L * epoch >= threshold && epoch <= 2L * threshold;
    IntPredicate end = epoch -> epoch >= last / HALF_OCTAVE;
    double toStart = mean(map, fitted, epoch -> epoch == 0);
    double atGood = mean(map, good, epoch -> epoch == 0);
    double around = mean(map, near, epoch -> epoch == 0);
    return new FirstLayerReturn(
        toStart - mean(map, fitted, good),
        toStart - atGood,
        around - atGood,
        last < 4L * threshold ? Double.NaN : around - mean(map, end, epoch -> epoch == 0));
  }

  private static double good(LearningCurve curve, int threshold) {
    double[] errors = curve.smoothedTestError(WINDOW);
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < errors.length; i++) {
      if (curve.points().get(i).epoch() < threshold && curve.points().get(i).epoch() > 0) {
        least = Math.min(least, Double.isNaN(errors[i]) ? least : errors[i]);
      }
    }
    return least + GOOD * Math.max(0, errors[0] - least);
  }

  /** The smoothed error at an epoch, on the line between those around it. */
  private static double errorAt(int epoch, LearningCurve curve, double[] errors) {
    List<LearningCurve.Point> points = curve.points();
    for (int i = 0; i < errors.length; i++) {
      int at = points.get(i).epoch();
      if (at == epoch) {
        return errors[i];
      }
      if (at > epoch && i > 0) {
        int before = points.get(i - 1).epoch();
        double share = (double) (epoch - before) / (at - before);
        return (1 - share) * errors[i - 1] + share * errors[i];
      }
    }
    return Double.NaN;
  }

  /** Mean over pairs of epochs of two kinds, by their parts of the logarithmic axis. */
  private static double mean(EpochMap map, IntPredicate rows, IntPredicate columns) {
    double sum = 0;
    double total = 0;
    List<Integer> epochs = map.epochs();
    for (int i = 0; i < epochs.size(); i++) {
      for (int j = 0; rows.test(epochs.get(i)) && j < epochs.size(); j++) {
        double value = map.values()[i][j];
        if (columns.test(epochs.get(j)) && !Double.isNaN(value)) {
          double weight = width(epochs, i) * width(epochs, j);
          sum += weight * value;
          total += weight;
        }
      }
    }
    return total == 0 ? Double.NaN : sum / total;
  }

  /** Half of the way to both neighbours, in octaves. */
  private static double width(List<Integer> epochs, int i) {
    if (epochs.get(i) == 0 || epochs.size() < 3) {
      return 1;
    }
    double low = OctaveMap.octaves(epochs.get(Math.max(i - 1, epochs.get(0) == 0 ? 1 : 0)));
    double high = OctaveMap.octaves(epochs.get(Math.min(i + 1, epochs.size() - 1)));
    return (high - low) / 2;
  }
}
