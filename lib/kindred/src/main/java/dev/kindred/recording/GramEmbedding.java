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
    float[] lower = new float[length(n)];
    double[] sums = new double[n];
    double trace = sum(n, parts, count, lower, sums);
    double mean = 0;
    for (double sum : sums) {
      mean += sum;
    }
    mean /= (double) n * n;
    double traceBefore = trace;
    trace = 0;
    float[] shift = new float[n];
    for (int i = 0; i < n; i++) {
      shift[i] = (float) (sums[i] / n - mean / 2);
    }
    double squares = 0;
    int at = 0;
    for (int j = 0; j < n; j++) {
      float diagonal = lower[at] - 2 * shift[j];
      lower[at++] = diagonal;
      trace += diagonal;
      squares += (double) diagonal * diagonal;
      float own = shift[j];
      int below = n - 1 - j;
      for (int i = 0; i < below; i++) {
        lower[at + i] = (lower[at + i] - own - shift[j + 1 + i]) * ROOT_2;
      }
      squares += squares(lower, at, below);
      at += below;
    }
    return new GramEmbedding(lower, squares, traceBefore, trace);
  }

  /** Adds up the parts and the rows of the whole, symmetric matrix; the result is its trace. */
  private static double sum(int n, Panel parts, int count, float[] lower, double[] sums) {
    float[] part = new float[n];
    double trace = 0;
    int at = 0;
    for (int j = 0; j < n; j++) {
      int length = n - j;
      long first = (long) j * n + j;
      parts.read(first, lower, at, length);
      for (int c = 1; c < count; c++) {
        parts.read((long) c * n * n + first, part, 0, length);
        for (int i = 0; i < length; i++) {
          lower[at + i] += part[i];
        }
      }
      trace += lower[at];
      sums[j] += lower[at];
      for (int i = 1; i < length; i++) {
        sums[j + i] += lower[at + i];
      }
      sums[j] += sum(lower, at + 1, length - 1);
      at += length;
    }
    return trace;
  }

  /** In four strands, as one would wait for each addition. */
  private static double sum(float[] values, int from, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = from;
    for (int end = from + count - 3; i < end; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < from + count; i++) {
      a += values[i];
    }
    return a + b + (c + d);
  }

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
