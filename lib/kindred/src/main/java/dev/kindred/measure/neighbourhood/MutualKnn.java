package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Mutual k-nearest neighbours: the mean share of neighbours that two representations have in common
 * (Huh, Cheung, Wang and Isola, ICML 2024, Eq. 11; as Park et al., ICML 2024),
 *
 * <pre>1/n Σᵢ |Nₓ(i) ∩ N_y(i)| / k</pre>
 *
 * with neighbours by inner product, on responses scaled to length 1 unless {@code rows=raw}.
 *
 * <p>Use it to compare local structure across very different models; unlike CKA it does not see
 * global geometry at all. Chance level is k/(n − 1): values depend on k and on n, so compare only
 * values of the same k and stimuli.
 */
public final class MutualKnn implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("mutual-knn", MutualKnn::new, Neighbours.K, Neighbours.ROWS);

  private final int k;
  private final boolean unit;
  private final MeasureInfo info;

  private MutualKnn(Arguments arguments) {
    k = arguments.integer("k");
    unit = arguments.is("rows", "unit");
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary("Share of the k nearest neighbours in common.")
            .choice(
                "For local structure where global geometry differs, as between modalities; not"
                    + " across k or n, with which the chance level k/(n − 1) changes.")
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(k + 1)
            .float32Condition("with near ties, which rounding breaks or makes")
            .policy(
                "Ties are broken at random, independently in both representations: the value is the expectation, exact, so that with itself a representation with ties has less than 1. A response that is all zero is at cosine 0 from all. k must be below n.")
            .source("Huh et al. 2024, Eq. 11")
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
    CommonNeighbours common = new CommonNeighbours(first, second);
    double shared = 0;
    for (int i = 0; i < first.stimuli(); i++) {
      shared += common.at(i).mean();
    }
    return shared / ((double) first.stimuli() * k);
  }
}
