package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Parallel;
import dev.kindred.base.Seeds;
import java.util.SplittableRandom;

/**
 * The Mantel test (Mantel, Cancer Research 27, 1967): are two symmetric matrices over the same
 * items correlated? The statistic is the correlation of their entries above the diagonal; the null
 * permutes the items of one matrix, rows and columns together, because entries that share an item
 * are not independent and an ordinary p-value would be far too small.
 */
public final class Mantel {
  private Mantel() {}

  /** As {@link #test(double[][], double[][], Correlation.Method, int, Seeds)}, names checked. */
  public static PermutationTest test(
      LabelledMatrix a,
      LabelledMatrix b,
      Correlation.Method method,
      int permutations,
      Seeds seeds) {
    SymmetricPairs.requireSameItems(a, b);
    return test(a.values(), b.values(), method, permutations, seeds);
  }

  /**
   * The test. Where all n! permutations are at most {@code permutations}, they are all tried and p
   * is exact; else that many are drawn.
   *
   * @param a n×n, symmetric; the diagonal is not read
   * @param b likewise, over the same items
   * @param method Pearson or Spearman
   * @param permutations most permutations that are tried
   * @param seeds for the stream {@code mantel}
   */
  public static PermutationTest test(
      double[][] a, double[][] b, Correlation.Method method, int permutations, Seeds seeds) {
    if (method == Correlation.Method.KENDALL) {
      throw new InputException("mantel: expected pearson or spearman, found kendall");
    }
    if (permutations < 1) {
      throw new InputException("mantel: " + permutations + " permutations; expected at least 1");
    }
    int n = a.length;
    double[][] first = standardised(a, b, method, true);
    double[][] second = standardised(a, b, method, false);
    double observed = inner(first, second, Permutations.identity(n));
    long all = Permutations.count(n);
    if (all <= permutations) {
      double[] values = new double[(int) all];
      int[] next = {0};
      Permutations.forEach(n, order -> values[next[0]++] = inner(first, second, order));
      return new PermutationTest(observed, values, true);
    }
    SplittableRandom random = seeds.stream("mantel");
    int[][] orders = new int[permutations][];
    for (int t = 0; t < permutations; t++) {
      orders[t] = Permutations.random(n, random);
    }
    double[] values = new double[permutations];
    Parallel.forEach(permutations, t -> values[t] = inner(first, second, orders[t]));
    return new PermutationTest(observed, values, false);
  }

  /** One matrix with its pairs (or their ranks) centred and of norm 1. */
  private static double[][] standardised(
      double[][] a, double[][] b, Correlation.Method method, boolean wantFirst) {
    double[] x = SymmetricPairs.upper(a, "the first matrix");
    double[] y = SymmetricPairs.upper(b, "the second matrix");
    // Refuses lengths that differ, NaN, and matrices whose entries are all equal.
    method.coefficient(x, y);
    double[] pairs = wantFirst ? x : y;
    if (method == Correlation.Method.SPEARMAN) {
      pairs = Correlation.ranks(pairs);
    }
    return SymmetricPairs.matrix(Correlation.centredUnit(pairs), a.length);
  }

  private static double inner(double[][] a, double[][] b, int[] order) {
    double sum = 0;
    for (int i = 1; i < order.length; i++) {
      double[] row = a[i];
      double[] other = b[order[i]];
      for (int j = 0; j < i; j++) {
        sum += row[j] * other[order[j]];
      }
    }
    return Math.max(-1, Math.min(1, sum));
  }
}
