package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Resamplable;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {

  @Property(tries = 200)
  void kendallCountsPairs(
      @ForAll @IntRange(min = 2, max = 30) int n,
      @ForAll @IntRange(min = 2, max = 40) int distinct,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = random.ints(n, 0, distinct).asDoubleStream().toArray();
    double[] y = random.ints(n, 0, distinct).asDoubleStream().toArray();
    x[0] = -1;
    y[0] = -1;
    long difference = 0;
    long untiedX = 0;
    long untiedY = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double sign = Math.signum(x[i] - x[j]) * Math.signum(y[i] - y[j]);
        difference += (long) sign;
        untiedX += x[i] != x[j] ? 1 : 0;
        untiedY += y[i] != y[j] ? 1 : 0;
      }
    }
    assertThat(Method.KENDALL.coefficient(x, y))
        .isCloseTo(difference / Math.sqrt((double) untiedX * untiedY), within(1e-12));
  }

  @Property(tries = 200)
  void coefficientsIgnoreScaleAndFlipWithSign(
      @ForAll @IntRange(min = 3, max = 40) int n, @ForAll Method method, @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = random.doubles(n, -1, 1).toArray();
    double[] y = random.doubles(n, -1, 1).toArray();
    double[] scaled = Arrays.stream(x).map(v -> v * 1e150 + 3e149).toArray();
    double[] negative = Arrays.stream(x).map(v -> -v).toArray();
    double r = method.coefficient(x, y);
    assertThat(method.coefficient(scaled, y)).isCloseTo(r, within(1e-12));
    assertThat(method.coefficient(negative, y)).isCloseTo(-r, within(1e-12));
    assertThat(method.coefficient(y, x)).isCloseTo(r, within(1e-12));
    assertThat(method.coefficient(x, x)).isCloseTo(1, within(1e-12));
  }

  @Test
  void exactKendallPsAreSharesOfPermutations() {
    int n = 6;
    double[] x = {1, 2, 3, 4, 5, 6};
    double[] y = {2, 1, 3, 6, 5, 4};
    double observed = Math.abs(Method.KENDALL.coefficient(x, y));
    int[] count = new int[2];
    Permutations.forEach(
        n,
        order -> {
          double[] permuted = Arrays.stream(order).mapToDouble(i -> i).toArray();
          count[0] += Math.abs(Method.KENDALL.coefficient(x, permuted)) >= observed - 1e-12 ? 1 : 0;
          count[1]++;
        });
    assertThat(count[1]).isEqualTo(720);
    assertThat(Correlation.of(Method.KENDALL, x, y).twoSidedP())
        .isCloseTo(count[0] / 720.0, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void undefinedCorrelationsAreRefused(Method method) {
    double[] constant = {2, 2, 2};
    double[] x = {1, 2, 3};
    assertThatThrownBy(() -> Correlation.of(method, x, constant))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("all 3 numbers of the second list are equal");
    assertThatThrownBy(() -> Correlation.of(method, x, new double[] {1, Double.NaN, 3}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("position 1");
    assertThatThrownBy(() -> Correlation.of(method, x, new double[2]))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("3 and 2 numbers");
    assertThatThrownBy(() -> Correlation.of(method, new double[1], new double[1]))
        .isInstanceOf(InputException.class);
  }

  @Test
  void mantelDrawsWhereThereAreTooManyPermutations() {
    double[][] a = symmetric(30, 1);
    PermutationTest same = Mantel.test(a, a, Method.SPEARMAN, 99, new Seeds(4));
    assertThat(same.exact()).isFalse();
    assertThat(same.observed()).isCloseTo(1, within(1e-12));
    assertThat(same.greaterP()).isEqualTo(0.01);
    assertThat(Mantel.test(a, a, Method.SPEARMAN, 99, new Seeds(4))).isEqualTo(same);
    PermutationTest other = Mantel.test(a, symmetric(30, 2), Method.PEARSON, 99, new Seeds(4));
    assertThat(other.greaterP()).isBetween(0.02, 1.0);
    assertThatThrownBy(() -> Mantel.test(a, new double[3][3], Method.PEARSON, 9, new Seeds(0)))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(
            () -> Mantel.test(new double[][] {{0, 1}, {2, 0}}, a, Method.PEARSON, 9, new Seeds(0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("not symmetric");
  }

  @ParameterizedTest
  @EnumSource(names = {"PEARSON", "SPEARMAN"})
  void weightsAreMultiplicities(Method method) {
    SplittableRandom random = new SplittableRandom(6);
    double[] x = random.doubles(20).toArray();
    double[] y = random.doubles(20).toArray();
    double[] weights = Bootstrap.counts(20, random);
    int[] drawn =
        IntStream.range(0, 20)
            .flatMap(i -> IntStream.range(0, (int) weights[i]).map(copy -> i))
            .toArray();
    assertThat(weights).contains(0, 2);
    double expected =
        method.coefficient(
            Arrays.stream(drawn).mapToDouble(i -> x[i]).toArray(),
            Arrays.stream(drawn).mapToDouble(i -> y[i]).toArray());
    double[][] found = method.weighted(weights, x, y);
    assertThat(found[0]).containsExactly(new double[] {1, expected}, within(1e-12));
    assertThat(found[1]).containsExactly(new double[] {expected, 1}, within(1e-12));
    Arrays.setAll(y, i -> weights[i] > 0 ? 0.3 : i); // constant where it counts
    assertThat(method.weighted(weights, x, y)[0][1]).isNaN();
  }

  @Test
  void bootstrapOfAMeanHasItsStandardError() {
    double[] values = new SplittableRandom(8).doubles(400).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    List<Interval> intervals =
        Bootstrap.intervals(
            2000,
            0.95,
            new SplittableRandom(3),
            random -> {
              double[] counts = Bootstrap.counts(400, random);
              double sum = 0;
              for (int i = 0; i < 400; i++) {
                sum += counts[i] * values[i];
              }
              return new double[] {sum / 400, Double.NaN};
            });
    // Uniform numbers: standard deviation √(1/12).
    assertThat(intervals.get(0).width() / 2)
        .isCloseTo(1.96 * Math.sqrt(1 / 12.0 / 400), within(0.003));
    assertThat(intervals.get(0).contains(mean)).isTrue();
    assertThat(intervals.get(1)).isEqualTo(Interval.UNKNOWN);
    assertThatThrownBy(
            () -> Bootstrap.intervals(1, 0.9, new SplittableRandom(0), random -> new double[1]))
        .isInstanceOf(InputException.class);
  }

  /** SciPy's {@code binomtest(k, n).proportion_ci(method="wilson")}. */
  @Test
  void intervalsOfSharesAreThoseOfSciPy() {
    double quantile = 1.959963984540054;
    Interval interval = Interval.wilson(0.8, 10, quantile);
    assertThat(interval.low()).isCloseTo(0.4901624715, within(1e-10));
    assertThat(interval.high()).isCloseTo(0.9433178485, within(1e-10));
    Interval all = Interval.wilson(1, 20, quantile);
    assertThat(all.low()).isCloseTo(0.8388748420, within(1e-10));
    assertThat(all.high()).isEqualTo(1);
    assertThat(Interval.wilson(0, 20, quantile).high()).isCloseTo(1 - all.low(), within(1e-12));
  }

  @Test
  void intervalsAreThoseOfNumpyPercentile() {
    double[] replicates = new double[101];
    Arrays.setAll(replicates, i -> 100 - i);
    Interval interval = Interval.percentile(replicates, 0.95);
    assertThat(interval.low()).isCloseTo(2.5, within(1e-12));
    assertThat(interval.high()).isCloseTo(97.5, within(1e-12));
    Arrays.fill(replicates, 0, 20, Double.NaN);
    assertThat(Interval.percentile(replicates, 0.5)).isEqualTo(new Interval(20, 60));
    Arrays.fill(replicates, 0, 30, Double.NaN);
    assertThat(Interval.percentile(replicates, 0.95)).isEqualTo(Interval.UNKNOWN);
  }

  /**
   * Intervals hold the truth as often as they say, and are no wider than that takes: a sample's
   * value varies from sample to sample by what the intervals say.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cka", "rsa", "procrustes"})
  @Tag("large")
  void stimulusIntervalsCoverTheValueOfManyStimuli(String specification) {
    Measure measure = Measures.parse(specification);
    Representation[] population = pair(1500, 6, 6, 0.7, 77);
    double truth = measure.compare(population[0], population[1]);
    int covered = 0;
    int trials = 60;
    double[] widths = new double[trials];
    double[] values = new double[trials];
    for (int t = 0; t < trials; t++) {
      int[] rows = Arrays.copyOf(Permutations.random(1500, new SplittableRandom(t)), 100);
      Representation x = population[0].select(rows);
      Representation y = population[1].select(rows);
      Interval interval =
          Bootstrap.overStimuli(measure, x, y, 60, 0.95, new Seeds(t), Progress.NONE);
      covered += interval.contains(truth) ? 1 : 0;
      widths[t] = interval.width();
      values[t] = measure.compare(x, y);
    }
    // 57 expected; below 50 has a probability under 0.001 at a true coverage of 0.93.
    assertThat(covered).isGreaterThanOrEqualTo(50);
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / (trials - 1);
    assertThat(Arrays.stream(widths).average().orElseThrow())
        .as("mean width against 2 · 1.96 standard deviations of the value")
        .isBetween(0.8 * 3.92 * Math.sqrt(variance), 1.3 * 3.92 * Math.sqrt(variance));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cka", "cka[kernel=rbf]", "rsa[compare=pearson]", "rsa[compare=cosine]"})
  void aDrawOfEveryStimulusOnceGivesTheValue(String specification) {
    Resamplable measure = (Resamplable) Measures.parse(specification);
    Representation[] pair = pair(30, 5, 7, 0.8, 5);
    Prepared x = measure.prepare(pair[0]);
    Prepared y = measure.prepare(pair[1]);
    double[] values =
        measure.compareResampled(
            x,
            y,
            new int[][] {Permutations.identity(30), new int[30], subset(30, 20), subset(30, 30)});
    assertThat(values[0]).isCloseTo(measure.compare(x, y), within(1e-9));
    assertThat(values[1]).as("one stimulus has no pairs").isNaN();
    assertThat(values[2]).as("twenty stimuli, ten of them twice").isBetween(0.0, 1.0);
    assertThat(values[3]).isEqualTo(values[0]);
  }

  /** The first {@code distinct} stimuli, the first ones again until there are n. */
  private static int[] subset(int n, int distinct) {
    int[] draw = new int[n];
    Arrays.setAll(draw, i -> i % distinct);
    return draw;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cka",
        "cka[batch=20]",
        "rsa",
        "cca",
        "gulp",
        "procrustes",
        "shape[alpha=0.5]",
        "mutual-knn",
        "cycle-knn",
        "cknna",
        "jaccard-knn",
        "rank-similarity",
        "second-order-cosine",
        "soft-matching",
        "linear-regression",
        "linear-predictivity"
      })
  void permutedPreparedFormsAreThoseOfPermutedStimuli(String specification) {
    Measure measure = Measures.parse(specification);
    Representation[] pair = pair(40, 5, 7, 0.8, 5);
    NullCalibration.Calibrated calibrated =
        NullCalibration.of(measure, pair[0], pair[1], 3, 0.9, new Seeds(2), Progress.NONE);
    SplittableRandom random = new Seeds(2).stream("null");
    double[] expected = new double[3];
    for (int t = 0; t < 3; t++) {
      int[] order = Permutations.random(40, random);
      expected[t] = measure.compare(pair[0], pair[1].select(order));
    }
    assertThat(calibrated.test().permuted()).containsExactly(expected, within(1e-9));
  }

  @Test
  void calibrationTellsSignalFromChance() {
    Measure measure = Measures.parse("cka[estimator=biased]");
    Representation[] related = pair(60, 40, 50, 0.9, 6);
    Representation[] unrelated = pair(60, 40, 50, 0, 6);
    NullCalibration.Calibrated signal =
        NullCalibration.of(measure, related[0], related[1], 199, 0.95, new Seeds(1), Progress.NONE);
    NullCalibration.Calibrated chance =
        NullCalibration.of(
            measure, unrelated[0], unrelated[1], 199, 0.95, new Seeds(1), Progress.NONE);
    assertThat(signal.p()).isEqualTo(1 / 200.0);
    assertThat(signal.score())
        .isCloseTo((signal.value() - signal.threshold()) / (1 - signal.threshold()), within(1e-12))
        .isPositive();
    // Biased CKA of unrelated wide representations is far from 0, and no better than chance.
    assertThat(chance.value()).isGreaterThan(0.3);
    assertThat(chance.p()).isGreaterThan(0.01);
    assertThat(chance.score()).isLessThan(0.1);
  }

  @Test
  void distancesAreBetterWhereTheyAreSmaller() {
    Measure measure = Measures.parse("procrustes");
    Representation[] related = pair(50, 6, 6, 0.95, 3);
    NullCalibration.Calibrated calibrated =
        NullCalibration.of(measure, related[0], related[1], 99, 0.95, new Seeds(1), Progress.NONE);
    assertThat(calibrated.p()).isEqualTo(0.01);
    assertThat(calibrated.value()).isLessThan(calibrated.threshold());
    assertThat(calibrated.score())
        .isCloseTo(1 - calibrated.value() / calibrated.threshold(), within(1e-12));
  }

  @Test
  void noiseFallsWithStimuli() {
    Measure measure = Measures.parse("cka");
    NoiseFloor few =
        NoiseFloor.of(measure, List.of(pair(40, 5, 6, 0.5, 1)), 10, new Seeds(1), Progress.NONE);
    NoiseFloor many =
        NoiseFloor.of(measure, List.of(pair(1000, 5, 6, 0.5, 1)), 10, new Seeds(1), Progress.NONE);
    assertThat(many.floor()).isLessThan(few.floor() / 2).isPositive();
    assertThat(many.differences().get("x", "x")).isLessThan(1e-9);
    assertThat(many.reliability()).isNaN();
    assertThatThrownBy(
            () ->
                NoiseFloor.of(
                    measure, List.of(pair(40, 5, 6, 0.5, 1)[0]), 1, new Seeds(1), Progress.NONE))
        .isInstanceOf(InputException.class);
  }

  /** Two representations that share a signal: y = strength · x·W + noise. */
  private static Representation[] pair(int n, int p, int q, double strength, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] w = new double[p][q];
    for (double[] row : w) {
      Arrays.setAll(row, j -> random.nextGaussian() / Math.sqrt(p));
    }
    double[][] x = new double[n][p];
    double[][] y = new double[n][q];
    for (int i = 0; i < n; i++) {
      Arrays.setAll(x[i], j -> random.nextGaussian());
      for (int j = 0; j < q; j++) {
        double signal = 0;
        for (int k = 0; k < p; k++) {
          signal += x[i][k] * w[k][j];
        }
        y[i][j] = strength * signal + (1 - strength) * random.nextGaussian();
      }
    }
    return new Representation[] {Representation.of("x", x), Representation.of("y", y)};
  }

  private static Representation one(String id, int n, int p, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] values = new double[n * p];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Representation.of(id, n, p, values);
  }

  private static double[][] symmetric(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      matrix[i][i] = 1;
      for (int j = 0; j < i; j++) {
        matrix[i][j] = random.nextDouble();
        matrix[j][i] = matrix[i][j];
      }
    }
    return matrix;
  }
}
