package dev.kindred.study;

import dev.kindred.measure.statistics.Interval;

/**
 * What the data say of a claim's quantity.
 *
 * @param value the quantity here; NaN where the data do not have what the claim speaks of
 * @param interval its 95 % interval
 * @param holds one-sided p of "the claim does not hold"
 * @param fails one-sided p of "the claim holds"
 * @param smallest the smallest effect that could be decided, in words of the rule
 */
public record Evidence(
    double value, Interval interval, double holds, double fails, String smallest) {
  /** Two-sided level of every verdict. */
  static final double LEVEL = 0.05;

  /** Of a claim about what does not occur. */
  public static final Evidence NONE = new Evidence(Double.NaN, Interval.UNKNOWN, 1, 1, "–");

  boolean isTestable() {
    return !Double.isNaN(value);
  }

  /** Two-sided p: either verdict is at most this likely where neither is right. */
  double p() {
    return Math.min(1, 2 * Math.min(holds, fails));
  }

  /** The verdict of a p-value, this one's own or one adjusted for the number of claims. */
  Verdict verdict(double p) {
    if (!isTestable()) {
      return Verdict.NOT_TESTABLE;
    }
    if (p > LEVEL) {
      return Verdict.NOT_DECIDABLE;
    }
    return holds < fails ? Verdict.REPRODUCED : Verdict.NOT_REPRODUCED;
  }
}
