package dev.kindred.study;

import dev.kindred.measure.statistics.Interval;
import java.util.List;

/**
 * How estimates become {@link Evidence} for a claim; fixed before the data are seen. Each verdict
 * is wrong with a probability of at most 2.5 %, and nothing is decided while both answers are open.
 *
 * <p>A claim may have several parts that must all hold, such as "the most" against every
 * competitor. It is then an intersection–union test (Berger 1982): it holds if every part holds by
 * itself, and fails if one part fails by Bonferroni's bound over the parts. The interval is that of
 * the least favourable part: from the lowest of the lower ends to the lowest of the upper ends, the
 * latter widened by the same bound.
 */
public sealed interface DecisionRule {
  /**
   * @param parts estimates of the quantities that the claim speaks of, at least one
   */
  Evidence judge(List<Estimate> parts);

  /** Every part exceeds a threshold. */
  record Above(double threshold) implements DecisionRule {
    @Override
    public Evidence judge(List<Estimate> parts) {
      int count = parts.size();
      double tail = Evidence.LEVEL / 2;
      // All parts together are found with the stated power, whatever their dependence.
      double power = 1 - (1 - Estimate.POWER) / count;
      return new Evidence(
          parts.stream().mapToDouble(Estimate::value).min().orElseThrow(),
          new Interval(
              parts.stream().mapToDouble(part -> part.low(tail)).min().orElseThrow(),
              parts.stream().mapToDouble(part -> part.high(tail / count)).min().orElseThrow()),
          parts.stream().mapToDouble(part -> part.above(threshold)).max().orElseThrow(),
          Math.min(
              1, count * parts.stream().mapToDouble(p -> p.below(threshold)).min().orElseThrow()),
          reach(
              "≥",
              parts.stream()
                  .mapToDouble(part -> part.reach(threshold, 1, Evidence.LEVEL, power))
                  .max()
                  .orElseThrow()));
    }

    @Override
    public String toString() {
      return "above " + text(threshold);
    }
  }

  /** A quantity is less than a threshold. */
  record Below(double threshold) implements DecisionRule {
    @Override
    public Evidence judge(List<Estimate> parts) {
      Estimate part = only(parts);
      double tail = Evidence.LEVEL / 2;
      return new Evidence(
          part.value(),
          new Interval(part.low(tail), part.high(tail)),
          part.below(threshold),
          part.above(threshold),
          reach("≤", part.reach(threshold, -1, Evidence.LEVEL, Estimate.POWER)));
    }

    @Override
    public String toString() {
      return "below " + text(threshold);
    }
  }

  /**
   * A quantity has a value (such as no difference), up to a tolerance: two one-sided tests
   * (Schuirmann 1987). Its smallest decidable effect is the tolerance within which a quantity of
   * just that value would be found.
   */
  record Near(double value, double tolerance) implements DecisionRule {
    @Override
    public Evidence judge(List<Estimate> parts) {
      Estimate part = only(parts);
      double tail = Evidence.LEVEL / 2;
      double power = (1 + Estimate.POWER) / 2; // either side may miss
      return new Evidence(
          part.value(),
          new Interval(part.low(tail), part.high(tail)),
          Math.max(part.above(value - tolerance), part.below(value + tolerance)),
          Math.min(part.above(value + tolerance), part.below(value - tolerance)),
          reach("±", part.reach(value, 1, Evidence.LEVEL, power) - value));
    }

    @Override
    public String toString() {
      return value == 0
          ? "within ± " + text(tolerance)
          : "within " + text(value) + " ± " + text(tolerance);
    }
  }

  private static Estimate only(List<Estimate> parts) {
    if (parts.size() != 1) {
      throw new IllegalArgumentException("expected one part, found " + parts.size());
    }
    return parts.get(0);
  }

  private static String reach(String side, double value) {
    return Double.isFinite(value) ? side + " " + Claim.number(value) : "none";
  }

  private static String text(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
