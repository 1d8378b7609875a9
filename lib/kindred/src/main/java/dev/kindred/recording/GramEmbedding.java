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
  private static final float ROOT_2 = (float) Math.sqrt(2);

  /** Centring afterwards may cost two of float32's seven digits. */
  private static final double CANCELLATION = 100;

  /** Variation that rounding alone makes, as a share of the squared responses. */
  private static final double NO_VARIATION = 1e-12;

  private final float[] lower;
  private final double squares;
  private final double traceBefore;
  private final double trace;

  private GramEmbedding(float[] lower, double squares, double traceBefore, double trace) {
    this.lower = lower;
    this.squares = squares;
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
    double traceBefore = trace(n, parts);
    Panel.centre(gram, n);
    float[] lower = new float[length(n)];
    double squares = 0;
    int at = 0;
    for (int j = 0; j < n; j++) {
      parts.read((long) j * n + j, lower, at, n - j);
      float diagonal = lower[at];
      squares += (double) diagonal * diagonal;
      for (int i = at + 1; i < at + n - j; i++) {
        lower[i] *= ROOT_2;
      }
      squares += squares(lower, at + 1, n - j - 1);
      at += n - j;
    }
    return new GramEmbedding(lower, squares, traceBefore, trace(n, parts));
  }

  private static double trace(int n, Panel gram) {
    double trace = 0;
    for (int i = 0; i < n; i++) {
      trace += gram.get((long) i * n + i);
    }
    return trace;
  }

  /** In four strands, as one would wait for each addition. */
  private static double squares(float[] values, int from, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (int end = from + count - 3; i < end; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < from + count; i++) {
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
    return new GramEmbedding(lower, squares, raw.traceBefore, trace);
  }

  /**
   * The vector.
   *
   * @param id name of the responses, for messages
   * @param length that it is scaled to
   */
  float[] vector(String id, double length) {
    double norm = Math.sqrt(squares);
    if (!(norm > 0) || !Double.isFinite(norm) || !(trace > NO_VARIATION * traceBefore)) {
      throw new InputException(
          id + ": the responses to the probe images do not vary, so CKA is undefined");
    }
    float factor = (float) (length / norm);
    for (int i = 0; i < lower.length; i++) {
      lower[i] *= factor;
    }
    return lower;
  }
}
