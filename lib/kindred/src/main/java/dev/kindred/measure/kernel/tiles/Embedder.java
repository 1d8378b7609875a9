package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes {@link DenseEmbedding}s in float64. */
public final class Embedder {
  /** Entries that vary less than this, relative to their size, do not vary. */
  public static final double NO_VARIATION = 1e-13;

  private static final double ROUNDING = 1e-14;

  private final PairKernel kernel;
  private final Estimator estimator;
  private final Batches batches;
  private final MeasureInfo info;

  public Embedder(PairKernel kernel, Estimator estimator, Batches batches, MeasureInfo info) {
    this.kernel = kernel;
    this.estimator = estimator;
    this.batches = batches;
    this.info = info;
  }

  /** The whole vector of a model. */
  public DenseEmbedding embed(Representation x) {
    int n = x.stimuli();
    Features.require(x, info.minimumStimuli());
    batches.require(x.id(), n, info.minimumStimuli());
    List<Matrix> blocks = new ArrayList<>();
    double[] squaredNorms = new double[batches.count(n)];
    try (Matrix features = Features.matrix(x, info)) {
      for (int b = 0; b < squaredNorms.length; b++) {
        int[] rows = range(batches.from(b), batches.to(b, n));
        Matrix block;
        try (Matrix part = squaredNorms.length == 1 ? features.copy() : features.selectRows(rows)) {
          block = pairs(part, kernel, centred());
        }
        double before = offDiagonalNorm(block);
        centre(block);
        double norm = block.frobeniusNorm();
        if (!(norm > NO_VARIATION * before)) {
          throw noVariation(x.id(), rows.length, info.specification());
        }
        squaredNorms[b] = norm * norm / Batches.normaliser(estimator, rows.length);
        blocks.add(block.scale(1 / norm));
      }
    }
    weigh(blocks, squaredNorms);
    double mean = Arrays.stream(squaredNorms).sum() / squaredNorms.length;
    return new DenseEmbedding(x.id(), n, blocks, Math.sqrt(mean));
  }

  static InputException noVariation(String id, int n, String specification) {
    return new InputException(
        id
            + ": the "
            + n
            + " stimuli do not vary (equal rows, or a kernel too narrow or too wide), so "
            + specification
            + " is undefined");
  }

  /** Every block has unit norm; now the whole has. */
  private void weigh(List<Matrix> blocks, double[] squaredNorms) {
    if (blocks.size() == 1) {
      return;
    }
    double total = Arrays.stream(squaredNorms).sum();
    for (int b = 0; b < squaredNorms.length; b++) {
      double share =
          batches.average() == Batches.Average.MEAN
              ? 1.0 / squaredNorms.length
              : squaredNorms[b] / total;
      blocks.get(b).scale(Math.sqrt(share));
    }
  }

  /** True if centring the features does not change the value: HSIC centres the Gram matrix. */
  private boolean centred() {
    return kernel.form() == PairKernel.Form.INNER
        && (estimator == Estimator.UNBIASED || estimator == Estimator.BIASED);
  }

  /**
   * The n×n entries of a kernel.
   *
   * @param features n×p; treated in place
   * @param kernel the kernel
   * @param centre whether to centre columns even where the kernel does not ask for it
   */
  public static Matrix pairs(Matrix features, PairKernel kernel, boolean centre) {
    RowTreatment.apply(features, kernel.rows());
    if (centre || kernel.centreColumns()) {
      features.centreColumns();
    }
    Matrix pairs = features.gram();
    int n = pairs.rows();
    double[] squaredNorms = new double[n];
    for (int i = 0; i < n; i++) {
      squaredNorms[i] = pairs.get(i, i);
    }
    double width = twoSigmaSquared(kernel, pairs, squaredNorms);
    double[] column = new double[n];
    for (int j = 0; j < n; j++) {
      pairs.readColumn(j, column);
      kernel.apply(column, n, squaredNorms, 0, j, width, ROUNDING);
      column[j] = kernel.diagonal(squaredNorms[j]);
      pairs.writeColumn(j, column);
    }
    return pairs;
  }

