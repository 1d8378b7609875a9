package dev.kindred.study.models;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import smile.manifold.TSNE;
import smile.math.MathEx;

/**
 * Models as points of a plane by t-SNE on 1 − similarity (Figure 4; van der Maaten &amp; Hinton
 * 2008).
 */
public final class ModelMap {
  /** By how much Smile exaggerates similarities in the first iterations. */
  private static final double EARLY_EXAGGERATION = 12;

  private static final int ITERATIONS = 1000;

  private ModelMap() {}

  /**
   * Coordinates of every model, models × 2.
   *
   * @param similarity square matrix of similarities
   * @param perplexity effective number of neighbours, the paper's is 5; below a third of the number
   *     of models
   * @param seed seed of the random start, the paper's is 42
   */
  public static double[][] tsne(LabelledMatrix similarity, double perplexity, long seed) {
    int models = similarity.rows().size();
    if (!similarity.isSquare() || models < 4 || !(perplexity > 0 && 3 * perplexity < models)) {
      throw new InputException(
          similarity
              + ": t-SNE needs a square matrix of more than three models per unit of perplexity, found perplexity "
              + perplexity);
    }
    double[][] squares = new double[models][models];
    for (int i = 0; i < models; i++) {
      for (int j = 0; j < models; j++) {
        double distance = i == j ? 0 : 1 - 0.5 * (similarity.get(i, j) + similarity.get(j, i));
        squares[i][j] = distance * distance; // Smile reads a square input as squared distances
      }
    }
    MathEx.setSeed(seed);
    // In proportion to the number of points, as scikit-learn has it (Belkina et al. 2019): the
    // usual 200 throws points of a small map far out, where they stay.
    double learningRate = Math.max(50, models / EARLY_EXAGGERATION / 4);
    return new TSNE(squares, 2, perplexity, learningRate, ITERATIONS).coordinates;
  }
}
