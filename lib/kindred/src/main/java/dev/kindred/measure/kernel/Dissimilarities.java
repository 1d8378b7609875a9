package dev.kindred.measure.kernel;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.measure.kernel.tiles.PairKernel;
import dev.kindred.representation.Representation;

/** Makes the matrix of dissimilarities between stimuli (RDM) of one representation. */
interface Dissimilarities {
  /**
   * The symmetric n×n matrix with a zero diagonal.
   *
   * @param x the responses
   * @param info the measure that asks, for its smallest number of stimuli and whether it depends on
   *     the scale
   * @throws dev.kindred.base.InputException if there are fewer, or NaN or infinite numbers
   */
  Matrix of(Representation x, MeasureInfo info);

  /**
   * The dissimilarities that a kernel gives; squared distances are divided by the number of units,
   * as rsatoolbox has them.
   */
  static Dissimilarities of(PairKernel kernel) {
    return (x, info) -> {
      try (Matrix features = Features.matrix(x, info)) {
        Matrix pairs = Embedder.pairs(features, kernel, false);
        return kernel.form() == PairKernel.Form.SQUARED_DISTANCE
            ? pairs.scale(1.0 / x.units())
            : pairs;
      }
    };
  }
}
