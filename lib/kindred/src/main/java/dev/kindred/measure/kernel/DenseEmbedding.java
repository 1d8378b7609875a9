package dev.kindred.measure.kernel;

import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Prepared;
import java.util.List;

/**
 * A representation as a vector of unit length with an entry for every pair of stimuli (a matrix for
 * every batch); the measure is the inner product of two such vectors. O(n²) numbers.
 *
 * @param id name of the representation, for messages
 * @param stimuli number of stimuli
 * @param blocks one symmetric matrix for every batch
 */
record DenseEmbedding(String id, int stimuli, List<Matrix> blocks) implements Prepared {

  DenseEmbedding {
    blocks = List.copyOf(blocks);
  }

  double inner(DenseEmbedding other) {
    double sum = 0;
    for (int b = 0; b < blocks.size(); b++) {
      sum += blocks.get(b).dot(other.blocks.get(b));
    }
    return sum;
  }

  /** {@link #inner} with the other's stimuli reordered. */
  double[] innerPermuted(DenseEmbedding other, int[][] orders) {
    double[][] mine = blocks.get(0).toColumns();
    double[][] others = other.blocks.get(0).toColumns();
    double[] values = new double[orders.length];
    Parallel.forEach(orders.length, t -> values[t] = inner(mine, others, orders[t]));
    return values;
  }

  /** Both matrices are symmetric: twice the lower triangle, and the diagonal. */
  private static double inner(double[][] mine, double[][] others, int[] order) {
    if (order.length != mine.length) {
      throw new IllegalArgumentException(
          "an order of " + order.length + " for " + mine.length + " stimuli");
    }
    double below = 0;
    double diagonal = 0;
    for (int i = 0; i < order.length; i++) {
      double[] row = mine[i];
      // Rows of the other fit the first-level cache, in which numbers are then picked in any order.
      double[] permuted = others[order[i]];
      double even = 0;
      double odd = 0;
      int j = 0;
      for (; j + 1 < i; j += 2) {
        even += row[j] * permuted[order[j]];
        odd += row[j + 1] * permuted[order[j + 1]];
      }
      if (j < i) {
        even += row[j] * permuted[order[j]];
      }
      below += even + odd;
      diagonal += row[i] * permuted[order[i]];
    }
    return 2 * below + diagonal;
  }

  @Override
  public long bytes() {
    return blocks.stream().mapToLong(Matrix::bytes).sum();
  }
}
