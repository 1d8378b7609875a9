package dev.kindred.measure.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held against the textbook: whole decompositions, and predictors that are deflated row by row. */
class PlsRegressionTest {
  private static final int TRAINING = 60;
  private static final int HELD_OUT = 15;

  private final SplittableRandom random = new Seeds(8).stream("pls");

  @ParameterizedTest
  @CsvSource({
    "20, 20, 12",
    "20, 5, 12",
    "5, 20, 5",
    "1, 7, 1",
    "9, 1, 6",
    "59, 20, 12",
    "60, 20, 12",
    "61, 20, 12",
    "90, 80, 12",
    "20, 80, 12",
    "90, 1, 5"
  })
  void predictionsAreThoseOfDeflation(int p, int q, int components) {
    Matrix latents = gaussian(TRAINING + HELD_OUT, 8);
    Matrix x = latents.times(gaussian(8, p)).add(0.5, gaussian(TRAINING + HELD_OUT, p));
    Matrix y = latents.times(gaussian(8, q)).add(0.5, gaussian(TRAINING + HELD_OUT, q));
    assertDeflated(x, y, components, 1e-11);
  }

  /**
   * Units of very different sizes, on either side: each prediction keeps the digits of its unit.
   */
  @Test
  void smallUnitsKeepTheirDigits() {
    Matrix latents = gaussian(TRAINING + HELD_OUT, 8);
    Matrix x = latents.times(gaussian(8, 17)).add(0.5, gaussian(TRAINING + HELD_OUT, 17));
    Matrix y = latents.times(gaussian(8, 17)).add(0.5, gaussian(TRAINING + HELD_OUT, 17));
    double[] rising = factors(17, j -> Math.pow(10, j - 8));
    double[] falling = factors(17, j -> Math.pow(10, 8 - j));
    assertDeflated(x.copy(), y.copy().scaleColumns(rising), 10, 1e-10);
    assertDeflated(x.copy().scaleColumns(rising), y.copy(), 10, 1e-10);
    assertDeflated(x.copy().scaleColumns(falling), y.copy().scaleColumns(rising), 10, 1e-10);
  }

  /** Directions whose variance falls over ten decades. */
  @Test
  void smallDirectionsAreThoseOfDeflation() {
    Matrix latents = gaussian(TRAINING + HELD_OUT, 20);
    Matrix x =
        latents
            .copy()
            .scaleColumns(factors(20, j -> Math.pow(10, -j / 2.0)))
            .times(gaussian(20, 20));
    Matrix y = latents.times(gaussian(20, 6)).add(0.5, gaussian(TRAINING + HELD_OUT, 6));
    assertDeflated(x, y, 5, 1e-10);
  }

  /** A constant unit, two units that are equal, and two that nearly are. */
  @Test
  void unitsWithoutNewsAreThoseOfDeflation() {
    Matrix x = gaussian(TRAINING + HELD_OUT, 9);
    Matrix y = x.times(gaussian(9, 5)).add(0.5, gaussian(TRAINING + HELD_OUT, 5));
    for (int i = 0; i < x.rows(); i++) {
      x.set(i, 2, 7);
      y.set(i, 1, -1);
      x.set(i, 4, x.get(i, 3));
      x.set(i, 6, x.get(i, 5) + 1e-9 * x.get(i, 6));
    }
    assertDeflated(x, y, 6, 1e-10);
  }

  /** What is left after as many components as there are directions is rounding: it adds nothing. */
  @ParameterizedTest
  @CsvSource({"6, 30, 9", "6, 90, 9", "30, 6, 9"})
  void nothingIsMadeOfRounding(int rank, int p, int q) {
    Matrix x = gaussian(TRAINING + HELD_OUT, rank).times(gaussian(rank, p));
    Matrix y = x.times(gaussian(p, q));
    int directions = Math.min(rank, Math.min(p, q));
    double[][] enough = predict(x, y, directions).toRows();
    double[][] more = predict(x, y, 40).toRows();
    assertThat(more).hasDimensions(HELD_OUT, q);
    double largest = part(centred(y), true).frobeniusNorm();
    for (int i = 0; i < HELD_OUT; i++) {
      assertThat(more[i]).containsExactly(enough[i], within(1e-9 * largest));
    }
  }

  @Test
  void targetsWithoutAnythingInCommonArePredictedByTheirMean() {
    Matrix x = gaussian(TRAINING + HELD_OUT, 4);
    assertThat(predict(x, Matrix.zeros(TRAINING + HELD_OUT, 3), 2).frobeniusNorm()).isZero();
    assertThat(predict(x, gaussian(TRAINING + HELD_OUT, 3), 0).frobeniusNorm()).isZero();
  }

  private static void assertDeflated(Matrix x, Matrix y, int components, double tolerance) {
    double[][] found = predict(x, y, components).toColumns();
    double[][] expected = deflated(x, y, components).toColumns();
    double[] norms = part(centred(y), false).columnNorms();
    for (int j = 0; j < found.length; j++) {
      assertThat(found[j])
          .as("unit " + j)
          .containsExactly(expected[j], within(tolerance * norms[j] + Double.MIN_VALUE));
    }
  }

  private static Matrix predict(Matrix x, Matrix y, int components) {
    Matrix predictors = centred(x);
    return new PlsRegression(part(predictors, false), part(predictors, true))
        .predict(part(centred(y), false), components);
  }

  /** Wold's PLS2. */
  private static Matrix deflated(Matrix x, Matrix y, int components) {
    Matrix left = part(centred(x), false);
    Matrix heldOut = part(centred(x), true);
    Matrix targets = part(centred(y), false);
    Matrix predicted = Matrix.zeros(HELD_OUT, y.columns());
    for (int c = 0; c < components; c++) {
      Matrix weights;
      try (Svd svd = Svd.of(left.transposeTimes(targets))) {
        weights = svd.u().columns(0, 1);
      }
      Matrix scores = left.times(weights);
      double squared = scores.dot(scores);
      Matrix loadings = left.transposeTimes(scores).scale(1 / squared);
      Matrix heldOutScores = heldOut.times(weights);
      predicted.add(1 / squared, heldOutScores.timesTransposed(targets.transposeTimes(scores)));
      left.add(-1, scores.timesTransposed(loadings));
      heldOut.add(-1, heldOutScores.timesTransposed(loadings));
    }
    return predicted;
  }

  /** Less the means of the first rows. */
  private static Matrix centred(Matrix all) {
    Matrix centred = all.copy();
    for (int j = 0; j < all.columns(); j++) {
      double mean = 0;
      for (int i = 0; i < TRAINING; i++) {
        mean += (all.get(i, j) - mean) / (i + 1);
      }
      for (int i = 0; i < all.rows(); i++) {
        centred.set(i, j, all.get(i, j) - mean);
      }
    }
    return centred;
  }

  private static Matrix part(Matrix all, boolean heldOut) {
    return heldOut
        ? all.block(TRAINING, 0, HELD_OUT, all.columns())
        : all.block(0, 0, TRAINING, all.columns());
  }

  private static double[] factors(int count, IntToDoubleFunction factor) {
    return IntStream.range(0, count).mapToDouble(factor).toArray();
  }

  private Matrix gaussian(int rows, int columns) {
    double[] values = new double[rows * columns];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Matrix.ofColumnMajor(rows, columns, values);
  }
}
