package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class OverSeedsTest {
  @Test
  void errorsAreThoseOfStudentsTest() {
    assertThat(OverSeeds.mean(1, 2, 3).error()).isCloseTo(1 / Math.sqrt(3), within(1e-12));
    assertThat(OverSeeds.difference(new double[] {1, 2, 3}, new double[] {5}).error())
        .isCloseTo(Math.sqrt(4.0 / 3), within(1e-12));
  }

  /** Equal values, rounding aside, do not show that seeds make no difference. */
  @Test
  void withoutSpreadTheErrorIsUnknown() {
    double third = 0.1 + 0.2;
    assertThat(third).isNotEqualTo(0.3);
    assertThat(OverSeeds.mean(0.3, third, 0.3).error()).isNaN();
    assertThat(OverSeeds.mean(0, 0).error()).isNaN();
    assertThat(OverSeeds.mean(0.8).error()).isNaN();
    assertThat(OverSeeds.difference(new double[] {1, 1}, new double[] {0.5}).error()).isNaN();
    assertThat(OverSeeds.difference(new double[] {1, 1}, new double[] {0.5, 0.6}).error())
        .isPositive();
    // 1e-7 of difference is a difference.
    assertThat(OverSeeds.mean(0.3, 0.3 + 1e-7).error()).isPositive();
  }

  /** Heights of 0 in every run are as uncertain as the runs' own noise. */
  @Test
  void theErrorIsNotBelowThatWithinRuns() {
    double[] errors = {0.3, 0.4};
    assertThat(OverSeeds.mean(new double[] {0, 0}, errors).error()).isCloseTo(0.25, within(1e-12));
    assertThat(OverSeeds.mean(new double[] {0, 0.01}, errors).error())
        .isCloseTo(0.25, within(1e-12));
    assertThat(OverSeeds.mean(new double[] {0, 2}, errors).error()).isCloseTo(1, within(1e-12));
    assertThat(OverSeeds.mean(new double[] {0}, new double[] {0.3}).error()).isNaN();
    assertThat(OverSeeds.mean(new double[] {0, Double.NaN}, errors).value()).isNaN();
  }

  /** Single runs of the two ends are compared by what seeds make between them. */
  @Test
  void otherGroupsTellTheErrorToo() {
    double[] more = {3};
    double[] less = {1};
    assertThat(OverSeeds.difference(more, less).error()).isNaN();
    assertThat(OverSeeds.difference(more, less).degrees()).isZero();
    assertThat(OverSeeds.difference(more, less, new double[] {1, 2, 3}).error())
        .isCloseTo(Math.sqrt(2), within(1e-12));
    assertThat(OverSeeds.difference(more, less, new double[] {1, 2, 3}).degrees()).isEqualTo(2);
    assertThat(OverSeeds.difference(more, less, new double[] {1, Double.NaN}).degrees()).isZero();
  }
}
