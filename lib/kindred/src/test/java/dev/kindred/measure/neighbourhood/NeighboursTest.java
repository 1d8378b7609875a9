package dev.kindred.measure.neighbourhood;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighboursTest {

  @ParameterizedTest
  @CsvSource({"5, 4", "30, 1", "30, 7", "700, 10"})
  void agreeWithSortingAllProducts(int n, int k) {
    // Small whole numbers: exact products with many ties.
    SplittableRandom random = new SplittableRandom(n + k);
    double[][] rows = new double[n][3];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> random.nextInt(-3, 4));
    }
    Neighbours found = Neighbours.of(Representation.of("x", rows), k, false, false);
    for (int i = 0; i < n; i++) {
      int self = i;
      int[] expected =
          IntStream.range(0, n)
              .filter(j -> j != self)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(j -> 0.0 - dot(rows[self], rows[j]))
                      .thenComparing(Comparator.naturalOrder()))
              .limit(k)
              .mapToInt(j -> j)
              .toArray();
      int[] neighbours = IntStream.range(0, k).map(r -> found.neighbour(self, r)).toArray();
      assertThat(neighbours).as("stimulus " + i).isEqualTo(expected);
    }
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
      assertThat(Measures.parse(specification).compare(same, zero)).as(specification).isEqualTo(1);
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

  private static double dot(double[] a, double[] b) {
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
  }
}
