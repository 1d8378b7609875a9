package dev.kindred.measure.statistics;

import java.util.Arrays;

/**
 * A statistic beside its values under random permutations.
 *
 * @param observed the statistic
 * @param permuted its values under permutations, in the order in which they were drawn; where the
 *     test is exact, under all of them, the identity included
 * @param exact whether all permutations were tried
 */
public record PermutationTest(double observed, double[] permuted, boolean exact) {
  /**
   * Statistics that differ by less than this part of the largest are taken as equal: sums in
   * another order.
   */
  static final double EQUAL = 1e-12;

  public PermutationTest {
    permuted = permuted.clone();
  }

  @Override
  public double[] permuted() {
    return permuted.clone();
  }

  /**
   * Probability of a value at least as great as the observed one: a share of all permutations where
   * exact, else (1 + count) / (1 + drawn), which is never 0 (Phipson and Smyth, Stat. Appl. Genet.
   * Mol. Biol. 9, 2010).
   */
  public double greaterP() {
    double threshold = observed - rounding();
    return p(Arrays.stream(permuted).filter(value -> value >= threshold).count());
  }

  /** As {@link #greaterP}, of a value at most as great. */
  public double lessP() {
    double threshold = observed + rounding();
    return p(Arrays.stream(permuted).filter(value -> value <= threshold).count());
  }

  /** As {@link #greaterP}, of a value at least as far from 0. */
  public double twoSidedP() {
    double threshold = Math.abs(observed) - rounding();
    return p(Arrays.stream(permuted).filter(value -> Math.abs(value) >= threshold).count());
  }

  /**
   * The value that a share {@code level} of the permuted values does not exceed, by linear
   * interpolation.
   */
  public double quantile(double level) {
    return Quantile.of(permuted, level);
  }

  /** Relative, as measures that depend on the scale of responses have values of any size. */
  private double rounding() {
    double largest =
        Arrays.stream(permuted).map(Math::abs).filter(Double::isFinite).max().orElse(0);
    return EQUAL * (Double.isFinite(observed) ? Math.max(largest, Math.abs(observed)) : largest);
  }

  private double p(long count) {
    return exact ? count / (double) permuted.length : (1.0 + count) / (1.0 + permuted.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PermutationTest test
        && Double.compare(observed, test.observed) == 0
        && exact == test.exact
        && Arrays.equals(permuted, test.permuted);
  }

  @Override
  public int hashCode() {
    return 31 * Double.hashCode(observed) + Arrays.hashCode(permuted);
  }

  @Override
  public String toString() {
    return "observed "
        + observed
        + ", "
        + permuted.length
        + (exact ? " (all)" : "")
        + " permutations, p = "
        + greaterP();
  }
}
