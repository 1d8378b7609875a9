package dev.kindred.study;

import dev.kindred.measure.statistics.Interval;
import java.util.List;
import java.util.Locale;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A published claim beside what was measured here.
 *
 * @param statement what the work says
 * @param published the published value, or the place where it is said
 * @param quantity what is measured here
 * @param measured its value; NaN where the data do not have what it needs
 * @param interval its 95 % bootstrap interval
 * @param rule how the interval decides
 */
public record Claim(
    String statement,
    String published,
    String quantity,
    double measured,
    Interval interval,
    DecisionRule rule) {

  public Verdict verdict() {
    return Double.isNaN(measured) ? Verdict.NOT_DECIDABLE : rule.decide(interval);
  }

  /** The claims table that ends a notebook. */
  public static Table table(List<Claim> claims) {
    Table table = Table.create("Claims");
    table.addColumns(
        column("claim", claims.stream().map(Claim::statement).toList()),
        column("published", claims.stream().map(Claim::published).toList()),
        column("measured quantity", claims.stream().map(Claim::quantity).toList()),
        column("here", claims.stream().map(claim -> number(claim.measured)).toList()),
        column(
            "95 % interval",
            claims.stream()
                .map(claim -> Double.isNaN(claim.measured) ? "–" : claim.interval.toString())
                .toList()),
        column("rule", claims.stream().map(claim -> claim.rule.toString()).toList()),
        column("verdict", claims.stream().map(claim -> claim.verdict().toString()).toList()));
    return table;
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static StringColumn column(String name, List<String> values) {
    return StringColumn.create(name, values);
  }
}
