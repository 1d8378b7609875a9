package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Estimators that claim not to depend on how many units and stimuli were sampled. */
class SampledUnitsTest {
  private static final int STIMULI = 400;
  private static final int UNITS = 400;

  /**
   * Few of many units and stimuli: the mean is the population's CKA, plain CKA far below. The three
   * terms have no bias; their ratio has little where units are some times the latent dimensions.
   */
  @Test
  void correctedCkaOfSamplesIsThatOfThePopulation() {
    SplittableRandom random = new SplittableRandom(20261121);
    double[][] latents = gaussian(STIMULI, 6, random);
    double[][] x = population(latents, 0, 5, random);
    double[][] y = population(latents, 1, 6, random);
    Measure corrected = Measures.parse("corrected-cka");
    double truth = corrected.compare(Representation.of("x", x), Representation.of("y", y));
    Measure plain = Measures.parse("cka");

    double meanCorrected = 0;
    double meanPlain = 0;
    int draws = 300;
    for (int t = 0; t < draws; t++) {
      int[] stimuli = random.ints(80, 0, STIMULI).distinct().toArray();
      Representation a = sample("a", x, stimuli, random.ints(40, 0, UNITS).distinct().toArray());
      Representation b = sample("b", y, stimuli, random.ints(50, 0, UNITS).distinct().toArray());
      meanCorrected += corrected.compare(a, b) / draws;
      meanPlain += plain.compare(a, b) / draws;
    }

    assertThat(truth).isBetween(0.7, 0.9);
    assertThat(meanCorrected).isCloseTo(truth, within(0.03));
    assertThat(meanPlain).isLessThan(truth - 0.1);
  }

  @Test
  void oneUnitHasNoOtherToBePairedWith() {
    SplittableRandom random = new SplittableRandom(1);
    Representation one = Representation.of("one", gaussian(10, 1, random));
    assertThatThrownBy(() -> Measures.parse("corrected-cka").prepare(one))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 2");
  }

  /** Independent responses of as many units as stimuli. */
  @Test
  void unbiasedDistanceCorrelationIsZeroOnAverageWhereTheBiasedIsNearOne() {
    SplittableRandom random = new SplittableRandom(7);
    double unbiased = 0;
    double biased = 0;
    int draws = 300;
    for (int t = 0; t < draws; t++) {
      Representation a = Representation.of("a", gaussian(20, 20, random));
      Representation b = Representation.of("b", gaussian(20, 20, random));
      unbiased += Measures.parse("distance-correlation[estimator=unbiased]").compare(a, b) / draws;
      biased += Measures.parse("distance-correlation").compare(a, b) / draws;
    }
    // The standard error of the mean is about 0.005.
    assertThat(unbiased).isCloseTo(0, within(0.02));
    assertThat(biased).isGreaterThan(0.7);
  }

  /** Units that mix some of the latents, each with noise of its own. */
  private static double[][] population(
      double[][] latents, int from, int to, SplittableRandom random) {
    double[][] mixing = gaussian(to - from, UNITS, random);
    double[][] noise = gaussian(STIMULI, UNITS, random);
    for (int i = 0; i < STIMULI; i++) {
      for (int j = 0; j < UNITS; j++) {
        for (int k = from; k < to; k++) {
          noise[i][j] += latents[i][k] * mixing[k - from][j];
        }
      }
    }
    return noise;
  }

  private static Representation sample(String id, double[][] all, int[] stimuli, int[] units) {
    double[][] rows = new double[stimuli.length][units.length];
    for (int i = 0; i < stimuli.length; i++) {
      for (int j = 0; j < units.length; j++) {
        rows[i][j] = all[stimuli[i]][units[j]];
      }
    }
    return Representation.of(id, rows);
  }

  private static double[][] gaussian(int rows, int columns, SplittableRandom random) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) {
        double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
        row[j] = radius * Math.cos(2 * Math.PI * random.nextDouble());
      }
    }
    return values;
  }
}
