package dev.kindred.measure.neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.measure.statistics.NullCalibration;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What ties between stimuli do to every measure of neighbours in the catalogue. Values where
 * stimuli tie are held against references in {@code independent-neighbours.jsonl}.
 */
class TiesTest {
  private static final int N = 60;
  private static final int P = 6;

  /** Responses with ties. */
  enum Kind {
    NONE,
    SILENT,
    DUPLICATES,
    WHOLE_NUMBERS,
    ALL_ALIKE
  }

  static List<String> measures() {
    List<String> measures =
        Measures.all().stream()
            .map(entry -> Measures.parse(entry.name()))
            .filter(m -> m.getClass().getPackageName().endsWith(".neighbourhood"))
            .flatMap(
                m ->
                    Stream.of("[k=7]", "[k=7,rows=raw]")
                        .map(p -> m.info().specification() + p)
                        .filter(TiesTest::isMeasure))
            .toList();
    assertThat(measures).hasSizeGreaterThan(8);
    return measures;
  }

  private static boolean isMeasure(String specification) {
    return !specification.contains("rows")
        || Measures.entry(specification.substring(0, specification.indexOf('[')))
            .parameters()
            .stream()
            .anyMatch(p -> p.name().equals("rows"));
  }

  @ParameterizedTest
  @MethodSource("measures")
  void theOrderOfTheStimuliDoesNotMatter(String specification) {
    Measure measure = Measures.parse(specification);
    for (Kind first : Kind.values()) {
      for (Kind second : Kind.values()) {
        double[][] x = responses(first, 1);
        double[][] y = responses(second, 2);
        double expected = value(measure, x, y);
        for (int seed = 0; seed < 3; seed++) {
          int[] order = order(seed);
          assertThat(value(measure, select(x, order), select(y, order)))
              .as(first + " and " + second)
              .isCloseTo(expected, within(1e-12));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("measures")
  void rotationsKeepTies(String specification) {
    Measure measure = Measures.parse(specification);
    assertThat(measure.info().invariances()).contains(Invariance.ORTHOGONAL);
    for (Kind first : Kind.values()) {
      for (Kind second : Kind.values()) {
        double[][] x = responses(first, 1);
        double[][] y = responses(second, 2);
        Matrix rotation = Qr.orthonormal(Matrix.ofRows(gaussian(P, P, 9)));
        double[][] turned = Matrix.ofRows(y).times(rotation).toRows();
        assertThat(value(measure, x, turned))
            .as(first + " and " + second)
            .isCloseTo(value(measure, x, y), within(1e-10));
        double[][] itself = Matrix.ofRows(x).times(rotation).toRows();
        assertThat(value(measure, x, itself))
            .as(first + " with itself")
            .isCloseTo(value(measure, x, x), within(1e-10));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("measures")
  void symmetryAndRangeHold(String specification) {
    Measure measure = Measures.parse(specification);
    for (Kind first : Kind.values()) {
      for (Kind second : Kind.values()) {
        double[][] x = responses(first, 1);
        double[][] y = responses(second, 2);
        double value = value(measure, x, y);
        assertThat(value)
            .as(first + " and " + second)
            .isBetween(measure.info().minimum() - 1e-12, measure.info().maximum() + 1e-12);
        if (measure.info().symmetric()) {
          assertThat(value(measure, y, x)).isCloseTo(value, within(1e-12));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("measures")
  void reorderedFormsAreThoseOfReorderedResponses(String specification) {
    Measure measure = Measures.parse(specification);
    for (Kind kind : Kind.values()) {
      double[][] x = responses(kind, 1);
      double[][] y = responses(Kind.SILENT, 2);
      int[] order = order(5);
      Prepared prepared = measure.prepare(Representation.of("x", x));
      if (prepared instanceof Reorderable reorderable) {
        double found =
            measure.compare(
                measure.prepare(Representation.of("y", y)), reorderable.reordered(order));
        assertThat(found).isCloseTo(value(measure, y, select(x, order)), within(1e-12));
      }
    }
  }

  /** Of unrelated responses with the same silent stimuli only this is in common. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void silentStimuliDoNotMakeUnrelatedResponsesAlike(int seed) {
    double[][] x = silent(400, 20, 2 * seed);
    double[][] y = silent(400, 20, 2 * seed + 1);
    Measure mutual = Measures.parse("mutual-knn");
    // A silent stimulus draws 10 of 399; another has its neighbours among the 199 that are not.
    double expected = 0.5 * 10 / 399 + 0.5 * 10 / 199;
    assertThat(value(mutual, x, y)).isCloseTo(expected, within(0.01));
    assertThat(value(Measures.parse("jaccard-knn"), x, y)).isLessThan(0.03);
    assertThat(value(Measures.parse("rank-similarity"), x, y)).isLessThan(0.15);
    // Silent stimuli are found again no more often than in unrelated responses without ties.
    assertThat(value(Measures.parse("cycle-knn"), x, y)).isLessThan(0.45);
    // By permutation of stimuli, which keeps the number of silent ones and not which they are.
    double[][] z = gaussian(400, 20, 77);
    NullCalibration.Calibrated calibrated =
        NullCalibration.of(
            mutual,
            Representation.of("x", x),
            Representation.of("z", z),
            200,
            0.95,
            new Seeds(seed),
            Progress.NONE);
    assertThat(calibrated.p()).isGreaterThan(0.01);
    assertThat(calibrated.test().quantile(0.5)).isCloseTo(10 / 399.0, within(0.003));
  }

  @Test
  void withItselfARepresentationWithoutTiesHasTheDeclaredValue() {
    for (String specification : measures()) {
      Measure measure = Measures.parse(specification);
      double self = measure.info().self();
      if (!Double.isNaN(self)) {
        double[][] x = responses(Kind.NONE, 1);
        assertThat(value(measure, x, x)).as(specification).isCloseTo(self, within(1e-12));
      }
    }
  }

  private static double value(Measure measure, double[][] x, double[][] y) {
    return measure.compare(Representation.of("x", x), Representation.of("y", y));
  }

  private static double[][] responses(Kind kind, int seed) {
    double[][] rows = gaussian(N, P, seed);
    SplittableRandom random = new SplittableRandom(100 + seed);
    for (int i = 0; i < N; i++) {
      double[] row = rows[i];
      switch (kind) {
        case SILENT -> Arrays.setAll(row, j -> random.nextInt(8) < 1 ? row[j] : 0);
        case DUPLICATES -> rows[i] = rows[random.nextInt(i / 2 + 1)];
        case WHOLE_NUMBERS -> Arrays.setAll(row, j -> Math.rint(row[j]));
        case ALL_ALIKE -> rows[i] = rows[0];
        case NONE -> {
          // As they are.
        }
      }
    }
    return rows;
  }

  private static double[][] silent(int n, int p, int seed) {
    double[][] rows = gaussian(n, p, seed);
    for (int i = 0; i < n; i++) {
      double[] row = rows[i];
      boolean silent = i % 4 < 2;
      Arrays.setAll(row, j -> silent ? 0 : Math.max(0, row[j]));
    }
    return rows;
  }

  private static double[][] gaussian(int n, int p, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return rows;
  }

  private static int[] order(int seed) {
    return new SplittableRandom(seed).ints(0, N).distinct().limit(N).toArray();
  }

  private static double[][] select(double[][] rows, int[] order) {
    return Arrays.stream(order).mapToObj(i -> rows[i]).toArray(double[][]::new);
  }
}
