package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Panel;

/**
 * A batch of responses as the vector whose inner products are linear CKA: the lower triangle of the
 * centred Gram matrix, off-diagonal entries times √2, divided by its length. For several batches
 * the vectors stand one after the other, each divided by √batches, and the inner product is the
 * mean of the batches' CKAs, as paper 2 averages them.
 */
final class GramEmbedding {
  private GramEmbedding() {}

  /** Numbers that a batch of n stimuli takes. */
  static int length(int n) {
    return n * (n + 1) / 2;
  }

  /**
   * The vector of one batch, of length 1.
   *
   * @param id name of the responses, for messages
   * @param centred n×p responses, row by row, whose columns have mean 0
   * @param n number of stimuli
   * @param p number of units
   */
  static float[] of(String id, float[] centred, int n, int p) {
    float[] lower = new float[length(n)];
    try (Panel features = new Panel(true, (long) n * p);
        Panel gram = new Panel(true, (long) n * n)) {
      features.write(0, centred, 0, n * p);
      Panel.square(features.block(0, p), n, p, 0, gram.block(0, n));
      float[] column = new float[n];
      int at = 0;
      double squares = 0;
      for (int j = 0; j < n; j++) {
        gram.read((long) j * n + j, column, 0, n - j);
        for (int i = 0; i < n - j; i++) {
          double value = column[i] * (i == 0 ? 1 : Math.sqrt(2));
          lower[at++] = (float) value;
          squares += value * value;
        }
      }
      double norm = Math.sqrt(squares);
      if (!(norm > 0) || !Double.isFinite(norm)) {
        throw new InputException(
            id + ": the responses to the probe images do not vary, so CKA is undefined");
      }
      float factor = (float) (1 / norm);
      for (int i = 0; i < lower.length; i++) {
        lower[i] *= factor;
      }
    }
    return lower;
  }
}
