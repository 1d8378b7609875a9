package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.commons.math3.special.Beta;
import org.apache.commons.math3.special.Erf;

/**
 * A correlation between two lists of numbers with its p-value under independence.
 *
 * @param method how it was computed
 * @param coefficient the coefficient, −1 … 1
 * @param n number of pairs of numbers
 * @param twoSidedP probability of a coefficient at least as far from 0
 */
public record Correlation(Method method, double coefficient, int n, double twoSidedP) {
  /** Inner products that are summed side by side. */
  private static final int TOGETHER = 4;

  /** Kinds of correlation. */
  public enum Method {
    /** Linear; p by Student's t with n − 2 degrees of freedom, exact for normal numbers. */
    PEARSON,
    /** Of ranks, ties at their mean rank; p by Student's t with n − 2 degrees of freedom. */
    SPEARMAN,
    /**
     * τ-b, which corrects for ties. p is exact where there are no ties and either n ≤ 33 or at most
     * one pair is out of order (or in order); else by the normal approximation with the variance
     * corrected for ties. These are SciPy's rules.
     */
    KENDALL;

    /** What rounding leaves where one list follows from another. */
    private static final double DETERMINED = 1e-12;

    /**
     * The coefficient alone; NaN for Pearson where the numbers of a list are equal up to rounding.
     *
     * @throws InputException as {@link Correlation#of}
     */
    public double coefficient(double[] x, double[] y) {
      require(this, x, y);
      return this == KENDALL ? KendallCounts.of(x, y).tauB() : weighted(ones(x.length), x, y)[0][1];
    }

    /**
     * The partial coefficient: that of x and y where {@code given} is held, (r<sub>xy</sub> −
     * r<sub>xz</sub> r<sub>yz</sub>) / √((1 − r<sub>xz</sub>²)(1 − r<sub>yz</sub>²)), by the
     * coefficients of this method (Kendall, Biometrika 32, 1942).
     *
     * @return NaN where one of the two follows from what is held, or does not vary
     * @throws InputException as {@link Correlation#of}
     */
    public double partial(double[] x, double[] y, double[] given) {
      double xz = coefficient(x, given);
      double yz = coefficient(y, given);
      double left = (1 - xz * xz) * (1 - yz * yz);
      return left > DETERMINED
          ? Math.max(-1, Math.min(1, (coefficient(x, y) - xz * yz) / Math.sqrt(left)))
          : Double.NaN;
    }

    /**
     * Coefficients of every two lists, where each place counts as often as its weight says: the
     * multiplicity of what stands there in a bootstrap sample. In τ-b, two copies of one place are
     * tied in both lists and count nowhere.
     *
     * @param weights one of at least 0 for each place
     * @param lists finite numbers
     * @return symmetric, 1 on the diagonal; NaN beside it where the numbers of a list are equal up
     *     to rounding
     */
    public double[][] weighted(double[] weights, double[]... lists) {
      if (this == KENDALL) {
        return WeightedKendall.tauB(weights, lists);
      }
      double[][] units = new double[lists.length][];
      Multiplicities drawn = Multiplicities.of(weights);
      Arrays.setAll(
          units,
          a ->
              drawn.centredUnit(
                  this == SPEARMAN ? WeightedRanks.of(lists[a]).ranks(weights) : lists[a]));
      return inner(units);
    }
  }

  /**
   * The correlation of x and y.
   *
   * @throws InputException if the lengths differ, there are fewer than two numbers, a number is not
   *     finite, or all numbers of a list are equal (the coefficient is then undefined)
   */
  public static Correlation of(Method method, double[] x, double[] y) {
    require(method, x, y);
    int n = x.length;
    if (method == Method.KENDALL) {
      KendallCounts counts = KendallCounts.of(x, y);
      return new Correlation(method, counts.tauB(), n, kendallP(counts));
    }
    double r = method.coefficient(x, y);
    return new Correlation(method, r, n, studentP(r, n));
  }

  /**
   * p for a positive association: half the two-sided p if the coefficient is above 0, else 1 minus
   * that half (Ding et al. 2021). For exact Kendall p and a coefficient below 0 this leaves the
   * probability of the observed value itself out, as the public code of that work does.
   */
  public double oneSidedP() {
    return coefficient > 0 ? twoSidedP / 2 : 1 - twoSidedP / 2;
  }

