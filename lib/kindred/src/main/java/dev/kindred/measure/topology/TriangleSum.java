package dev.kindred.measure.topology;

import java.util.Arrays;

/**
 * A sum of triangles over the field of two elements, in the order of their numbers: a bit for each,
 * and a bit for every 64 of these that says where to look.
 *
 * <p>What is added never comes before the {@link #first} triangle that was found, as the columns of
 * a reduction have it: so the search goes on where it was.
 */
final class TriangleSum {
  private final long[] bits;
  private final long[] touched;
  private int at;
  private int last;

  /**
   * @param count of triangles; an eighth of it in bytes are used
   */
  TriangleSum(long count) {
    bits = new long[Math.toIntExact((count + 63) / 64)];
    touched = new long[(bits.length + 63) / 64];
  }

  /** Becomes the empty sum, to which no triangle before {@code earliest} will be added. */
  void restart(long earliest) {
    for (int block = at; block <= last; block++) {
      if (touched[block] != 0) {
        int begin = block * 64;
        Arrays.fill(bits, begin, Math.min(bits.length, begin + 64), 0);
        touched[block] = 0;
      }
    }
    at = (int) (earliest >>> 12);
    last = at;
  }

  /** A triangle that comes twice is none. */
  void add(long triangle) {
    int word = (int) (triangle >>> 6);
    bits[word] ^= 1L << triangle;
    touched[word >>> 6] |= 1L << word;
    last = Math.max(last, word >>> 6);
  }

  /** The first triangle of the sum. */
  long first() {
    for (; at <= last; at++) {
      for (long left = touched[at]; left != 0; left &= left - 1) {
        int word = at * 64 + Long.numberOfTrailingZeros(left);
        if (bits[word] != 0) {
          return word * 64L + Long.numberOfTrailingZeros(bits[word]);
        }
        touched[at] &= left - 1;
      }
    }
    throw new IllegalStateException("a column of the coboundary matrix is zero");
  }
}