  private static double twoSigmaSquared(PairKernel kernel, Matrix products, double[] squaredNorms) {
    return switch (kernel.scale()) {
      case NONE -> Double.NaN;
      case ABSOLUTE -> 2 * kernel.sigma() * kernel.sigma();
      // Σᵢⱼ‖xᵢ − xⱼ‖² = 2n Σ‖xᵢ‖² for centred features.
      case MEAN -> 2 * Arrays.stream(squaredNorms).sum() / squaredNorms.length;
      case MEDIAN -> 2 * medianSquaredDistance(products, squaredNorms);
    };
  }

  private static double medianSquaredDistance(Matrix products, double[] squaredNorms) {
    int n = products.rows();
    PairKernel squared = PairKernel.of(PairKernel.Form.SQUARED_DISTANCE, PairKernel.Rows.RAW);
    double[] column = new double[n];
    double[] distances = new double[Math.toIntExact((long) n * (n - 1) / 2)];
    int count = 0;
    for (int j = 0; j < n; j++) {
      products.readColumn(j, column);
      squared.apply(column, j, squaredNorms, 0, j, Double.NaN, ROUNDING);
      for (int i = 0; i < j; i++) {
        if (column[i] > 0) {
          distances[count++] = column[i];
        }
      }
    }
    Arrays.sort(distances, 0, count);
    return count == 0 ? 0 : (distances[(count - 1) / 2] + distances[count / 2]) / 2;
  }

  /** The norm of the entries off the diagonal. */
  public static double offDiagonalNorm(Matrix pairs) {
    double squared = 0;
    double[] column = new double[pairs.rows()];
    for (int j = 0; j < column.length; j++) {
      pairs.readColumn(j, column);
      column[j] = 0;
      for (double value : column) {
        squared += value * value;
      }
    }
    return Math.sqrt(squared);
  }

  /** Subtracts from the entries what the estimator says. */
  public void centre(Matrix pairs) {
    switch (estimator) {
      case BIASED -> centre(pairs, false);
      case BIASED_PEARSON -> {
        subtractMean(pairs);
        centre(pairs, false);
      }
      case UNBIASED -> centre(pairs, true);
      case PEARSON -> subtractMean(pairs);
      case COSINE -> subtract(pairs, new double[pairs.rows()], 0, true);
      case SPEARMAN -> {
        Ranks.ofPairs(pairs);
        subtractMean(pairs);
      }
    }
  }

  /** Double centring of the whole matrix, or U-centring with a zero diagonal. */
  public static void centre(Matrix pairs, boolean unbiased) {
    int n = pairs.rows();
    double[] column = new double[n];
    double[] means = new double[n];
    double total = 0;
    for (int j = 0; j < n; j++) {
      pairs.readColumn(j, column);
      if (unbiased) {
        column[j] = 0;
      }
      for (double value : column) {
        means[j] += value;
      }
      total += means[j];
      means[j] /= unbiased ? n - 2.0 : n;
    }
    double half = unbiased ? total / (2 * (n - 1.0) * (n - 2.0)) : total / (2 * (double) n * n);
    for (int j = 0; j < n; j++) {
      means[j] -= half;
    }
    subtract(pairs, means, 0, unbiased);
  }

  private static void subtractMean(Matrix pairs) {
    int n = pairs.rows();
    double[] column = new double[n];
    double total = 0;
    for (int j = 0; j < n; j++) {
      pairs.readColumn(j, column);
      column[j] = 0;
      for (double value : column) {
        total += value;
      }
    }
    subtract(pairs, new double[n], total / ((double) n * (n - 1)), true);
  }

  private static void subtract(
      Matrix pairs, double[] margins, double constant, boolean zeroDiagonal) {
    double[] column = new double[pairs.rows()];
    for (int j = 0; j < column.length; j++) {
      pairs.readColumn(j, column);
      double shift = margins[j] + constant;
      for (int i = 0; i < column.length; i++) {
        column[i] -= margins[i] + shift;
      }
      if (zeroDiagonal) {
        column[j] = 0;
      }
      pairs.writeColumn(j, column);
    }
  }

  private static int[] range(int from, int to) {
    int[] range = new int[to - from];
    for (int i = 0; i < range.length; i++) {
      range[i] = from + i;
    }
    return range;
  }
}
