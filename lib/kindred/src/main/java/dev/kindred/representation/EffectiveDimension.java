package dev.kindred.representation;

import dev.kindred.base.matrix.Matrix;

/** How many dimensions responses fill. */
public final class EffectiveDimension {
  private EffectiveDimension() {}

  /**
   * The participation ratio (Σλ)² / Σλ² of the eigenvalues λ of the covariance of the units: 1
   * where responses lie on a line, p where they vary alike along p axes (Gao et al. 2017, A theory
   * of multineuronal dimensionality). O(n·p·min(n, p)). From few stimuli it is too small, at most n
   * − 1.
   *
   * @return from 1 to min(n − 1, p), without a unit; NaN where no unit varies
   * @throws dev.kindred.base.InputException if there are NaN or infinite numbers
   */
  public static double participationRatio(Representation x) {
    x.requireFinite();
    try (Matrix centred = Responses.matrix(x).centreColumns();
        Matrix products = x.units() < x.stimuli() ? centred.scatter() : centred.gram()) {
      double variance = products.trace();
      double squares = products.frobeniusNorm();
      return variance / squares * (variance / squares);
    }
  }
}
