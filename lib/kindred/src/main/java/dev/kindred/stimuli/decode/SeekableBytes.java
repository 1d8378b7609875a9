package dev.kindred.stimuli.decode;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;

/** A sequence of bytes that can be read at any place. Safe for several threads. */
interface SeekableBytes {
  /** Number of bytes. */
  long size();

  /**
   * Reads {@code length} bytes from {@code position} on.
   *
   * @throws EOFException if there are fewer
   */
  void read(long position, byte[] target, int offset, int length) throws IOException;

  /** Bytes in memory; taken over, not copied. */
  static SeekableBytes of(byte[] array) {
    return new SeekableBytes() {
      @Override
      public long size() {
        return array.length;
      }

      @Override
      public void read(long position, byte[] target, int offset, int length) throws IOException {
        requireRange(position, length, array.length);
        System.arraycopy(array, (int) position, target, offset, length);
      }
    };
  }

  /** All bytes of a file. */
  static SeekableBytes of(Path file) throws IOException {
    // Not a FileChannel: an interrupt, which in a notebook only stops a cell, closes those. The
    // file is closed when the object is garbage.
    RandomAccessFile open = new RandomAccessFile(file.toFile(), "r");
    long size = open.length();
    return new SeekableBytes() {
      @Override
      public long size() {
        return size;
      }

      @Override
      public void read(long position, byte[] target, int offset, int length) throws IOException {
        requireRange(position, length, size);
        synchronized (open) {
          open.seek(position);
          open.readFully(target, offset, length);
        }
      }
    };
  }

  /** A part of these bytes. */
  default SeekableBytes slice(long from, long length) throws IOException {
    requireRange(from, length, size());
    SeekableBytes whole = this;
    return new SeekableBytes() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public void read(long position, byte[] target, int offset, int count) throws IOException {
        requireRange(position, count, length);
        whole.read(from + position, target, offset, count);
      }
    };
  }

  /** A copy of a part. */
  default byte[] copy(long from, int length) throws IOException {
    requireRange(from, length, size());
    byte[] copy = new byte[length];
    read(from, copy, 0, length);
    return copy;
  }

  private static void requireRange(long position, long length, long size) throws IOException {
    if (position < 0 || length < 0 || position > size - length) {
      throw new EOFException(
          "expected bytes " + position + " to " + (position + length) + ", found " + size);
    }
  }
}
