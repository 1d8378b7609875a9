package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.representation.Representation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreatedFeaturesTest {

  /**
   * Two units of means 11 and −2 whose squared distances from them add to 14 on average, so that
   * the root lies between 2 and 4.
   */
  @Test
  void theScaleIsThePowerOfTwoBelowTheSpread() {
    double[] values = {11 + 2, -2 - 4, 11 - 2, -2 + 2, 11 + 2, -2 + 4, 11 - 2, -2 - 2};
    // 4 + (16 + 4 + 16 + 4)/4 = 14
    assertThat(scale(4, 2, values)).isEqualTo(0.5);
    double[] first = {13, 9, 13, 9};
    assertThat(scale(4, 1, first)).isEqualTo(0.5);
    double[] wider = {11 + 4, -2 - 4, 11 - 4, -2 + 2, 11 + 4, -2 + 4, 11 - 4, -2 - 2};
    // 16 + 10
    assertThat(scale(4, 2, wider)).isEqualTo(0.25);
    assertThat(scale(2, 1, new double[] {3 + 0.999, 3 - 0.999})).isEqualTo(2);
    assertThat(scale(2, 1, new double[] {3 + 1.001, 3 - 1.001})).isEqualTo(1);
    // 0.75² + 0.75² is above 1, each alone below.
    assertThat(scale(2, 2, new double[] {5 + .75, 7 - .75, 5 - .75, 7 + .75})).isEqualTo(1);
    assertThat(scale(2, 1, new double[] {4, 4})).isEqualTo(1);
  }

  /** Every second of 128 stimuli is looked at: those at ±1.5 around 6, not those at ±9. */
  @Test
  void theSpreadOfManyStimuliIsThatOfSome() {
    double[] values = new double[128];
    for (int i = 0; i < values.length; i++) {
      values[i] = 6 + (i % 2 == 0 ? 1.5 : 9) * (i % 4 < 2 ? 1 : -1);
    }
    assertThat(scale(128, 1, values)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"true, 28", "false, 56"})
  void theCacheTakesTheBytesItSays(boolean float32, long bytes) {
    Representation x = Representation.of("x", 2, 7, new double[14]);
    try (TreatedFeatures features = features(x, 2, PairKernel.Rows.RAW, float32)) {
      assertThat(features.cacheBytes()).isEqualTo(2 * bytes);
      assertThat(features.isCached()).isFalse();
      features.read().cache();
      assertThat(features.isCached()).isTrue();
      features.close();
      assertThat(features.isCached()).isFalse();
    }
  }

  /** A row of equal numbers has no direction, standardised; a row of zeros none at all. */
  @Test
  void rowsWithoutVariationAreZero() {
    double tenth = 0.1;
    double[] values = {tenth, tenth, tenth, 1, 2, 4, 0, 0, 0};
    Representation x = Representation.of("x", 3, 3, values);
    try (TreatedFeatures features = features(x, 3, PairKernel.Rows.STANDARDISED, false)) {
      features.read().cache();
      assertThat(features.squaredNorms()[0]).isZero();
      assertThat(features.squaredNorms()[1]).isBetween(1 - 1e-14, 1 + 1e-14);
      assertThat(features.squaredNorms()[2]).isZero();
    }
  }

  private static double scale(int n, int p, double[] values) {
    try (TreatedFeatures features =
        features(Representation.of("x", n, p, values), n, PairKernel.Rows.RAW, false)) {
      return features.read().scale();
    }
  }

  private static TreatedFeatures features(
      Representation x, int n, PairKernel.Rows rows, boolean float32) {
    boolean centre = rows == PairKernel.Rows.RAW;
    return new TreatedFeatures(x, 0, 0, n, rows, centre, float32);
  }
}
