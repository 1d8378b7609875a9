package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Permutable;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.kernel.tiles.Batches;
import dev.kindred.measure.kernel.tiles.DenseEmbedding;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.measure.kernel.tiles.Estimator;
import dev.kindred.representation.Representation;
import java.util.List;

/** The cosine of two matrices of dissimilarities that are no function of single pairs of rows. */
final class DenseRsa implements Measure, Permutable {
  private final MeasureInfo info;
  private final Dissimilarities dissimilarities;
  private final Embedder embedder;

  DenseRsa(MeasureInfo info, Dissimilarities dissimilarities, Estimator estimator) {
    this.info = info;
    this.dissimilarities = dissimilarities;
    this.embedder = new Embedder(null, estimator, Batches.NONE, info);
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    Matrix pairs = dissimilarities.of(x, info);
    double before = Embedder.offDiagonalNorm(pairs);
    embedder.centre(pairs);
    double norm = pairs.frobeniusNorm();
    if (!(norm > Embedder.NO_VARIATION * before)) {
      throw new InputException(
          x.id() + ": all dissimilarities are equal, so " + info.specification() + " is undefined");
    }
    return new DenseEmbedding(x.id(), x.stimuli(), List.of(pairs.scale(1 / norm)), norm);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return clipped(((DenseEmbedding) x).inner((DenseEmbedding) y));
  }

  @Override
  public boolean isPermutable() {
    return true;
  }

  @Override
  public double[] comparePermuted(Prepared x, Prepared y, int[][] orders) {
    double[] values = ((DenseEmbedding) x).innerPermuted((DenseEmbedding) y, orders);
    for (int i = 0; i < values.length; i++) {
      values[i] = clipped(values[i]);
    }
    return values;
  }

  private static double clipped(double cosine) {
    return Math.max(-1, Math.min(1, cosine));
  }
}
