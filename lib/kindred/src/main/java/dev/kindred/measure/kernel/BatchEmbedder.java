package dev.kindred.measure.kernel;

import dev.kindred.base.array.ElementType;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Features;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.representation.Representation;
import java.util.function.ObjDoubleConsumer;

/**
 * One model's centred matrices over pairs of stimuli, one for each batch, in the memory of one
 * batch: p may be very large, as the layers of a network that are not pooled have it.
 */
final class BatchEmbedder {
  private final PairKernel kernel;
  private final Estimator estimator;
  private final Batches batches;
  private final Embedder embedder;
  private final MeasureInfo info;

  BatchEmbedder(
      PairKernel kernel,
      Estimator estimator,
      Batches batches,
      Embedder embedder,
      MeasureInfo info) {
    this.kernel = kernel;
    this.estimator = estimator;
    this.batches = batches;
    this.embedder = embedder;
    this.info = info;
  }

  /**
   * Shows every batch's symmetric matrix, scaled to unit Frobenius norm, with its HSIC (the squared
   * norm that it had, divided by the estimator's normaliser).
   *
   * @throws dev.kindred.base.InputException on NaN, too few stimuli, or stimuli that do not vary
   */
  void embed(Representation x, ObjDoubleConsumer<Matrix> consumer) {
    int n = x.stimuli();
    Features.require(x, info.minimumStimuli());
    batches.require(x.id(), n, info.minimumStimuli());
    int exponent = Features.exponent(x, info);
    for (int b = 0; b < batches.count(n); b++) {
      int from = batches.from(b);
      int size = batches.to(b, n) - from;
      try (Matrix pairs = pairs(x, exponent, from, size)) {
        double before = Embedder.offDiagonalNorm(pairs);
        embedder.centre(pairs);
        double norm = pairs.frobeniusNorm();
        if (!(norm > Embedder.NO_VARIATION * before)) {
          throw Embedder.noVariation(x.id(), size, info.specification());
        }
        consumer.accept(pairs.scale(1 / norm), norm * norm / Batches.normaliser(estimator, size));
      }
    }
  }

  private Matrix pairs(Representation x, int exponent, int from, int size) {
    boolean float32 = x.precision() == ElementType.FLOAT32;
    boolean inner = kernel.form() == PairKernel.Form.INNER;
    PairTiling.Tile tile = new PairTiling.Tile(0, size, 0, size);
    TileMargins diagonal = new TileMargins(tile);
    Matrix pairs = Matrix.zeros(size, size);
    try (TreatedFeatures features =
            new TreatedFeatures(
                    x,
                    exponent,
                    from,
                    from + size,
                    kernel.rows(),
                    inner || kernel.centreColumns(),
                    float32)
                .read();
        Panel scratch = new Panel(float32, (long) size * x.units());
        Panel panel = new Panel(float32, (long) size * size)) {
      TileKernel entries = new TileKernel(kernel, features, float32);
      entries.bind(size, false);
      Panel.Block all = features.block(0, size, scratch);
      entries.fill(tile, all, all, panel.block(0, size), diagonal, null);
      double scale = inner ? 1 / (features.scale() * features.scale()) : 1;
      double[] column = new double[size];
      for (int j = 0; j < size; j++) {
        panel.read((long) j * size, column, size);
        for (int i = j + 1; i < size; i++) {
          pairs.set(i, j, column[i] * scale);
          pairs.set(j, i, column[i] * scale);
        }
        pairs.set(j, j, inner ? diagonal.rows()[j] * scale : entries.diagonal(j));
      }
    }
    return pairs;
  }
}
