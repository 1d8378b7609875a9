package dev.kindred.network.probe;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Cholesky;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.stimuli.ImageSet;

/**
 * How well a linear classifier does on bare pixels: what a network's features must beat before they
 * are worth comparing. Ridge regression on one-hot labels, its penalty the best on the test images,
 * so that the figure is an upper bound of what ridge classification reaches.
 */
public final class LinearOnPixels {
  /** Shares of the mean squared norm of an image. */
  private static final double[] PENALTIES = {0.01, 0.1, 1, 10};

  private LinearOnPixels() {}

  /**
   * The share of test images that are classified right, from 0 to 1.
   *
   * @param train images to learn from
   * @param test images of the same size and classes
   */
  public static double accuracy(ImageSet train, ImageSet test) {
    double[][] rows = pixels(train);
    double[][] testRows = pixels(test);
    int numbers = rows[0].length;
    if (testRows[0].length != numbers) {
      throw new InputException(
          train.name()
              + " has "
              + numbers
              + " numbers an image, "
              + test.name()
              + " has "
              + testRows[0].length
              + ": expected the same");
    }
    double[] mean = mean(rows);
    subtract(rows, mean);
    subtract(testRows, mean);
    double best = 0;
    try (Matrix x = Matrix.ofRows(rows);
        Matrix held = Matrix.ofRows(testRows);
        Matrix targets = targets(train);
        Ridge ridge = Ridge.of(x, held, targets)) {
      for (double penalty : PENALTIES) {
        try (Matrix scores = ridge.scores(penalty)) {
          best = Math.max(best, share(scores, test));
        }
      }
    }
    return best;
  }

  /**
   * Ridge regression, by whichever of its two linear systems is smaller: (XᵀX + λI) w = XᵀY over
   * pixels, or (XXᵀ + λI) a = Y over images, with w = Xᵀa.
   *
   * @param products XᵀX or XXᵀ
   * @param right XᵀY or Y
   * @param left what turns the solution into scores of test images: these, or their products with X
   * @param scale mean squared norm of an image
   */
  private record Ridge(Matrix products, Matrix right, Matrix left, double scale)
      implements AutoCloseable {
    static Ridge of(Matrix x, Matrix held, Matrix targets) {
      boolean overImages = x.rows() <= x.columns();
      Matrix products = overImages ? x.gram() : x.scatter();
      return new Ridge(
          products,
          overImages ? targets.copy() : x.transposeTimes(targets),
          overImages ? held.timesTransposed(x) : held.copy(),
          products.trace() / x.rows());
    }

    Matrix scores(double penalty) {
      try (Matrix regular = products.copy().addToDiagonal(penalty * scale);
          Matrix solution = Cholesky.solve(regular, right)) {
        return left.times(solution);
      }
    }

    @Override
    public void close() {
      products.close();
      right.close();
      left.close();
    }
  }

  private static Matrix targets(ImageSet train) {
    int classes = train.classNames().size();
    Matrix targets = Matrix.zeros(train.size(), classes);
    for (int i = 0; i < train.size(); i++) {
      for (int c = 0; c < classes; c++) {
        targets.set(i, c, (train.label(i) == c ? 1 : 0) - 1.0 / classes);
      }
    }
    return targets;
  }

  private static double share(Matrix scores, ImageSet test) {
    int right = 0;
    for (int i = 0; i < test.size(); i++) {
      double[] row = scores.row(i);
      int top = 0;
      for (int c = 1; c < row.length; c++) {
        top = row[c] > row[top] ? c : top;
      }
      right += top == test.label(i) ? 1 : 0;
    }
    return right / (double) test.size();
  }

  private static double[][] pixels(ImageSet set) {
    if (set.size() == 0) {
      throw new InputException(set.name() + " has no images, expected some");
    }
    double[][] rows = new double[set.size()][];
    for (int i = 0; i < rows.length; i++) {
      byte[] bytes = set.pixels(i);
      rows[i] = new double[bytes.length];
      for (int j = 0; j < bytes.length; j++) {
        rows[i][j] = (bytes[j] & 0xff) / 255.0;
      }
    }
    return rows;
  }

  private static double[] mean(double[][] rows) {
    double[] mean = new double[rows[0].length];
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    return mean;
  }

  private static void subtract(double[][] rows, double[] mean) {
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        row[j] -= mean[j];
      }
    }
  }
}
