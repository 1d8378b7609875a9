package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.representation.Representation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Measures of repeated measurements, stimuli × trials × units. */
class TrialsTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rsa[rdm=mahalanobis]",
        "rsa[rdm=crossnobis]",
        "rsa[rdm=crossnobis,trials=1]",
        "rsa[rdm=crossnobis,trials=3,compare=bures]",
        "rsa[rdm=euclidean,trials=3]",
        "rsa[noise=full]",
        "stochastic-shape-gaussian[alpha=2.5,trials=3]"
      })
  void whatMakesNoSenseIsRefusedInOneLine(String specification) {
    assertThatThrownBy(() -> Measures.parse(specification))
        .isInstanceOf(InputException.class)
        .satisfies(e -> assertThat(e.getMessage()).isNotBlank().doesNotContain("\n"));
  }

  @Test
  void trialsThatAreNotStatedOrDoNotFitAreErrors() {
    Representation x = responses("x", 6, 2, 5, 0.3, 1);
    assertThatThrownBy(() -> Measures.parse("stochastic-shape-energy").prepare(x))
        .hasMessageContaining("trials=T");
    assertThatThrownBy(() -> Measures.parse("rsa[rdm=crossnobis,trials=3]").prepare(x))
        .hasMessage(
            "x has 10 numbers for each stimulus, which do not divide into 3 trials; expected"
                + " stimuli × trials × units");
  }

  /** Two independent noises: crossnobis knows nothing, Mahalanobis distances have a floor. */
  @Test
  void crossnobisDistancesOfPureNoiseAreZeroOnAverage() {
    double crossnobis = 0;
    double mahalanobis = 0;
    int draws = 200;
    for (int t = 0; t < draws; t++) {
      Representation x = noise(10, 4, 5, 100 + t);
      // The cosine with distances that are all alike has the sign of their mean.
      Representation alike = simplex(10, 4, t);
      crossnobis +=
          Measures.parse("rsa[rdm=crossnobis,compare=cosine,trials=4,noise=none]").compare(x, alike)
              / draws;
      mahalanobis +=
          Measures.parse("rsa[rdm=mahalanobis,compare=cosine,trials=4,noise=none]")
                  .compare(x, alike)
              / draws;
    }
    assertThat(crossnobis).isCloseTo(0, within(0.08));
    assertThat(mahalanobis).isGreaterThan(0.8);
  }

  /** A rotation of all responses is no distance; noise of another size is. */
  @ParameterizedTest
  @ValueSource(
      strings = {"stochastic-shape-gaussian[trials=6]", "stochastic-shape-energy[trials=6]"})
  void rotatedResponsesHaveDistanceZeroAndOtherNoiseHasNot(String specification) {
    Measure measure = Measures.parse(specification);
    Representation x = responses("x", 12, 6, 4, 0.3, 5);
    Representation noisier = responses("noisier", 12, 6, 4, 1.5, 5);

    assertThat(measure.compare(x, rotated(x, 6))).isCloseTo(0, within(1e-5));
    assertThat(measure.compare(x, rotated(noisier, 6))).isGreaterThan(0.3);
  }

  /** The narrower side is as if padded with zeros, whichever it is. */
  @ParameterizedTest
  @ValueSource(
      strings = {"stochastic-shape-gaussian[trials=3]", "stochastic-shape-energy[trials=3]"})
  void unitsThatOneSideLacksAreZeros(String specification) {
    Measure measure = Measures.parse(specification);
    Representation x = responses("x", 10, 3, 4, 0.5, 5);
    Representation y = responses("y", 10, 3, 6, 0.5, 6);
    double[][] rows = new double[10][18];
    for (int i = 0; i < 10; i++) {
      for (int k = 0; k < 12; k++) {
        rows[i][k / 4 * 6 + k % 4] = x.get(i, k);
      }
    }
    double expected = measure.compare(Representation.of("padded", rows), y);
    assertThat(expected).isGreaterThan(0.3);
    assertThat(measure.compare(x, y)).isCloseTo(expected, within(1e-5));
    assertThat(measure.compare(y, x)).isCloseTo(expected, within(1e-5));
  }

  @Test
  void memoryIsThatOfTheResponses() {
    Representation x = responses("x", 10, 3, 4, 0.5, 5);
    assertThat(Measures.parse("stochastic-shape-energy[trials=3]").prepare(x).bytes())
        .isEqualTo(8 * 10 * 3 * 4);
    assertThat(Measures.parse("stochastic-shape-gaussian[trials=3]").prepare(x).bytes())
        .isEqualTo(8 * (10 * 3 * 4 + 10 * 4));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"stochastic-shape-gaussian[trials=3]", "stochastic-shape-energy[trials=3]"})
  void stimuliAndTrialsThatAreAllAlikeAreRefused(String specification) {
    Measure measure = Measures.parse(specification);
    assertThat(measure.info().specification()).isEqualTo(specification);
    double[][] rows = new double[8][6];
    for (double[] row : rows) {
      java.util.Arrays.fill(row, 2);
    }
    assertThatThrownBy(() -> measure.prepare(Representation.of("flat", rows)))
        .isInstanceOf(InputException.class)
        .hasMessage("flat: every unit is constant; expected at least one that varies");
    rows[3][1] = 2.5;
    assertThat(measure.prepare(Representation.of("noisy", rows))).isNotNull();
  }

  /** Means alone, α = 2: the shape metric of the means over trials, which has a closed form. */
  @Test
  void meansAloneAreTheShapeMetricOfMeans() {
    Representation x = responses("x", 12, 3, 4, 0.3, 8);
    Representation y = responses("y", 12, 3, 6, 0.3, 9);
    double expected =
        Math.sqrt(2.0 / 12)
            * Measures.parse("shape[score=euclidean]").compare(means(x, 3), means(y, 3));
    assertThat(Measures.parse("stochastic-shape-gaussian[alpha=2,trials=3]").compare(x, y))
        .isCloseTo(expected, within(1e-9));
  }

  private static Representation responses(
      String id, int n, int trials, int units, double noise, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][trials * units];
    for (double[] row : rows) {
      double[] mean = random.doubles(units, -2, 2).toArray();
      for (int k = 0; k < row.length; k++) {
        row[k] = mean[k % units] + noise * random.nextDouble(-1, 1);
      }
    }
    return Representation.of(id, rows);
  }

  private static Representation noise(int n, int trials, int units, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][];
    for (int i = 0; i < n; i++) {
      rows[i] = random.doubles((long) trials * units, -1, 1).toArray();
    }
    return Representation.of("noise", rows);
  }

  /** Stimuli that are all equally far from each other, in every trial nearly alike. */
  private static Representation simplex(int n, int trials, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][trials * n];
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < rows[i].length; k++) {
        rows[i][k] = (k % n == i ? 10 : 0) + 1e-3 * random.nextDouble(-1, 1);
      }
    }
    return Representation.of("simplex", rows);
  }

  private static Representation rotated(Representation x, int trials) {
    int units = x.units() / trials;
    SplittableRandom random = new SplittableRandom(77);
    Matrix rotation =
        Qr.orthonormal(
            Matrix.ofColumnMajor(
                units, units, random.doubles((long) units * units, -1, 1).toArray()));
    double[][] rows = new double[x.stimuli()][x.units()];
    for (int i = 0; i < rows.length; i++) {
      for (int t = 0; t < trials; t++) {
        for (int j = 0; j < units; j++) {
          for (int k = 0; k < units; k++) {
            rows[i][t * units + j] += x.get(i, t * units + k) * rotation.get(k, j);
          }
        }
      }
    }
    return Representation.of("rotated", rows);
  }

  private static Representation means(Representation x, int trials) {
    int units = x.units() / trials;
    double[][] rows = new double[x.stimuli()][units];
    for (int i = 0; i < rows.length; i++) {
      for (int k = 0; k < x.units(); k++) {
        rows[i][k % units] += x.get(i, k) / trials;
      }
    }
    return Representation.of(x.id(), rows);
  }
}
