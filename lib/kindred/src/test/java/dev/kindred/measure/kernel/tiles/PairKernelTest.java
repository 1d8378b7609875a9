package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.kernel.tiles.PairKernel.Form;
import dev.kindred.measure.kernel.tiles.PairKernel.Rows;
import dev.kindred.measure.kernel.tiles.PairKernel.Scale;
import org.junit.jupiter.api.Test;

class PairKernelTest {
  private static final double ROUNDING = 1e-14;

  /** Parallel vectors tie at 0 and opposite ones at 2; what is more than rounding stays. */
  @Test
  void differencesFromOneAreExactAtTheirEnds() {
    double[] values = {1, 1 - 1e-15, 1 + 1e-15, 1 - 1e-13, -1, -1 + 1e-15, -1 + 1e-13, 0.25, 7};
    apply(Form.ONE_MINUS_INNER, values, 8, new double[9], 0, 0, Double.NaN, ROUNDING);
    assertThat(values).startsWith(0, 0, 0).endsWith(0.75, 7);
    assertThat(values[3]).isEqualTo(1 - (1 - 1e-13)).isPositive();
    assertThat(values[4]).isEqualTo(2);
    assertThat(values[5]).isEqualTo(2);
    assertThat(values[6]).isEqualTo(1 - (-1 + 1e-13)).isLessThan(2);
  }

  @Test
  void theRoundingItselfIsADifference() {
    double[] values = {1 - 0.125, -1 + 0.125};
    apply(Form.ONE_MINUS_INNER, values, 2, new double[2], 0, 0, Double.NaN, 0.125);
    assertThat(values).containsExactly(0.125, 2 - 0.125);
  }

  /** ‖x‖² = 4, 9 and 25 beside ‖y‖² = 9. */
  @Test
  void distancesAreOfTheStimuliFromTheFirstOn() {
    double[] squaredNorms = {100, 4, 9, 25};
    double[] squared = {1.5, 9, -2, 5};
    apply(Form.SQUARED_DISTANCE, squared, 3, squaredNorms, 1, 2, Double.NaN, ROUNDING);
    assertThat(squared).containsExactly(10, 0, 38, 5);
    double[] distances = {1.5, 9, -1, 5};
    apply(Form.DISTANCE, distances, 3, squaredNorms, 1, 2, Double.NaN, ROUNDING);
    assertThat(distances).containsExactly(Math.sqrt(10), 0, 6, 5);
  }

  /** Zero up to the rounding of both norms together: here 0.5·(3 + 1). */
  @Test
  void distancesBelowRoundingAreZero() {
    for (Form form : new Form[] {Form.SQUARED_DISTANCE, Form.DISTANCE}) {
      double[] values = {1, 0.5, 1.25};
      apply(form, values, 3, new double[] {3, 3, 3, 1}, 0, 3, Double.NaN, 0.5);
      double left = form == Form.DISTANCE ? Math.sqrt(3) : 3;
      assertThat(values).containsExactly(0, left, 0);
    }
  }

  @Test
  void gaussiansHaveTheDigitsOfTheirProducts() {
    for (int step = 0; step < 40; step++) {
      double product = -step / 4.0;
      double exact = Math.exp(-(2 - 2 * product) / 0.9);
      double[] precise = {product};
      apply(Form.RBF, precise, 1, new double[] {1}, 0, 0, 0.9, ROUNDING);
      assertThat(precise[0]).isCloseTo(exact, within(exact * 2e-12));
      double[] shorter = {product};
      apply(Form.RBF, shorter, 1, new double[] {1}, 0, 0, 0.9, 2e-6);
      assertThat(shorter[0]).isCloseTo(exact, within(exact * 1e-9));
      double[] complement = {product, 5};
      apply(Form.ONE_MINUS_RBF, complement, 1, new double[] {1}, 0, 0, 0.9, ROUNDING);
      assertThat(complement).containsExactly(1 - precise[0], 5);
    }
  }

  /** All stimuli are equal: every distance is 0. */
  @Test
  void aWidthOfZeroGivesOne() {
    double[] values = {1, 1};
    apply(Form.RBF, values, 2, new double[] {1, 1}, 0, 0, 0, ROUNDING);
    assertThat(values).containsExactly(1, 1);
  }

  private static void apply(
      Form form,
      double[] values,
      int count,
      double[] squaredNorms,
      int first,
      int other,
      double twoSigmaSquared,
      double rounding) {
    new PairKernel(form, Rows.RAW, Scale.NONE, Double.NaN)
        .apply(values, count, squaredNorms, first, other, twoSigmaSquared, rounding);
  }
}
