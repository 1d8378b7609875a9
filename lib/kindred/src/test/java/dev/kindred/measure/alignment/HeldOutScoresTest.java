package dev.kindred.measure.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scores of folds, units and directions belong to the value that the measure gives. */
class HeldOutScoresTest {
  private static final int N = 60;

  /** Shared latents under noise, and a unit of the second side that never varies. */
  private static Representation side(String name, int units, int constant, long seed) {
    SplittableRandom latent = new SplittableRandom(7);
    double[][] shared = new double[N][4];
    for (double[] row : shared) {
      Arrays.setAll(row, k -> latent.nextGaussian());
    }
    SplittableRandom random = new SplittableRandom(seed);
    double[][] weights = new double[4][units];
    for (double[] row : weights) {
      Arrays.setAll(row, k -> random.nextGaussian());
    }
    double[][] values = new double[N][units];
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < units; j++) {
        values[i][j] = 0.3 * random.nextGaussian() + 5;
        for (int k = 0; k < 4; k++) {
          values[i][j] += shared[i][k] * weights[k][j];
        }
        if (j == constant) {
          values[i][j] = 3;
        }
      }
    }
    return Representation.of(name, values);
  }

  private final Representation x = side("x", 6, -1, 1);
  private final Representation y = side("y", 9, 2, 2);

  private static CrossValidated measure(String specification) {
    return (CrossValidated) Measures.parse(specification);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear-predictivity[seed=3]",
        "linear-predictivity[score=r2-uniform]",
        "linear-predictivity[ridge=1,score=r2-weighted]",
        "procrustes-predictivity[folds=4,seed=1]",
        "pls[components=3,seed=2]",
        "pairwise-matching[seed=5]",
        "soft-matching[folds=5,seed=1]"
      })
  void foldsAverageToTheValue(String specification) {
    HeldOutScores scores = measure(specification).scores(x, y);

    for (HeldOutScores.Scores side :
        new HeldOutScores.Scores[] {scores.forward(), scores.backward()}) {
      assertThat(Arrays.stream(side.folds()).average().orElseThrow())
          .isCloseTo(side.value(), within(1e-12));
      assertThat(side.folds()).doesNotHaveDuplicates();
    }
    assertThat(Arrays.stream(scores.meanFolds()).average().orElseThrow())
        .isCloseTo(scores.mean(), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear-predictivity[seed=3]",
        "linear-predictivity[score=pearson-concatenated]",
        "linear-predictivity[score=r2-uniform]",
        "procrustes-predictivity",
        "pls[components=3]",
        "pairwise-matching",
        "soft-matching[folds=5]"
      })
  void unitsAverageToTheValueAndTheOneThatNeverVariesHasNone(String specification) {
    HeldOutScores scores = measure(specification).scores(x, y);

    assertThat(scores.forward().units()).hasSize(9);
    assertThat(scores.forward().units()[2]).isNaN();
    assertThat(scores.backward().units()).hasSize(6).doesNotContain(Double.NaN);
    for (HeldOutScores.Scores side :
        new HeldOutScores.Scores[] {scores.forward(), scores.backward()}) {
      double mean =
          Arrays.stream(side.units()).filter(u -> !Double.isNaN(u)).average().orElseThrow();
      assertThat(mean).isCloseTo(side.value(), within(1e-12));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"linear-predictivity", "procrustes-predictivity", "pls", "pairwise-matching"})
  void bothDirectionsAreThoseOfTheMeasure(String name) {
    HeldOutScores scores = measure(name).scores(x, y);

    assertThat(scores.forward().value()).isEqualTo(Measures.parse(name).compare(x, y));
    assertThat(scores.backward().value())
        .isEqualTo(Measures.parse(name + "[direction=backward]").compare(x, y));
    assertThat(scores.mean()).isEqualTo(Measures.parse(name + "[direction=mean]").compare(x, y));
    assertThat(scores.forward().value()).isNotCloseTo(scores.backward().value(), within(1e-4));
  }

  @Test
  void aFoldIsTheScoreOfItsStimuli() {
    // A line that bends in the last of five contiguous folds, where the others' slope misleads.
    Representation line = Representation.of("line", column(i -> i));
    Representation bent = Representation.of("bent", column(i -> i < 48 ? 2 * i : 96 - i / 2.0));
    HeldOutScores scores = measure("linear-predictivity[ridge=0]").scores(line, bent);

    assertThat(scores.forward().folds())
        .containsExactly(new double[] {1, 1, 1, 1, -1}, within(1e-9));
    assertThat(scores.forward().value()).isCloseTo(0.6, within(1e-9));
    assertThat(scores.forward().standardDeviation()).isCloseTo(Math.sqrt(0.8), within(1e-9));
  }

  private static double[][] column(java.util.function.IntToDoubleFunction values) {
    double[][] rows = new double[N][1];
    for (int i = 0; i < N; i++) {
      rows[i][0] = values.applyAsDouble(i);
    }
    return rows;
  }

  @Test
  void withoutFoldsThereIsNothingToTell() {
    CrossValidated plain = measure("soft-matching");

    assertThat(plain.hasFolds()).isFalse();
    assertThatThrownBy(() -> plain.scores(x, y))
        .isInstanceOf(InputException.class)
        .hasMessage("soft-matching: expected folds to tell the scores of, found none");
  }

  @Test
  void anInterruptStopsBetweenFolds() {
    CrossValidated measure = measure("linear-predictivity");
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> measure.compare(measure.prepare(x), measure.prepare(y)))
          .isInstanceOf(dev.kindred.base.CancelledException.class);
    } finally {
      Thread.interrupted();
    }
  }
}
