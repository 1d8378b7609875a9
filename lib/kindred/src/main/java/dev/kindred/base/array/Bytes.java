package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Path;
import java.util.Objects;

/** Bytes at positions from 0 on: a file, a part of one, or memory. */
public interface Bytes {
  /** Bytes in memory; taken over, not copied. */
  static Bytes of(byte[] bytes) {
    return MemoryBytes.of(bytes);
  }

  /** All bytes of a file, which stays open until the result is garbage. For several threads. */
  static Bytes of(Path file) throws IOException {
    return new SharedFile(file);
  }

  /** Number of bytes. */
  long size();

  /** Copies bytes from {@code position} on until {@code target} is full. */
  void read(long position, ByteBuffer target);

  /**
   * The bytes from {@code position} on without a copy where there is a way. The buffer stays valid
   * after the file is closed.
   */
  default ByteBuffer view(long position, int length) {
    Objects.checkFromIndexSize(position, length, size());
    ByteBuffer copy = ByteBuffer.allocate(length);
    read(position, copy);
    return copy.flip();
  }

  /**
   * A copy of bytes that a format promises.
   *
   * @param where the file, for messages
   * @throws InputException if they are not there
   */
  default byte[] copy(String where, long from, int length) {
    if (from < 0 || length < 0 || from > size() - length) {
      throw new InputException(
          where
              + ": cut off or damaged: expected bytes "
              + from
              + " to "
              + (from + length)
              + ", found "
              + size());
    }
    byte[] copy = new byte[length];
    read(from, ByteBuffer.wrap(copy));
    return copy;
  }

  /** A reading position of its own; closing it leaves the bytes open. */
  default SeekableByteChannel channel() {
    return new UncloseableChannel(this);
  }

  /** The bytes from the first on; closing the stream leaves them open. */
  default InputStream stream() {
    return Channels.newInputStream(channel());
  }

  /** A part as if it were the whole. */
  default Bytes part(long from, long length) {
    Bytes whole = this;
    Objects.checkFromIndexSize(from, length, size());
    return new Bytes() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public void read(long position, ByteBuffer target) {
        Objects.checkFromIndexSize(position, target.remaining(), length);
        whole.read(from + position, target);
      }

      @Override
      public ByteBuffer view(long position, int count) {
        Objects.checkFromIndexSize(position, count, length);
        return whole.view(from + position, count);
      }
    };
  }
}
