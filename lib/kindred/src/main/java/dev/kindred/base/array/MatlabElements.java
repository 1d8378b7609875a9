package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Checks a MATLAB file of version 5 before it is read: its elements must follow each other to the
 * very end of the file, and what is compressed must unpack whole, with the right checksum. The
 * library that reads the file takes a cut-off file for a shorter one.
 */
final class MatlabElements {
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int HEADER = 128;
  private static final int BUFFER = 1 << 16;

  private MatlabElements() {}

  static void verify(String where, Bytes bytes) {
    ByteBuffer mark = ByteBuffer.allocate(1);
    bytes.read(126, mark);
    ByteOrder order = mark.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    long position = HEADER;
    while (position < bytes.size()) {
      if (bytes.size() - position < 8) {
        throw fault(where, "cut off in an element's tag at byte " + position);
      }
      ByteBuffer tag = ByteBuffer.allocate(8).order(order);
      bytes.read(position, tag);
      int type = tag.getInt(0);
      long length = tag.getInt(4) & 0xFFFFFFFFL;
      position += 8;
      if (type != MATRIX && type != COMPRESSED) {
        throw fault(
            where, "expected a variable at byte " + (position - 8) + ", found type " + type);
      }
      if (length > bytes.size() - position) {
        throw fault(
            where,
            "cut off: a variable at byte "
                + position
                + " needs "
                + length
                + " bytes, found "
                + (bytes.size() - position));
      }
      if (type == COMPRESSED) {
        unpack(where, bytes.part(position, length), order);
      }
      position += length;
    }
  }

  private static void unpack(String where, Bytes packed, ByteOrder order) {
    Inflater inflater = new Inflater();
    try {
      byte[] in = new byte[BUFFER];
      byte[] out = new byte[BUFFER];
      ByteBuffer tag = ByteBuffer.allocate(8).order(order);
      long read = 0;
      long unpacked = 0;
      while (!inflater.finished()) {
        if (inflater.needsInput()) {
          int count = (int) Math.min(BUFFER, packed.size() - read);
          if (count == 0 || inflater.needsDictionary()) {
            throw fault(where, "cut off: a compressed variable ends early");
          }
          packed.read(read, ByteBuffer.wrap(in, 0, count));
          inflater.setInput(in, 0, count);
          read += count;
        }
        int count = inflater.inflate(out);
        tag.put(out, 0, Math.min(count, tag.remaining()));
        unpacked += count;
        if (count == 0 && inflater.needsDictionary()) {
          throw fault(where, "a compressed variable needs a dictionary");
        }
      }
      long claimed = tag.getInt(4) & 0xFFFFFFFFL;
      if (tag.hasRemaining() || tag.getInt(0) != MATRIX || claimed != unpacked - 8) {
        throw fault(where, "a compressed variable is not as long as it says");
      }
    } catch (DataFormatException e) {
      throw fault(where, "a compressed variable is damaged: " + Faults.text(e));
    } finally {
      inflater.end();
    }
  }

  private static InputException fault(String where, String text) {
    return new InputException(where + ": damaged MATLAB file: " + text);
  }
}
