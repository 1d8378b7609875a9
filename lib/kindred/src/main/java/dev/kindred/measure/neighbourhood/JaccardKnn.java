package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Prepared;

/**
 * Jaccard similarity of neighbourhoods by cosine (Wang et al., 2020; Gwilliam and Shrivastava, ICCV
 * workshops 2022; ReSi),
 *
 * <pre>1/n Σᵢ |Nₓ(i) ∩ N_y(i)| / |Nₓ(i) ∪ N_y(i)|</pre>
 *
 * <p>Orders pairs nearly as {@link MutualKnn} does (a monotone function of it per stimulus); take
 * the one that your comparison has.
 */
public final class JaccardKnn extends NeighbourMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("jaccard-knn", JaccardKnn::new, Neighbours.K);

  private JaccardKnn(Arguments arguments) {
    super(
        arguments,
        true,
        1,
        info ->
            info.summary("Intersection over union of the k nearest neighbours by cosine.")
                .choice(
                    "For common neighbours as studies of embeddings report them; not as further"
                        + " evidence beside mutual-knn, of which it is a harsher scale.")
                .policy(EXPECTATION + ZEROS_AND_K)
                .source("Wang et al. 2020; ReSi"));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return mean(x, y, common -> common.expected(shared -> shared / (2.0 * k() - shared)));
  }
}
