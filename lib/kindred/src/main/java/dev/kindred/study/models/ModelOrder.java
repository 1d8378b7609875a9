package dev.kindred.study.models;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import smile.clustering.HierarchicalClustering;
import smile.clustering.linkage.UPGMALinkage;

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
    if (!similarity.isSquare()) {
      throw new InputException(similarity + ": an order needs a square matrix of similarities");
    }
    int models = similarity.rows().size();
    if (models < 3) {
      return java.util.stream.IntStream.range(0, models).toArray();
    }
    double[][] distances = new double[models][models];
    for (int i = 0; i < models; i++) {
      for (int j = 0; j < models; j++) {
        distances[i][j] = i == j ? 0 : 1 - 0.5 * (similarity.get(i, j) + similarity.get(j, i));
      }
    }
    int[][] merges = HierarchicalClustering.fit(UPGMALinkage.of(distances)).getTree();
    int[][] leaves = new int[models + merges.length][];
    for (int i = 0; i < models; i++) {
      leaves[i] = new int[] {i};
    }
    for (int step = 0; step < merges.length; step++) {
      int[] left = leaves[merges[step][0]];
      int[] right = leaves[merges[step][1]];
      leaves[models + step] = left[0] < right[0] ? join(left, right) : join(right, left);
    }
    return leaves[leaves.length - 1];
  }

  private static int[] join(int[] left, int[] right) {
    int[] joined = java.util.Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, joined, left.length, right.length);
    return joined;
  }
}
