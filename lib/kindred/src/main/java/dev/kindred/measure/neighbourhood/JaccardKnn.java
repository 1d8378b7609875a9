package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Jaccard similarity of neighbourhoods by cosine (Wang et al., 2020; Gwilliam and Shrivastava, ICCV
 * workshops 2022; ReSi),
 *
 * <pre>1/n Σᵢ |Nₓ(i) ∩ N_y(i)| / |Nₓ(i) ∪ N_y(i)|</pre>
 *
 * <p>Orders pairs nearly as {@link MutualKnn} does (a monotone function of it per stimulus); take
 * the one that your comparison has.
 */
public final class JaccardKnn implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("jaccard-knn", JaccardKnn::new, Neighbours.K);

  private final int k;
  private final MeasureInfo info;

  private JaccardKnn(Arguments arguments) {
    k = arguments.integer("k");

    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary("Intersection over union of the k nearest neighbours by cosine.")
            .choice(
                "For common neighbours as studies of embeddings report them; not as further"
                    + " evidence beside mutual-knn, of which it is a harsher scale.")
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(k + 1)
            .float32Condition("with near ties, which rounding breaks or makes")
            .policy(
                "Ties are broken at random, independently in both representations: the value is the expectation, exact, so that with itself a representation with ties has less than 1. A response that is all zero is at cosine 0 from all. k must be below n.")
            .source("Wang et al. 2020; ReSi")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return Neighbours.of(x, k, true, false);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Neighbours first = (Neighbours) x;
    Neighbours second = (Neighbours) y;
    CommonNeighbours common = new CommonNeighbours(first, second);
    double sum = 0;
    for (int i = 0; i < first.stimuli(); i++) {
      sum += common.at(i).expected(shared -> shared / (2.0 * k - shared));
    }
    return sum / first.stimuli();
  }
}
