package dev.kindred.measure.kernel;

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

  @Override
  public long bytes() {
    return blocks.stream().mapToLong(Matrix::bytes).sum();
  }
}
