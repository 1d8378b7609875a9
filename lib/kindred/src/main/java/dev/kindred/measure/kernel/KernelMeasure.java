package dev.kindred.measure.kernel;

import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.function.DoubleUnaryOperator;

/** The cosine of two representations' matrices over pairs of stimuli, or a function of it. */
final class KernelMeasure implements Measure {
  private final MeasureInfo info;
  private final Embedder embedder;
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
    this.embedder =
        new Embedder(kernel, estimator, batches, info.specification(), info.minimumStimuli());
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

  double score(double cosine) {
    return score.applyAsDouble(Math.max(-1, Math.min(1, cosine)));
  }
}
