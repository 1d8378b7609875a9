package dev.kindred.measure.kernel;

import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Permutable;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Run;
import dev.kindred.measure.WholeMatrix;
import dev.kindred.measure.kernel.tiles.Batches;
import dev.kindred.measure.kernel.tiles.DenseEmbedding;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.measure.kernel.tiles.Estimator;
import dev.kindred.measure.kernel.tiles.ModelProducts;
import dev.kindred.measure.kernel.tiles.PairKernel;
import dev.kindred.representation.Representation;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A function of the HSICs ⟨K,L⟩, ⟨K,K⟩ and ⟨L,L⟩ of two representations, where {@link
 * KernelMeasure} knows their cosine alone.
 */
final class ScaledKernelMeasure implements WholeMatrix, Permutable {
  private final MeasureInfo info;
  private final Embedder embedder;
  private final ModelProducts matrix;
  private final ToDoubleFunction<Representation> scale;
  private final Score score;

  /** The measure's value. */
  interface Score {
    /**
     * @param product HSIC of both
     * @param ofX HSIC of the first with itself
     * @param ofY HSIC of the second with itself
     */
    double of(double product, double ofX, double ofY);
  }

  /**
   * @param info what the measure states of itself
   * @param kernel entries of the matrices
   * @param estimator {@link Estimator#UNBIASED} or {@link Estimator#BIASED}
   * @param scale number by which a representation's kernel matrix is divided
   * @param score turns HSICs into the measure's value
   */
  ScaledKernelMeasure(
      MeasureInfo info,
      PairKernel kernel,
      Estimator estimator,
      ToDoubleFunction<Representation> scale,
      Score score) {
    this.info = info;
    this.scale = scale;
    this.score = score;
    this.embedder = new Embedder(kernel, estimator, Batches.NONE, info);
    this.matrix = new ModelProducts(kernel, estimator, Batches.NONE, info);
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    DenseEmbedding embedding = embedder.embed(x);
    return new Scaled(embedding, embedding.norm() / scale.applyAsDouble(x));
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Scaled first = (Scaled) x;
    Scaled second = (Scaled) y;
    return score(first, second, first.embedding.inner(second.embedding));
  }

  private double score(Scaled x, Scaled y, double cosine) {
    return score.of(cosine * x.norm * y.norm, x.norm * x.norm, y.norm * y.norm);
  }

  /** In tiles, so that n² numbers are never held. */
  @Override
  public double compare(Representation x, Representation y) {
    x.requireSameStimuli(y);
    return matrix(List.of(x, y), Run.quiet())[0][1];
  }

  @Override
  public double[][] matrix(List<Representation> representations, Run run) {
    double[][] products = matrix.products(representations, run);
    double[] scales = representations.stream().mapToDouble(scale).toArray();
    double[][] values = new double[scales.length][scales.length];
    for (int i = 0; i < scales.length; i++) {
      for (int j = 0; j < scales.length; j++) {
        values[i][j] =
            score.of(
                products[i][j] / scales[i] / scales[j],
                products[i][i] / scales[i] / scales[i],
                products[j][j] / scales[j] / scales[j]);
      }
    }
    return values;
  }

  @Override
  public boolean isPermutable() {
    return true;
  }

  @Override
  public double[] comparePermuted(Prepared x, Prepared y, int[][] orders) {
    Scaled first = (Scaled) x;
    Scaled second = (Scaled) y;
    double[] values = first.embedding.innerPermuted(second.embedding, orders);
    for (int t = 0; t < values.length; t++) {
      values[t] = score(first, second, values[t]);
    }
    return values;
  }

  /**
   * @param embedding of unit length
   * @param norm √ of the HSIC with itself, divided by the scale
   */
  private record Scaled(DenseEmbedding embedding, double norm) implements Prepared {
    @Override
    public long bytes() {
      return embedding.bytes();
    }
  }
}
