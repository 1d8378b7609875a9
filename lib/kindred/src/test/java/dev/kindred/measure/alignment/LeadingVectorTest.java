package dev.kindred.measure.alignment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Column;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.base.matrix.SymmetricEigen;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LeadingVectorTest {

  @ParameterizedTest
  @CsvSource({"1,1", "1,9", "9,1", "5,5", "40,12", "12,40", "48,48", "150,140"})
  void isTheFirstOfTheSingularValueDecomposition(int p, int q) {
    Matrix a = gaussian(p, q, "matrix " + p + " " + q);
    assertThat(share(a)).isCloseTo(1, within(1e-13));
  }

  /** Values that lie close take more steps than the basis has room for at first. */
  @Test
  void manyStepsAreTaken() {
    Matrix a = Matrix.zeros(210, 200);
    for (int i = 0; i < 200; i++) {
      a.set(i, i, 2 - i / 200.0);
    }
    assertThat(share(a)).isCloseTo(1, within(1e-13));
  }

  /** However small the next one is. */
  @Test
  void oneWorkspaceServesOneMatrixAfterTheOther() {
    try (LeadingVector leading = new LeadingVector(30, 20);
        Matrix vector = Matrix.zeros(30, 1)) {
      for (double size : new double[] {1, 1e-6, 1e-12}) {
        Matrix a = gaussian(30, 20, "size " + size).scale(size);
        leading.left(a, new Column(vector, 0));
        try (Svd svd = Svd.of(a)) {
          assertThat(share(svd, vector)).isCloseTo(1, within(1e-13));
        }
      }
    }
  }

  /** No row of the larger block is as long as the one beside it, which begins no other steps. */
  @Test
  void aBlockOfShortRowsIsNotOverlooked() {
    Matrix a = Matrix.zeros(30, 20);
    a.set(29, 19, 10);
    for (int i = 0; i < 29; i++) {
      for (int j = 0; j < 4; j++) {
        a.set(i, j, 4);
      }
    }
    assertThat(share(a)).isCloseTo(1, within(1e-13));
    assertThat(share(a.transposed())).isCloseTo(1, within(1e-13));
  }

  /** Every vector of the plane will do. */
  @Test
  void twoEqualSingularValuesGiveAVectorOfTheirPlane() {
    Matrix a = Matrix.zeros(7, 5);
    a.set(2, 1, 3);
    a.set(4, 3, 3);
    a.set(6, 4, 1);
    Matrix vector = left(a);
    assertThat(Math.hypot(vector.get(2, 0), vector.get(4, 0))).isCloseTo(1, within(1e-14));
  }

  @Test
  void aGrowingTridiagonalHasTheEigenvectorOfTheWhole() {
    SplittableRandom random = new Seeds(1).stream("tridiagonal");
    for (double decay : new double[] {1, 0.5, 1e-3}) {
      GrowingTridiagonal tridiagonal = new GrowingTridiagonal();
      Matrix whole = Matrix.zeros(40, 40);
      double size = 1;
      for (int n = 1; n <= 40; n++) {
        double diagonal = size * random.nextDouble();
        double beside = size * (1e-3 + random.nextDouble());
        tridiagonal.add(diagonal, beside);
        whole.set(n - 1, n - 1, diagonal);
        Matrix part = whole.block(0, 0, n, n);
        double[] found = tridiagonal.vector();
        try (SymmetricEigen eigen = SymmetricEigen.of(part)) {
          assertThat(tridiagonal.largest())
              .isCloseTo(eigen.values()[n - 1], within(1e-14 * eigen.values()[n - 1]));
          double product = 0;
          for (int i = 0; i < n; i++) {
            assertThat(found[i]).isNotNegative();
            product += found[i] * eigen.vectors().get(i, n - 1);
          }
          assertThat(Math.abs(product)).isCloseTo(1, within(1e-12));
        }
        if (n < 40) {
          whole.set(n, n - 1, beside);
          whole.set(n - 1, n, beside);
        }
        size *= decay;
      }
    }
  }

  private static Matrix left(Matrix a) {
    Matrix vector = Matrix.zeros(a.rows(), 1);
    try (LeadingVector leading = new LeadingVector(a.rows(), a.columns())) {
      leading.left(a, new Column(vector, 0));
    }
    return vector;
  }

  /** |cosine| with the first left singular vector. */
  private static double share(Matrix a) {
    try (Svd svd = Svd.of(a)) {
      return share(svd, left(a));
    }
  }

  private static double share(Svd svd, Matrix vector) {
    assertThat(vector.frobeniusNorm()).isCloseTo(1, within(1e-14));
    return Math.abs(svd.u().columns(0, 1).dot(vector));
  }

  private static Matrix gaussian(int rows, int columns, String name) {
    SplittableRandom random = new Seeds(3).stream(name);
    double[] values = new double[rows * columns];
    Arrays.setAll(values, i -> random.nextGaussian());
    return Matrix.ofColumnMajor(rows, columns, values);
  }
}
