package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Plans and precisions of whole matrices: all must give the values of plain float64. */
class ModelProductsTest {
  private static final MeasureInfo INFO = Measures.parse("cka").info();

  private static final int N = 600;

  static Stream<Arguments> kinds() {
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    PairKernel unit = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.UNIT);
    PairKernel rbf =
        new PairKernel(PairKernel.Form.RBF, PairKernel.Rows.UNIT, PairKernel.Scale.ABSOLUTE, 0.4);
    PairKernel median =
        new PairKernel(
            PairKernel.Form.RBF, PairKernel.Rows.RAW, PairKernel.Scale.MEDIAN, Double.NaN);
    PairKernel gaussian =
        new PairKernel(
            PairKernel.Form.ONE_MINUS_RBF, PairKernel.Rows.RAW, PairKernel.Scale.MEAN, Double.NaN);
    PairKernel correlation =
        PairKernel.of(PairKernel.Form.ONE_MINUS_INNER, PairKernel.Rows.STANDARDISED);
    PairKernel distance = PairKernel.of(PairKernel.Form.DISTANCE, PairKernel.Rows.RAW);
    return Stream.of(
        Arguments.of("linear unbiased", inner, Estimator.UNBIASED),
        Arguments.of("linear biased", inner, Estimator.BIASED),
        Arguments.of("linear unit rows", unit, Estimator.UNBIASED),
        Arguments.of("rbf unbiased", rbf, Estimator.UNBIASED),
        Arguments.of("rbf median biased", median, Estimator.BIASED),
        Arguments.of("gaussian pearson", gaussian, Estimator.PEARSON),
        Arguments.of("correlation pearson", correlation, Estimator.PEARSON),
        Arguments.of("correlation cosine", correlation, Estimator.COSINE),
        Arguments.of("correlation spearman", correlation, Estimator.SPEARMAN),
        Arguments.of("distance spearman", distance, Estimator.SPEARMAN),
        Arguments.of("distance correlation", distance, Estimator.BIASED));
  }

  /** Tiles of 64 and fewer stimuli. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void smallTilesEqualWholeMatrices(String name, PairKernel kernel, Estimator estimator) {
    for (boolean float64 : new boolean[] {true, false}) {
      List<Representation> models = models(3, 150, float64, 0);
      double[][] expected = dense(kernel, estimator, models);
      for (long budget : new long[] {1L << 30, 1}) {
        double[][] found = matrix(kernel, estimator, !float64).cosines(models, run(budget));
        assertClose(found, expected, float64 ? 1e-10 : 1e-5);
      }
    }
  }

  /** Several tiles of features that are all kept. */
  @Test
  void squareTilesEqualWholeMatrices() {
    List<Representation> models = models(2, N, true, 0);
    for (PairKernel.Form form : List.of(PairKernel.Form.INNER, PairKernel.Form.DISTANCE)) {
      PairKernel kernel = PairKernel.of(form, PairKernel.Rows.RAW);
      double[][] expected = dense(kernel, Estimator.BIASED, models);
      double[][] found = matrix(kernel, Estimator.BIASED, false).cosines(models, run(1L << 30));
      assertClose(found, expected, 1e-10);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  @Tag("large")
  void tilesInFloat64EqualWholeMatrices(String name, PairKernel kernel, Estimator estimator) {
    List<Representation> models = models(4, N, true, 0);
    double[][] expected = dense(kernel, estimator, models);
    for (long budget : new long[] {1L << 30, 20L << 20, 1}) {
      assertClose(matrix(kernel, estimator, false).cosines(models, run(budget)), expected, 1e-10);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  @Tag("large")
  void float32LosesLessThanTheStatedError(String name, PairKernel kernel, Estimator estimator) {
    // A common mean of a hundred standard deviations for the kernels that do not see it.
    boolean blind = kernel.rows() == PairKernel.Rows.RAW;
    List<Representation> models = models(4, N, false, blind ? 100 : 0);
    double[][] expected = dense(kernel, estimator, models);
    for (long budget : new long[] {1L << 30, 10L << 20, 1}) {
      assertClose(matrix(kernel, estimator, true).cosines(models, run(budget)), expected, 1e-5);
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  @Tag("large")
  void oneThreadGivesTheSameBits(String name, PairKernel kernel, Estimator estimator) {
    List<Representation> models = models(3, N, false, 0);
    ModelProducts matrix = matrix(kernel, estimator, true);
    for (long budget : new long[] {1L << 30, 5L << 20, 1}) {
      double[][] many = matrix.cosines(models, run(budget));
      System.setProperty("kindred.threads", "1");
      try {
        assertThat(matrix.cosines(models, run(budget))).isDeepEqualTo(many);
      } finally {
        System.clearProperty("kindred.threads");
      }
    }
  }

  @Test
  void fewUnitsAreMultipliedAsFeatures() {
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    for (boolean float64 : new boolean[] {true, false}) {
      List<Representation> narrow = models(2, 1500, float64, 0);
      double[][] expected = dense(inner, Estimator.UNBIASED, narrow);
      assertClose(
          matrix(inner, Estimator.UNBIASED, !float64).cosines(narrow, run(1L << 30)),
          expected,
          float64 ? 1e-12 : 1e-6);
    }
  }

  @Test
  void hugeAndTinyScalesNeitherOverflowNorVanish() {
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    List<Representation> models = models(2, N, false, 0);
    double[][] expected = matrix(inner, Estimator.BIASED, true).cosines(models, run(1L << 30));
    List<Representation> scaled = new ArrayList<>();
    for (Representation x : models) {
      float factor = scaled.isEmpty() ? 0x1p60f : 0x1p-60f;
      float[] values = new float[x.stimuli() * x.units()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) x.get(i / x.units(), i % x.units()) * factor;
      }
      scaled.add(Representation.of(x.id(), x.stimuli(), x.units(), values));
    }
    assertThat(matrix(inner, Estimator.BIASED, true).cosines(scaled, run(1L << 30)))
        .isDeepEqualTo(expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("kinds")
  void equalStimuliAreOneClearError(String name, PairKernel kernel, Estimator estimator) {
    if (estimator == Estimator.COSINE) {
      // Nothing is subtracted, so equal dissimilarities still have a cosine.
      return;
    }
    float[] values = new float[150 * 3];
    java.util.Arrays.fill(values, 0.1f);
    List<Representation> models =
        List.of(models(1, 150, false, 0).get(0), Representation.of("flat", 150, 3, values));
    for (boolean float32 : new boolean[] {true, false}) {
      assertThatThrownBy(() -> matrix(kernel, estimator, float32).cosines(models, run(1 << 28)))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("flat")
          .hasMessageContaining("undefined");
    }
  }

  @Test
  void notANumberIsFoundWithItsPlace() {
    float[] values = new float[N * 3];
    values[3 * 500 + 1] = Float.NaN;
    List<Representation> models =
        List.of(models(1, N, false, 0).get(0), Representation.of("bad", N, 3, values));
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    assertThatThrownBy(() -> matrix(inner, Estimator.BIASED, true).cosines(models, run(1L << 28)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("row 500, column 1");
  }

  @Test
  void ranksOnDiskSurviveAStop(@TempDir Path folder) throws IOException {
    PairKernel correlation =
        PairKernel.of(PairKernel.Form.ONE_MINUS_INNER, PairKernel.Rows.STANDARDISED);
    List<Representation> models = models(4, N, false, 0);
    ModelProducts matrix = matrix(correlation, Estimator.SPEARMAN, true);
    double[][] expected = matrix.cosines(models, run(1L << 30));
    assertThatThrownBy(() -> matrix.cosines(models, new Run(1 << 20, stopAfter(2), folder)))
        .isInstanceOf(CancelledException.class);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(f -> f.toString().endsWith(".vector")).count()).isBetween(2L, 3L);
    }
    assertThat(matrix.cosines(models, new Run(1 << 20, Progress.NONE, folder)))
        .isDeepEqualTo(expected);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void anInterruptStopsTheWork() {
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    Progress interrupting =
        (label, total) ->
            new Progress.Task() {
              @Override
              public void advance(long units) {
                Thread.currentThread().interrupt();
                Progress.checkCancelled();
              }
            };
    try {
      assertThatThrownBy(
              () ->
                  matrix(inner, Estimator.UNBIASED, true)
                      .cosines(models(6, N, false, 0), new Run(1 << 22, interrupting, null)))
          .isInstanceOf(CancelledException.class);
    } finally {
      Thread.interrupted();
    }
  }

  @Test
  void exponentialsEqualMathExp() {
    double[] values = new double[2000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.35;
    }
    double[] results = values.clone();
    PairKernel.exponentials(results, results.length, -1);
    for (int i = 0; i < values.length; i++) {
      double exact = Math.exp(-values[i]);
      assertThat(results[i]).isCloseTo(exact, within(exact * (values[i] < 230 ? 1e-11 : 1e-8)));
    }
    assertThat(results[0]).isEqualTo(1);
  }

  @Test
  void shortExponentialsHaveTheDigitsOfFloat32() {
    double[] values = new double[20_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i * 0.05;
    }
    double[] results = values.clone();
    PairKernel.shortExponentials(results, results.length, -1);
    for (int i = 0; i < values.length; i++) {
      double exact = Math.exp(-values[i]);
      assertThat(results[i]).isCloseTo(exact, within(values[i] < 30 ? exact * 1e-9 : 1e-18));
    }
    assertThat(results[0]).isEqualTo(1);
  }

  @Test
  void medianEqualsSorting() {
    SplittableRandom random = new SplittableRandom(4);
    for (int count : new int[] {1, 2, 5, 1000, 1001}) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = Math.exp(random.nextDouble(-50, 50));
      }
      Median median = new Median();
      for (int pass = 0; pass < median.passes(); pass++) {
        median.add(values, count);
        median.add(new double[] {0}, 1);
        median.endPass();
      }
      java.util.Arrays.sort(values);
      assertThat(median.value()).isEqualTo((values[(count - 1) / 2] + values[count / 2]) / 2);
    }
  }

  @Test
  void binnedRanksAreNearTheExactOnes() {
    SplittableRandom random = new SplittableRandom(4);
    float[] values = new float[200_000];
    double[] exact = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      // Heavy tails, and ties at zero.
      double value = random.nextInt(10) == 0 ? 0 : Math.tan(random.nextDouble(-1.57, 1.57));
      values[i] = (float) value;
      exact[i] = values[i];
    }
    double[] ranks = Ranks.of(exact);
    QuantileBins.standardisedRanks(values);
    double product = 0;
    double squares = 0;
    double mean = (ranks.length + 1) / 2.0;
    for (int i = 0; i < ranks.length; i++) {
      product += (ranks[i] - mean) * values[i];
      squares += (ranks[i] - mean) * (ranks[i] - mean);
    }
    assertThat(product / Math.sqrt(squares)).isCloseTo(1, within(1e-6));
  }

  /**
   * Products of features take n(T² + Σp²) operations, tiles n²(T + M²/2); for two models of 10 and
   * 20 units 1400 n and 32 n², and for two of 2 units as many at n = 4.
   */
  @ParameterizedTest
  @CsvSource({
    "10, 20, 43, 1",
    "10, 20, 44, 3",
    "2, 2, 4, 1",
    "2, 2, 5, 3",
    "3, 2, 5, 1",
    "3, 2, 6, 3"
  })
  void featuresAreMultipliedWhereThatIsLessWork(int p, int q, int n, long steps) {
    List<Representation> models = List.of(random("a", n, p), random("b", n, q));
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    assertThat(steps(inner, models, 1L << 30)).isEqualTo(steps);
    // Not where their copies do not fit, and not for what is no inner product.
    assertThat(steps(inner, models, 8L * n * (p + q) - 1)).isEqualTo(1);
    assertThat(steps(inner, models, 8L * n * (p + q))).isEqualTo(steps);
    PairKernel distance = PairKernel.of(PairKernel.Form.DISTANCE, PairKernel.Rows.RAW);
    assertThat(steps(distance, models, 1L << 30)).isEqualTo(1);
  }

  private static long steps(PairKernel kernel, List<Representation> models, long budget) {
    AtomicLong announced = new AtomicLong();
    Progress noting =
        (label, total) -> {
          announced.set(total);
          return Progress.NONE.begin(label, total);
        };
    matrix(kernel, Estimator.BIASED, false).cosines(models, new Run(budget, noting, null));
    return announced.get();
  }

  private static Representation random(String id, int n, int p) {
    double[] values = new Seeds(7).stream(id).doubles((long) n * p, -1, 1).toArray();
    return Representation.of(id, n, p, values);
  }

  /** Five units on ten stimuli: 500 products of pairs. */
  @Test
  void float32IsForMuchWorkOnFloat32Responses() {
    List<Representation> floats =
        List.of(
            Representation.of("a", 10, 2, new float[20]),
            Representation.of("b", 10, 3, new float[30]));
    List<Representation> mixed =
        List.of(floats.get(0), Representation.of("c", 10, 3, new double[30]));
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    for (double from : new double[] {500, 501}) {
      ModelProducts matrix = new ModelProducts(inner, Estimator.BIASED, Batches.NONE, INFO, from);
      assertThat(matrix.float32(floats, 10)).isEqualTo(from == 500);
      assertThat(matrix.float32(mixed, 10)).isFalse();
    }
    ModelProducts usual = new ModelProducts(inner, Estimator.BIASED, Batches.NONE, INFO);
    assertThat(usual.float32(floats, 19_999)).isFalse();
    assertThat(usual.float32(floats, 20_001)).isTrue();
  }

  @Test
  void tooFewStimuliAreOneClearError() {
    PairKernel inner = PairKernel.of(PairKernel.Form.INNER, PairKernel.Rows.RAW);
    List<Representation> three = List.of(random("a", 3, 2), random("b", 3, 2));
    assertThatThrownBy(() -> matrix(inner, Estimator.UNBIASED, false).cosines(three, run(1 << 20)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a")
        .hasMessageContaining("3");
    Embedder embedder = new Embedder(inner, Estimator.UNBIASED, Batches.NONE, INFO);
    assertThatThrownBy(() -> embedder.embed(three.get(0))).isInstanceOf(InputException.class);
  }

  private static Progress stopAfter(int steps) {
    AtomicInteger done = new AtomicInteger();
    return (label, total) ->
        new Progress.Task() {
          @Override
          public void advance(long units) {
            if (done.addAndGet((int) units) >= steps) {
              throw new CancelledException("stopped on request");
            }
          }
        };
  }

  private static Run run(long budget) {
    return new Run(budget, Progress.NONE, null);
  }

  private static ModelProducts matrix(PairKernel kernel, Estimator estimator, boolean float32) {
    return new ModelProducts(
        kernel, estimator, Batches.NONE, INFO, float32 ? 0 : Double.POSITIVE_INFINITY);
  }

  private static double[][] dense(
      PairKernel kernel, Estimator estimator, List<Representation> models) {
    Embedder embedder = new Embedder(kernel, estimator, Batches.NONE, INFO);
    List<DenseEmbedding> embeddings = models.stream().map(embedder::embed).toList();
    double[][] values = new double[models.size()][models.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        values[i][j] = embeddings.get(i).inner(embeddings.get(j));
      }
    }
    return values;
  }

  /** ReLU features of shared factors, in float32 numbers whatever the precision. */
  private static List<Representation> models(int count, int n, boolean float64, float mean) {
    List<Representation> models = new ArrayList<>();
    for (int m = 0; m < count; m++) {
      SplittableRandom factors = new Seeds(1).stream("factors");
      SplittableRandom random = new Seeds(1).stream("model " + m);
      int p = 20 + 90 * m;
      double[][] view = new double[5][p];
      for (double[] row : view) {
        for (int j = 0; j < p; j++) {
          row[j] = random.nextDouble(-1, 1);
        }
      }
      float[] values = new float[n * p];
      for (int i = 0; i < n; i++) {
        for (int f = 0; f < 5; f++) {
          double factor = factors.nextDouble(-2, 2);
          for (int j = 0; j < p; j++) {
            values[i * p + j] += (float) (factor * view[f][j]);
          }
        }
        for (int j = 0; j < p; j++) {
          values[i * p + j] =
              Math.max(0, values[i * p + j] + (float) random.nextDouble(-1, 1)) + mean;
        }
      }
      double[] doubles = new double[values.length];
      for (int i = 0; i < values.length; i++) {
        doubles[i] = values[i];
      }
      models.add(
          float64
              ? Representation.of("m" + m, n, p, doubles)
              : Representation.of("m" + m, n, p, values));
    }
    return models;
  }

  private static void assertClose(double[][] actual, double[][] expected, double tolerance) {
    for (int i = 0; i < expected.length; i++) {
      for (int j = 0; j < expected.length; j++) {
        assertThat(actual[i][j]).as(i + ", " + j).isCloseTo(expected[i][j], within(tolerance));
      }
    }
  }
}