  /**
   * Share of entries in the lowest fifth of x and the highest fifth of y, by rank over n, ties at
   * their mean rank ({@code bad_frac} of Ding et al. 2021).
   */
  public static double badFraction(double[] x, double[] y) {
    requireNumbers("bad fraction", x, y);
    double[] rankX = ranks(x);
    double[] rankY = ranks(y);
    int bad = 0;
    for (int i = 0; i < x.length; i++) {
      // In percent, as scores were compared: 20 % of n is then exact where n is a multiple of 5.
      bad += rankX[i] * 100 / x.length < 20 && rankY[i] * 100 / x.length > 80 ? 1 : 0;
    }
    return bad / (double) x.length;
  }

  /** Ranks from 1, equal numbers at their mean rank. */
  public static double[] ranks(double[] values) {
    return WeightedRanks.of(values).ranks(ones(values.length));
  }

  /** Inner products of every two lists, within ±1; 1 of a list with itself. */
  private static double[][] inner(double[][] units) {
    double[][] products = new double[units.length][units.length];
    for (int a = 0; a < units.length; a++) {
      products[a][a] = 1;
      for (int b = 0; b < a; b += TOGETHER) {
        double[] sums = inner(units[a], units, b, Math.min(a, b + TOGETHER));
        for (int k = 0; k < sums.length; k++) {
          products[a][b + k] = Math.max(-1, Math.min(1, sums[k]));
          products[b + k][a] = products[a][b + k];
        }
      }
    }
    return products;
  }

  /** Side by side, as each sum waits for the one before it; NaN where there is nothing to add. */
  private static double[] inner(double[] x, double[][] units, int from, int to) {
    double[] sums = new double[to - from];
    if (x.length == 0) {
      Arrays.fill(sums, Double.NaN);
    } else if (sums.length == TOGETHER) {
      double[] y0 = units[from];
      double[] y1 = units[from + 1];
      double[] y2 = units[from + 2];
      double[] y3 = units[from + 3];
      double s0 = 0;
      double s1 = 0;
      double s2 = 0;
      double s3 = 0;
      for (int i = 0; i < x.length; i++) {
        s0 += x[i] * y0[i];
        s1 += x[i] * y1[i];
        s2 += x[i] * y2[i];
        s3 += x[i] * y3[i];
      }
      sums[0] = s0;
      sums[1] = s1;
      sums[2] = s2;
      sums[3] = s3;
    } else {
      for (int k = 0; k < sums.length; k++) {
        for (int i = 0; i < x.length; i++) {
          sums[k] += x[i] * units[from + k][i];
        }
      }
    }
    return sums;
  }

  /** Less the mean and divided by the norm. */
  static double[] centredUnit(double[] x) {
    return centredUnit(x, ones(x.length));
  }

  /** Less the weighted mean, times the root of the weight, and divided by the norm. */
  static double[] centredUnit(double[] x, double[] weights) {
    Multiplicities drawn = Multiplicities.of(weights);
    double[] packed = drawn.centredUnit(x);
    double[] unit = new double[x.length];
    for (int i = 0; i < packed.length; i++) {
      unit[drawn.places[i]] = packed[i];
    }
    return unit;
  }

  /**
   * The places that count at all: in a bootstrap sample of models, two fifths of their pairs.
   *
   * @param places in ascending order
   * @param weights of these places
   * @param total sum of the weights
   */
  private record Multiplicities(int[] places, double[] weights, double total) {
    static Multiplicities of(double[] weights) {
      int[] places = IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
      double[] positive = Arrays.stream(places).mapToDouble(i -> weights[i]).toArray();
      double total = 0;
      for (double weight : positive) {
        total += weight;
      }
      return new Multiplicities(places, positive, total);
    }

