package dev.kindred.stimuli.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianTest {
  private static final int WIDTH = 30;
  private static final int HEIGHT = 21;

  @ParameterizedTest
  @ValueSource(doubles = {0.05, 0.3, 1, 4, 60})
  void multipliesEachCosineByTheGaussianOfItsFrequency(double sigma) {
    Gaussian gaussian = new Gaussian(WIDTH, HEIGHT, sigma);
    for (int[] wave : new int[][] {{0, 0}, {1, 0}, {0, 3}, {5, 2}, {29, 20}}) {
      double[] plane = new double[WIDTH * HEIGHT];
      for (int p = 0; p < plane.length; p++) {
        plane[p] =
            Math.cos(Math.PI * wave[0] * (p % WIDTH + 0.5) / WIDTH)
                * Math.cos(Math.PI * wave[1] * (p / WIDTH + 0.5) / HEIGHT);
      }
      double fx = wave[0] / (2.0 * WIDTH);
      double fy = wave[1] / (2.0 * HEIGHT);
      double gain = Math.exp(-2 * Math.PI * Math.PI * sigma * sigma * (fx * fx + fy * fy));
      double[] blurred = gaussian.blur(plane);
      for (int p = 0; p < plane.length; p++) {
        assertThat(blurred[p]).isCloseTo(gain * plane[p], within(1e-12));
      }
    }
  }

  @Test
  void aWideBlurLeavesTheMean() {
    double[] plane = new SplittableRandom(3).doubles(WIDTH * HEIGHT).toArray();
    double mean = 0;
    for (double value : plane) {
      mean += value / plane.length;
    }
    for (double value : new Gaussian(WIDTH, HEIGHT, 1000).blur(plane)) {
      assertThat(value).isCloseTo(mean, within(1e-12));
    }
  }
}
