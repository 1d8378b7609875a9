package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.Memory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

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

  /**
   * What deflated bytes unpack to.
   *
   * @param bare whether they come without header and checksum, as in a zip archive
   */
  static InputStream stream(Bytes packed, boolean bare) {
    Inflater inflater = new Inflater(bare);
    // Without a header the inflater wants a byte more than there is.
    InputStream in =
        new SequenceInputStream(packed.stream(), new ByteArrayInputStream(new byte[1]));
    int buffer = (int) Math.min(1 << 16, packed.size() + 1);
    return new InflaterInputStream(in, inflater, buffer) {
      @Override
      public void close() throws IOException {
        super.close();
        inflater.end();
      }
    };
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
