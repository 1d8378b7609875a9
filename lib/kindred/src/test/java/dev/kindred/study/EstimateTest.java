package dev.kindred.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.measure.statistics.Interval;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final Interval POSITIVE = new Interval(0, Double.POSITIVE_INFINITY);

  private static Estimate height(double value) {
    return new Estimate(value, 0.01, 30, Estimate.Scale.PLAIN, Optional.empty()).within(POSITIVE);
  }

  @Test
  void intervalsEndWithTheRange() {
    assertThat(height(0.005).low(0.025)).isZero();
    assertThat(height(0.005).high(0.025)).isBetween(0.02, 0.03);
    assertThat(height(0.05).low(0.025)).isPositive();
  }

  /** An unbiased estimate far below is as near as may be to the end of the range. */
  @Test
  void intervalsOfEstimatesOutsideTheRangeAreNotTurnedRound() {
    assertThat(height(-0.05).low(0.025)).isZero();
    assertThat(height(-0.05).high(0.025)).isZero();
  }

  @Test
  void noEffectBeyondTheRangeIsDecidable() {
    assertThat(height(0).reach(0.01, -1, 0.05, 0.8)).isInfinite();
    assertThat(height(0).reach(0.1, -1, 0.05, 0.8)).isBetween(0.06, 0.08);
  }
}
