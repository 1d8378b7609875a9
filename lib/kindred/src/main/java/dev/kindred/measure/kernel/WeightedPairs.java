package dev.kindred.measure.kernel;

import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.measure.kernel.tiles.Estimator;
import java.util.Arrays;

/**
 * Kernel measures on stimuli drawn with repetition, from two matrices over all pairs of stimuli. A
 * stimulus drawn w times counts w times; its pairs with its own copies are left out, as its pair
 * with itself is. Ranks stay those of all pairs.
 */
final class WeightedPairs {
  private final Estimator estimator;
  private final double[][] first;
  private final double[][] second;

  /**
   * @param estimator not one that {@linkplain Estimator#usesDiagonal counts} each stimulus with
   *     itself
   */
  WeightedPairs(Estimator estimator, Matrix first, Matrix second) {
    this.estimator = estimator;
    this.first = first.toColumns();
    this.second = second.toColumns();
  }

  /** The cosine for each draw; NaN where a side does not vary over the drawn pairs. */
  double[] cosines(int[][] draws) {
    double[] cosines = new double[draws.length];
    Parallel.forEach(draws.length, t -> cosines[t] = cosine(weights(draws[t])));
    return cosines;
  }

  private int[] weights(int[] draw) {
    int[] weights = new int[first.length];
    for (int i : draw) {
      weights[i]++;
    }
    return weights;
  }

  private double cosine(int[] weights) {
    int[] drawn = drawn(weights);
    Sums sums = new Sums();
    for (int i : drawn) {
      double[] a = first[i];
      double[] b = second[i];
      double rowA = 0;
      double rowB = 0;
      double aa = 0;
      double bb = 0;
      double ab = 0;
      for (int j : drawn) {
        if (j != i) {
          double wa = weights[j] * a[j];
          double wb = weights[j] * b[j];
          rowA += wa;
          rowB += wb;
          aa += wa * a[j];
          ab += wa * b[j];
          bb += wb * b[j];
        }
      }
      sums.add(weights[i], rowA, rowB, aa, ab, bb);
    }
    return sums.cosine(Arrays.stream(weights).sum(), pairs(weights));
  }

  private static int[] drawn(int[] weights) {
    int[] drawn = new int[weights.length];
    int count = 0;
    for (int i = 0; i < weights.length; i++) {
      if (weights[i] > 0) {
        drawn[count++] = i;
      }
    }
    return Arrays.copyOf(drawn, count);
  }

  /** Ordered pairs of draws of different stimuli. */
  private static double pairs(int[] weights) {
    double n = 0;
    double copies = 0;
    for (int w : weights) {
      n += w;
      copies += (double) w * w;
    }
    return n * n - copies;
  }

  private final class Sums {
    private double sumA;
    private double sumB;
    private double aa;
    private double ab;
    private double bb;
    private double rowsAa;
    private double rowsAb;
    private double rowsBb;

    void add(double w, double rowA, double rowB, double rowAa, double rowAb, double rowBb) {
      sumA += w * rowA;
      sumB += w * rowB;
      aa += w * rowAa;
      ab += w * rowAb;
      bb += w * rowBb;
      rowsAa += w * rowA * rowA;
      rowsAb += w * rowA * rowB;
      rowsBb += w * rowB * rowB;
    }

    double cosine(double n, double pairs) {
      double xx = inner(n, pairs, aa, rowsAa, sumA, sumA);
      double yy = inner(n, pairs, bb, rowsBb, sumB, sumB);
      double xy = inner(n, pairs, ab, rowsAb, sumA, sumB);
      // Relative to what was summed: what remains below rounding is no variation.
      if (!(xx > Embedder.NO_VARIATION * aa) || !(yy > Embedder.NO_VARIATION * bb)) {
        return Double.NaN;
      }
      return xy / Math.sqrt(xx) / Math.sqrt(yy);
    }

    private double inner(
        double n, double pairs, double products, double rows, double sum, double otherSum) {
      return switch (estimator) {
        case UNBIASED -> products - 2 / (n - 2) * rows + sum * otherSum / ((n - 1) * (n - 2));
        case PEARSON, SPEARMAN -> products - sum * otherSum / pairs;
        case COSINE -> products;
        case BIASED, BIASED_PEARSON ->
            throw new IllegalStateException("counts each stimulus with itself");
      };
    }
  }
}
