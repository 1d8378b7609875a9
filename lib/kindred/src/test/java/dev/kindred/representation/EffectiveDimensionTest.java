package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class EffectiveDimensionTest {
  private static double dimension(double[]... rows) {
    return EffectiveDimension.participationRatio(Representation.of("x", rows));
  }

  @Test
  void countsAxesThatVaryAlike() {
    assertThat(dimension(new double[][] {{1, 5, 0}, {2, 5, 0}, {4, 5, 0}}))
        .isCloseTo(1, within(1e-12));
    // A square in a plane, away from the origin.
    double[][] square = {{10, 3, 1}, {11, 3, 1}, {10, 4, 1}, {11, 4, 1}};
    assertThat(dimension(square)).isCloseTo(2, within(1e-12));
    // Eigenvalues 4 and 1: 25/17.
    double[][] oblong = {{0, 0}, {2, 0}, {0, 1}, {2, 1}};
    assertThat(dimension(oblong)).isCloseTo(25 / 17.0, within(1e-12));
    assertThat(dimension(new double[][] {{3, 1}, {3, 1}})).isNaN();
    assertThatThrownBy(() -> dimension(new double[][] {{3, Double.NaN}, {3, 1}}))
        .isInstanceOf(InputException.class);
  }

  /** Of more units than stimuli, as of fewer, what the eigenvalues say. */
  @Test
  void isTheRatioOfTheEigenvalues() {
    SplittableRandom random = new SplittableRandom(8);
    for (int units : new int[] {7, 30, 90}) {
      double[][] rows = new double[30][units];
      for (double[] row : rows) {
        Arrays.setAll(row, j -> random.nextGaussian() / (1 + j) + 3);
      }
      Representation x = Representation.of("x", rows);
      double[] shares;
      try (PrincipalComponents components = PrincipalComponents.of(x)) {
        shares = components.varianceShares();
      }
      double expected = 1 / Arrays.stream(shares).map(share -> share * share).sum();
      assertThat(EffectiveDimension.participationRatio(x)).isCloseTo(expected, within(1e-9));
      Representation turned = Controls.rotated(x, new Seeds(1));
      assertThat(EffectiveDimension.participationRatio(turned)).isCloseTo(expected, within(1e-9));
    }
  }
}
