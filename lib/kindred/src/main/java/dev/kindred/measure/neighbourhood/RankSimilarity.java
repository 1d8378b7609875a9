package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Prepared;

/**
 * Rank similarity of common neighbours (Wang et al., 2020; Klabunde et al., survey 2023, Eq. 36):
 * of the neighbours that both representations share, do they come in the same order?
 *
 * <pre>1/n Σᵢ 1/H(|Cᵢ|) Σ_{j∈Cᵢ} 2 / ((1 + |r − r′|)(r + r′))</pre>
 *
 * with the common neighbours Cᵢ by cosine, ranks r and r′ from 1, and the harmonic number H. A
 * stimulus without common neighbours counts 0.
 *
 * <p>Use it beside {@link JaccardKnn}, which asks which neighbours and not in which order.
 */
public final class RankSimilarity extends NeighbourMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("rank-similarity", RankSimilarity::new, Neighbours.K);

  private final double[] harmonic;

  private RankSimilarity(Arguments arguments) {
    super(
        arguments,
        true,
        1,
        info ->
            info.summary("Agreement of the order of common neighbours by cosine.")
                .choice(
                    "Beside jaccard-knn, to ask whether common neighbours come in the same order;"
                        + " not by itself: it does not see how many are common.")
                .policy(EXPECTATION + ZEROS_AND_K)
                .source("Wang et al. 2020; Klabunde et al. 2023, Eq. 36"));
    harmonic = harmonic(k());
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return mean(
        x,
        y,
        common -> common.expectedScore(RankSimilarity::score, shared -> 1 / harmonic[shared]));
  }

  /** Harmonic numbers H(0) … H(k). */
  static double[] harmonic(int k) {
    double[] harmonic = new double[k + 1];
    for (int r = 1; r <= k; r++) {
      harmonic[r] = harmonic[r - 1] + 1.0 / r;
    }
    return harmonic;
  }

  /** What a common neighbour at these places adds. */
  static double score(int r, int s) {
    return 2.0 / ((1 + Math.abs(r - s)) * (double) (r + s));
  }
}
