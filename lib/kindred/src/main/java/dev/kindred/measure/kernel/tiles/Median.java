package dev.kindred.measure.kernel.tiles;

/**
 * Exact median of positive numbers that are shown several times over, without keeping them: each
 * pass counts the next 16 bits below those already known, for the two middle numbers.
 */
final class Median {
  private static final int BITS = 16;

  private final long[] prefix = new long[2];
  private final long[] rank = new long[2];
  private final long[][] counts = new long[2][1 << BITS];
  private int shift = 48;
  private long total;

  /** How often all numbers must be shown. */
  int passes() {
    return 4;
  }

  /** Shows the first {@code count} numbers; zeros do not count. */
  void add(double[] values, int count) {
    for (int i = 0; i < count; i++) {
      if (values[i] > 0) {
        // Bits of positive doubles are ordered as the numbers are.
        long bits = Double.doubleToRawLongBits(values[i]);
        if (shift == 48) {
          total++;
          counts[0][(int) (bits >>> 48)]++;
        } else {
          long above = bits >>> shift + BITS;
          int next = (int) (bits >>> shift & (1 << BITS) - 1);
          if (above == prefix[0]) {
            counts[0][next]++;
          }
          if (above == prefix[1]) {
            counts[1][next]++;
          }
        }
      }
    }
  }

  void endPass() {
    if (shift == 48) {
      rank[0] = (total - 1) / 2;
      rank[1] = total / 2;
      counts[1] = counts[0].clone();
    }
    for (int m = 0; m < 2; m++) {
      int bucket = 0;
      while (bucket < (1 << BITS) - 1 && rank[m] >= counts[m][bucket]) {
        rank[m] -= counts[m][bucket];
        bucket++;
      }
      prefix[m] = prefix[m] << BITS | bucket;
      counts[m] = new long[1 << BITS];
    }
    shift -= BITS;
  }

  /** The median, or 0 if no number was shown. */
  double value() {
    return total == 0
        ? 0
        : (Double.longBitsToDouble(prefix[0]) + Double.longBitsToDouble(prefix[1])) / 2;
  }
}
