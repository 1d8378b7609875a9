package dev.kindred.study.convergence;

import dev.kindred.study.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Errors of statistics of pairs: each member is left out in turn, and all of its pairs with it, so
 * that pairs that share a member do not count as independent (Arvesen, Ann. Math. Stat. 40, 1969).
 */
final class Jackknife {
  /** With two, one left out leaves no pair. */
  private static final int LEAST = 3;

  private Jackknife() {}

  /**
   * A statistic with its error.
   *
   * @param members how many there are
   * @param statistic of the members that are kept
   */
  static Estimate of(int members, Estimate.Scale scale, ToDoubleFunction<boolean[]> statistic) {
    boolean[] kept = new boolean[members];
    Arrays.fill(kept, true);
    double value = statistic.applyAsDouble(kept);
    double[] without = new double[members];
    for (int i = 0; i < members && members >= LEAST; i++) {
      kept[i] = false;
      without[i] = scale.of(statistic.applyAsDouble(kept));
      kept[i] = true;
    }
    double mean = Arrays.stream(without).average().orElse(Double.NaN);
    double squares = Arrays.stream(without).map(w -> (w - mean) * (w - mean)).sum();
    return new Estimate(
        value,
        members < LEAST ? Double.NaN : Math.sqrt(squares * (members - 1) / members),
        members < LEAST ? 0 : members - 1,
        scale,
        Optional.empty());
  }

  /** The mean of independent quantities; degrees of freedom after Satterthwaite (1946). */
  static Estimate mean(List<Estimate> parts) {
    double value = parts.stream().mapToDouble(Estimate::value).average().orElse(Double.NaN);
    return combined(value, Estimate.Scale.PLAIN, parts, 1.0 / parts.size());
  }

  /** One quantity with two independent errors. */
  static Estimate both(Estimate one, Estimate other) {
    return combined(one.value(), one.scale(), List.of(one, other), 1);
  }

  private static Estimate combined(
      double value, Estimate.Scale scale, List<Estimate> parts, double weight) {
    double variance = 0;
    double spread = 0;
    double degrees = 0;
    boolean known = !parts.isEmpty();
    for (Estimate part : parts) {
      double own = Math.pow(weight * part.error(), 2);
      known &= part.degrees() >= 1;
      variance += own;
      spread += own * own / part.degrees();
      degrees += part.degrees();
    }
    return new Estimate(
        value,
        Math.sqrt(variance),
        !known ? 0 : spread > 0 ? variance * variance / spread : degrees,
        scale,
        Optional.empty());
  }
}
