package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Panel;

/**
 * A batch of responses as the vector whose inner products are linear CKA: the lower triangle of the
 * centred Gram matrix, column by column, off-diagonal entries times √2, divided by its length. For
 * several batches the vectors stand one after the other, each divided by √batches, and the inner
 * product is the mean of the batches' CKAs, as paper 2 averages them.
 */
final class GramEmbedding {
  /** Centring afterwards may cost two of float32's seven digits. */
  private static final double CANCELLATION = 100;

  /** Variation that rounding alone makes, as a share of the squared responses. */
  private static final double NO_VARIATION = 1e-12;

  private final int n;
  private final float[] lower;
  private final double traceBefore;
  private final double trace;

  private GramEmbedding(int n, float[] lower, double traceBefore, double trace) {
    this.n = n;
    this.lower = lower;
    this.traceBefore = traceBefore;
    this.trace = trace;
  }

  /** Numbers that a batch of n stimuli takes. */
  static int length(int n) {
    return n * (n + 1) / 2;
  }

  /**
   * Centres a Gram matrix on both sides, which is the same as centring the responses and costs n²
   * in place of n·p.
   *
   * @param n number of stimuli
   * @param parts n×n inner products, one part for each stretch of units, one after the other; their
   *     sum is taken; the upper triangles are not read
   * @param count number of parts
   */
  static GramEmbedding centre(int n, Panel parts, int count) {
    Panel.Block gram = parts.block(0, n);
    for (int c = 1; c < count; c++) {
      Panel.add(parts.block((long) c * n * n, n), gram, n * n);
    }
    double traceBefore = Panel.trace(gram, n);
    Panel.centre(gram, n);
    float[] lower = new float[length(n)];
    int at = 0;
    for (int j = 0; j < n; j++) {
      parts.read((long) j * n + j, lower, at, n - j);
      at += n - j;
    }
    return new GramEmbedding(n, lower, traceBefore, Panel.trace(gram, n));
  }

  /** In four strands, as one would wait for each addition. */
  private static double squares(float[] values) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i < values.length - 3; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < values.length; i++) {
      a += (double) values[i] * values[i];
    }
    return a + b + (c + d);
  }

  /**
   * Whether the digits survived: a layer whose responses hardly vary beside their mean loses them,
   * and is to be centred before its products are taken.
   */
  boolean isPrecise() {
    return trace * CANCELLATION > traceBefore;
  }

  /** This embedding, of responses that were centred, where {@code raw} is of the responses. */
  GramEmbedding inPlaceOf(GramEmbedding raw) {
    return new GramEmbedding(n, lower, raw.traceBefore, trace);
  }

  /**
   * The vector.
   *
   * @param id name of the responses, for messages
   * @param length that it is scaled to
   */
  float[] vector(String id, double length) {
    float[] diagonal = new float[n];
    int at = 0;
    for (int j = 0; j < n; j++) {
      diagonal[j] = lower[at];
      at += n - j;
    }
    double norm = Math.sqrt(2 * squares(lower) - squares(diagonal));
    if (!(norm > 0) || !Double.isFinite(norm) || !(trace > NO_VARIATION * traceBefore)) {
      throw new InputException(
          id + ": the responses to the probe images do not vary, so CKA is undefined");
    }
    // all in one loop from the first, and the diagonal again, as that runs in vector instructions
    float factor = (float) (length / norm * Math.sqrt(2));
    for (int i = 0; i < lower.length; i++) {
      lower[i] *= factor;
    }
    at = 0;
    for (int j = 0; j < n; j++) {
      lower[at] = (float) (diagonal[j] * (length / norm));
      at += n - j;
    }
    return lower;
  }
}
