package dev.kindred.measure.kernel.tiles;

/**
 * Which entries of two pair matrices K, L are multiplied, and what is subtracted before; the
 * measure is the cosine ⟨K,L⟩ / √(⟨K,K⟩⟨L,L⟩) of what remains.
 */
public enum Estimator {
  /** Rows and columns centred, diagonal included: HSIC₀ (Gretton et al. 2005). */
  BIASED,
  /**
   * Pairs of different stimuli less their mean, then rows and columns centred; of dissimilarities,
   * whose diagonal is zero (Diedrichsen et al. 2021).
   */
  BIASED_PEARSON,
  /** Zero diagonal, U-centred: HSIC₁ (Song et al. 2012, eq. 5). */
  UNBIASED,
  /** Pairs of different stimuli, their mean subtracted. */
  PEARSON,
  /** Pairs of different stimuli, as they are. */
  COSINE,
  /** Ranks of the pairs of different stimuli (ties have their mean rank), their mean subtracted. */
  SPEARMAN;

  /** True if pairs of a stimulus with itself count. */
  public boolean usesDiagonal() {
    return this == BIASED || this == BIASED_PEARSON;
  }

  /**
   * ⟨K,L⟩ after subtraction, from sums over the raw entries.
   *
   * @param n number of stimuli
   * @param products Σ_{i≠j} Kᵢⱼ Lᵢⱼ
   * @param diagonals Σᵢ Kᵢᵢ Lᵢᵢ
   * @param rows Σᵢ kᵢ lᵢ with kᵢ = Σ_{j≠i} Kᵢⱼ
   * @param rowsWithDiagonals Σᵢ (kᵢ + Kᵢᵢ)(lᵢ + Lᵢᵢ)
   * @param sumK Σᵢ kᵢ
   * @param sumL Σᵢ lᵢ
   * @param traceK Σᵢ Kᵢᵢ
   * @param traceL Σᵢ Lᵢᵢ
   */
  double inner(
      int n,
      double products,
      double diagonals,
      double rows,
      double rowsWithDiagonals,
      double sumK,
      double sumL,
      double traceK,
      double traceL) {
    double count = n;
    return switch (this) {
      case BIASED ->
          centred(count, products + diagonals, rowsWithDiagonals, sumK + traceK, sumL + traceL);
      case BIASED_PEARSON ->
          // H(D − m(11ᵀ − I))H = HDH + mH, and tr HDH = −(n−1)m; the diagonal holds what tiles
          // subtract from all entries alike.
          centred(count, products + diagonals, rowsWithDiagonals, sumK + traceK, sumL + traceL)
              - (sumK / (count - 1) - traceK)
                  * (sumL / (count - 1) - traceL)
                  * (count - 1)
                  / (count * count);
      case UNBIASED ->
          products - 2 / (count - 2) * rows + sumK * sumL / ((count - 1) * (count - 2));
      case PEARSON -> products - sumK * sumL / (count * (count - 1));
      case COSINE -> products;
      case SPEARMAN -> throw new IllegalStateException("ranks are no function of sums");
    };
  }

  private static double centred(double n, double products, double rows, double sumK, double sumL) {
    return products - 2 / n * rows + sumK * sumL / (n * n);
  }
}
