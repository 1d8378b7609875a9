package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CalibratedMatrixTest {

  /** Biased CKA of 600 units on 40 stimuli is above .9 by chance. */
  @Test
  void aWideLayerHidesNoOther() {
    Measure measure = Measures.parse("cka[estimator=biased]");
    Representation x = noise("x", 40, 5, 1, false);
    Representation y = related("y", x, 0.5, 2);
    Representation wide = noise("wide", 40, 600, 3, false);
    CalibratedMatrix alone = layers(measure, List.of(x), List.of(y));
    CalibratedMatrix beside =
        layers(measure, List.of(x, noise("w", 40, 600, 4, false)), List.of(y, wide));
    assertThat(alone.adjustedPs().get("x", "y")).isEqualTo(0.01);
    assertThat(beside.values().get("w", "wide")).isGreaterThan(beside.values().get("x", "y"));
    assertThat(beside.adjustedPs().get("x", "y")).isEqualTo(0.01);
    assertThat(beside.adjustedPs().get("w", "wide")).isGreaterThan(0.05);
    assertThat(beside.best().row()).isZero();
    assertThat(beside.best().column()).isZero();
    assertThat(beside.best().p()).isEqualTo(0.01);
    assertThat(beside.best().value()).isEqualTo(beside.values().get(0, 0));
    assertThat(beside.best().score()).isEqualTo(beside.scores().get(0, 0)).isPositive();
    assertThat(beside.chance()).isEqualTo(new boolean[][] {{false, true}, {true, true}});
    assertThat(beside.chanceMeaning()).isEqualTo("chance explains it (adjusted p > .05)");
  }

  private static CalibratedMatrix layers(
      Measure measure, List<Representation> xs, List<Representation> ys) {
    return NullCalibration.ofLayers(measure, xs, ys, 99, 0.95, new Seeds(1), Run.quiet());
  }

  /** Independent models: a discovery among the six pairs in at most 5 % of the matrices. */
  @Test
  @Tag("large")
  void unrelatedModelsAreSeldomFound() {
    int runs = 300;
    int found = 0;
    Measure measure = Measures.parse("cka");
    for (int run = 0; run < runs; run++) {
      List<Representation> models = new ArrayList<>();
      for (int m = 0; m < 4; m++) {
        models.add(noise("m" + m, 12, 2 + 3 * m, 10 * run + m, false));
      }
      CalibratedMatrix matrix =
          NullCalibration.ofMatrix(measure, models, 59, 0.95, new Seeds(run), Run.quiet());
      found += matrix.best().p() <= 0.05 ? 1 : 0;
    }
    // 15 expected, standard deviation 3.8.
    assertThat(found).isBetween(5, 26);
  }

  @Test
  void theMatrixHoldsWhatThePairsHold() {
    Measure measure = Measures.parse("rsa");
    Representation x = noise("x", 25, 4, 1, false);
    List<Representation> models = List.of(x, related("y", x, 0.6, 2), noise("z", 25, 7, 3, false));
    CalibratedMatrix matrix =
        NullCalibration.ofMatrix(measure, models, 79, 0.9, new Seeds(4), Run.quiet());
    for (int i = 0; i < 3; i++) {
      for (int j = i + 1; j < 3; j++) {
        NullCalibration.Calibrated pair =
            NullCalibration.of(
                measure, models.get(i), models.get(j), 79, 0.9, new Seeds(4), Progress.NONE);
        assertThat(matrix.values().get(i, j)).isCloseTo(pair.value(), within(1e-9));
        assertThat(matrix.nullMeans().get(i, j)).isCloseTo(pair.nullMean(), within(1e-9));
        assertThat(matrix.thresholds().get(i, j)).isCloseTo(pair.threshold(), within(1e-9));
        assertThat(matrix.scores().get(i, j)).isCloseTo(pair.score(), within(1e-9));
        assertThat(matrix.ps().get(i, j)).isEqualTo(pair.p());
        assertThat(matrix.ps().get(j, i)).isEqualTo(pair.p());
        assertThat(matrix.adjustedPs().get(j, i)).isGreaterThanOrEqualTo(pair.p());
      }
      assertThat(matrix.ps().get(i, i)).isNaN();
      assertThat(matrix.scores().get(i, i)).isNaN();
      assertThat(matrix.chance()[i][i]).isFalse();
    }
    assertThat(matrix.values().values())
        .isDeepEqualTo(new AllPairs(measure).progress(Progress.NONE).matrix(models).values());
    assertThat(matrix.ps().provenance().toString())
        .contains("permutations=79", "seed=4", "level=0.9", "measure=rsa");
  }

  /** One measure of each way in which pairs are permuted; one is no symmetric function. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cka",
        "rsa[compare=kendall-tau-b]",
        "procrustes",
        "linear-regression",
        "cka[batch=6]"
      })
  void valuesUnderEveryOrderAreThoseOfPermutedStimuli(String specification) {
    Measure measure = Measures.parse(specification);
    List<Representation> rows = List.of(noise("a", 18, 3, 1, false), noise("b", 18, 5, 2, false));
    List<Representation> columns = List.of(noise("c", 18, 4, 3, false), rows.get(0));
    int[][] orders = new int[3][];
    SplittableRandom random = new SplittableRandom(9);
    for (int t = 0; t < 3; t++) {
      orders[t] = Permutations.random(18, random);
    }
    for (long budget : new long[] {1, 1L << 30}) {
      Run run = new Run(budget, Progress.NONE, null);
      double[][][] values =
          new PermutedPairs(measure, rows, columns, (i, j) -> i + j != 1, run).values(orders);
      assertThat(values[0][1]).isNull();
      for (int t = 0; t < 3; t++) {
        for (int i = 0; i < 2; i++) {
          double expected = measure.compare(rows.get(i), columns.get(i).select(orders[t]));
          assertThat(values[i][i][t]).isCloseTo(expected, within(1e-9));
        }
      }
    }
  }

  /** n is no multiple of the rows taken at a time, and the orders are more than one pass. */
  @ParameterizedTest
  @ValueSource(strings = {"cka", "cka[estimator=biased]", "rsa"})
  @Tag("large")
  void float32PassesGiveTheValuesOfFloat64WhateverTheThreadsAndTheBudget(String specification) {
    Measure measure = Measures.parse(specification);
    List<Representation> models = new ArrayList<>();
    for (int m = 0; m < 3; m++) {
      models.add(noise("m" + m, 1030, 700, m, true));
    }
    int[][] orders = new int[18][];
    SplittableRandom random = new SplittableRandom(5);
    for (int t = 0; t < orders.length; t++) {
      orders[t] = Permutations.random(1030, random);
    }
    double[][][] values = values(measure, models, orders, 1L << 30);
    assertThat(values[1][2]).hasSize(18);
    for (int t : new int[] {0, 17}) {
      double exact =
          measure.compare(
              measure.prepare(models.get(1)), measure.prepare(models.get(2).select(orders[t])));
      assertThat(values[1][2][t]).isCloseTo(exact, within(1e-6));
    }
    System.setProperty("kindred.threads", "1");
    try {
      assertThat(values(measure, models, orders, 1L << 30)).isDeepEqualTo(values);
    } finally {
      System.clearProperty("kindred.threads");
    }
    double[][][] little = values(measure, models, orders, 1);
    assertThat(little[1][2][17]).isCloseTo(values[1][2][17], within(1e-7));
  }

  private static double[][][] values(
      Measure measure, List<Representation> models, int[][] orders, long budget) {
    Run run = new Run(budget, Progress.NONE, null);
    return new PermutedPairs(measure, models, models, (i, j) -> i < j, run).values(orders);
  }

  @Test
  void anInterruptStopsIt() {
    List<Representation> models =
        List.of(noise("a", 200, 3, 1, false), noise("b", 200, 5, 2, false));
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(
              () ->
                  NullCalibration.ofMatrix(
                      Measures.parse("cka"), models, 999, 0.95, new Seeds(1), Run.quiet()))
          .isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 0.95", "9, 0", "9, 1", "9, NaN"})
  void settingsWithoutMeaningAreRefused(int permutations, double level) {
    Measure measure = Measures.parse("cka");
    List<Representation> models = List.of(noise("a", 9, 3, 1, false), noise("b", 9, 3, 2, false));
    Seeds seeds = new Seeds(1);
    String message =
        "null calibration: "
            + permutations
            + " permutations at level "
            + level
            + "; expected at least 1, and a level between 0 and 1";
    assertThatThrownBy(
            () ->
                NullCalibration.of(
                    measure,
                    models.get(0),
                    models.get(1),
                    permutations,
                    level,
                    seeds,
                    Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () ->
                NullCalibration.ofMatrix(measure, models, permutations, level, seeds, Run.quiet()))
        .hasMessage(message);
    String sides = "null calibration: expected at least one layer on each side";
    assertThatThrownBy(() -> layers(measure, models, List.of()))
        .isInstanceOf(InputException.class)
        .hasMessage(sides);
    assertThatThrownBy(() -> layers(measure, List.of(), models)).hasMessage(sides);
  }

  /** A distance without a greatest value, and a similarity without one. */
  @ParameterizedTest
  @ValueSource(strings = {"procrustes[score=distance]", "imd", "hsic"})
  void scoresGoFromTheThresholdToTheBest(String specification) {
    Measure measure = Measures.parse(specification);
    MeasureInfo info = measure.info();
    assertThat(NullCalibration.score(info, 3, 3)).isZero();
    if (info.kind() == MeasureInfo.Kind.DISTANCE) {
      assertThat(NullCalibration.score(info, 1, 4)).isEqualTo(0.75);
      assertThat(NullCalibration.score(info, 5, 4)).isZero();
      assertThat(NullCalibration.threshold(info, new double[] {1, 2, 3, 4, 5}, 0.75)).isEqualTo(2);
    } else {
      assertThat(NullCalibration.score(info, 7, 4)).isEqualTo(3);
      assertThat(NullCalibration.score(info, 3, 4)).isZero();
      assertThat(NullCalibration.threshold(info, new double[] {1, 2, 3, 4, 5}, 0.75)).isEqualTo(4);
    }
  }

  @Test
  void oneModelHasNoPairs() {
    assertThatThrownBy(
            () ->
                NullCalibration.ofMatrix(
                    Measures.parse("cka"),
                    List.of(noise("a", 10, 3, 1, false)),
                    9,
                    0.95,
                    new Seeds(1),
                    Run.quiet()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected at least 2");
  }

  private static Representation noise(String id, int n, int p, long seed, boolean float32) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n * p];
    float[] floats = new float[n * p];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextGaussian();
      floats[i] = (float) values[i];
    }
    return float32 ? Representation.of(id, n, p, floats) : Representation.of(id, n, p, values);
  }

  private static Representation related(String id, Representation x, double strength, long seed) {
    int n = x.stimuli();
    int p = x.units();
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n * p];
    x.read(0, n, java.nio.DoubleBuffer.wrap(values));
    for (int i = 0; i < values.length; i++) {
      values[i] = strength * values[i] + (1 - strength) * random.nextGaussian();
    }
    return Representation.of(id, n, p, values);
  }
}
