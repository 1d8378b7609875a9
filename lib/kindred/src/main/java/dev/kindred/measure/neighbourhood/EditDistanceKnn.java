package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Prepared;

/**
 * Edit distance of neighbours as a similarity (Huh, Cheung, Wang and Isola, ICML 2024, public
 * code): one minus the mean over stimuli of the Levenshtein distance, divided by k, between the two
 * lists of the k nearest neighbours, nearest first. Insertion, deletion and substitution cost 1.
 */
public final class EditDistanceKnn extends NeighbourMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("edit-distance-knn", EditDistanceKnn::new, Neighbours.K, Neighbours.ROWS);

  private EditDistanceKnn(Arguments arguments) {
    super(
        arguments,
        arguments.is("rows", "unit"),
        1,
        info ->
            info.summary(
                    "One minus the edit distance of the two lists of nearest neighbours, relative to"
                        + " k: a similarity.")
                .choice(
                    "The strictest of the neighbour measures: same neighbours at the same places; not"
                        + " where chance decides the order of near neighbours.")
                .policy(
                    "Ties are broken at random, independently in both representations: the "
                        + "value is that of all alignments the best in expectation, so that with "
                        + "itself a representation with ties has less than 1. A response that is "
                        + "all zero is at product 0 from all. k must be below n.")
                .source("Huh et al. 2024, public code"));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return mean(x, y, common -> 1 - editDistance(common.matches()) / k());
  }

  private static double editDistance(double[][] matches) {
    int k = matches.length;
    double[] above = new double[k + 1];
    for (int s = 0; s <= k; s++) {
      above[s] = s;
    }
    for (int r = 0; r < k; r++) {
      double[] here = new double[k + 1];
      here[0] = r + 1;
      for (int s = 0; s < k; s++) {
        double gap = 1 + Math.min(above[s + 1], here[s]);
        here[s + 1] = Math.min(gap, above[s] + 1 - matches[r][s]);
      }
      above = here;
    }
    return above[k];
  }
}
