package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Checks the elements of a MATLAB file of version 5 before it is read: they must follow each other
 * to the very end of the file, lie inside each other, be as large as their shape, and what is
 * compressed must unpack whole, with the right checksum. The library that reads the file takes a
 * cut-off file for a shorter one, and allocates what a damaged length asks.
 */
final class MatlabElements {
  private static final int MATRIX = 14;
  private static final int COMPRESSED = 15;
  private static final int INT32 = 5;
  private static final int UINT32 = 6;
  private static final int SPARSE = 5;
  private static final int LAST_NUMERIC = 15;
  private static final int HEADER = 128;
  private static final int MAX_DEPTH = 32;

  private final String where;
  private final ByteOrder order;

  private MatlabElements(String where, ByteOrder order) {
    this.where = where;
    this.order = order;
  }

  static void verify(String where, Bytes bytes) {
    ByteBuffer mark = ByteBuffer.allocate(1);
    bytes.read(126, mark);
    ByteOrder order = mark.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    new MatlabElements(where, order).verifyFile(bytes);
  }

  private void verifyFile(Bytes bytes) {
    for (long position = HEADER; position < bytes.size(); ) {
      Tag tag = tag(bytes, position);
      if (tag.small || tag.type != MATRIX && tag.type != COMPRESSED) {
        throw fault("expected a variable at byte " + position + ", found type " + tag.type);
      }
      if (tag.type == COMPRESSED) {
        Bytes unpacked = unpack(bytes.part(position + 8, tag.length));
        Tag inner = tag(unpacked, 0);
        if (inner.small || inner.type != MATRIX || inner.length != unpacked.size() - 8) {
          throw fault("a compressed variable is not as long as it says");
        }
        verifyMatrix(unpacked.part(8, inner.length), 0);
      } else {
        verifyMatrix(bytes.part(position + 8, tag.length), 0);
      }
      position += 8 + tag.length;
    }
  }

  private Bytes unpack(Bytes packed) {
    try (InputStream in = Unpacked.stream(packed, false)) {
      Bytes unpacked =
          MemoryBytes.of(
              in, Math.min(Unpacked.limit() + 1, (packed.size() + 64) * Unpacked.MAX_RATIO));
      Unpacked.require(where, unpacked.size());
      return unpacked;
    } catch (IOException e) {
      throw fault("a compressed variable is cut off or damaged: " + Faults.text(e));
    }
  }

  /** The parts of a variable: flags, lengths of the axes, name, then numbers or variables. */
  private void verifyMatrix(Bytes body, int depth) {
    if (depth > MAX_DEPTH) {
      throw fault("variables are more than " + MAX_DEPTH + " deep");
    }
    int kind = 0;
    int part = 0;
    for (long position = 0; position < body.size(); part++) {
      Tag tag = tag(body, position);
      long start = position + (tag.small ? 4 : 8);
      if (part == 0) {
        if (tag.type != UINT32 || tag.small || tag.length != 8) {
          throw fault("a variable without flags");
        }
        kind = integer(body, start) & 0xFF;
      } else if (part == 1) {
        verifyShape(body, tag, start, kind);
      } else if (tag.type == MATRIX) {
        verifyMatrix(body.part(start, tag.length), depth + 1);
      }
      long end = start + tag.length;
      position = tag.small ? position + 8 : end + (8 - end % 8) % 8;
    }
  }

  private void verifyShape(Bytes body, Tag tag, long start, int kind) {
    if (tag.type != INT32 || tag.length % 4 != 0 || tag.length / 4 > 64) {
      throw fault("a variable without lengths of its axes");
    }
    long size = 1;
    for (int i = 0; i < tag.length / 4; i++) {
      int length = integer(body, start + 4L * i);
      boolean counted = kind != SPARSE && kind <= LAST_NUMERIC;
      // Every element takes a byte at least, so a larger shape is false.
      if (length < 0 || counted && length > 0 && size > body.size() / length) {
        throw fault("a variable's shape is larger than its data");
      }
      size *= counted ? length : 1;
    }
  }

  private int integer(Bytes bytes, long position) {
    ByteBuffer value = ByteBuffer.allocate(4).order(order);
    if (position + 4 > bytes.size()) {
      throw fault("cut off");
    }
    bytes.read(position, value);
    return value.getInt(0);
  }

  private record Tag(int type, long length, boolean small) {}

  private Tag tag(Bytes bytes, long position) {
    if (bytes.size() - position < 8) {
      throw fault("cut off in an element's tag");
    }
    int first = integer(bytes, position);
    boolean small = first >>> 16 != 0;
    Tag tag =
        small
            ? new Tag(first & 0xFFFF, first >>> 16, true)
            : new Tag(first, integer(bytes, position + 4) & 0xFFFFFFFFL, false);
    long room = small ? 4 : bytes.size() - position - 8;
    if (tag.length > room) {
      throw fault(
          "cut off: expected " + tag.length + " bytes at byte " + position + ", found " + room);
    }
    return tag;
  }

  private InputException fault(String text) {
    return new InputException(where + ": damaged MATLAB file: " + text);
  }
}
