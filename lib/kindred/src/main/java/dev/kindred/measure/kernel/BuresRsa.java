package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.base.matrix.SymmetricEigen;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.representation.Representation;

/**
 * The Bures similarity or metric of the Gram matrices G = −½HDH that belong to two matrices of
 * dissimilarities D: with F = tr (G₁^½ G₂ G₁^½)^½, either F/√(tr G₁ · tr G₂) or the squared metric
 * tr G₁ + tr G₂ − 2F.
 */
final class BuresRsa implements CrossProductMeasure {
  private final MeasureInfo info;
  private final Dissimilarities dissimilarities;
  private final boolean metric;

  /**
   * @param info what the measure states of itself
   * @param dissimilarities of stimuli, whose Gram matrix has no negative eigenvalue
   * @param metric the squared metric or the similarity
   */
  BuresRsa(MeasureInfo info, Dissimilarities dissimilarities, boolean metric) {
    this.info = info;
    this.dissimilarities = dissimilarities;
    this.metric = metric;
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    try (Matrix pairs = dissimilarities.of(x, info)) {
      double before = Embedder.offDiagonalNorm(pairs);
      Embedder.centre(pairs, false);
      double trace = -pairs.trace() / 2;
      if (!(trace > Embedder.NO_VARIATION * before)) {
        throw new InputException(
            x.id() + ": all stimuli are equal, so " + info.specification() + " is undefined");
      }
      return new Factor(factor(pairs.scale(-0.5)), trace);
    }
  }

  /** F with FFᵀ = G, a column for every eigenvalue above rounding. */
  private static Matrix factor(Matrix gram) {
    try (SymmetricEigen eigen = SymmetricEigen.of(gram)) {
      double[] values = eigen.values();
      int n = values.length;
      double rounding = n * Math.ulp(1.0) * values[n - 1];
      int from = 0;
      while (values[from] <= rounding) {
        from++;
      }
      double[] roots = new double[n - from];
      for (int i = 0; i < roots.length; i++) {
        roots[i] = Math.sqrt(values[from + i]);
      }
      return eigen.vectors().columns(from, n).copy().scaleColumns(roots);
    }
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Factor) x).matrix;
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    double a = ((Factor) x).trace;
    double b = ((Factor) y).trace;
    double fidelity = Svd.nuclearNorm(cross);
    return metric
        ? Math.max(0, a + b - 2 * fidelity)
        : Math.min(1, fidelity / (Math.sqrt(a) * Math.sqrt(b)));
  }

  private record Factor(Matrix matrix, double trace) implements Prepared {
    @Override
    public long bytes() {
      return matrix.bytes();
    }
  }
}
