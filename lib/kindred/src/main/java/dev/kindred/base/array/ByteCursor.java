package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Reads bytes one after another, little-endian; never asks for memory that the bytes lack. */
final class ByteCursor {
  private static final int BUFFER = 1 << 16;

  private final String where;
  private final Bytes bytes;
  private final ByteBuffer buffer;
  private long next;

  ByteCursor(String where, Bytes bytes) {
    this.where = where;
    this.bytes = bytes;
    this.buffer =
        ByteBuffer.allocate((int) Math.min(BUFFER, Math.max(16, bytes.size())))
            .order(ByteOrder.LITTLE_ENDIAN)
            .limit(0);
  }

  /** Position of the next byte. */
  long position() {
    return next - buffer.remaining();
  }

  long remaining() {
    return bytes.size() - position();
  }

  int readUnsigned() {
    return fill(1).get() & 0xFF;
  }

  int readUnsignedShort() {
    return fill(2).getShort() & 0xFFFF;
  }

  int readInt() {
    return fill(4).getInt();
  }

  long readLong() {
    return fill(8).getLong();
  }

  /** {@code count} bytes; fails where fewer are left. */
  byte[] readBytes(long count) {
    if (count < 0 || count > remaining() || count > Integer.MAX_VALUE - 8) {
      throw new InputException(
          where
              + ": cut off or damaged: expected "
              + count
              + " bytes at byte "
              + position()
              + ", found "
              + remaining());
    }
    byte[] content = new byte[(int) count];
    int buffered = Math.min(buffer.remaining(), content.length);
    buffer.get(content, 0, buffered);
    if (buffered < content.length) {
      bytes.read(next, ByteBuffer.wrap(content, buffered, content.length - buffered));
      next += content.length - buffered;
    }
    return content;
  }

  /** Bytes up to a line feed, without it; fails where a line is longer than {@code limit}. */
  byte[] readLine(int limit) {
    java.io.ByteArrayOutputStream line = new java.io.ByteArrayOutputStream();
    for (int b = readUnsigned(); b != '\n'; b = readUnsigned()) {
      if (line.size() >= limit) {
        throw new InputException(where + ": damaged: a line of more than " + limit + " bytes");
      }
      line.write(b);
    }
    return line.toByteArray();
  }

  private ByteBuffer fill(int count) {
    if (buffer.remaining() < count) {
      if (remaining() < count) {
        throw new InputException(where + ": cut off after " + bytes.size() + " bytes");
      }
      buffer.compact();
      int more = (int) Math.min(buffer.remaining(), bytes.size() - next);
      buffer.limit(buffer.position() + more);
      bytes.read(next, buffer);
      next += more;
      buffer.flip();
    }
    return buffer;
  }
}
