package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Correlation.Method;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CorrelationTest {

  /** Exact as far as 33 numbers, and with one pair out of order; p of scipy.stats.kendalltau. */
  @ParameterizedTest
  @CsvSource({
    "33, 5, 0, 0.15061735773454274",
    "34, 5, 0, 0.03659566165329499",
    "40, 1, 1, 9.804939513027087e-47",
    "40, 1, 2, 1.549572233556233e-19"
  })
  void kendallPsAreScipys(int n, int step, int swaps, double expected) {
    double[] x = IntStream.range(0, n).asDoubleStream().toArray();
    double[] y = IntStream.range(0, n).mapToDouble(i -> (double) i * step % n).toArray();
    for (int k = 0; k < swaps; k++) {
      double first = y[3 * k];
      y[3 * k] = y[3 * k + 1];
      y[3 * k + 1] = first;
    }
    double[] negative = Arrays.stream(y).map(v -> -v).toArray();
    assertThat(Correlation.of(Method.KENDALL, x, y).twoSidedP())
        .isCloseTo(expected, within(1e-9 * expected));
    assertThat(Correlation.of(Method.KENDALL, x, negative).twoSidedP())
        .isCloseTo(expected, within(1e-9 * expected));
  }

  /** With a tie on either side: the normal approximation of scipy.stats.kendalltau. */
  @Test
  void tiesMakeKendallPsApproximate() {
    double[] x = {1, 1, 2, 3, 4, 5, 6, 7};
    double[] y = {2, 1, 3, 5, 4, 8, 6, 7};
    for (Correlation found :
        List.of(Correlation.of(Method.KENDALL, x, y), Correlation.of(Method.KENDALL, y, x))) {
      assertThat(found.twoSidedP()).isCloseTo(0.008839740160738536, within(1e-12));
    }
  }

  @Test
  void whereHalfOfThePairsAreOutOfOrderTheKendallPIsOne() {
    double[] x = {1, 2, 3, 4};
    assertThat(Correlation.of(Method.KENDALL, x, new double[] {2, 4, 1, 3}).twoSidedP()).isOne();
    // 1 + 3 + 5 of 24 orders have at most two pairs out of order.
    assertThat(Correlation.of(Method.KENDALL, x, new double[] {1, 4, 2, 3}).twoSidedP())
        .isCloseTo(2 * 9 / 24.0, within(1e-12));
  }

  /** Values of numpy: the correlation of what is left by least squares on the third list. */
  @Test
  void partialCorrelationsAreThoseOfWhatIsLeft() {
    double[] x = {1.2, 0.4, 3.1, 2.2, 5.0, 4.1, 2.9};
    double[] y = {0.3, 1.1, 2.0, 2.4, 3.9, 2.8, 4.4};
    double[] given = {0.5, 1.0, 2.5, 1.5, 4.0, 4.5, 3.0};
    assertThat(Method.PEARSON.partial(x, y, given)).isCloseTo(0.1425305148431805, within(1e-12));
    assertThat(Method.SPEARMAN.partial(x, y, given)).isCloseTo(-0.2135501118359282, within(1e-12));
    double[] doubled = Arrays.stream(given).map(value -> 2 * value + 1).toArray();
    assertThat(Method.PEARSON.partial(x, doubled, given)).isNaN();
    assertThat(Method.SPEARMAN.partial(doubled, y, given)).isNaN();
  }

  @Test
  void twoNumbersSayNothing() {
    Correlation found = Correlation.of(Method.PEARSON, new double[] {1, 2}, new double[] {3, 7});
    assertThat(found.coefficient()).isCloseTo(1, within(1e-15));
    assertThat(found.twoSidedP()).isOne();
  }

  @ParameterizedTest
  @EnumSource(Method.class)
  void oneNumberHasNoCorrelation(Method method) {
    assertThatThrownBy(() -> Correlation.of(method, new double[1], new double[1]))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("correlation of 1 numbers; expected at least 2");
  }

  @Test
  void zerosOfEitherSignAreOneNumber() {
    double[] x = {-0.0, 0.0, 1, -0.0, 2};
    assertThat(Correlation.ranks(x)).containsExactly(2, 2, 4, 2, 5);
    double[] y = {3, 1, 2, 0.0, -0.0};
    for (Method method : Method.values()) {
      double[] plainX = {0, 0, 1, 0, 2};
      double[] plainY = {3, 1, 2, 0, 0};
      assertThat(method.coefficient(x, y)).isEqualTo(method.coefficient(plainX, plainY));
      double[] ones = {1, 1, 1, 1, 1};
      assertThat(method.weighted(ones, x, y)[0][1])
          .isCloseTo(method.coefficient(plainX, plainY), within(1e-12));
    }
  }

  /** The first of ten is the lowest tenth; the eighth is at eighty percent and not above. */
  @Test
  void badAreTheLowestFifthThatAreInTheHighest() {
    double[] x = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    assertThat(Correlation.badFraction(x, new double[] {7, 1, 2, 3, 4, 5, 6, 0, 8, 9})).isZero();
    assertThat(Correlation.badFraction(x, new double[] {8, 1, 2, 3, 4, 5, 6, 7, 0, 9}))
        .isEqualTo(0.1);
    // The second is at twenty percent and not below.
    assertThat(Correlation.badFraction(x, new double[] {0, 9, 2, 3, 4, 5, 6, 7, 8, 1})).isZero();
    assertThatThrownBy(() -> Correlation.badFraction(x, new double[9]))
        .isInstanceOf(InputException.class)
        .hasMessage("bad fraction: lists of 10 and 9 numbers; expected equal lengths");
  }

  @Test
  void intervalsHoldTheirEnds() {
    Interval interval = new Interval(1, 2);
    assertThat(interval.contains(1)).isTrue();
    assertThat(interval.contains(2)).isTrue();
    assertThat(interval.contains(0.99)).isFalse();
    assertThat(interval.contains(2.01)).isFalse();
    assertThat(interval).hasToString("[1.000, 2.000]");
    assertThat(Interval.UNKNOWN).hasToString("unknown");
    double[] replicates = IntStream.range(0, 100).asDoubleStream().toArray();
    Arrays.fill(replicates, 0, 20, Double.NaN);
    assertThat(Interval.percentile(replicates, 0.5)).isNotEqualTo(Interval.UNKNOWN);
    replicates[20] = Double.NaN;
    assertThat(Interval.percentile(replicates, 0.5)).isEqualTo(Interval.UNKNOWN);
  }

  @Test
  void quantilesAreFromTheLeastToTheGreatest() {
    double[] values = {3, 1, 2};
    assertThat(Quantile.of(values, 0)).isEqualTo(1);
    assertThat(Quantile.of(values, 1)).isEqualTo(3);
    assertThat(Quantile.of(values, 0.75)).isEqualTo(2.5);
    for (double level : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> Quantile.of(values, level)).isInstanceOf(InputException.class);
    }
    assertThatThrownBy(() -> Quantile.of(new double[0], 0.5)).isInstanceOf(InputException.class);
  }

  @Test
  void permutationTestsAreWhatTheyHold() {
    PermutationTest drawn = new PermutationTest(2, new double[] {1, 2, 3, -2}, false);
    assertThat(drawn.greaterP()).isEqualTo(3 / 5.0);
    assertThat(drawn.lessP()).isEqualTo(4 / 5.0);
    assertThat(drawn.twoSidedP()).isEqualTo(4 / 5.0);
    assertThat(drawn.quantile(0.5)).isEqualTo(1.5);
    assertThat(drawn).hasToString("observed 2.0, 4 permutations, p = 0.6");
    PermutationTest all = new PermutationTest(2, new double[] {1, 2, 3, -2}, true);
    assertThat(all).hasToString("observed 2.0, 4 (all) permutations, p = 0.5");
    assertThat(drawn)
        .isEqualTo(new PermutationTest(2, new double[] {1, 2, 3, -2}, false))
        .hasSameHashCodeAs(new PermutationTest(2, new double[] {1, 2, 3, -2}, false))
        .isNotEqualTo(all)
        .isNotEqualTo(new PermutationTest(1, new double[] {1, 2, 3, -2}, false))
        .isNotEqualTo(new PermutationTest(2, new double[] {1, 2, 3, 2}, false))
        .isNotEqualTo("a text");
    // What is undefined is as great as nothing, and no measure of rounding.
    double infinite = Double.NEGATIVE_INFINITY;
    assertThat(new PermutationTest(infinite, new double[] {infinite, 1}, false).greaterP())
        .isEqualTo(1);
  }

  /** Four items have 24 permutations: all are tried where as many are allowed. */
  @Test
  void mantelTriesAllPermutationsWhereItMay() {
    LabelledMatrix a = labelled("a", "s", 4, 1);
    LabelledMatrix b = labelled("b", "s", 4, 2);
    PermutationTest all = Mantel.test(a, b, Method.PEARSON, 24, new Seeds(1));
    assertThat(all.exact()).isTrue();
    assertThat(all.permuted()).hasSize(24);
    PermutationTest some = Mantel.test(a, b, Method.PEARSON, 23, new Seeds(1));
    assertThat(some.exact()).isFalse();
    SplittableRandom random = new Seeds(1).stream("mantel");
    for (int t = 0; t < 23; t++) {
      int[] order = Permutations.random(4, random);
      double[][] moved = b.select(order, order).values();
      assertThat(some.permuted()[t])
          .isCloseTo(
              Method.PEARSON.coefficient(
                  SymmetricPairs.upper(a.values(), "a"), SymmetricPairs.upper(moved, "b")),
              within(1e-12));
    }
  }

  @Test
  void mantelRefusesWhatItCannotCompare() {
    LabelledMatrix a = labelled("a", "s", 4, 1);
    Seeds seeds = new Seeds(1);
    assertThatThrownBy(() -> Mantel.test(a, a, Method.KENDALL, 9, seeds))
        .isInstanceOf(InputException.class)
        .hasMessage("mantel: expected pearson or spearman, found kendall");
    assertThatThrownBy(() -> Mantel.test(a, a, Method.PEARSON, 0, seeds))
        .hasMessage("mantel: 0 permutations; expected at least 1");
    assertThat(Mantel.test(a, a, Method.PEARSON, 1, seeds).permuted()).hasSize(1);
    LabelledMatrix others = labelled("b", "t", 4, 1);
    String message =
        "a is over [s0, s1, s2, s3], b over [t0, t1, t2, t3]: both need the same models in the"
            + " same order";
    assertThatThrownBy(() -> Mantel.test(a, others, Method.PEARSON, 9, seeds)).hasMessage(message);
    assertThatThrownBy(() -> NoiseCeiling.of(Method.PEARSON, List.of(a, others)))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
    LabelledMatrix oblong =
        new LabelledMatrix(
            "o", a.rows(), List.of("u", "v"), new double[4][2], Provenance.of("test"));
    for (List<LabelledMatrix> pair : List.of(List.of(a, oblong), List.of(oblong, a))) {
      assertThatThrownBy(() -> Mantel.test(pair.get(0), pair.get(1), Method.PEARSON, 9, seeds))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("other rows than columns");
    }
    double[][] ragged = {{0, 1, 2}, {1, 0}, {2, 3, 0}};
    assertThatThrownBy(() -> Mantel.test(ragged, ragged, Method.PEARSON, 9, seeds))
        .hasMessage("the first matrix has 3 rows, row 1 has 2 numbers; expected a square matrix");
  }

  private static LabelledMatrix labelled(String title, String prefix, int n, long seed) {
    double[] pairs = new SplittableRandom(seed).doubles((long) n * (n - 1) / 2).toArray();
    List<String> names = IntStream.range(0, n).mapToObj(i -> prefix + i).toList();
    return new LabelledMatrix(
        title, names, names, SymmetricPairs.matrix(pairs, n), Provenance.of("test"));
  }
}
