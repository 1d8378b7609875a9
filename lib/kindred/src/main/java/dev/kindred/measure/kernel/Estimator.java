package dev.kindred.measure.kernel;

/**
 * Which entries of two pair matrices K, L are multiplied, and what is subtracted before; the
 * measure is the cosine ⟨K,L⟩ / √(⟨K,K⟩⟨L,L⟩) of what remains.
 */
enum Estimator {
  /** Rows and columns centred, diagonal included: HSIC₀ (Gretton et al. 2005). */
  BIASED,
  /** Zero diagonal, U-centred: HSIC₁ (Song et al. 2012, eq. 5). */
  UNBIASED,
  /** Pairs of different stimuli, their mean subtracted. */
  PEARSON,
  /** Pairs of different stimuli, as they are. */
  COSINE,
  /** Ranks of the pairs of different stimuli (ties have their mean rank), their mean subtracted. */
  SPEARMAN;

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
          products
              + diagonals
              - 2 / count * rowsWithDiagonals
              + (sumK + traceK) * (sumL + traceL) / (count * count);
      case UNBIASED ->
          products - 2 / (count - 2) * rows + sumK * sumL / ((count - 1) * (count - 2));
      case PEARSON -> products - sumK * sumL / (count * (count - 1));
      case COSINE -> products;
      case SPEARMAN -> throw new IllegalStateException("ranks are no function of sums");
    };
  }
}
