package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Prepared;

/**
 * Longest common subsequence of neighbours (Huh, Cheung, Wang and Isola, ICML 2024, public code):
 * the mean over stimuli of the length of the longest sequence that occurs, with gaps, in both lists
 * of the k nearest neighbours, nearest first. From 0 to k.
 */
public final class LcsKnn extends NeighbourMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("lcs-knn", LcsKnn::new, Neighbours.K, Neighbours.ROWS);

  private LcsKnn(Arguments arguments) {
    super(
        arguments,
        arguments.is("rows", "unit"),
        arguments.integer("k"),
        info ->
            info.self(arguments.integer("k"))
                .summary(
                    "Length of the longest common subsequence of the two lists of nearest neighbours,"
                        + " mean over stimuli; 0 to k.")
                .choice(
                    "For neighbours in the same order, where one that is displaced should cost little;"
                        + " not across k, with which it grows.")
                .policy(
                    "Ties are broken at random, independently in both representations: the "
                        + "value is that of all alignments the best in expectation, so that with "
                        + "itself a representation with ties has less than k. A response that is "
                        + "all zero is at product 0 from all. k must be below n.")
                .source("Huh et al. 2024, public code"));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return mean(x, y, common -> longest(common.matches()));
  }

  /** Largest sum of matches along a path on which both places ascend. */
  private static double longest(double[][] matches) {
    int k = matches.length;
    double[] above = new double[k + 1];
    for (double[] row : matches) {
      double[] here = new double[k + 1];
      for (int s = 0; s < k; s++) {
        here[s + 1] = Math.max(Math.max(above[s + 1], here[s]), above[s] + row[s]);
      }
      above = here;
    }
    return above[k];
  }
}
