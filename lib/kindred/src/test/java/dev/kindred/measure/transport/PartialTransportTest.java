package dev.kindred.measure.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartialTransportTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,7", "6,6", "12,18", "17,5", "40,41"})
  void allTheMassCostsWhatBalancedTransportDoes(int p, int q) {
    double[] cost = costs(p, q, 3);
    assertThat(PartialTransport.minimum(cost, p, q, 1))
        .isCloseTo(OptimalTransport.minimum(cost, p, q).total(cost), within(1e-12));
  }

  /** A little mass takes the cheapest edge; more costs more for every part that is added. */
  @Test
  void costIsConvexInTheMassAndBeginsWithTheCheapestEdge() {
    int p = 9;
    int q = 12;
    double[] cost = costs(p, q, 5);
    double least = Arrays.stream(cost).min().getAsDouble();
    assertThat(PartialTransport.minimum(cost, p, q, 0.01)).isCloseTo(0.01 * least, within(1e-14));
    double before = 0;
    double slope = 0;
    for (int k = 1; k <= 50; k++) {
      double now = PartialTransport.minimum(cost, p, q, k / 50.0);
      assertThat(now - before).isGreaterThanOrEqualTo(slope - 1e-12);
      slope = now - before;
      before = now;
    }
  }

  /** Half the units of two by two: the best single pair, also where the best plan has another. */
  @Test
  void halfOfTwoUnitsIsTheBestPair() {
    double[] cost = {1, 2, 2, 9};
    assertThat(PartialTransport.minimum(cost, 2, 2, 0.5)).isCloseTo(0.5, within(1e-15));
    assertThat(PartialTransport.minimum(cost, 2, 2, 1)).isCloseTo(2, within(1e-15));
    assertThat(PartialTransport.minimum(cost, 2, 2, 0.75)).isCloseTo(1.25, within(1e-15));
  }

  /** A mass that ends within a unit, and rows that must give up what they sent before. */
  @ParameterizedTest
  @CsvSource({"0.05", "0.3", "0.5", "0.7777", "0.95"})
  void costsLieOnTheLineBetweenWholeUnits(double mass) {
    int p = 7;
    int q = 5;
    double[] cost = costs(p, q, 11);
    double unit = 1.0 / (p * q);
    double below = Math.floor(mass / unit);
    double atBelow = below == 0 ? 0 : PartialTransport.minimum(cost, p, q, below * unit);
    double atAbove = PartialTransport.minimum(cost, p, q, (below + 1) * unit);
    double expected = atBelow + (mass / unit - below) * (atAbove - atBelow);
    assertThat(PartialTransport.minimum(cost, p, q, mass)).isCloseTo(expected, within(1e-12));
  }

  @Test
  void aCostIsNamedByItsPlace() {
    for (double wrong : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(
              () -> PartialTransport.minimum(new double[] {0, 0, 0, 0, 0, wrong}, 2, 3, 0.5))
          .isInstanceOf(InputException.class)
          .hasMessage("transport: cost " + wrong + " at row 1, column 2");
    }
    assertThat(PartialTransport.minimum(new double[] {0, 1}, 1, 2, 0.5)).isZero();
    for (int[] size : new int[][] {{0, 3}, {3, 0}}) {
      assertThatThrownBy(() -> PartialTransport.minimum(new double[0], size[0], size[1], 0.5))
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void whatIsNoCostOrNoMassIsRefused() {
    assertThatThrownBy(() -> PartialTransport.minimum(new double[] {1, -1}, 1, 2, 0.5))
        .isInstanceOf(InputException.class);
    for (double mass : new double[] {0, -0.5, 1.01, Double.NaN}) {
      assertThatThrownBy(() -> PartialTransport.minimum(new double[] {1, 1}, 1, 2, mass))
          .isInstanceOf(InputException.class)
          .hasMessage(
              "transport: expected 1 × 2 costs and a mass above 0, at most 1; found 2 and " + mass);
    }
    assertThatThrownBy(() -> PartialTransport.minimum(new double[] {1}, 1, 2, 0.5))
        .isInstanceOf(InputException.class);
  }

  private static double[] costs(int p, int q, long seed) {
    return new SplittableRandom(seed).doubles((long) p * q, 0, 2).toArray();
  }
}
