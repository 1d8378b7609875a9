package dev.kindred.study.models;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;

/**
 * Order of models in which similar ones stand together: leaves of the average-linkage tree on 1 −
 * similarity.
 */
public final class ModelOrder {
  private ModelOrder() {}

  /**
   * Row indices in leaf order; of two branches the one with the smaller first model comes first.
   */
  public static int[] averageLinkage(LabelledMatrix similarity) {
    return tree(similarity).order();
  }

  /** The tree itself. */
  public static AverageLinkage tree(LabelledMatrix similarity) {
    if (!similarity.isSquare()) {
      throw new InputException(similarity + ": an order needs a square matrix of similarities");
    }
    int models = similarity.rows().size();
    double[][] distances = new double[models][models];
    for (int i = 0; i < models; i++) {
      for (int j = 0; j < models; j++) {
        distances[i][j] = i == j ? 0 : 1 - 0.5 * (similarity.get(i, j) + similarity.get(j, i));
      }
    }
    return AverageLinkage.of(distances);
  }
}
