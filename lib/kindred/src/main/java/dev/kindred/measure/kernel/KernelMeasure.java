package dev.kindred.measure.kernel;

import dev.kindred.base.Progress;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.PermutableMatrix;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Resamplable;
import dev.kindred.measure.Run;
import dev.kindred.measure.WholeMatrix;
import dev.kindred.measure.kernel.tiles.Batches;
import dev.kindred.measure.kernel.tiles.DenseEmbedding;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.measure.kernel.tiles.Estimator;
import dev.kindred.measure.kernel.tiles.ModelProducts;
import dev.kindred.measure.kernel.tiles.PairKernel;
import dev.kindred.measure.kernel.tiles.PermutedProducts;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** The cosine of two representations' matrices over pairs of stimuli, or a function of it. */
final class KernelMeasure implements WholeMatrix, PermutableMatrix, Resamplable {
  private final MeasureInfo info;
  private final Embedder embedder;
  private final ModelProducts matrix;
  private final Estimator estimator;
  private final Batches batches;
  private final DoubleUnaryOperator score;

  /**
   * @param info what the measure states of itself
   * @param kernel entries of the matrices
   * @param estimator which entries count, and what is subtracted
   * @param batches the stimuli's batches
   * @param score turns the cosine, clipped to [−1, 1], into the measure's value
   */
  KernelMeasure(
      MeasureInfo info,
      PairKernel kernel,
      Estimator estimator,
      Batches batches,
      DoubleUnaryOperator score) {
    this.info = info;
    this.score = score;
    this.estimator = estimator;
    this.batches = batches;
    this.embedder = new Embedder(kernel, estimator, batches, info);
    this.matrix = new ModelProducts(kernel, estimator, batches, info);
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return embedder.embed(x);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return score(((DenseEmbedding) x).inner((DenseEmbedding) y));
  }

  /** In tiles, so that n² numbers are never held. */
  @Override
  public double compare(Representation x, Representation y) {
    x.requireSameStimuli(y);
    return matrix(List.of(x, y), Run.quiet())[0][1];
  }

  @Override
  public double[][] matrix(List<Representation> representations, Run run) {
    double[][] values = matrix.cosines(representations, run);
    for (double[] row : values) {
      for (int j = 0; j < row.length; j++) {
        row[j] = score(row[j]);
      }
    }
    return values;
  }

  @Override
  public boolean isPermutable() {
    return batches.size() == 0;
  }

  @Override
  public double[] comparePermuted(Prepared x, Prepared y, int[][] orders) {
    requirePermutable();
    double[] values = ((DenseEmbedding) x).innerPermuted((DenseEmbedding) y, orders);
    for (int i = 0; i < values.length; i++) {
      values[i] = score(values[i]);
    }
    return values;
  }

  @Override
  public double[][][] comparePermuted(
      List<Representation> rows,
      List<Representation> columns,
      int[][] orders,
      Run run,
      Progress.Task task) {
    requirePermutable();
    int n = rows.get(0).stimuli();
    boolean float32 =
        matrix.float32(rows, n) && (rows.equals(columns) || matrix.float32(columns, n));
    double[][][] values = new double[rows.size()][columns.size()][orders.length];
    long entries = PermutedProducts.bytes(n, float32);
    double fit = Math.max(2, (run.budget() - PermutedProducts.workspace(n)) / entries);
    // All of a square matrix are kept once; otherwise some of each side.
    boolean whole = rows.equals(columns) && rows.size() <= fit;
    int height = whole ? rows.size() : (int) Math.min(rows.size(), Math.ceil(fit / 2));
    int width = whole ? columns.size() : (int) Math.min(columns.size(), Math.max(1, fit - height));
    for (int i = 0; i < rows.size(); i += height) {
      List<Representation> still = rows.subList(i, Math.min(rows.size(), i + height));
      for (int j = 0; j < columns.size(); j += width) {
        List<Representation> moved = columns.subList(j, Math.min(columns.size(), j + width));
        try (PermutedProducts products = new PermutedProducts(still, moved, embedder, float32)) {
          double[][][] cosines = products.cosines(orders, task);
          for (int a = 0; a < still.size(); a++) {
            for (int b = 0; b < moved.size(); b++) {
              values[i + a][j + b] = Arrays.stream(cosines[a][b]).map(this::score).toArray();
            }
          }
        }
      }
    }
    return values;
  }

  private void requirePermutable() {
    if (!isPermutable()) {
      throw new UnsupportedOperationException(
          info.specification() + ": another order of the stimuli makes other batches");
    }
  }

  /** Not where a stimulus paired with itself counts, and so a copy could not be told. */
  @Override
  public boolean isResamplable() {
    return batches.size() == 0 && !estimator.usesDiagonal();
  }

  @Override
  public double[] compareResampled(Prepared x, Prepared y, int[][] draws) {
    if (!isResamplable()) {
      throw new UnsupportedOperationException(
          info.specification() + " cannot be resampled on its prepared form");
    }
    double[] values =
        new WeightedPairs(
                estimator,
                ((DenseEmbedding) x).blocks().get(0),
                ((DenseEmbedding) y).blocks().get(0))
            .cosines(draws);
    for (int i = 0; i < values.length; i++) {
      values[i] = Double.isNaN(values[i]) ? Double.NaN : score(values[i]);
    }
    return values;
  }

  /** The measure of a cosine, which rounding may have taken a little beyond ±1. */
  private double score(double cosine) {
    return score.applyAsDouble(Math.max(-1, Math.min(1, cosine)));
  }
}
