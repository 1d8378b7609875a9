package dev.kindred.measure.kernel.tiles;

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
 * @param norm what the length was before: √ of the mean over batches of ⟨K,K⟩/normaliser
 */
public record DenseEmbedding(String id, int stimuli, List<Matrix> blocks, double norm)
    implements Prepared {

  public DenseEmbedding {
    blocks = List.copyOf(blocks);
  }

  /** The inner product with another model's vector. */
  public double inner(DenseEmbedding other) {
    double sum = 0;
    for (int b = 0; b < blocks.size(); b++) {
      sum += blocks.get(b).dot(other.blocks.get(b));
    }
    return sum;
  }

  /** {@link #inner} with the other's stimuli reordered. */
  public double[] innerPermuted(DenseEmbedding other, int[][] orders) {
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
      // Four sums, so that an addition need not wait for the one before it.
      double a = 0;
      double b = 0;
      double c = 0;
      double d = 0;
      int j = 0;
      for (; j + 3 < i; j += 4) {
        a += row[j] * permuted[order[j]];
        b += row[j + 1] * permuted[order[j + 1]];
        c += row[j + 2] * permuted[order[j + 2]];
        d += row[j + 3] * permuted[order[j + 3]];
      }
      for (; j < i; j++) {
        a += row[j] * permuted[order[j]];
      }
      below += (a + b) + (c + d);
      diagonal += row[i] * permuted[order[i]];
    }
    return 2 * below + diagonal;
  }

  @Override
  public long bytes() {
    return blocks.stream().mapToLong(Matrix::bytes).sum();
  }
}
