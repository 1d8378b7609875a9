package dev.kindred.measure.statistics;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * p-values of many tests, adjusted so that among those that are called significant at a level at
 * most that share is expected to be so by chance (Benjamini and Hochberg, J. R. Stat. Soc. B 57,
 * 1995).
 */
public final class FalseDiscovery {
  private FalseDiscovery() {}

  /**
   * The adjusted p-values, in the order of the given ones.
   *
   * @param p p-values; NaN where there was nothing to test, which then counts as no test
   */
  public static double[] adjusted(double[] p) {
    double[] adjusted = p.clone();
    List<Integer> order =
        IntStream.range(0, p.length)
            .filter(i -> !Double.isNaN(p[i]))
            .boxed()
            .sorted(Comparator.comparingDouble(i -> p[i]))
            .toList();
    double least = 1;
    for (int rank = order.size(); rank > 0; rank--) {
      int i = order.get(rank - 1);
      least = Math.min(least, p[i] * order.size() / rank);
      adjusted[i] = least;
    }
    return adjusted;
  }
}
