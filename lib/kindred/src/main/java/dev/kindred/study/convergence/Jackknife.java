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

  /**
   * One quantity with several independent errors; degrees of freedom after Satterthwaite
   * (Biometrics Bulletin 2, 1946).
   */
  static Estimate together(List<Estimate> errors) {
    double variance = 0;
    double spread = 0;
    double degrees = 0;
    boolean known = true;
    for (Estimate error : errors) {
      double own = error.error() * error.error();
      known &= error.degrees() >= 1;
      variance += own;
      spread += own * own / error.degrees();
      degrees += error.degrees();
    }
    return new Estimate(
        errors.get(0).value(),
        Math.sqrt(variance),
        !known ? 0 : spread > 0 ? variance * variance / spread : degrees,
        errors.get(0).scale(),
        Optional.empty());
  }
}