    /** As {@link Correlation#centredUnit(double[], double[])}, at these places. */
    double[] centredUnit(double[] x) {
      double largest = 0;
      for (double value : x) {
        largest = Math.max(largest, Math.abs(value));
      }
      double[] unit = new double[places.length];
      double mean = 0;
      for (int i = 0; i < unit.length; i++) {
        unit[i] = x[places[i]] / largest;
        mean += weights[i] * unit[i] / total;
      }
      double squares = 0;
      for (int i = 0; i < unit.length; i++) {
        unit[i] -= mean;
        squares += weights[i] * unit[i] * unit[i];
      }
      double norm = Math.sqrt(squares);
      double rounding = 1e-14 * Math.sqrt(total);
      for (int i = 0; i < unit.length; i++) {
        unit[i] = norm > rounding ? Math.sqrt(weights[i]) * unit[i] / norm : Double.NaN;
      }
      return unit;
    }
  }

  private static double[] ones(int length) {
    double[] ones = new double[length];
    Arrays.fill(ones, 1);
    return ones;
  }

  static boolean varies(double[] x) {
    for (double value : x) {
      if (value != x[0]) {
        return true;
      }
    }
    return false;
  }

  private static void require(Method method, double[] x, double[] y) {
    String name = method.name().toLowerCase(java.util.Locale.ROOT) + " correlation";
    requireNumbers(name, x, y);
    if (x.length < 2) {
      throw new InputException(name + " of " + x.length + " numbers; expected at least 2");
    }
    if (!varies(x) || !varies(y)) {
      throw new InputException(
          name
              + ": all "
              + x.length
              + " numbers of the "
              + (varies(x) ? "second" : "first")
              + " list are equal, so it is undefined");
    }
  }

  private static void requireNumbers(String what, double[] x, double[] y) {
    if (x.length != y.length) {
      throw new InputException(
          what
              + ": lists of "
              + x.length
              + " and "
              + y.length
              + " numbers; expected equal lengths");
    }
    for (int i = 0; i < x.length; i++) {
      if (!Double.isFinite(x[i]) || !Double.isFinite(y[i])) {
        throw new InputException(
            what
                + ": values "
                + x[i]
                + " and "
                + y[i]
                + " at position "
                + i
                + "; all must be finite");
      }
    }
  }

  /** P(|R| ≥ |r|): r² has a Beta(½, (n−2)/2) distribution under independence. */
  private static double studentP(double r, int n) {
    if (n == 2) {
      return 1;
    }
    double outside = (1 - Math.abs(r)) * (1 + Math.abs(r));
    return outside <= 0 ? 0 : Beta.regularizedBeta(outside, (n - 2) / 2.0, 0.5, 1e-15, 100_000);
  }

  private static double kendallP(KendallCounts counts) {
    int n = counts.n();
    double pairs = (double) n * (n - 1) / 2;
    long fewer = (long) Math.min(counts.discordant(), pairs - counts.discordant());
    boolean ties = counts.tiedX() > 0 || counts.tiedY() > 0;
    if (!ties && (n <= 33 || fewer <= 1)) {
      return exactKendallP(n, fewer);
    }
    double m = (double) n * (n - 1);
    double variance =
        (m * (2.0 * n + 5) - counts.varianceX() - counts.varianceY()) / 18
            + 2.0 * counts.tiedX() * counts.tiedY() / m
            + counts.triplesX() * counts.triplesY() / (9 * m * (n - 2));
    double z = counts.difference() / Math.sqrt(variance);
    return Erf.erfc(Math.abs(z) / Math.sqrt(2));
  }

  /** 2·P(at most {@code discordant} inversions in a random order), at most 1. */
  private static double exactKendallP(int n, long discordant) {
    if (4 * discordant >= (long) n * (n - 1)) {
      return 1;
    }
    // Probabilities of 0 … discordant inversions of k items, from those of k − 1 items.
    double[] probability = new double[(int) discordant + 1];
    probability[0] = 1;
    for (int k = 2; k <= n; k++) {
      double[] next = new double[probability.length];
      double window = 0;
      for (int d = 0; d < next.length; d++) {
        window += probability[d];
        if (d >= k) {
          window -= probability[d - k];
        }
        next[d] = Math.max(0, window) / k;
      }
      probability = next;
    }
    return Math.min(1, 2 * Arrays.stream(probability).sum());
  }
}
