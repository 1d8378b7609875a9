package dev.kindred.base.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ColumnSpaceTest {

  /** Columns of which each is {@code decay} times the size of the one before, mixed. */
  private static Matrix matrix(int n, int p, double decay) {
    SplittableRandom random = new Seeds(5).stream("column space");
    Matrix a = Matrix.zeros(n, p);
    Matrix mix = Matrix.zeros(p, p);
    for (int j = 0; j < p; j++) {
      for (int i = 0; i < n; i++) {
        a.set(i, j, random.nextDouble(-1, 1) * Math.pow(decay, j));
      }
      for (int i = 0; i < p; i++) {
        mix.set(i, j, random.nextDouble(-1, 1));
      }
    }
    return a.times(mix);
  }

  /** The projector on the space that a basis spans. */
  private static Matrix projector(Matrix basis) {
    return basis.timesTransposed(basis);
  }

  @ParameterizedTest
  @CsvSource({"40, 6, 1, 6", "40, 6, 0.1, 6", "40, 8, 1e-3, 5", "9, 12, 1, 9", "700, 600, 1, 600"})
  void spansTheColumnsWithAnOrthonormalBasis(int n, int p, double decay, int rank) {
    Matrix a = matrix(n, p, decay);

    Matrix q = ColumnSpace.basis(a, 0);

    assertThat(q.columns()).isEqualTo(rank).isEqualTo(Svd.of(a).rank());
    assertThat(q.scatter().add(-1, Matrix.identity(rank)).frobeniusNorm()).isLessThan(1e-12 * rank);
    assertThat(q.times(q.transposeTimes(a)).add(-1, a).frobeniusNorm())
        .isLessThan(1e-12 * a.frobeniusNorm());
  }

  @Test
  void leavesOutZeroAndDependentColumns() {
    Matrix a = matrix(30, 5, 1);
    a.writeColumn(1, new double[30]);
    Matrix dependent = Matrix.beside(java.util.List.of(a, a.columns(2, 3)));

    assertThat(ColumnSpace.basis(a, 0).columns()).isEqualTo(4);
    assertThat(ColumnSpace.basis(dependent, 0).columns()).isEqualTo(4);
    assertThat(
            projector(ColumnSpace.basis(dependent, 0))
                .add(-1, projector(ColumnSpace.basis(a, 0)))
                .frobeniusNorm())
        .isEqualTo(0, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"1e-200", "1e200"})
  void copesWithSquaresOutOfRange(double scale) {
    Matrix a = matrix(30, 5, 1);

    Matrix q = ColumnSpace.basis(a.copy().scale(scale), 0);

    assertThat(projector(q).add(-1, projector(ColumnSpace.basis(a, 0))).frobeniusNorm())
        .isLessThan(1e-12);
  }

  @Test
  void isEmptyForZeroAndAnErrorForNaN() {
    assertThat(ColumnSpace.basis(Matrix.zeros(5, 3), 0).columns()).isZero();
    Matrix broken = Matrix.zeros(5, 3);
    broken.set(1, 1, Double.NaN);
    assertThatThrownBy(() -> ColumnSpace.basis(broken, 0)).isInstanceOf(ArithmeticException.class);
  }

  /** By the Cholesky way or the other, directions within the errors are none. */
  @ParameterizedTest
  @CsvSource({"1e-3, 3e-6, 6", "1e-3, 3e-2, 5", "1e-9, 3e-12, 6", "1e-9, 3e-8, 5"})
  void leavesOutDirectionsWithinTheErrors(double small, double error, int rank) {
    Matrix a = matrix(40, 6, 1);
    double[] column = a.column(5);
    double[] nearly = a.column(4);
    for (int i = 0; i < column.length; i++) {
      nearly[i] += small * column[i];
    }
    a.writeColumn(5, nearly);

    assertThat(ColumnSpace.basis(a, error).columns()).isEqualTo(rank);
    assertThat(Svd.of(a).rank(error)).isEqualTo(rank);
    assertThat(Svd.rank(a, error)).isEqualTo(rank);
  }
}
