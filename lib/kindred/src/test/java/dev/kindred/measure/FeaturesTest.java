package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FeaturesTest {
  private static final MeasureInfo FREE = Measures.parse("cka").info();
  private static final MeasureInfo OF_ONE_SCALE = Measures.parse("rsm-norm-difference").info();

  /** More rows than are read at a time, and a last part that is not full. */
  @Test
  void everyNumberIsInItsPlace() {
    double[][] rows = rows(150, 3, 1);
    Representation x = Representation.of("x", rows);
    assertThat(Features.matrix(x, FREE).toRows()).isDeepEqualTo(rows);
    assertThat(Features.matrix(x, 2).toRows()).isDeepEqualTo(rows);
    assertThat(Features.transposed(x, FREE).toColumns()).isDeepEqualTo(rows);
    assertThat(Features.transposed(x, 2).toColumns()).isDeepEqualTo(rows);
  }

  /**
   * Powers of two change no digit; those from 2⁻³² to 2³² stay, as values must not depend on it.
   */
  @ParameterizedTest
  @CsvSource({"32, 0", "-32, 0", "33, 33", "-33, -33", "200, 200", "-900, -900"})
  void numbersFarFromOneAreScaledWhereTheScaleDoesNotMatter(int exponent, int taken) {
    double[][] rows = rows(70, 2, Math.scalb(1.0, exponent));
    Representation x = Representation.of("x", rows);
    double[][] expected = rows(70, 2, Math.scalb(1.0, exponent - taken));
    assertThat(Features.exponent(x, FREE)).isEqualTo(taken);
    assertThat(Features.matrix(x, FREE).toRows()).isDeepEqualTo(expected);
    assertThat(Features.transposed(x, FREE).toColumns()).isDeepEqualTo(expected);
    if (Math.abs(exponent) <= 200) {
      assertThat(Features.exponent(x, OF_ONE_SCALE)).isZero();
      assertThat(Features.matrix(x, OF_ONE_SCALE).toRows()).isDeepEqualTo(rows);
      assertThat(Features.transposed(x, OF_ONE_SCALE).toColumns()).isDeepEqualTo(rows);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {201, -201})
  void numbersOutOfRangeAreRefusedWhereTheScaleMatters(int exponent) {
    double[][] rows = rows(5, 2, Math.scalb(0.5, exponent));
    rows[3][1] = -Math.scalb(1.9, exponent);
    Representation x = Representation.of("x", rows);
    String message =
        "x: its largest number, "
            + String.format(Locale.ROOT, "%.1e", Math.scalb(1.9, exponent))
            + ", is out of the range 6e-61 to 2e+60 of measures that depend on the scale; multiply"
            + " all responses by one factor";
    assertThatThrownBy(() -> Features.matrix(x, OF_ONE_SCALE)).hasMessage(message);
    assertThatThrownBy(() -> Features.matrix(x, 2)).hasMessage(message);
    assertThatThrownBy(() -> Features.transposed(x, OF_ONE_SCALE)).hasMessage(message);
    assertThatThrownBy(() -> Features.transposed(x, 2)).hasMessage(message);
    assertThatThrownBy(() -> Features.exponent(x, OF_ONE_SCALE)).hasMessage(message);
  }

  @Test
  void theGreatestNumberIsFinite() {
    double[][] rows = rows(5, 2, 1);
    rows[2][1] = -Double.MAX_VALUE;
    Representation x = Representation.of("x", rows);
    assertThat(Features.exponent(x, FREE)).isEqualTo(1023);
    assertThat(Features.matrix(x, FREE).get(2, 1)).isBetween(-2.0, -1.0);
  }

  @Test
  void float32IsNeverScaled() {
    Representation x = Representation.of("x", 4, 2, new float[] {3, -1e38f, 1, 2, 3, 4, 5, 6});
    assertThat(Features.exponent(x, FREE)).isZero();
    assertThat(Features.matrix(x, FREE).get(0, 1)).isEqualTo(-1e38f);
    assertThat(Features.transposed(x, 2).get(1, 0)).isEqualTo(-1e38f);
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void whatIsNotFiniteIsNamedByItsPlace(double wrong) {
    double[][] rows = rows(150, 3, 1);
    rows[131][2] = wrong;
    Representation x = Representation.of("x", rows);
    String message = "x: value " + wrong + " at row 131, column 2; all must be finite";
    assertThatThrownBy(() -> Features.matrix(x, 2)).hasMessage(message);
    assertThatThrownBy(() -> Features.transposed(x, 2)).hasMessage(message);
    assertThatThrownBy(() -> Features.exponent(x, FREE)).hasMessage(message);
  }

  @Test
  void tooFewStimuliAndNoUnitsAreRefused() {
    Representation two = Representation.of("two", rows(2, 1, 1));
    try (Matrix matrix = Features.matrix(two, 2)) {
      assertThat(matrix.rows()).isEqualTo(2);
    }
    for (Runnable reading :
        new Runnable[] {() -> Features.matrix(two, 3), () -> Features.transposed(two, 3)}) {
      assertThatThrownBy(reading::run)
          .isInstanceOf(InputException.class)
          .hasMessage("two has 2 stimuli; expected at least 3");
    }
    Representation none = Representation.of("none", 4, 0, new double[0]);
    assertThatThrownBy(() -> Features.matrix(none, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("none has no units; expected at least one column");
  }

  /** Numbers in [1, 2) and their negatives, so that every magnitude has the scale's exponent. */
  private static double[][] rows(int n, int p, double scale) {
    SplittableRandom random = new Seeds(2).stream("features");
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      for (int j = 0; j < p; j++) {
        row[j] = (random.nextBoolean() ? 1 : -1) * random.nextDouble(1, 2) * scale;
      }
    }
    return rows;
  }
}
