package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.array.ElementType;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundingErrorTest {

  /** Columns of norm 5 and 12, rows of norm 3 and √160. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 1e-200, 1e200})
  void isEpsilonTimesTheLongestRowAndColumnTogether(double scale) {
    double[][] rows = {{3 * scale, 0}, {4 * scale, 12 * scale}};
    Representation x = Representation.of("x", rows).withRounding(ElementType.FLOAT16);
    double expected = ElementType.FLOAT16.epsilon() * (12 + Math.sqrt(160)) * scale;
    try (Matrix features = Matrix.ofRows(rows)) {
      assertThat(RoundingError.norm(x, features)).isCloseTo(expected, within(1e-12 * expected));
    }
  }

  @Test
  void isNothingOfSilence() {
    Representation x = Representation.of("x", new double[3][2]);
    try (Matrix features = Matrix.zeros(3, 2)) {
      assertThat(RoundingError.norm(x, features)).isZero();
    }
  }
}
