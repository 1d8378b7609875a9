package dev.kindred.stimuli.generator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.matrix.Cholesky;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The classes must not lie open in the pixels: ridge classification of raw 32×32 images stays at or
 * below one half, even with the penalty that is best on the test images. {@code
 * -Dkindred.linear.n=5000} measures with more training images than the test needs.
 */
class LinearPixelsTest {
  private static final int TRAIN = Integer.getInteger("kindred.linear.n", 1200);
  private static final int TEST = 600;

  static List<String> names() {
    return ImageSets.generatedNames();
  }

  @ParameterizedTest
  @MethodSource("names")
  void aLinearClassifierOnPixelsStaysBelowOneHalf(String name) {
    ImageSet train = ImageSets.generated(name, 32, TRAIN, 11);
    ImageSet test = ImageSets.generated(name, 32, TEST, 12);
    double accuracy = ridgeAccuracy(train, test);
    System.out.printf(
        "%-14s %2d classes, linear on pixels %.3f (n=%d)%n",
        name, train.classNames().size(), accuracy, TRAIN);
    assertThat(accuracy).isLessThanOrEqualTo(0.5);
  }

  /** Best over penalties; kernel ridge regression on one-hot labels, pixels centred. */
  private static double ridgeAccuracy(ImageSet train, ImageSet test) {
    int classes = train.classNames().size();
    double[] mean = new double[3072];
    double[][] rows = pixels(train);
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        mean[j] += row[j] / rows.length;
      }
    }
    double[][] testRows = pixels(test);
    subtract(rows, mean);
    subtract(testRows, mean);
    double best = 0;
    try (Matrix x = Matrix.ofRows(rows);
        Matrix held = Matrix.ofRows(testRows);
        Matrix gram = x.gram();
        Matrix cross = held.timesTransposed(x);
        Matrix targets = Matrix.zeros(train.size(), classes)) {
      for (int i = 0; i < train.size(); i++) {
        for (int c = 0; c < classes; c++) {
          targets.set(i, c, (train.label(i) == c ? 1 : 0) - 1.0 / classes);
        }
      }
      double scale = gram.trace() / train.size();
      for (double penalty : new double[] {0.01, 0.1, 1, 10}) {
        try (Matrix regular = gram.copy()) {
          regular.addToDiagonal(penalty * scale);
          try (Matrix dual = Cholesky.solve(regular, targets);
              Matrix scores = cross.times(dual)) {
            int right = 0;
            for (int i = 0; i < test.size(); i++) {
              double[] row = scores.row(i);
              int top = 0;
              for (int c = 1; c < classes; c++) {
                top = row[c] > row[top] ? c : top;
              }
              right += top == test.label(i) ? 1 : 0;
            }
            best = Math.max(best, right / (double) test.size());
          }
        }
      }
    }
    return best;
  }

  private static double[][] pixels(ImageSet set) {
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

  private static void subtract(double[][] rows, double[] mean) {
    for (double[] row : rows) {
      for (int j = 0; j < mean.length; j++) {
        row[j] -= mean[j];
      }
    }
  }
}
