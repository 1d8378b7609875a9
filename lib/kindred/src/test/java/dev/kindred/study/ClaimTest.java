package dev.kindred.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.Interval;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

class ClaimTest {
  private static final DecisionRule RULE = new DecisionRule.Above(0);

  private static Claim claim(Evidence evidence) {
    return new Claim("s", "p", OptionalDouble.empty(), "q", RULE, evidence);
  }

  private static Claim holding(double p) {
    return claim(new Evidence(1, new Interval(0, 2), p / 2, 1 - p / 2, "≥ 0.1"));
  }

  /** The example of Holm's step-down: p of 0.01, 0.02, 0.03 and 0.04 among four. */
  @Test
  void holmAdjustsOverTheTestableClaims() {
    List<Claim> claims =
        List.of(holding(0.03), claim(Evidence.NONE), holding(0.01), holding(0.04), holding(0.02));
    assertThat(Claim.holm(claims))
        .containsExactly(new double[] {0.06, 1, 0.04, 0.06, 0.06}, within(1e-12));
    assertThat(claims)
        .extracting(Claim::verdict)
        .containsExactly(
            Verdict.REPRODUCED,
            Verdict.NOT_TESTABLE,
            Verdict.REPRODUCED,
            Verdict.REPRODUCED,
            Verdict.REPRODUCED);
    assertThat(Claim.adjustedVerdicts(claims))
        .containsExactly(
            Verdict.NOT_DECIDABLE,
            Verdict.NOT_TESTABLE,
            Verdict.REPRODUCED,
            Verdict.NOT_DECIDABLE,
            Verdict.NOT_DECIDABLE);
  }

  @Test
  void theTableTellsWhatIsNotTestableFromWhatIsNotDecidable() {
    Claim inside =
        new Claim(
            "carries over",
            "mean 0.756",
            OptionalDouble.of(0.756),
            "mean R",
            new DecisionRule.Above(0.5),
            new Evidence(0.7, new Interval(0.4, 0.8), 0.1, 0.9, "≥ 0.812"));
    Table table = Claim.table(List.of(inside, claim(Evidence.NONE)));
    assertThat(table.columnNames())
        .containsExactly(
            "verdict",
            "claim",
            "here",
            "95 % interval",
            "verdict (Holm)",
            "published",
            "quantity",
            "smallest decidable effect");
    Row row = table.row(0);
    assertThat(row.getString("published")).isEqualTo("mean 0.756, inside the interval here");
    assertThat(row.getString("quantity")).isEqualTo("mean R: above 0.5");
    assertThat(row.getString("95 % interval")).isEqualTo("[0.400, 0.800]");
    assertThat(row.getString("verdict")).isEqualTo("not decidable");
    assertThat(row.getString("smallest decidable effect")).isEqualTo("≥ 0.812");
    Row absent = table.row(1);
    assertThat(absent.getString("verdict")).isEqualTo("not testable here");
    assertThat(absent.getString("verdict (Holm)")).isEqualTo("not testable here");
    assertThat(absent.getString("here")).isEqualTo("–");
    assertThat(absent.getString("smallest decidable effect")).isEqualTo("–");
  }
}
