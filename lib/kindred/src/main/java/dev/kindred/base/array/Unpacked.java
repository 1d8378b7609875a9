package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.Memory;

/**
 * How much a compressed file may become in memory. Deflate shrinks zeros a thousandfold, so that a
 * small file could fill any machine.
 */
final class Unpacked {
  /** Deflate never shrinks more than this, so a larger claim is false. */
  static final long MAX_RATIO = 1032;

  private static final long MOST = 2L << 30;

  private Unpacked() {}

  /** Bytes that one array, or one file that is read whole, may take. */
  static long limit() {
    return Math.min(MOST, Memory.quarter());
  }

  static void require(String where, long bytes) {
    if (bytes > limit()) {
      throw new InputException(
          where
              + ": unpacks to "
              + bytes
              + " bytes, more than the "
              + limit()
              + " that compressed data may take here; save it without compression, as .npy");
    }
  }
}
