package dev.kindred.base.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import java.net.URISyntaxException;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SvdTest {
  private static final int SIDE = 48;
  private static final int RANK = 24;

  /**
   * The singular values of the stored matrix that SciPy's gesvd finds: the greatest, and the least
   * that is not 0.
   */
  private static final double GREATEST = 77.92534254309614;

  private static final double LEAST = 0.01901307537303832;

  /** Products of two networks' responses; LAPACK 3.11's gesdd gives up on them, NumPy's too. */
  @Test
  void aMatrixOnWhichDivideAndConquerGivesUpIsDecomposedAllTheSame() {
    double[] numbers = stored();
    try (Matrix a = Matrix.zeros(SIDE, SIDE)) {
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          a.set(row, column, numbers[row * SIDE + column]);
        }
      }
      requireDecomposition(a, Svd.of(a));
      double[] values = Svd.values(a);
      assertThat(values[0]).isCloseTo(GREATEST, within(1e-11));
      assertThat(values[RANK - 1]).isCloseTo(LEAST, within(1e-11));
    }
  }

  @ParameterizedTest
  @CsvSource({"6,4", "4,6", "60,60", "1,3"})
  void theIterationFindsWhatDivideAndConquerFinds(int m, int n) {
    int k = Math.min(m, n);
    SplittableRandom random = new Seeds(42).stream("iteration");
    try (Matrix a = Matrix.zeros(m, n);
        Matrix s = Matrix.zeros(k, 1)) {
      for (int row = 0; row < m; row++) {
        for (int column = 0; column < n; column++) {
          a.set(row, column, random.nextDouble() - 0.5);
        }
      }
      Matrix u = Matrix.zeros(m, k);
      Matrix vt = Matrix.zeros(k, n);
      assertThat(Svd.qrIteration('S', a, s, u, vt)).isZero();
      double[] values = new double[k];
      s.readColumn(0, values);
      assertThat(values).containsExactly(Svd.values(a), within(1e-12));
      requireDecomposition(a, new Svd(u, values, vt));
    }
  }

  private static void requireDecomposition(Matrix a, Svd of) {
    try (Svd svd = of;
        Matrix scaled = svd.u().copy().scaleColumns(svd.values());
        Matrix product = scaled.times(svd.vt())) {
      assertThat(svd.values()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
      for (int row = 0; row < a.rows(); row++) {
        for (int column = 0; column < a.columns(); column++) {
          assertThat(product.get(row, column)).isCloseTo(a.get(row, column), within(1e-10));
        }
      }
    }
  }

  private static double[] stored() {
    try (ArrayFile file =
        ArrayFile.open(
            Path.of(SvdTest.class.getResource("/matrices/no-convergence.npy").toURI()))) {
      NumericArray array = file.array(file.entries().get(0).name());
      double[] numbers = new double[Math.toIntExact(array.size())];
      array.read(0, DoubleBuffer.wrap(numbers));
      return numbers;
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }
}
