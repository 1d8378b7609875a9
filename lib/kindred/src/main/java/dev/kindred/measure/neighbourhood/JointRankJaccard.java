package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

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
public final class JointRankJaccard implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("joint-rank-jaccard", JointRankJaccard::new, Neighbours.K);

  private final int k;
  private final MeasureInfo info;

  private JointRankJaccard(Arguments arguments) {
    k = arguments.integer("k");
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Common neighbours by cosine and their order together: jaccard-knn times"
                    + " rank-similarity, stimulus by stimulus.")
            .choice(
                "For one number on neighbourhoods that asks for the same neighbours in the same"
                    + " order; not to learn which of the two differs.")
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(k + 1)
            .float32Condition("with near ties, which rounding breaks or makes")
            .policy(
                "Ties are broken at random, independently in both representations: the value is"
                    + " the expectation, exact, so that with itself a representation with ties has"
                    + " less than 1. A response that is all zero is at cosine 0 from all. k must be"
                    + " below n.")
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
    CommonNeighbours common = new CommonNeighbours(first, (Neighbours) y);
    double[] weight = new double[k + 1];
    double harmonic = 0;
    for (int c = 1; c <= k; c++) {
      harmonic += 1.0 / c;
      weight[c] = c / (2.0 * k - c) / harmonic;
    }
    double sum = 0;
    for (int i = 0; i < first.stimuli(); i++) {
      sum += common.at(i).expectedScore(RankSimilarity::score, c -> weight[c]);
    }
    return sum / first.stimuli();
  }
}
