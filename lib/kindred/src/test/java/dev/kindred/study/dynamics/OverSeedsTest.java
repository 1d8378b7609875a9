package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
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

  private static Estimate run(double value, double error, double degrees) {
    return new Estimate(value, error, degrees, Estimate.Scale.PLAIN, Optional.empty());
  }

  private static Estimate mean(double[] values, double... errors) {
    return OverSeeds.mean(
        IntStream.range(0, values.length).mapToObj(i -> run(values[i], errors[i], 20)).toList());
  }

  /** Heights of 0 in every run are as uncertain as the runs' own noise. */
  @Test
  void theErrorIsNotBelowThatWithinRuns() {
    assertThat(mean(new double[] {0, 0}, 0.3, 0.4).error()).isCloseTo(0.25, within(1e-12));
    assertThat(mean(new double[] {0, 0.01}, 0.3, 0.4).error()).isCloseTo(0.25, within(1e-12));
    assertThat(mean(new double[] {0, 2}, 0.3, 0.4).error()).isCloseTo(1, within(1e-12));
    assertThat(mean(new double[] {0}, 0.3).error()).isNaN();
    assertThat(mean(new double[] {0, Double.NaN}, 0.3, 0.4).value()).isNaN();
  }

  /** Few seeds know little of an error; many epochs of each know more. */
  @Test
  void theLargerErrorBringsItsDegreesOfFreedom() {
    assertThat(mean(new double[] {0, 0.01, 0}, 0.3, 0.3, 0.3).degrees())
        .isCloseTo(60, within(1e-9));
    assertThat(mean(new double[] {0, 0.01}, 0.3, 0).degrees()).isCloseTo(20, within(1e-9));
    assertThat(mean(new double[] {0, 2, 0}, 0.3, 0.3, 0.3).degrees()).isEqualTo(2);
    assertThat(OverSeeds.mean(List.of(run(0, 0.3, 5), run(0, 0.4, 50))).degrees())
        .isCloseTo(
            Math.pow(0.25, 2) / (Math.pow(0.09, 2) / 5 + Math.pow(0.16, 2) / 50), within(1e-9));
  }

  /**
   * Intervals of 95 % contain the truth about that often where seeds make no difference, where they
   * make as much as the noise within a run, and where they make four times as much.
   */
  @Test
  void intervalsContainTheTruth() {
    SplittableRandom random = new SplittableRandom(1);
    for (double ofSeeds : new double[] {0, 1, 4}) {
      int inside = 0;
      for (int study = 0; study < 4000; study++) {
        Estimate found =
            OverSeeds.mean(
                IntStream.range(0, 3)
                    .mapToObj(
                        seed ->
                            run(
                                ofSeeds * random.nextGaussian() + random.nextGaussian(),
                                error(random),
                                30))
                    .toList());
        Interval interval = new DecisionRule.Above(0).judge(List.of(found)).interval();
        inside += interval.contains(0) ? 1 : 0;
      }
      assertThat(inside / 4000.0).as("seeds make %s", ofSeeds).isBetween(0.92, 0.99);
    }
  }

  /** Of 30 numbers with a standard deviation of 1. */
  private static double error(SplittableRandom random) {
    return Math.sqrt(
        IntStream.range(0, 30).mapToDouble(i -> Math.pow(random.nextGaussian(), 2)).sum() / 30);
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
