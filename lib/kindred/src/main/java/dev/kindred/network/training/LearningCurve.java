package dev.kindred.network.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Loss and errors over the epochs of a run.
 *
 * @param points one per evaluated epoch, in order; epoch 0 is the initialisation
 */
public record LearningCurve(List<Point> points) {

  /**
   * @param epoch number of whole visits of the training data
   * @param loss mean loss of the epoch's batches, NaN at epoch 0
   * @param trainError share of training images, with the labels that were trained on, that are
   *     labelled otherwise; NaN where there is no classifier
   * @param testError the same for test images with their true labels; NaN without test images
   */
  public record Point(int epoch, double loss, double trainError, double testError) {}

  /**
   * Epoch-wise double descent (Nakkiran et al. 2019): the test error falls, rises to a peak, and
   * falls again.
   *
   * @param firstMinimum epoch of the smallest error before the peak
   * @param peak epoch of the peak
   * @param secondMinimum epoch of the smallest error after the peak
   * @param rise error at the peak less that at the first minimum
   * @param fall error at the peak less that at the second minimum
   */
  public record DoubleDescent(
      int firstMinimum, int peak, int secondMinimum, double rise, double fall) {}

  public LearningCurve {
    points = List.copyOf(points);
  }

  /** The first epoch that labels all training examples right: the perfect-fitting threshold. */
  public OptionalInt perfectFit() {
    return points.stream()
        .filter(point -> point.trainError == 0)
        .mapToInt(Point::epoch)
        .findFirst();
  }

  /**
   * Test errors averaged over neighbouring points.
   *
   * @param window number of points that are averaged, odd; fewer at the ends
   */
  public double[] smoothedTestError(int window) {
    int reach = window / 2;
    double[] smooth = new double[points.size()];
    for (int i = 0; i < smooth.length; i++) {
      int near = Math.min(reach, Math.min(i, smooth.length - 1 - i));
      double sum = 0;
      for (int j = i - near; j <= i + near; j++) {
        sum += points.get(j).testError;
      }
      smooth[i] = sum / (2 * near + 1);
    }
    return smooth;
  }

  /**
   * The peak that stands out most on both sides: that with the largest min(rise, fall), after
   * smoothing.
   *
   * @param window see {@link #smoothedTestError}
   * @param least smallest rise and fall that count, as shares of all test images
   * @return empty where nothing rises and falls by that much
   */
  public Optional<DoubleDescent> doubleDescent(int window, double least) {
    double[] error = smoothedTestError(window);
    int n = error.length;
    int[] before = new int[n];
    int[] after = new int[n];
    for (int i = 1; i < n; i++) {
      before[i] = error[i] < error[before[i - 1]] ? i : before[i - 1];
    }
    if (n > 0) {
      after[n - 1] = n - 1;
    }
    for (int i = n - 2; i >= 0; i--) {
      after[i] = error[i] <= error[after[i + 1]] ? i : after[i + 1];
    }
    int best = -1;
    double bestHeight = least;
    for (int i = 0; i < n; i++) {
      double height = Math.min(error[i] - error[before[i]], error[i] - error[after[i]]);
      if (height >= bestHeight && height > 0) {
        best = i;
        bestHeight = height;
      }
    }
    if (best < 0) {
      return Optional.empty();
    }
    return Optional.of(
        new DoubleDescent(
            points.get(before[best]).epoch,
            points.get(best).epoch,
            points.get(after[best]).epoch,
            error[best] - error[before[best]],
            error[best] - error[after[best]]));
  }

  LearningCurve with(Point point) {
    List<Point> more = new ArrayList<>(points);
    more.add(point);
    return new LearningCurve(more);
  }

  /** The last point. */
  public Optional<Point> last() {
    return points.isEmpty() ? Optional.empty() : Optional.of(points.get(points.size() - 1));
  }
}
