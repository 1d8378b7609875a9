package dev.kindred.measure.kernel;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Trials;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.measure.kernel.tiles.PairKernel;
import dev.kindred.representation.Representation;

/**
 * Squared distances between stimuli in the metric of the inverse noise covariance Σ⁻¹, divided by
 * the number of units: Mahalanobis distances of the means over trials, or crossnobis distances
 *
 * <pre>dᵢⱼ = mean over s ≠ t of (xᵢˢ − xⱼˢ) Σ⁻¹ (xᵢᵗ − xⱼᵗ)ᵀ / p</pre>
 *
 * over pairs of different trials s, t: the mean over left-out trials of the product with the mean
 * of the others (Walther et al. 2016). As the noise of two trials is independent, equal stimuli
 * have distance 0 on average, and single distances may be negative.
 */
final class TrialDissimilarities implements Dissimilarities {
  private static final PairKernel SQUARED_DISTANCE =
      PairKernel.of(PairKernel.Form.SQUARED_DISTANCE, PairKernel.Rows.RAW);

  private final Trials trials;
  private final Noise noise;
  private final boolean crossValidated;

  TrialDissimilarities(Trials trials, Noise noise, boolean crossValidated) {
    this.trials = trials;
    this.noise = noise;
    this.crossValidated = crossValidated;
  }

  @Override
  public Matrix of(Representation x, MeasureInfo info) {
    Matrix[] residuals = trials.read(x, info);
    try (Matrix mean = Trials.takeMean(residuals).centreColumns();
        Matrix whitening = noise.whitening(x.id(), residuals);
        Matrix whitened = mean.times(whitening)) {
      double units = mean.columns();
      if (!crossValidated) {
        return Embedder.pairs(whitened, SQUARED_DISTANCE, false).scale(1 / units);
      }
      // With Xᵗ = M + Rᵗ and ΣRᵗ = 0, the sum over pairs of different trials is
      // T(T−1)·MMᵀ − Σ RᵗRᵗᵀ: no difference of large sums where noise is small.
      Matrix products = whitened.gram();
      double count = residuals.length;
      for (Matrix residual : residuals) {
        try (Matrix deviation = residual.times(whitening);
            Matrix gram = deviation.gram()) {
          products.add(-1 / (count * (count - 1)), gram);
        }
      }
      return distances(products, units);
    } finally {
      for (Matrix residual : residuals) {
        residual.close();
      }
    }
  }

  /** kᵢᵢ + kⱼⱼ − 2kᵢⱼ, over the number of units, in place. */
  private static Matrix distances(Matrix products, double units) {
    int n = products.rows();
    double[] diagonal = new double[n];
    for (int i = 0; i < n; i++) {
      diagonal[i] = products.get(i, i);
    }
    double[] column = new double[n];
    for (int j = 0; j < n; j++) {
      products.readColumn(j, column);
      for (int i = 0; i < n; i++) {
        column[i] = i == j ? 0 : (diagonal[i] + diagonal[j] - 2 * column[i]) / units;
      }
      products.writeColumn(j, column);
    }
    return products;
  }
}
