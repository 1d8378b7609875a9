package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Prepared;

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
public final class MutualKnn extends NeighbourMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("mutual-knn", MutualKnn::new, Neighbours.K, Neighbours.ROWS);

  private MutualKnn(Arguments arguments) {
    super(
        arguments,
        arguments.is("rows", "unit"),
        1,
        info ->
            info.summary("Share of the k nearest neighbours in common.")
                .choice(
                    "For local structure where global geometry differs, as between modalities; not"
                        + " across k or n, with which the chance level k/(n − 1) changes.")
                .policy(EXPECTATION + ZEROS_AND_K)
                .source("Huh et al. 2024, Eq. 11"));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return mean(x, y, common -> common.mean() / k());
  }
}
