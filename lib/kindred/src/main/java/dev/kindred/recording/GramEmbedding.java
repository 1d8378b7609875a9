package dev.kindred.recording;

import dev.kindred.base.InputException;

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
   * @param gram n×n inner products of the centred responses, row by row; the upper triangle is not
   *     read
   */
  static float[] of(String id, float[] gram) {
    int n = (int) Math.round(Math.sqrt(gram.length));
    float[] lower = new float[length(n)];
    int at = 0;
    double squares = 0;
    for (int j = 0; j < n; j++) {
      for (int i = j; i < n; i++) {
        double value = gram[i * n + j] * (i == j ? 1 : Math.sqrt(2));
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
    return lower;
  }
}
