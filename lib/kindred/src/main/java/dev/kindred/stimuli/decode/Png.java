package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** The frame of a PNG file, which Java's decoder does not check. */
final class Png {
  private static final long SIGNATURE = 0x89504e470d0a1a0aL;
  private static final int IHDR = 0x49484452;
  private static final int IEND = 0x49454e44;

  private Png() {}

  /** Width, height and channels (grey stays grey; palettes count as colour). */
  static int[] shape(byte[] file, String where) {
    if (file.length < 33) {
      throw new InputException(where + ": truncated PNG");
    }
    ByteBuffer buffer = ByteBuffer.wrap(file);
    if (buffer.getLong(0) != SIGNATURE || buffer.getInt(12) != IHDR) {
      throw new InputException(where + ": damaged PNG: its header is missing");
    }
    int width = buffer.getInt(16);
    int height = buffer.getInt(20);
    Limits.requireDimensions(width, height, where);
    int colourType = file[25];
    return new int[] {width, height, colourType == 0 || colourType == 4 ? 1 : 3};
  }

  /** Fails unless all chunks are there, whole, and match their CRC-32. */
  static void check(byte[] file, String where) {
    shape(file, where);
    ByteBuffer buffer = ByteBuffer.wrap(file);
    long position = 8;
    while (true) {
      if (position + 12 > file.length) {
        throw new InputException(where + ": truncated PNG");
      }
      long length = buffer.getInt((int) position) & 0xffffffffL;
      if (position + 12 + length > file.length) {
        throw new InputException(where + ": truncated PNG");
      }
      int type = buffer.getInt((int) position + 4);
      CRC32 crc = new CRC32();
      crc.update(file, (int) position + 4, (int) length + 4);
      if ((int) crc.getValue() != buffer.getInt((int) (position + 8 + length))) {
        throw new InputException(where + ": damaged PNG: a checksum does not match");
      }
      if (type == IEND) {
        return;
      }
      position += 12 + length;
    }
  }
}
