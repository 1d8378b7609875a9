package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

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
public final class CycleKnn implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("cycle-knn", CycleKnn::new, Neighbours.K, Neighbours.ROWS);

  private final int k;
  private final boolean unit;
  private final MeasureInfo info;

  private CycleKnn(Arguments arguments) {
    k = arguments.integer("k");
    unit = arguments.is("rows", "unit");
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary("Share of stimuli found again by a neighbour step in each representation.")
            .choice(
                "As a softer mutual-knn where few neighbours are common; not with large k,"
                    + " where it saturates.")
            .self(Double.NaN)
            .asymmetric()
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(k + 1)
            .policy(
                "Equal products in the order of the stimuli; a response that is all zero is at cosine 0 from all. k must be below n. Self-similarity is the share of stimuli with a mutual neighbour.")
            .source("Huh et al. 2024; platonic-rep")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return Neighbours.of(x, k, unit, false);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Neighbours first = (Neighbours) x;
    Neighbours second = (Neighbours) y;
    int found = 0;
    for (int i = 0; i < first.stimuli(); i++) {
      found += returns(first, second, i) ? 1 : 0;
    }
    return found / (double) first.stimuli();
  }

  private boolean returns(Neighbours first, Neighbours second, int i) {
    for (int r = 0; r < k; r++) {
      int j = second.neighbour(i, r);
      for (int back = 0; back < k; back++) {
        if (first.neighbour(j, back) == i) {
          return true;
        }
      }
    }
    return false;
  }
}
