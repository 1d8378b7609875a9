package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Panel;
import java.util.List;

/**
 * {@link PairSums} of linear kernels from features alone: ⟨XXᵀ,YYᵀ⟩ = ‖XᵀY‖². Cheaper than tiles of
 * Gram matrices when stimuli are many and units few. XᵀY is added up in float64 over pieces of the
 * stimuli, as whole sums in float32 lose digits.
 */
final class FeatureProducts {
  private static final int PIECE = 1024;

  private FeatureProducts() {}

  /** Floating-point operations for models of these widths. */
  static double flops(double n, List<TreatedFeatures> models) {
    double total = 0;
    double squares = 0;
    for (TreatedFeatures model : models) {
      total += model.units();
      squares += (double) model.units() * model.units();
    }
    return n * (total * total + squares);
  }

  /**
   * @param models their features, cached when they are prepared
   * @param arrivals prepares them
   * @param n number of stimuli
   * @param float32 precision of the features
   * @param task advanced by one for every two models
   */
  static PairSums sums(
      List<TreatedFeatures> models, Arrivals arrivals, int n, boolean float32, Progress.Task task) {
    PairSums sums = new PairSums(models.size(), n);
    double[][] products = sums.products();
    arrivals.run(
        new Pairs(
            models.size(),
            (a, b) -> {
              products[a][b] = squaredCrossProduct(models.get(a), models.get(b), n, float32);
              task.advance(1);
            }));
    for (int m = 0; m < models.size(); m++) {
      double[] norms = models.get(m).squaredNorms();
      System.arraycopy(norms, 0, sums.diagonal(m), 0, n);
    }
    for (int a = 0; a < models.size(); a++) {
      for (int b = 0; b <= a; b++) {
        // The tiles' sums leave the diagonal out.
        double diagonal = 0;
        for (int i = 0; i < n; i++) {
          diagonal += sums.diagonal(a)[i] * sums.diagonal(b)[i];
        }
        products[a][b] -= diagonal;
      }
    }
    return sums;
  }

  /** Every two models, a model with those before it as soon as it is there. */
  static final class Pairs implements Arrivals.Pieces {
    private final int models;
    private final Product product;
    private int a;
    private int b;

    interface Product {
      void take(int a, int b);
    }

    Pairs(int models, Product product) {
      this.models = models;
      this.product = product;
    }

    @Override
    public Runnable next(int ready) {
      if (a >= ready) {
        return null;
      }
      int row = a;
      int column = b;
      b = b == a ? 0 : b + 1;
      a += b == 0 ? 1 : 0;
      return () -> product.take(row, column);
    }

    @Override
    public boolean isOver() {
      return a == models;
    }
  }

  /** ‖XᵀY‖². */
  private static double squaredCrossProduct(
      TreatedFeatures x, TreatedFeatures y, int n, boolean float32) {
    int p = x.units();
    int q = y.units();
    // Columns of Y in strips, so that the float64 sums stay in the second-level cache.
    int strip = Math.max(1, Math.min(q, (1 << 18) / p));
    double[] sums = new double[p * strip];
    double[] column = new double[p];
    double squared = 0;
    try (Panel work = new Panel(float32, (long) p * strip)) {
      for (int q0 = 0; q0 < q; q0 += strip) {
        int width = Math.min(strip, q - q0);
        java.util.Arrays.fill(sums, 0);
        for (int from = 0; from < n; from += PIECE) {
          Progress.checkCancelled();
          int count = Math.min(PIECE, n - from);
          Panel.multiplyTransposed(
              x.block(from, count, null),
              y.block(from, count, null).down(q0),
              p,
              width,
              count,
              0,
              work.block(0, p));
          for (int j = 0; j < width; j++) {
            work.read((long) j * p, column, p);
            int start = j * p;
            for (int i = 0; i < p; i++) {
              sums[start + i] += column[i];
            }
          }
        }
        for (int i = 0; i < p * width; i++) {
          squared += sums[i] * sums[i];
        }
      }
    }
    return squared;
  }
}
