package dev.kindred.network.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.kindred.network.tensor.Torch;

/** Losses that several objectives share. */
final class Losses {
  private static final float MASKED = -1e9f;

  private Losses() {}

  /** Mean cross-entropy of scores (batch, classes) against labels. */
  static NDArray crossEntropy(NDArray scores, int[] labels) {
    NDManager manager = scores.getManager();
    long[] indices = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      indices[i] = labels[i];
    }
    NDArray picked =
        scores.logSoftmax(1).gather(Torch.tensor(manager, indices, labels.length, 1), 1);
    return picked.mean().neg();
  }

  /** Mean cross-entropy of scores against rows of probabilities. */
  static NDArray crossEntropy(NDArray scores, NDArray probabilities) {
    return scores.logSoftmax(1).mul(probabilities).sum(new int[] {1}).mean().neg();
  }

  /** Rows divided by their length. */
  static NDArray unitRows(NDArray rows) {
    return rows.normalize(2, 1);
  }

  /**
   * The normalised temperature-scaled cross-entropy of SimCLR: each of 2n rows must find its
   * partner among the others.
   *
   * @param a n rows
   * @param b their partners
   */
  static NDArray contrast(NDArray a, NDArray b, double temperature) {
    NDManager manager = a.getManager();
    int n = (int) a.getShape().get(0);
    NDArray rows = unitRows(a.concat(b, 0));
    NDArray self = manager.eye(2 * n, 2 * n, 0, DataType.FLOAT32).mul(MASKED);
    NDArray scores = Torch.times(rows.matMul(rows.transpose()), 1 / temperature).add(self);
    int[] partner = new int[2 * n];
    for (int i = 0; i < n; i++) {
      partner[i] = n + i;
      partner[n + i] = i;
    }
    return crossEntropy(scores, partner);
  }
}
