package dev.kindred.study;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.measure.statistics.Interval;
import java.util.List;
import org.junit.jupiter.api.Test;

class DecisionRuleTest {
  @Test
  void aboveNeedsTheWholeIntervalOnOneSide() {
    DecisionRule rule = new DecisionRule.Above(0);
    assertThat(rule.decide(new Interval(0.01, 0.3))).isEqualTo(Verdict.REPRODUCED);
    assertThat(rule.decide(new Interval(-0.3, -0.01))).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(rule.decide(new Interval(-0.01, 0.3))).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(rule.decide(Interval.UNKNOWN)).isEqualTo(Verdict.NOT_DECIDABLE);
  }

  @Test
  void nearIsAnEquivalenceTest() {
    DecisionRule rule = new DecisionRule.Near(0.75, 0.1);
    assertThat(rule.decide(new Interval(0.66, 0.84))).isEqualTo(Verdict.REPRODUCED);
    assertThat(rule.decide(new Interval(0.2, 0.6))).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(rule.decide(new Interval(0.9, 0.95))).isEqualTo(Verdict.NOT_REPRODUCED);
    assertThat(rule.decide(new Interval(0.6, 0.9))).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(rule.decide(Interval.UNKNOWN)).isEqualTo(Verdict.NOT_DECIDABLE);
  }

  @Test
  void aClaimWithoutDataIsNotDecidable() {
    Claim claim =
        new Claim("s", "p", "q", Double.NaN, new Interval(1, 2), new DecisionRule.Above(0));
    assertThat(claim.verdict()).isEqualTo(Verdict.NOT_DECIDABLE);
    assertThat(Claim.table(List.of(claim)).row(0).getString("verdict"))
        .isEqualTo("not decidable at this scale");
  }
}
