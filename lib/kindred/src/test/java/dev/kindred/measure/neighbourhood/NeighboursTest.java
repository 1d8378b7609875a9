package dev.kindred.measure.neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {

  @ParameterizedTest
  @CsvSource({"5, 4", "12, 11", "30, 1", "30, 7", "255, 2", "700, 10"})
  void agreeWithSortingAllProducts(int n, int k) {
    // Small whole numbers: exact products with many ties.
    SplittableRandom random = new SplittableRandom(n + k);
    double[][] rows = new double[n][3];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextInt(-3, 4));
    }
    Neighbours found = Neighbours.of(Representation.of("x", rows), k, false, false);
    for (int i = 0; i < n; i++) {
      assertThat(runs(found, i)).as("stimulus " + i).isEqualTo(sorted(rows, i, k));
    }
  }

  /** Runs of equal products by their first place, as far as place k. */
  private static Map<Integer, Set<Integer>> sorted(double[][] rows, int i, int k) {
    Map<Integer, Set<Integer>> runs = new TreeMap<>();
    double[] products = Arrays.stream(rows).mapToDouble(row -> dot(rows[i], row)).toArray();
    for (int j = 0; j < rows.length; j++) {
      int nearer = 0;
      for (int l = 0; l < rows.length; l++) {
        nearer += l != i && products[l] > products[j] ? 1 : 0;
      }
      if (j != i && nearer < k) {
        runs.computeIfAbsent(nearer, s -> new TreeSet<>()).add(j);
      }
    }
    return runs;
  }

  private static Map<Integer, Set<Integer>> runs(Neighbours neighbours, int i) {
    Map<Integer, Set<Integer>> runs = new TreeMap<>();
    int last = 0;
    for (int c = 0; c < neighbours.candidates(i); c++) {
      int start = neighbours.start(i, c);
      assertThat(start).isGreaterThanOrEqualTo(last);
      last = start;
      runs.computeIfAbsent(start, s -> new TreeSet<>()).add(neighbours.candidate(i, c));
    }
    runs.forEach(
        (start, members) -> {
          assertThat(neighbours.runLength(i, start)).isEqualTo(members.size());
          double share = Math.min(1, (neighbours.k() - start) / (double) members.size());
          assertThat(neighbours.share(i, start)).isEqualTo(share);
          for (int j : members) {
            assertThat(neighbours.probability(i, j)).isEqualTo(share);
          }
        });
    assertThat(neighbours.probability(i, i)).isZero();
    return runs;
  }

  @Test
  void matchesAreProbabilitiesOfTheSameStimulusAtTwoPlaces() {
    int n = 30;
    int k = 5;
    Neighbours x = Neighbours.of(Representation.of("x", tied(n, 3)), k, true, false);
    Neighbours y = Neighbours.of(Representation.of("y", tied(n, 4)), k, true, false);
    CommonNeighbours common = new CommonNeighbours(x, y);
    for (int i = 0; i < n; i++) {
      double[][] matches = common.at(i).matches();
      for (int r = 0; r < k; r++) {
        for (int s = 0; s < k; s++) {
          double expected = 0;
          for (int j = 0; j < n; j++) {
            expected += probability(runs(x, i), r, j) * probability(runs(y, i), s, j);
          }
          assertThat(matches[r][s]).isCloseTo(expected, within(1e-14));
        }
      }
    }
  }

  /** That a place holds a stimulus. */
  private static double probability(Map<Integer, Set<Integer>> runs, int place, int j) {
    for (Map.Entry<Integer, Set<Integer>> run : runs.entrySet()) {
      int size = run.getValue().size();
      if (run.getKey() <= place && place < run.getKey() + size) {
        return run.getValue().contains(j) ? 1.0 / size : 0;
      }
    }
    return 0;
  }

  @Test
  void rotatedDuplicatesAndSilentStimuliStayTied() {
    SplittableRandom random = new SplittableRandom(8);
    int n = 60;
    int p = 90;
    double[][] rows = new double[n][p];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < p; j++) {
        boolean silent = i % 3 == 2 && i > 30;
        rows[i][j] = i % 3 == 1 ? rows[i - 1][j] : silent ? 0 : 300 * random.nextGaussian();
      }
    }
    Matrix turn = Qr.orthonormal(Matrix.ofColumnMajor(p, p, gaussian(p * p)));
    double[][] rotated = new double[n][];
    for (int i = 0; i < n; i++) {
      // In products of different sizes, whose sums round differently.
      rotated[i] = Matrix.ofRows(Arrays.copyOf(rows, i + 1)).times(turn).toRows()[i];
    }
    for (boolean unit : new boolean[] {true, false}) {
      Neighbours plain = Neighbours.of(Representation.of("x", rows), 5, unit, false);
      Neighbours turned = Neighbours.of(Representation.of("x", rotated), 5, unit, false);
      assertThat(plain.hasTies()).isTrue();
      for (int i = 0; i < n; i++) {
        assertThat(runs(turned, i)).isEqualTo(runs(plain, i));
      }
    }
  }

  @Test
  void reorderedIsPreparedInThatOrder() {
    double[][] rows = tied(40, 2);
    int[] order = new SplittableRandom(5).ints(0, 40).distinct().limit(40).toArray();
    double[][] moved = Arrays.stream(order).mapToObj(i -> rows[i]).toArray(double[][]::new);
    Neighbours expected = Neighbours.of(Representation.of("x", moved), 6, true, true);

    Neighbours found = Neighbours.of(Representation.of("x", rows), 6, true, true).reordered(order);

    assertThat(expected.hasTies()).isTrue();
    for (int i = 0; i < 40; i++) {
      assertThat(runs(found, i)).isEqualTo(runs(expected, i));
      assertThat(found.features(i)).isEqualTo(expected.features(i));
    }
  }

  @Test
  void memoryIsThatOfTheNumbers() {
    double[] values = gaussian(60);
    Representation x = Representation.of("x", 20, 3, values);
    assertThat(Neighbours.of(x, 5, true, false).bytes()).isEqualTo(12 * 20 * 5);
    assertThat(Neighbours.of(x, 5, true, true).bytes()).isEqualTo(12 * 20 * 5 + 8 * 60);
    // One run of all 20 stimuli, which the ten silent ones share.
    Representation silent = Representation.of("s", silent(20, 1));
    assertThat(Neighbours.of(silent, 5, true, false).bytes())
        .isEqualTo(12 * 20 * 5 + 4 * 20 * 5 + 8 * 20 + 4 * 20);
    assertThat(Measures.parse("cknna[k=5,estimator=biased]").prepare(x).bytes())
        .isEqualTo(12 * 20 * 4 + 8 * 20);
  }

  /** Three clusters of three each way, no two of which share more than one stimulus. */
  @Test
  void withoutACommonNeighbourCknnaIsZero() {
    double[][] x = new double[9][];
    double[][] y = new double[9][];
    for (int i = 0; i < 9; i++) {
      double small = 0.01 * (i % 3) * (i % 3) + 0.003 * i;
      x[i] = new double[] {Math.cos(i / 3 * 2 + small), Math.sin(i / 3 * 2 + small)};
      y[i] = new double[] {Math.cos(i % 3 * 2 + small), Math.sin(i % 3 * 2 + small)};
    }
    Representation first = Representation.of("x", x);
    Representation second = Representation.of("y", y);
    assertThat(Measures.parse("mutual-knn[k=2]").compare(first, second)).isZero();
    assertThat(Measures.parse("cknna[k=2]").compare(first, first)).isCloseTo(1, within(0.01));
    assertThat(Measures.parse("cknna[k=2]").compare(first, second)).isZero();
  }

  @Test
  void tiesOnOneSideCountFromEither() {
    Representation tied = Representation.of("x", silent(24, 1));
    Representation plain = Representation.of("y", 24, 4, gaussian(96));
    Measure measure = Measures.parse("cknna[k=5,estimator=biased]");
    double value = measure.compare(tied, plain);
    assertThat(measure.compare(plain, tied)).isCloseTo(value, within(1e-12));
  }

  @Test
  void stimuliWithTheSameTiesShareThem() {
    // Half of the stimuli are silent: each of them ties with all others.
    Neighbours neighbours = Neighbours.of(Representation.of("x", silent(2000, 1)), 10, true, false);
    assertThat(neighbours.bytes()).isLessThan(20L * 2000 * 10);
  }

  @Test
  void moreNeighboursThanStimuliAreRefused() {
    Representation x = Representation.of("x", new double[4][2]);
    assertThatThrownBy(() -> Measures.parse("mutual-knn[k=4]").prepare(x))
        .isInstanceOf(InputException.class)
        .hasMessage("x has 4 stimuli; k=4 neighbours need at least 5");
  }

  @Test
  void identicalStimuliHaveDefinedValues() {
    double[][] rows = new double[12][2];
    for (double[] row : rows) {
      Arrays.fill(row, 1);
    }
    Representation same = Representation.of("same", rows);
    Representation zero = Representation.of("zero", new double[12][2]);
    for (String specification :
        new String[] {"mutual-knn[k=3]", "jaccard-knn[k=3]", "rank-similarity[k=3]"}) {
      // All is tied: what chance gives.
      assertThat(Measures.parse(specification).compare(same, zero))
          .as(specification)
          .isBetween(0.05, 3.0 / 11 + 1e-12);
    }
    assertThat(Measures.parse("second-order-cosine[k=3]").compare(same, same)).isEqualTo(1);
    assertThat(Measures.parse("second-order-cosine[k=3]").compare(same, zero)).isZero();
    assertThat(Measures.parse("cknna[k=3]").compare(zero, zero)).isZero();
    assertThat(Measures.parse("concentricity-difference").compare(zero, same))
        .isCloseTo(1, within(1e-14));
    assertThat(Measures.parse("uniformity-difference").compare(zero, same))
        .isCloseTo(0, within(1e-14));
  }

  @Test
  void aLargeCommonMeanCostsCknnaNoDigits() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] rows = new double[11][6];
    double[][] shifted = new double[11][6];
    for (int i = 0; i < 11; i++) {
      for (int j = 0; j < 6; j++) {
        rows[i][j] = random.nextGaussian();
        shifted[i][j] = rows[i][j] + 1000;
      }
    }
    // With k = n - 1 every stimulus is a neighbour: unbiased CKA, which a shift leaves alone.
    Representation x = Representation.of("x", rows);
    Representation y = Representation.of("y", shifted);
    assertThat(Measures.parse("cknna[rows=raw]").compare(x, y))
        .isCloseTo(Measures.parse("cka").compare(x, y), within(1e-6));
  }

  /** Small whole numbers, many duplicates. */
  private static double[][] tied(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][3];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextInt(-1, 2));
    }
    return rows;
  }

  /** Independent responses, those to the first half of the stimuli all zero. */
  private static double[][] silent(int n, int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] rows = new double[n][20];
    for (int i = n / 2; i < n; i++) {
      Arrays.setAll(rows[i], j -> Math.max(0, random.nextGaussian()));
    }
    return rows;
  }

  private static double[] gaussian(int count) {
    SplittableRandom random = new SplittableRandom(count);
    double[] values = new double[count];
    Arrays.setAll(values, j -> random.nextGaussian());
    return values;
  }

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
