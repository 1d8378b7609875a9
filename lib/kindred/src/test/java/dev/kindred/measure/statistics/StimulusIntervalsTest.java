package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Resamplable;
import dev.kindred.measure.Run;
import dev.kindred.measure.functional.AccuracyGap;
import dev.kindred.measure.functional.ErrorConsistency;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StimulusIntervalsTest {

  /**
   * Units in pairs of correlation ρ: canonical correlations are ρ, linear CKA is ρ². The first can
   * not be resampled with repetition, the second can.
   */
  @ParameterizedTest
  @CsvSource({"cca,0.7", "cka,0.49"})
  @Tag("large")
  void intervalsCoverTheKnownValueAndAreAsWideAsEstimatesSpread(
      String specification, double truth) {
    Measure measure = Measures.parse(specification);
    int trials = 60;
    int covered = 0;
    double[] estimates = new double[trials];
    double width = 0;
    for (int t = 0; t < trials; t++) {
      Representation[] pair = correlated(150, 3, 0.7, t);
      Interval interval = interval(measure, pair, 100, t);
      covered += interval.contains(truth) ? 1 : 0;
      estimates[t] = measure.compare(pair[0], pair[1]);
      width += interval.width() / trials;
    }
    // 57 expected; below 50 has a probability under 0.004 at true coverage 0.92.
    assertThat(covered).isGreaterThanOrEqualTo(50);
    double mean = Arrays.stream(estimates).average().orElseThrow();
    double variance =
        Arrays.stream(estimates).map(e -> (e - mean) * (e - mean)).sum() / (trials - 1);
    // The standard deviation of 60 numbers is known to a tenth.
    assertThat(width / (2 * 1.96 * Math.sqrt(variance))).isBetween(0.75, 1.3);
  }

  /**
   * The estimate and quantiles of the values without d stimuli about their mean, √((n − d)/d) times
   * as far away: half of the stimuli, or of that, where 12 + 12 units have no room on half.
   */
  @ParameterizedTest
  @CsvSource({"41, 3, 20", "40, 9, 20", "41, 10, 10", "40, 12, 10"})
  void aJackknifeIntervalIsThatOfItsDefinition(int n, int p, int d) {
    Measure measure = Measures.parse("cca");
    Representation[] pair = correlated(n, p, 0.6, 1);
    SplittableRandom random = new Seeds(5).stream("bootstrap");
    double[] values = new double[30];
    for (int t = 0; t < values.length; t++) {
      int[] kept = Arrays.copyOf(Permutations.random(n, random), n - d);
      values[t] = measure.compare(pair[0].select(kept), pair[1].select(kept));
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double estimate = measure.compare(pair[0], pair[1]);
    double scale = Math.sqrt((n - d) / (double) d);
    Interval interval =
        Bootstrap.overStimuli(measure, pair[0], pair[1], 30, 0.9, new Seeds(5), Progress.NONE);
    assertThat(interval.low())
        .isCloseTo(estimate + scale * (quantile(values, 0.05) - mean), within(1e-9));
    assertThat(interval.high())
        .isCloseTo(Math.min(1, estimate + scale * (quantile(values, 0.95) - mean)), within(1e-9));
  }

  /** More draws than are taken at a time. */
  @Test
  void aBootstrapIntervalIsThatOfItsDraws() {
    Resamplable measure = (Resamplable) Measures.parse("cka");
    Representation[] pair = correlated(30, 4, 0.6, 1);
    SplittableRandom random = new Seeds(5).stream("bootstrap");
    int[][] draws = new int[70][30];
    for (int[] draw : draws) {
      Arrays.setAll(draw, i -> random.nextInt(30));
    }
    double[] values =
        measure.compareResampled(measure.prepare(pair[0]), measure.prepare(pair[1]), draws);
    Interval interval = interval(measure, pair, 70, 5);
    assertThat(interval.low()).isCloseTo(quantile(values, 0.025), within(1e-9));
    assertThat(interval.high()).isCloseTo(quantile(values, 0.975), within(1e-9));
    List<Representation> models = List.of(pair[0], pair[1], correlated(30, 6, 0, 2)[0].withId("z"));
    Bootstrap.IntervalMatrix matrix =
        Bootstrap.overStimuli(measure, models, 70, 0.95, new Seeds(5), Run.quiet());
    assertThat(matrix.high().get(1, 0)).isCloseTo(interval.high(), within(1e-9));
    assertThat(matrix.high().title()).isEqualTo("upper end of cka");
    assertThat(matrix.low().title()).isEqualTo("lower end of cka");
  }

  /** Linear between order statistics. */
  private static double quantile(double[] values, double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) Math.floor(place);
    return sorted[below] + (place - below) * (sorted[below + 1] - sorted[below]);
  }

  @ParameterizedTest
  @CsvSource({"1, 0.95", "20, 0", "20, 1", "20, NaN"})
  void settingsWithoutMeaningAreRefused(int replicates, double level) {
    Measure measure = Measures.parse("cka");
    Representation[] pair = correlated(10, 3, 0.5, 1);
    String message =
        "bootstrap: "
            + replicates
            + " replicates at level "
            + level
            + "; expected at least 2, and a level between 0 and 1";
    Seeds seeds = new Seeds(1);
    assertThatThrownBy(
            () ->
                Bootstrap.overStimuli(
                    measure, pair[0], pair[1], replicates, level, seeds, Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
    assertThatThrownBy(
            () ->
                Bootstrap.overStimuli(
                    measure, List.of(pair), replicates, level, seeds, Run.quiet()))
        .hasMessage(message);
    assertThatThrownBy(
            () -> Bootstrap.intervals(replicates, level, new SplittableRandom(1), r -> null))
        .hasMessage(message);
    assertThatThrownBy(
            () -> Bootstrap.overStimuli(measure, List.of(pair[0]), 9, 0.9, seeds, Run.quiet()))
        .isInstanceOf(InputException.class)
        .hasMessage("bootstrap of 1 representations; expected at least 2");
  }

  @Test
  void tooFewStimuliForHalvesOfThemAreNamed() {
    // Halves of four have two.
    Representation[] pair = correlated(4, 2, 0.5, 1);
    assertThatThrownBy(() -> interval(Measures.parse("mutual-knn[k=3]"), pair, 9, 1))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "bootstrap: halves of 4 stimuli are too small for mutual-knn[k=3], which needs 4");
    // Halves of eight have four, which are enough, but all of them neighbours.
    Representation[] eight = correlated(8, 2, 0.5, 1);
    assertThatThrownBy(() -> interval(Measures.parse("mutual-knn[k=3]"), eight, 9, 1))
        .hasMessageContaining("on all 8 stimuli but does not vary on 4 of them");
  }

  /** Halves of 50 stimuli have 25, on which 30 units reproduce 30 others whatever they are. */
  @Test
  void intervalsHaveAWidthWhereHalvesSitAtTheCeiling() {
    Measure measure = Measures.parse("cca");
    Representation[] pair = correlated(50, 30, 0.5, 1);
    int[] half = Arrays.copyOf(Permutations.random(50, new SplittableRandom(1)), 25);
    assertThat(measure.compare(pair[0].select(half), pair[1].select(half)))
        .isCloseTo(1, within(1e-9));
    double value = measure.compare(pair[0], pair[1]);
    assertThat(value).isLessThan(0.95);
    Interval interval = interval(measure, pair, 60, 1);
    assertThat(interval.width()).isGreaterThan(0.01);
    assertThat(interval.contains(value)).isTrue();
  }

  /** 12 + 12 units on 40 stimuli: 20 have no room for them, 30 do. */
  @Test
  @Tag("large")
  void asManyAreLeftOutAsTheUnitsAllow() {
    Measure measure = Measures.parse("cca");
    int trials = 20;
    double width = 0;
    double[] estimates = new double[trials];
    for (int t = 0; t < trials; t++) {
      Representation[] pair = correlated(40, 12, 0.8, t);
      estimates[t] = measure.compare(pair[0], pair[1]);
      width += interval(measure, pair, 60, t).width() / trials;
    }
    double mean = Arrays.stream(estimates).average().orElseThrow();
    double variance =
        Arrays.stream(estimates).map(e -> (e - mean) * (e - mean)).sum() / (trials - 1);
    // Halves, all but two of whose correlations are 1, would give a third of it.
    assertThat(width / (2 * 1.96 * Math.sqrt(variance))).isBetween(0.6, 1.8);
  }

  @Test
  void unitsThatSpanAllStimuliAreRefusedWithTheReason() {
    Measure measure = Measures.parse("cca");
    Representation[] pair = correlated(30, 40, 0.5, 1);
    assertThatThrownBy(() -> interval(measure, pair, 20, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("cca of x and y is 1")
        .hasMessageContaining("whatever the stimuli and their order, also on 23 of them")
        .hasMessageContaining("for 40 and 40 units these are too few for an interval");
    Interval matrix =
        new Interval(
            matrix(measure, List.of(pair)).low().get(0, 1),
            matrix(measure, List.of(pair)).high().get(0, 1));
    assertThat(matrix).isEqualTo(Interval.UNKNOWN);
    Representation[] nearly = correlated(30, 28, 0.5, 1);
    assertThat(measure.compare(nearly[0], nearly[1])).isLessThan(0.9999);
    assertThatThrownBy(() -> interval(measure, nearly, 20, 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("does not vary on 23 of them");
  }

  /** What is the same is the same on every part of the stimuli, and in no other order. */
  @ParameterizedTest
  @ValueSource(strings = {"cca", "mutual-knn", "procrustes", "cka", "cka[estimator=biased]", "rsa"})
  void equalRepresentationsHaveAnIntervalOfNoWidthAtTheBest(String specification) {
    Measure measure = Measures.parse(specification);
    Representation x = correlated(60, 8, 0.5, 3)[0];
    Interval interval = interval(measure, new Representation[] {x, x}, 30, 1);
    double best = measure.info().self();
    assertThat(interval.low()).isCloseTo(best, within(2e-6));
    assertThat(interval.high()).isCloseTo(best, within(2e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cka", "procrustes", "linear-regression"})
  void theIntervalsOfAMatrixAreThoseOfItsPairs(String specification) {
    Measure measure = Measures.parse(specification);
    List<Representation> models = new ArrayList<>(List.of(correlated(40, 4, 0.6, 1)));
    models.add(correlated(40, 5, 0.6, 2)[1].withId("z"));
    // Equal ones have values that do not vary, and the pairs behind them still have their own.
    models.add(1, models.get(0).withId("copy"));
    Bootstrap.IntervalMatrix matrix = matrix(measure, models);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < 4; j++) {
        if (i == j) {
          assertThat(matrix.low().get(i, j)).isNaN();
          continue;
        }
        boolean symmetric = measure.info().symmetric();
        Representation x = models.get(symmetric ? Math.min(i, j) : i);
        Representation y = models.get(symmetric ? Math.max(i, j) : j);
        Interval pair = interval(measure, new Representation[] {x, y}, 25, 7);
        assertThat(matrix.low().get(i, j)).isCloseTo(pair.low(), within(1e-9));
        assertThat(matrix.high().get(i, j)).isCloseTo(pair.high(), within(1e-9));
      }
    }
    // Prepared forms of one, of two and of three models at a time.
    for (long budget : new long[] {1, 50_000, 70_000}) {
      Run little = new Run(budget, Progress.NONE, null);
      double[][] low =
          Bootstrap.overStimuli(measure, models, 25, 0.95, new Seeds(7), little).low().values();
      assertThat(low[0][2]).isCloseTo(matrix.low().get(0, 2), within(1e-9));
      assertThat(low[2][3]).isCloseTo(matrix.low().get(2, 3), within(1e-9));
      assertThat(low[0][3]).isCloseTo(matrix.low().get(0, 3), within(1e-9));
    }
    assertThat(matrix.low().provenance().toString()).contains("seed=7", "replicates=25");
  }

  private static Bootstrap.IntervalMatrix matrix(Measure measure, List<Representation> models) {
    return Bootstrap.overStimuli(measure, models, 25, 0.95, new Seeds(7), Run.quiet());
  }

  private static Interval interval(
      Measure measure, Representation[] pair, int replicates, long seed) {
    return Bootstrap.overStimuli(
        measure, pair[0], pair[1], replicates, 0.95, new Seeds(seed), Progress.NONE);
  }

  /** Normal units; unit j of x and unit j of y have correlation ρ. */
  private static Representation[] correlated(int n, int p, double rho, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] x = new double[n][p];
    double[][] y = new double[n][p];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        x[i][j] = random.nextGaussian();
        y[i][j] = rho * x[i][j] + Math.sqrt(1 - rho * rho) * random.nextGaussian();
      }
    }
    return new Representation[] {Representation.of("x", x), Representation.of("y", y)};
  }

  /** Logits with one class right for a share of the stimuli; labels go where their stimuli go. */
  private static Representation decisions(
      String id, int[] labels, double share, boolean[] hard, SplittableRandom random) {
    double[][] logits = new double[labels.length][4];
    for (int i = 0; i < labels.length; i++) {
      boolean right = random.nextDouble() < (hard[i] ? 1 - share : share);
      logits[i][right ? labels[i] : (labels[i] + 1) % 4] = 1;
    }
    return Representation.of(id, logits);
  }

  @ParameterizedTest
  @ValueSource(strings = {"error-consistency", "accuracy-gap"})
  void labelsStayWithTheirStimuli(String name) {
    SplittableRandom random = new SplittableRandom(5);
    int[] labels = random.ints(120, 0, 4).toArray();
    boolean[] hard = new boolean[120];
    for (int i = 0; i < 120; i++) {
      hard[i] = random.nextInt(3) == 0;
    }
    Representation x = decisions("x", labels, 0.9, hard, random);
    Representation y = decisions("y", labels, 0.8, hard, random);
    boolean consistency = name.equals("error-consistency");
    Measure measure = consistency ? new ErrorConsistency(labels) : new AccuracyGap(labels);
    double value = measure.compare(x, y);
    Interval interval = interval(measure, new Representation[] {x, y}, 100, 1);
    assertThat(interval.contains(value)).isTrue();
    assertThat(interval.width()).isBetween(0.02, 0.5);
    assertThat(NoiseFloor.of(measure, List.of(x, y), 5, new Seeds(1), Progress.NONE).floor())
        .isLessThan(0.3);
    NullCalibration.Calibrated calibrated =
        NullCalibration.of(measure, x, y, 199, 0.95, new Seeds(1), Progress.NONE);
    if (consistency) {
      // Both accuracies stay, so that κ by chance is 0.
      assertThat(calibrated.nullMean()).isCloseTo(0, within(0.03));
      assertThat(calibrated.p()).isEqualTo(0.005);
    } else {
      // The order of the stimuli does not change accuracies.
      assertThat(calibrated.nullMean()).isCloseTo(value, within(1e-12));
      assertThat(calibrated.p()).isEqualTo(1);
    }
  }
}
