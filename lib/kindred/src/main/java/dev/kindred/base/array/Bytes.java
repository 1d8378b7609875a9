package dev.kindred.base.array;

import java.nio.ByteBuffer;

/** Bytes at positions from 0 on: a part of a file, or memory. */
interface Bytes {
  /** Number of bytes. */
  long size();

  /** Copies bytes from {@code position} on until {@code target} is full. */
  void read(long position, ByteBuffer target);

  /**
   * The bytes from {@code position} on without a copy where there is a way. The buffer stays valid
   * after the file is closed.
   */
  ByteBuffer view(long position, int length);

  /** A part as if it were the whole. */
  default Bytes part(long from, long length) {
    Bytes whole = this;
    java.util.Objects.checkFromIndexSize(from, length, size());
    return new Bytes() {
      @Override
      public long size() {
        return length;
      }

      @Override
      public void read(long position, ByteBuffer target) {
        java.util.Objects.checkFromIndexSize(position, target.remaining(), length);
        whole.read(from + position, target);
      }

      @Override
      public ByteBuffer view(long position, int count) {
        java.util.Objects.checkFromIndexSize(position, count, length);
        return whole.view(from + position, count);
      }
    };
  }
}
