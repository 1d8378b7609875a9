package dev.kindred.study;

import dev.kindred.measure.statistics.Interval;
import java.util.Locale;

/**
 * How an interval becomes a {@link Verdict}; fixed before the data are seen. Both rules need the
 * whole interval on one side, so that wide intervals decide nothing.
 */
public sealed interface DecisionRule {
  Verdict decide(Interval interval);

  /**
   * The claim says that a quantity exceeds a threshold: it holds if the whole interval lies above,
   * fails if the whole interval lies below.
   */
  record Above(double threshold) implements DecisionRule {
    @Override
    public Verdict decide(Interval interval) {
      if (interval.low() > threshold) {
        return Verdict.REPRODUCED;
      }
      return interval.high() < threshold ? Verdict.NOT_REPRODUCED : Verdict.NOT_DECIDABLE;
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "95 %% interval above %s", text(threshold));
    }
  }

  /**
   * The claim says that a quantity has a value (such as no difference): it holds if the whole
   * interval lies within the tolerance around it (an equivalence test), fails if the whole interval
   * lies outside.
   */
  record Near(double value, double tolerance) implements DecisionRule {
    @Override
    public Verdict decide(Interval interval) {
      if (interval.low() >= value - tolerance && interval.high() <= value + tolerance) {
        return Verdict.REPRODUCED;
      }
      boolean outside = interval.low() > value + tolerance || interval.high() < value - tolerance;
      return outside ? Verdict.NOT_REPRODUCED : Verdict.NOT_DECIDABLE;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "95 %% interval within %s ± %s", text(value), text(tolerance));
    }
  }

  private static String text(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
