package dev.kindred.study;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.PermutationTest;
import java.util.Optional;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * A quantity with its bootstrap standard error, taken as Student's t about the true value.
 * Interval, p-values and power all come from the one error, so that they cannot contradict each
 * other.
 *
 * <p>The percentile interval is not used: a resample holds fewer different models than the data, so
 * that its correlations are noisier and their differences shifted, and a shifted interval decides
 * too much.
 *
 * @param value the quantity in the data
 * @param error its standard error on the {@code scale}; NaN where too few resamples define it
 * @param degrees degrees of freedom of the error; below 1 where it is unknown
 * @param scale where the error is the same everywhere
 * @param permuted a permutation test of "the value is 0", which then has to agree
 * @param range what the definition of the quantity allows, such as 0 to 1 of a share: intervals end
 *     there, and no effect beyond is decidable; Student's t knows nothing of it
 */
public record Estimate(
    double value,
    double error,
    double degrees,
    Scale scale,
    Optional<PermutationTest> permuted,
    Interval range) {
  /** Probability with which an effect of the {@link #reach} is decided. */
  public static final double POWER = 0.8;

  /** A distance from a threshold that rounding can make. */
  private static final double ROUNDING = 1e-12;

  /** A quantity that may have any value. */
  public Estimate(
      double value, double error, double degrees, Scale scale, Optional<PermutationTest> permuted) {
    this(value, error, degrees, scale, permuted, Interval.UNKNOWN);
  }

  /** On which scale a quantity has one standard error. */
  public enum Scale {
    PLAIN {
      @Override
      public double of(double value) {
        return value;
      }

      @Override
      double back(double scaled) {
        return scaled;
      }
    },

    /** Fisher's z, for correlations and their means: intervals stay within −1 and 1. */
    CORRELATION {
      private static final double LARGEST = 1 - 1e-12;

      @Override
      public double of(double r) {
        double inside = Math.max(-LARGEST, Math.min(LARGEST, r));
        return 0.5 * Math.log((1 + inside) / (1 - inside));
      }

      @Override
      double back(double scaled) {
        return Math.tanh(scaled);
      }
    };

    /** The value on this scale. */
    public abstract double of(double value);

    abstract double back(double scaled);
  }

  /** The same of a quantity that its definition keeps in a range. */
  public Estimate within(Interval allowed) {
    return new Estimate(value, error, degrees, scale, permuted, allowed);
  }

  /** Whether there is an error to judge by. */
  boolean isKnown() {
    return degrees >= 1 && Double.isFinite(error) && Double.isFinite(value);
  }

  /** Lower end of an interval that leaves out the probability {@code tail} below. */
  double low(double tail) {
    return isKnown()
        ? inside(scale.back(scale.of(value) - quantile(1 - tail) * error))
        : Double.NEGATIVE_INFINITY;
  }

  /** Upper end of an interval that leaves out the probability {@code tail} above. */
  double high(double tail) {
    return isKnown()
        ? inside(scale.back(scale.of(value) + quantile(1 - tail) * error))
        : Double.POSITIVE_INFINITY;
  }

  /** The nearest value that the quantity may have: an unbiased estimate may leave its range. */
  private double inside(double end) {
    return Math.max(range.low(), Math.min(range.high(), end));
  }

  /** One-sided p of "the true value is at most the threshold"; 1 where nothing is known. */
  double above(double threshold) {
    return Math.max(tail(threshold, 1), permuted.map(PermutationTest::greaterP).orElse(0.0));
  }

  /** One-sided p of "the true value is at least the threshold"; 1 where nothing is known. */
  double below(double threshold) {
    return Math.max(tail(threshold, -1), permuted.map(PermutationTest::lessP).orElse(0.0));
  }

  /**
   * The value on one side of a threshold from which on a two-sided test at the level finds it there
   * with the given power; infinite where the permutations are too few for any, or none that the
   * quantity may have is found.
   *
   * @param sign 1 for above, −1 for below
   */
  double reach(double threshold, int sign, double level, double power) {
    boolean reachable =
        permuted
            .map(test -> !test.exact() || 1.0 / test.permuted().length <= level / 2)
            .orElse(true);
    if (!isKnown() || !reachable) {
      return sign * Double.POSITIVE_INFINITY;
    }
    double distance = (quantile(1 - level / 2) + quantile(power)) * error;
    double found = scale.back(scale.of(threshold) + sign * distance);
    return range.contains(found) ? found : sign * Double.POSITIVE_INFINITY;
  }

  /** Of Student's t with the degrees of freedom of the error. */
  public double quantile(double level) {
    return new TDistribution(null, degrees).inverseCumulativeProbability(level);
  }

  private double tail(double threshold, int sign) {
    if (!isKnown() || Math.abs(value - threshold) <= ROUNDING) {
      return 1;
    }
    double distance = sign * (scale.of(value) - scale.of(threshold));
    if (error == 0) {
      return distance > 0 ? 0 : 1;
    }
    return new TDistribution(null, degrees).cumulativeProbability(-distance / error);
  }
}
