package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Prepared;

/**
 * Cycle k-nearest neighbours: the share of stimuli that are found again by a step to a neighbour in
 * the second representation and from there to a neighbour in the first (Huh et al., ICML 2024,
 * appendix; public code platonic-rep),
 *
 * <pre>1/n |{i : i ∈ ∪ Nₓ(j) over j ∈ N_y(i)}|</pre>
 *
 * <p>A softer form of {@link MutualKnn} that saturates early: with k = 10 unrelated representations
 * of a thousand stimuli already reach 0.1. Asymmetric.
 */
public final class CycleKnn extends NeighbourMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("cycle-knn", CycleKnn::new, Neighbours.K, Neighbours.ROWS);

  private CycleKnn(Arguments arguments) {
    super(
        arguments,
        arguments.is("rows", "unit"),
        1,
        info ->
            info.summary("Share of stimuli found again by a neighbour step in each representation.")
                .choice(
                    "As a softer mutual-knn where few neighbours are common; not with large k,"
                        + " where it saturates.")
                .self(Double.NaN)
                .asymmetric()
                .policy(
                    "Ties are broken at random, for every stimulus and in both "
                        + "representations independently: the value is the expectation, exact. A "
                        + "response that is all zero is at cosine 0 from all. k must be below n. "
                        + "Self-similarity is the share of stimuli with a mutual neighbour.")
                .source("Huh et al. 2024; platonic-rep"));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Neighbours first = (Neighbours) x;
    Neighbours second = (Neighbours) y;
    double found = 0;
    double[] missed = new double[k() + 1];
    for (int i = 0; i < first.stimuli(); i++) {
      found += 1 - missed(first, second, i, missed);
    }
    return found / first.stimuli();
  }

  /**
   * Probability that no step back from the neighbours of {@code i} leads to it.
   *
   * @param missed room for k + 1 numbers
   */
  private static double missed(Neighbours first, Neighbours second, int i, double[] missed) {
    int candidates = second.candidates(i);
    double certain = 1;
    int c = 0;
    while (c < candidates && second.share(i, second.start(i, c)) == 1) {
      certain *= 1 - first.probability(second.candidate(i, c++), i);
    }
    if (c == candidates || certain == 0) {
      return certain;
    }
    // Of the last run, mean over all sets of s of its first t members of the product over the set:
    // the t-th is in s of t such sets, and in the only one where s = t.
    int drawn = second.k() - c;
    missed[0] = 1;
    for (int t = 1; c < candidates; t++) {
      double one = 1 - first.probability(second.candidate(i, c++), i);
      for (int s = Math.min(t, drawn); s > 0; s--) {
        double with = s / (double) t;
        missed[s] = (1 - with) * missed[s] + with * missed[s - 1] * one;
      }
    }
    return certain * missed[drawn];
  }
}
