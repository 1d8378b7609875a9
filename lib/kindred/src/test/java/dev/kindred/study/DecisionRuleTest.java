package dev.kindred.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.study.Estimate.Scale;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Quantiles of Student's t in the comments are those of the printed tables. */
class DecisionRuleTest {
  private static Estimate estimate(double value, double error, int degrees) {
    return new Estimate(value, error, degrees, Scale.PLAIN, Optional.empty());
  }

  private static Verdict verdict(DecisionRule rule, Estimate... parts) {
    Evidence evidence = rule.judge(List.of(parts));
    return evidence.verdict(evidence.p());
  }

  @Test
  void aboveNeedsTheWholeIntervalOnOneSide() {
    DecisionRule rule = new DecisionRule.Above(0.5);
    // t(0.975, 10) = 2.228
    assertThat(verdict(rule, estimate(0.724, 0.1, 10))).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(rule, estimate(0.721, 0.1, 10))).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(rule, estimate(0.276, 0.1, 10))).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(rule, estimate(0.279, 0.1, 10))).isEqualTo(Verdict.NOT_DECIDABLE);
    Evidence evidence = rule.judge(List.of(estimate(0.724, 0.1, 10)));
    assertThat(evidence.interval().low()).isCloseTo(0.5012, within(1e-4));
    assertThat(evidence.interval().high()).isCloseTo(0.9468, within(1e-4));
  }

  @Test
  void belowIsItsMirror() {
    DecisionRule rule = new DecisionRule.Below(-0.5);
    assertThat(verdict(rule, estimate(-0.724, 0.1, 10))).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(rule, estimate(-0.6, 0.1, 10))).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(rule, estimate(-0.276, 0.1, 10))).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(rule.judge(List.of(estimate(-0.6, 0.1, 10))).smallest()).startsWith("≤ -0.8");
  }

  @Test
  void nearIsAnEquivalenceTest() {
    DecisionRule rule = new DecisionRule.Near(0, 0.3);
    assertThat(verdict(rule, estimate(0.05, 0.1, 10))).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(rule, estimate(0.1, 0.1, 10))).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(rule, estimate(0.6, 0.1, 10))).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(rule, estimate(-0.6, 0.1, 10))).isEqualTo(Verdict.NOT_REPRODUCED);
    // t(0.975, 10) + t(0.9, 10) = 2.228 + 1.372
    assertThat(rule.judge(List.of(estimate(0, 0.1, 10))).smallest()).isEqualTo("± 0.360");
  }

  @Test
  void theMostNeedsEveryDifference() {
    DecisionRule rule = new DecisionRule.Above(0);
    Estimate clear = estimate(0.4, 0.1, 10);
    Estimate open = estimate(0.1, 0.1, 10);
    Estimate against = estimate(-0.4, 0.1, 10);
    assertThat(verdict(rule, clear, clear)).isEqualTo(Verdict.REPRODUCED);
    assertThat(verdict(rule, clear, open)).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(rule, clear, against)).isEqualTo(Verdict.NOT_REPRODUCED);
    // With five competitors, one that is beyond at 2.5 % alone is no evidence: p = 5 · 0.019.
    Estimate weaklyAgainst = estimate(-0.24, 0.1, 10);
    assertThat(verdict(rule, weaklyAgainst)).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(verdict(rule, weaklyAgainst, clear, clear, clear, clear))
        .isEqualTo(Verdict.NOT_DECIDABLE);
    Evidence evidence = rule.judge(List.of(clear, open));
    assertThat(evidence.value()).isEqualTo(0.1);
    assertThat(evidence.interval().low()).isCloseTo(0.1 - 0.2228, within(1e-4));
    // Both are found in 80 % if each is in 90 %: t(0.975, 10) + t(0.9, 10) = 2.228 + 1.372.
    assertThat(evidence.smallest()).isEqualTo("≥ 0.360");
    // t(0.9875, 10) = 2.634
    assertThat(evidence.interval().high()).isCloseTo(0.1 + 0.2634, within(1e-4));
  }

  /** The smallest decidable effect is decided in 80 of 100 studies, by simulation. */
  @Test
  void theSmallestEffectIsFoundWithEightyPercentPower() {
    DecisionRule rule = new DecisionRule.Above(0);
    double effect = estimate(0, 1, 30).reach(0, 1, Evidence.LEVEL, Estimate.POWER);
    SplittableRandom random = new SplittableRandom(4);
    int found = 0;
    for (int study = 0; study < 2000; study++) {
      double chi = 0;
      for (int k = 0; k < 30; k++) {
        chi += Math.pow(random.nextGaussian(), 2) / 30;
      }
      Estimate drawn = estimate(effect + random.nextGaussian(), Math.sqrt(chi), 30);
      found += verdict(rule, drawn) == Verdict.REPRODUCED ? 1 : 0;
    }
    // Standard error 0.009.
    assertThat(found / 2000.0).isBetween(0.77, 0.83);
  }

  @Test
  void correlationsStayWithinTheirRange() {
    Estimate r = new Estimate(0.98, 0.5, 20, Scale.CORRELATION, Optional.empty());
    Evidence evidence = new DecisionRule.Above(0.5).judge(List.of(r));
    assertThat(evidence.interval().high()).isLessThan(1);
    assertThat(evidence.interval().low()).isBetween(0.8, 0.9);
    assertThat(evidence.holds()).isLessThan(0.01);
  }

  /** Student's t of few degrees goes beyond what a share can be; its interval does not. */
  @Test
  void intervalsEndWhereTheDefinitionDoes() {
    Estimate share = new Estimate(0.58, 0.41, 3, Scale.PLAIN, Optional.empty(), new Interval(0, 1));
    Evidence evidence = new DecisionRule.Above(0.5).judge(List.of(share));
    assertThat(evidence.interval().low()).isZero();
    assertThat(evidence.interval().high()).isEqualTo(1);
    assertThat(evidence.smallest()).as("no share is large enough").isEqualTo("none");
    Estimate unbounded = new Estimate(0.58, 0.41, 3, Scale.PLAIN, Optional.empty());
    Evidence beyond = new DecisionRule.Above(0.5).judge(List.of(unbounded));
    assertThat(beyond.interval().low()).isNegative();
    assertThat(beyond.p()).isEqualTo(evidence.p());
  }

  @Test
  void permutationsMustAgree() {
    double[] wide = new double[100];
    Arrays.setAll(wide, i -> i < 10 ? 1 : 0);
    Estimate open =
        new Estimate(0.5, 0.1, 20, Scale.PLAIN, Optional.of(new PermutationTest(0.5, wide, true)));
    assertThat(verdict(new DecisionRule.Above(0), open)).isEqualTo(Verdict.NOT_DECIDABLE);
    double[] few = {0.5, 0, 0, 0, 0, 0};
    Estimate tooFew =
        new Estimate(0.5, 0.1, 20, Scale.PLAIN, Optional.of(new PermutationTest(0.5, few, true)));
    Evidence evidence = new DecisionRule.Above(0).judge(List.of(tooFew));
    assertThat(evidence.verdict(evidence.p())).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(evidence.smallest()).as("no effect is large enough for p = 1/6").isEqualTo("none");
  }

  @Test
  void withoutAnErrorNothingIsDecided() {
    assertThat(verdict(new DecisionRule.Above(0), estimate(5, Double.NaN, 10)))
        .isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(new DecisionRule.Above(0), estimate(5, 0.1, 0)))
        .isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(new DecisionRule.Near(0, 1), estimate(0, Double.NaN, 10)))
        .isEqualTo(Verdict.NOT_DECIDABLE);
  }

  /** Where all data sets agree in full, medians of R differ by rounding, always to one side. */
  @Test
  void roundingDecidesNothing() {
    assertThat(verdict(new DecisionRule.Above(0), estimate(1e-15, 1e-16, 10)))
        .isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(new DecisionRule.Above(0), estimate(-1e-15, 0, 10)))
        .isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(verdict(new DecisionRule.Near(0, 0.05), estimate(1e-15, 1e-16, 10)))
        .isEqualTo(Verdict.REPRODUCED);
  }
}
