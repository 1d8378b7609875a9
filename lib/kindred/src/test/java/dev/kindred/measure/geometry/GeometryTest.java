package dev.kindred.measure.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class GeometryTest {

  @Test
  void silenceHasNoConcentricity() {
    Representation silent = Representation.of("silent", new double[2][2]);
    // Cosines with the mean (1, 1)/√2: 1/√2 each.
    Representation corner = Representation.of("corner", new double[][] {{2, 0}, {0, 2}});
    Measure measure = Measures.parse("concentricity-difference");
    assertThat(measure.compare(silent, silent)).isZero();
    assertThat(measure.compare(corner, silent)).isCloseTo(Math.sqrt(0.5), within(1e-15));
  }

  @Test
  void aMeanOfZeroCountsAsCosineZero() {
    Representation opposite = Representation.of("o", new double[][] {{1, 2}, {-1, -2}});
    Representation same = Representation.of("s", new double[][] {{1, 2}, {1, 2}});
    Measure measure = Measures.parse("concentricity-difference");
    assertThat(measure.compare(opposite, same)).isCloseTo(1, within(1e-15));
  }

  @Test
  void magnitudesAreLengthsOfTheMean() {
    Representation x = Representation.of("x", new double[][] {{6, 0}, {0, 8}});
    Representation y = Representation.of("y", new double[][] {{1}, {2}});
    // Means (3, 4) and 1.5.
    assertThat(Measures.parse("magnitude-difference").compare(x, y)).isCloseTo(3.5, within(1e-15));
  }

  /** More stimuli than are taken at a time, and a mean that leaves squares few digits. */
  @Test
  void uniformityOfManyStimuliFarFromTheOrigin() {
    int n = 300;
    double[][] near = new double[n][2];
    double[][] far = new double[n][2];
    SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 2; j++) {
        // Multiples of 2^-10, so that the shift is exact.
        near[i][j] = random.nextInt(1024) / 1024.0;
        far[i][j] = near[i][j] + (1 << 26);
      }
    }
    double sum = 0;
    for (double[] a : near) {
      for (double[] b : near) {
        sum += Math.exp(-2 * (Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2)));
      }
    }
    double expected = Math.abs(Math.log(sum / n / n));
    Representation point = Representation.of("point", new double[n][1]);
    Measure measure = Measures.parse("uniformity-difference[rows=raw]");
    assertThat(measure.compare(Representation.of("near", near), point))
        .isCloseTo(expected, within(1e-12));
    assertThat(measure.compare(Representation.of("far", far), point))
        .isCloseTo(expected, within(1e-12));
  }
}
