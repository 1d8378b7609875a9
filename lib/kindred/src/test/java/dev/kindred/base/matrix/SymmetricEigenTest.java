package dev.kindred.base.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SymmetricEigenTest {
  /** What a routine leaves that gives up. */
  private static int givesUp(char job, Matrix work, Matrix values) {
    for (int i = 0; i < work.rows(); i++) {
      values.set(i, 0, Double.NaN);
      for (int j = 0; j < work.columns(); j++) {
        work.set(i, j, 7);
      }
    }
    return 1;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 30, 90})
  void whereTheFirstRoutineGivesUpTheSecondFindsTheSame(int n) {
    try (Matrix a = symmetric(n);
        Matrix before = a.copy();
        SymmetricEigen eigen = SymmetricEigen.of(a, SymmetricEigenTest::givesUp)) {
      assertThat(eigen.values())
          .isSorted()
          .containsExactly(SymmetricEigen.values(a), within(1e-12));
      assertThat(SymmetricEigen.values(a, SymmetricEigenTest::givesUp))
          .containsExactly(eigen.values(), within(1e-12));
      try (Matrix scaled = eigen.vectors().copy().scaleColumns(eigen.values());
          Matrix product = scaled.timesTransposed(eigen.vectors());
          Matrix norms = eigen.vectors().transposeTimes(eigen.vectors())) {
        for (int i = 0; i < n; i++) {
          for (int j = 0; j < n; j++) {
            assertThat(a.get(i, j)).isEqualTo(before.get(i, j));
            assertThat(product.get(i, j)).isCloseTo(a.get(i, j), within(1e-11));
            assertThat(norms.get(i, j)).isCloseTo(i == j ? 1 : 0, within(1e-12));
          }
        }
      }
    }
  }

  private static Matrix symmetric(int n) {
    SplittableRandom random = new Seeds(42).stream("symmetric");
    Matrix a = Matrix.zeros(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        double value = random.nextDouble() - 0.5;
        a.set(i, j, value);
        a.set(j, i, value);
      }
    }
    return a;
  }
}
