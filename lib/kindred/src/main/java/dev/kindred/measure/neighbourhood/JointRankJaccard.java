package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Prepared;

/**
 * Joint rank and Jaccard similarity of neighbourhoods by cosine (Wang et al., 2020; ReSi): for
 * every stimulus {@link JaccardKnn} times {@link RankSimilarity},
 *
 * <pre>1/n Σᵢ |Cᵢ|/(2k − |Cᵢ|) · 1/H(|Cᵢ|) Σ_{j∈Cᵢ} 2 / ((1 + |r − r′|)(r + r′))</pre>
 *
 * with the common neighbours Cᵢ, their ranks r and r′ from 1, and the harmonic number H. The
 * product is taken before the mean, so that order counts where there are common neighbours to
 * order.
 */
public final class JointRankJaccard extends NeighbourMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("joint-rank-jaccard", JointRankJaccard::new, Neighbours.K);

  private final double[] harmonic;

  private JointRankJaccard(Arguments arguments) {
    super(
        arguments,
        true,
        1,
        info ->
            info.summary(
                    "Common neighbours by cosine and their order together: jaccard-knn times"
                        + " rank-similarity, stimulus by stimulus.")
                .choice(
                    "For one number on neighbourhoods that asks for the same neighbours in the same"
                        + " order; not to learn which of the two differs.")
                .policy(EXPECTATION + ZEROS_AND_K)
                .source("Wang et al. 2020; ReSi"));
    harmonic = RankSimilarity.harmonic(k());
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return mean(
        x,
        y,
        common ->
            common.expectedScore(
                RankSimilarity::score, shared -> shared / (2.0 * k() - shared) / harmonic[shared]));
  }
}
