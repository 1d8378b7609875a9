package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.representation.Representation;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FeatureProductsTest {

  /** More units than are added up at a time, and more stimuli: ‖XᵀY‖² without Σᵢ ‖xᵢ‖²‖yᵢ‖². */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void sumsOverPairsAreThoseOfTheGramMatrices(boolean float32) {
    int n = 1100;
    Representation x = random("x", n, 1100);
    Representation y = random("y", n, 250);
    List<TreatedFeatures> features = List.of(treated(x, float32), treated(y, float32));
    try {
      Arrivals arrivals = new Arrivals(2, m -> true, m -> features.get(m).read().cache());
      Progress.Task task = Progress.NONE.begin("", 3);
      PairSums sums = FeatureProducts.sums(features, arrivals, n, float32, task);
      double expected = 0;
      double[][] a = rows(x);
      double[][] b = rows(y);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < i; j++) {
          expected += 2 * dot(a[i], a[j]) * dot(b[i], b[j]);
        }
      }
      assertThat(sums.products()[1][0])
          .isCloseTo(expected, within(Math.abs(expected) * (float32 ? 1e-5 : 1e-10)));
    } finally {
      features.forEach(TreatedFeatures::close);
    }
  }

  private static TreatedFeatures treated(Representation x, boolean float32) {
    return new TreatedFeatures(x, 0, 0, x.stimuli(), PairKernel.Rows.RAW, false, float32);
  }

  /** With a factor that all stimuli share, so that the sum is far from 0. */
  private static Representation random(String id, int n, int p) {
    double[] values = new Seeds(6).stream(id).doubles((long) n * p, -0.5, 1).toArray();
    return Representation.of(id, n, p, values);
  }

  private static double[][] rows(Representation x) {
    double[][] rows = new double[x.stimuli()][x.units()];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < x.units(); j++) {
        rows[i][j] = x.get(i, j);
      }
    }
    return rows;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
