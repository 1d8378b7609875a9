package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

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
public final class RankSimilarity implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("rank-similarity", RankSimilarity::new, Neighbours.K);

  private final int k;
  private final MeasureInfo info;

  private RankSimilarity(Arguments arguments) {
    k = arguments.integer("k");

    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary("Agreement of the order of common neighbours by cosine.")
            .choice(
                "Beside jaccard-knn, to ask whether common neighbours come in the same order;"
                    + " not by itself: it does not see how many are common.")
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(k + 1)
            .float32Condition("with near ties, which rounding breaks or makes")
            .policy(
                "Ties are broken at random, independently in both representations: the value is the expectation, exact, so that with itself a representation with ties has less than 1. A response that is all zero is at cosine 0 from all. k must be below n.")
            .source("Wang et al. 2020; Klabunde et al. 2023, Eq. 36")
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
    double[] harmonic = new double[k + 1];
    for (int r = 1; r <= k; r++) {
      harmonic[r] = harmonic[r - 1] + 1.0 / r;
    }
    CommonNeighbours common = new CommonNeighbours(first, second);
    double sum = 0;
    for (int i = 0; i < first.stimuli(); i++) {
      sum += common.at(i).expectedScore(RankSimilarity::score, shared -> 1 / harmonic[shared]);
    }
    return sum / first.stimuli();
  }

  /** What a common neighbour at these places adds. */
  static double score(int r, int s) {
    return 2.0 / ((1 + Math.abs(r - s)) * (double) (r + s));
  }
}
