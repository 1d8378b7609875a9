package dev.kindred.base.matrix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MatrixTest {

  @ParameterizedTest
  @CsvSource({"1,1,1", "3,5,2", "70,65,130", "600,20,530", "1100,300,7"})
  void productsEqualTheirDefinition(int m, int k, int n) {
    Matrix a = random(m, k, "a");
    Matrix b = random(k, n, "b");
    double[][] expected = multiply(a.toRows(), b.toRows());
    assertClose(a.times(b), expected);
    assertClose(a.transposed().transposeTimes(b), expected);
    assertClose(a.timesTransposed(b.transposed()), expected);
  }

  @ParameterizedTest
  @CsvSource({"1,1", "5,3", "513,20", "1100,33"})
  void gramHasBothTriangles(int n, int p) {
    Matrix a = random(n, p, "gram");
    double[][] expected = multiply(a.toRows(), a.transposed().toRows());
    assertClose(a.gram(), expected);
    assertClose(a.transposed().scatter(), expected);
  }

  @Test
  void productsHaveTheSameBitsWithOneThread() {
    Matrix a = random(1300, 200, "bits");
    double[][] many = a.gram().toRows();
    System.setProperty("kindred.threads", "1");
    try {
      assertThat(a.gram().toRows()).isDeepEqualTo(many);
    } finally {
      System.clearProperty("kindred.threads");
    }
  }

  @ParameterizedTest
  @CsvSource({"6,4", "4,6", "200,150", "1,3"})
  void singularValuesRebuildTheMatrix(int m, int n) {
    Matrix a = random(m, n, "svd");
    try (Svd svd = Svd.of(a)) {
      assertThat(svd.values()).isSortedAccordingTo((x, y) -> Double.compare(y, x));
      assertClose(svd.u().copy().scaleColumns(svd.values()).times(svd.vt()), a.toRows());
      assertThat(Svd.values(a)).usingComparatorWithPrecision(1e-10).containsExactly(svd.values());
      assertThat(Svd.nuclearNorm(a)).isCloseTo(Arrays.stream(svd.values()).sum(), within(1e-9));
    }
  }

  @Test
  void rankCountsIndependentColumns() {
    Matrix a = random(30, 4, "rank");
    Matrix dependent = a.times(random(4, 12, "mix"));
    try (Svd svd = Svd.of(dependent)) {
      assertThat(svd.rank()).isEqualTo(4);
      Matrix basis = svd.columnBasis(0);
      assertClose(basis.times(basis.transposeTimes(dependent)), dependent.toRows());
    }
    try (Svd svd = Svd.of(Matrix.zeros(5, 3))) {
      assertThat(svd.rank()).isZero();
    }
  }

  @Test
  void eigenvectorsDiagonalise() {
    Matrix a = random(60, 60, "eigen").gram();
    try (SymmetricEigen eigen = SymmetricEigen.of(a)) {
      assertThat(eigen.values()).isSorted();
      assertClose(
          eigen.vectors().copy().scaleColumns(eigen.values()).timesTransposed(eigen.vectors()),
          a.toRows());
      assertThat(SymmetricEigen.values(a))
          .usingComparatorWithPrecision(1e-9)
          .containsExactly(eigen.values());
    }
  }

  @Test
  void qrIsOrthonormalAndSpansTheColumns() {
    Matrix a = random(40, 7, "qr");
    Matrix q = Qr.orthonormal(a);
    assertClose(q.scatter(), Matrix.identity(7).toRows());
    assertClose(q.times(q.transposeTimes(a)), a.toRows());
  }

  @ParameterizedTest
  @CsvSource({"40,7", "7,7", "7,40", "5,0"})
  void qrRebuildsTheMatrix(int rows, int columns) {
    Matrix a = random(rows, columns, "qr");
    try (Qr qr = Qr.of(a)) {
      assertClose(qr.q().times(qr.r()), a.toRows());
      for (int i = 1; i < qr.r().rows(); i++) {
        assertThat(Arrays.copyOf(qr.r().row(i), i)).containsOnly(0);
      }
    }
  }

  @Test
  void productsIntoColumnsEqualTheirDefinition() {
    Matrix a = random(9, 6, "a");
    Matrix x = random(9, 2, "x");
    Matrix y = random(6, 3, "y");
    // Four columns of A alone: what is behind them in y stays as it was.
    Matrix four = a.columns(0, 4);
    Matrix expected = y.copy();
    Matrix back = four.transposeTimes(x.columns(1, 2));
    for (int i = 0; i < 4; i++) {
      expected.set(i, 2, 2 * back.get(i, 0) + 0.5 * y.get(i, 2));
    }
    new Column(y, 2).multiplyTransposed(2, a, 4, new Column(x, 1), 0.5);
    assertClose(y, expected.toRows());

    expected = x.copy();
    Matrix out = four.times(y.block(0, 1, 4, 1));
    for (int i = 0; i < 9; i++) {
      expected.set(i, 0, 3 * out.get(i, 0) - x.get(i, 0));
    }
    new Column(x, 0).multiply(3, a, 4, new Column(y, 1), -1);
    assertClose(x, expected.toRows());

    Matrix outer = x.columns(1, 2).timesTransposed(y.columns(0, 1)).scale(-0.25);
    assertClose(
        a.copy().addOuter(-0.25, new Column(x, 1), new Column(y, 0)),
        a.copy().add(1, outer).toRows());

    assertThat(new Column(x, 1).norm()).isCloseTo(x.columns(1, 2).frobeniusNorm(), within(1e-14));
    assertThat(a.sumOfSquares()).isCloseTo(a.dot(a), within(1e-13));
    expected = x.copy();
    for (int i = 0; i < 9; i++) {
      expected.set(i, 1, -2 * x.get(i, 1));
    }
    new Column(x, 1).scale(-2);
    assertClose(x, expected.toRows());
  }

  @Test
  void productsIntoColumnsRefuseWhatDoesNotFit() {
    Matrix a = random(9, 6, "a");
    Column nine = new Column(random(9, 1, "nine"), 0);
    Column six = new Column(random(6, 1, "six"), 0);
    for (Runnable wrong :
        List.<Runnable>of(
            () -> nine.multiply(1, a, 7, nine, 0),
            () -> nine.multiply(1, a, 0, six, 0),
            () -> six.multiply(1, a, 6, six, 0),
            () -> six.multiplyTransposed(1, a, 6, six, 0),
            () -> new Column(random(5, 1, "five"), 0).multiplyTransposed(1, a, 6, nine, 0),
            () -> nine.multiply(1, a, 6, new Column(random(5, 1, "five"), 0), 0),
            () -> a.addOuter(1, six, nine))) {
      assertThatThrownBy(wrong::run).isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> new Column(a, 6)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void choleskySolves() {
    Matrix a = random(20, 40, "spd").gram();
    Matrix x = random(20, 3, "x");
    assertClose(Cholesky.solve(a, a.times(x)), x.toRows());
    assertThatThrownBy(() -> Cholesky.solve(Matrix.zeros(2, 2), Matrix.zeros(2, 1)))
        .isInstanceOf(ArithmeticException.class);
  }

  @Test
  void centringMakesConstantColumnsExactlyZero() {
    Matrix a = Matrix.ofRows(new double[][] {{0.1, 1}, {0.1, 2}, {0.1, 6}});
    a.centreColumns();
    assertThat(a.toRows()).isDeepEqualTo(new double[][] {{0, -2}, {0, -1}, {0, 3}});
  }

  @Test
  void normsDoNotOverflow() {
    Matrix a = Matrix.ofRows(new double[][] {{3e200, 0}, {0, 4e200}});
    assertThat(a.frobeniusNorm()).isCloseTo(5e200, within(1e186));
  }

  @Test
  void decompositionsRefuseNaN() {
    Matrix a = Matrix.ofRows(new double[][] {{1, Double.NaN}, {2, 3}});
    assertThatThrownBy(() -> Svd.of(a)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> SymmetricEigen.of(a)).isInstanceOf(ArithmeticException.class);
  }

  @Test
  void aClosedMatrixSaysSo() {
    Matrix a = random(3, 3, "closed");
    a.close();
    a.close();
    assertThatThrownBy(() -> a.column(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> a.gram()).isInstanceOf(IllegalStateException.class);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void panelBlocksAccumulate(boolean float32) {
    try (Panel a = new Panel(float32, 6);
        Panel c = new Panel(float32, 4)) {
      a.write(0, new double[] {1, 2, 3, 4, 5, 6}, 6);
      c.clear(0, 4);
      Panel.square(a.block(0, 3), 2, 3, 0, c.block(0, 2));
      Panel.multiply(a.block(0, 3).right(1).down(1), a.block(1, 3), 1, 1, 2, 1, c.block(1, 2));
      double[] values = new double[4];
      c.read(0, values, 4);
      assertThat(values).containsExactly(14, 32 + 28, 0, 77);
    }
  }

  @Test
  void blocksOutsideTheirPanelAreRefused() {
    try (Panel a = new Panel(true, 6);
        Panel c = new Panel(true, 4)) {
      assertThatThrownBy(() -> Panel.square(a.block(0, 3), 3, 3, 0, c.block(0, 3)))
          .isInstanceOf(IndexOutOfBoundsException.class);
      assertThatThrownBy(() -> Panel.square(a.block(0, 3), 2, 3, 0, c.block(1, 2)))
          .isInstanceOf(IndexOutOfBoundsException.class);
    }
  }

  static Matrix random(int rows, int columns, String name) {
    SplittableRandom random = new Seeds(7).stream(name);
    double[] values = random.doubles((long) rows * columns, -1, 1).toArray();
    return Matrix.ofColumnMajor(rows, columns, values);
  }

  private static double[][] multiply(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b[0].length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b[0].length; j++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }

  private static void assertClose(Matrix actual, double[][] expected) {
    assertThat(actual.rows()).isEqualTo(expected.length);
    double largest = 0;
    double[][] rows = actual.toRows();
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < rows[i].length; j++) {
        largest = Math.max(largest, Math.abs(rows[i][j] - expected[i][j]));
      }
    }
    assertThat(largest).isLessThan(1e-9);
  }
}
