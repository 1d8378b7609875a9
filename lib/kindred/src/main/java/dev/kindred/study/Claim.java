package dev.kindred.study;

import dev.kindred.measure.statistics.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * A published claim beside what was measured here.
 *
 * @param statement what the work says
 * @param published where it is said, or the published value in words
 * @param value the published value of the quantity, where there is one: it is compared with the
 *     interval, but decides nothing
 * @param quantity what is measured here
 * @param rule how it decides
 * @param evidence what the data say
 */
public record Claim(
    String statement,
    String published,
    OptionalDouble value,
    String quantity,
    DecisionRule rule,
    Evidence evidence) {
  /** Where a claim is said that the work does not make. */
  public static final String NOT_IN_THE_PAPER = "not in the paper";

  /** Whether the work makes the claim. */
  public boolean isOfThePaper() {
    return !published.equals(NOT_IN_THE_PAPER);
  }

  public Verdict verdict() {
    return evidence.verdict(evidence.p());
  }

  /**
   * Two-sided p-values adjusted for the number of testable claims (Holm 1979): with them, any wrong
   * verdict in the whole table has a probability of at most 5 %. 1 where a claim cannot be tested.
   */
  static double[] holm(List<Claim> claims) {
    double[] adjusted = new double[claims.size()];
    List<Integer> order =
        IntStream.range(0, adjusted.length)
            .filter(i -> claims.get(i).evidence.isTestable())
            .boxed()
            .sorted(Comparator.comparingDouble(i -> claims.get(i).evidence.p()))
            .toList();
    java.util.Arrays.fill(adjusted, 1);
    double largest = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      double p = (order.size() - rank) * claims.get(order.get(rank)).evidence.p();
      largest = Math.min(1, Math.max(largest, p));
      adjusted[order.get(rank)] = largest;
    }
    return adjusted;
  }

  /** The verdicts by the adjusted p-values. */
  public static List<Verdict> adjustedVerdicts(List<Claim> claims) {
    double[] adjusted = holm(claims);
    return IntStream.range(0, adjusted.length)
        .mapToObj(i -> claims.get(i).evidence.verdict(adjusted[i]))
        .toList();
  }

  /** The claims table that ends a notebook. */
  public static Table table(List<Claim> claims) {
    Table table = Table.create("Claims");
    List<String> adjusted = new ArrayList<>();
    adjustedVerdicts(claims).forEach(verdict -> adjusted.add(verdict.toString()));
    table.addColumns(
        column("verdict", claims.stream().map(claim -> claim.verdict().toString()).toList()),
        column("claim", claims.stream().map(Claim::statement).toList()),
        column("here", claims.stream().map(claim -> number(claim.evidence.value())).toList()),
        column("95 % interval", claims.stream().map(claim -> interval(claim.evidence)).toList()),
        column("verdict (Holm)", adjusted),
        column("published", claims.stream().map(Claim::publishedHere).toList()),
        column("quantity", claims.stream().map(c -> c.quantity + ": " + c.rule).toList()),
        column(
            "smallest decidable effect",
            claims.stream().map(claim -> claim.evidence.smallest()).toList()));
    return table;
  }

  private String publishedHere() {
    if (value.isEmpty() || !evidence.isTestable()) {
      return published;
    }
    boolean inside = evidence.interval().contains(value.getAsDouble());
    return published + (inside ? ", inside" : ", outside") + " the interval here";
  }

  static String number(double value) {
    return Double.isNaN(value) ? "–" : String.format(Locale.ROOT, "%.3f", value);
  }

  private static String interval(Evidence evidence) {
    Interval interval = evidence.interval();
    if (!evidence.isTestable()) {
      return "–";
    }
    return Double.isFinite(interval.low()) && Double.isFinite(interval.high())
        ? "[" + number(interval.low()) + ", " + number(interval.high()) + "]"
        : "unknown";
  }

  private static StringColumn column(String name, List<String> values) {
    return StringColumn.create(name, values);
  }
}
