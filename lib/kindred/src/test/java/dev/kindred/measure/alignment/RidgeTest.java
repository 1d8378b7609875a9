package dev.kindred.measure.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import java.util.Arrays;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shortcuts of choosing a penalty against doing it the long way. */
class RidgeTest {

  @ParameterizedTest
  @CsvSource({"15, 4, 0.3, 1", "15, 4, 3, 2", "10, 30, 0.5, 3", "12, 11, 1, 4", "9, 8, 0.1, 5"})
  void leaveOneOutIsLeavingEachOut(int n, int p, double noise, long seed) {
    Matrix x = random(n, p, seed);
    Matrix y = targets(x, noise, seed);
    double best = Double.POSITIVE_INFINITY;
    double chosen = Double.NaN;
    for (int k = -8; k <= 8; k++) {
      double penalty = Math.pow(10, k);
      double error = 0;
      for (int out = 0; out < n; out++) {
        FoldData predictors = FoldData.of(x, new int[] {out});
        FoldData target = FoldData.of(y, new int[] {out});
        Ridge ridge = new Ridge(predictors.training(), predictors.heldOut(), 0);
        Matrix predicted = ridge.predict(target.training(), Ridge.Choice.FIXED, penalty);
        error += squaredDistance(predicted, target.heldOut());
      }
      if (error < best) {
        best = error;
        chosen = penalty;
      }
    }
    requireChoice(x, y, Ridge.Choice.LEAVE_ONE_OUT, chosen);
  }

  /** Fewer directions than stimuli, and as many as there can be. */
  @ParameterizedTest
  @CsvSource({"15, 4, 1", "10, 30, 2", "12, 11, 3"})
  void thePathHasTheErrorsOfLeavingEachOut(int n, int p, long seed) {
    Matrix x = random(n, p, seed);
    Matrix y = targets(x, 0.5, seed);
    double[] penalties = {1e-4, 0.1, 1, 100};
    Matrix centredX = x.copy().centreColumns();
    Matrix centredY = y.copy().centreColumns();
    try (Svd svd = Svd.of(centredX)) {
      int rank = svd.rank(1e-12);
      Matrix u = svd.u().columns(0, rank);
      double[] s = Arrays.copyOf(svd.values(), rank);
      Leverages leverages = Leverages.of(u, s, penalties);
      Matrix projected = u.transposeTimes(centredY);
      double[] errors = new LeaveOneOutPath(leverages).errors(centredY, projected);
      for (int g = 0; g < penalties.length; g++) {
        double expected = 0;
        for (int out = 0; out < n; out++) {
          FoldData predictors = FoldData.of(x, new int[] {out});
          FoldData target = FoldData.of(y, new int[] {out});
          Ridge ridge = new Ridge(predictors.training(), predictors.heldOut(), 0);
          Matrix predicted = ridge.predict(target.training(), Ridge.Choice.FIXED, penalties[g]);
          expected += squaredDistance(predicted, target.heldOut());
        }
        double[] left = leverages.remainders().column(g);
        assertThat(errors[g]).isCloseTo(expected, within(1e-9 * (1 + expected)));
        assertThat(new ResidualExpansion(leverages, centredY, projected, left).constant(g))
            .isCloseTo(expected, within(1e-9 * (1 + expected)));
      }
    }
  }

  /** Penalties that the search leaves out are never the best one. */
  @ParameterizedTest
  @CsvSource({"60, 20, 0.1", "60, 20, 3", "60, 59, 1", "40, 90, 0.5", "200, 150, 0.3"})
  void theSearchFindsWhatThePathFinds(int n, int p, double noise) {
    double[] penalties =
        IntStream.rangeClosed(-16, 16).mapToDouble(k -> Math.pow(10, k / 2.0)).toArray();
    Set<Integer> found = new TreeSet<>();
    for (long seed = 1; seed <= 20; seed++) {
      Matrix x = random(n, p, seed).centreColumns();
      for (int row = 0; row < n; row += 7) { // leverages that differ much
        for (int column = 0; column < p; column++) {
          x.set(row, column, 5 * x.get(row, column));
        }
      }
      for (int column = 0; column < p; column++) { // a spectrum that decays
        for (int row = 0; row < n; row++) {
          x.set(row, column, x.get(row, column) / (1 + column));
        }
      }
      x.centreColumns();
      Matrix y = targets(x, noise * Math.pow(10, seed % 4 - 2), seed).centreColumns();
      try (Svd svd = Svd.of(x)) {
        int rank = svd.rank(1e-12);
        Matrix u = svd.u().columns(0, rank);
        Leverages leverages = Leverages.of(u, Arrays.copyOf(svd.values(), rank), penalties);
        Matrix projected = u.transposeTimes(y);
        double[] errors = new LeaveOneOutPath(leverages).errors(y, projected);
        int best = new LeaveOneOutSearch(leverages).best(y, projected);
        double least = Arrays.stream(errors).min().orElseThrow();
        assertThat(errors[best]).isCloseTo(least, within(1e-9 * least));
        found.add(best);
      }
    }
    assertThat(found.size()).isGreaterThan(3);
  }

  @ParameterizedTest
  @CsvSource({"15, 4, 0.3, 1", "15, 4, 3, 2", "30, 10, 1, 3"})
  void generalisedCrossValidationUsesTheTraceOfTheHatMatrix(int n, int p, double noise, long seed) {
    Matrix x = random(n, p, seed).centreColumns();
    Matrix y = targets(x, noise, seed).centreColumns();
    Ridge onTraining = new Ridge(x, x, 0);
    double best = Double.POSITIVE_INFINITY;
    double chosen = Double.NaN;
    for (int k = -8; k <= 8; k++) {
      double penalty = Math.pow(10, k);
      double residual = squaredDistance(onTraining.predict(y, Ridge.Choice.FIXED, penalty), y);
      // The intercept takes one degree of freedom, the other predictions are H·y.
      double freedom =
          n - 1 - onTraining.predict(Matrix.identity(n), Ridge.Choice.FIXED, penalty).trace();
      if (residual / (freedom * freedom) < best) {
        best = residual / (freedom * freedom);
        chosen = penalty;
      }
    }
    requireChoice(x, y, Ridge.Choice.GCV, chosen);
  }

  private static void requireChoice(Matrix x, Matrix y, Ridge.Choice choice, double penalty) {
    Matrix centredX = x.copy().centreColumns();
    Matrix centredY = y.copy().centreColumns();
    Ridge ridge = new Ridge(centredX, centredX, 0);
    Matrix found = ridge.predict(centredY, choice, 0);
    Matrix expected = ridge.predict(centredY, Ridge.Choice.FIXED, penalty);
    assertThat(squaredDistance(found, expected))
        .as("penalty " + penalty)
        .isCloseTo(0, within(1e-20));
  }

  private static double squaredDistance(Matrix a, Matrix b) {
    Matrix difference = a.copy().add(-1, b);
    return difference.dot(difference);
  }

  private static Matrix targets(Matrix x, double noise, long seed) {
    Matrix weights = random(x.columns(), 3, seed + 100);
    return x.times(weights).add(noise, random(x.rows(), 3, seed + 200));
  }

  private static Matrix random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[rows * columns];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Matrix.ofColumnMajor(rows, columns, values);
  }
}
