package dev.kindred.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.network.training.LearningCurve.DoubleDescent;
import dev.kindred.network.training.LearningCurve.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LearningCurveTest {
  /** Test errors at epochs 0, 10, 20, …; the training error falls by a tenth each time, to 0. */
  private static LearningCurve curve(double... testErrors) {
    List<Point> points = new ArrayList<>();
    for (int i = 0; i < testErrors.length; i++) {
      points.add(new Point(10 * i, 1, Math.max(0, 3 - i) / 10.0, testErrors[i]));
    }
    return new LearningCurve(points);
  }

  @Test
  void theFirstEpochWithoutTrainingErrorFitsPerfectly() {
    assertThat(curve(.9, .8, .7, .6, .5).perfectFit()).hasValue(30);
    assertThat(curve(.9, .8, .7).perfectFit()).isEmpty();
  }

  @Test
  void fallRiseAndFallAreADoubleDescent() {
    DoubleDescent found =
        curve(.9, .5, .3, .4, .6, .5, .35, .32, .33).doubleDescent(1, .05).orElseThrow();
    assertThat(found.firstMinimum()).isEqualTo(20);
    assertThat(found.peak()).isEqualTo(40);
    assertThat(found.secondMinimum()).isEqualTo(70);
    assertThat(found.rise()).isCloseTo(.3, within(1e-12));
    assertThat(found.fall()).isCloseTo(.28, within(1e-12));
  }

  @Test
  void oneDescentOrOneTooSmallIsNone() {
    assertThat(curve(.9, .7, .5, .4).doubleDescent(1, .05)).isEmpty();
    assertThat(curve(.9, .3, .5, .6).doubleDescent(1, .05)).isEmpty(); // rises and stays
    assertThat(curve(.9, .3, .34, .3).doubleDescent(1, .05)).isEmpty();
    assertThat(curve().doubleDescent(1, .05)).isEmpty();
  }

  @Test
  void smoothingTakesOneBadEpochForNoise() {
    LearningCurve noisy = curve(.9, .5, .3, .3, .4, .3, .3, .3);
    assertThat(noisy.smoothedTestError(3))
        .containsExactly(
            new double[] {.9, 1.7 / 3, 1.1 / 3, 1.0 / 3, 1.0 / 3, 1.0 / 3, .3, .3}, within(1e-12));
    assertThat(noisy.doubleDescent(1, .05)).isPresent();
    assertThat(noisy.doubleDescent(3, .05)).isEmpty();
  }
}
