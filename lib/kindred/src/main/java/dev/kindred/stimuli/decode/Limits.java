package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;

/** Sizes beyond which a file is taken for damaged or hostile rather than large. */
final class Limits {
  /** Pixels of one image: 64 million, 8192 × 8192. */
  static final long PIXELS = 1L << 26;

  /** Bytes of one encoded image. */
  static final long IMAGE_BYTES = 1L << 28;

  /** Bytes that are expanded in memory rather than into a file. */
  static final int HEAP_BYTES = 1 << 26;

  /** Bytes that one compressed file may expand to. */
  static final long EXPANDED_BYTES = 1L << 36;

  /** Expanded bytes for one compressed byte: what DEFLATE can reach at most is 1032. */
  static final long RATIO = 400;

  /** Entries of one archive. */
  static final int ENTRIES = 20_000_000;

  private Limits() {}

  /** Fails unless width × height is positive and within {@link #PIXELS}. */
  static void requireDimensions(long width, long height, String where) {
    if (width < 1 || height < 1 || width > PIXELS || height > PIXELS || width * height > PIXELS) {
      throw new InputException(
          where
              + ": expected an image of 1 to "
              + (PIXELS >> 20)
              + " Mi pixels, found "
              + width
              + " × "
              + height);
    }
  }
}
