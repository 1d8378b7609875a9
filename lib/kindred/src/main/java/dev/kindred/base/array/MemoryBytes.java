package dev.kindred.base.array;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Bytes in memory, in pieces, as an array ends at 2³¹. */
final class MemoryBytes implements Bytes {
  private static final int PIECE = 1 << 26;

  private final List<byte[]> pieces;
  private final int piece;
  private final long size;

  private MemoryBytes(List<byte[]> pieces, int piece, long size) {
    this.pieces = pieces;
    this.piece = piece;
    this.size = size;
  }

  /** Taken over, not copied. */
  static MemoryBytes of(byte[] bytes) {
    return new MemoryBytes(List.of(bytes), Math.max(1, bytes.length), bytes.length);
  }

  /**
   * Reads a stream to its end, or to {@code limit} bytes. Memory grows with what arrives, never
   * with what a header promises.
   */
  static MemoryBytes of(InputStream in, long limit) throws IOException {
    List<byte[]> pieces = new ArrayList<>();
    long size = 0;
    byte[] piece = new byte[(int) Math.min(1 << 14, Math.max(1, limit))];
    int filled = 0;
    while (size < limit) {
      if (filled == piece.length) {
        if (piece.length == PIECE) {
          pieces.add(piece);
          piece = new byte[1 << 14];
          filled = 0;
        } else {
          piece = java.util.Arrays.copyOf(piece, piece.length * 2);
        }
      }
      int read = in.read(piece, filled, (int) Math.min(piece.length - filled, limit - size));
      if (read < 0) {
        break;
      }
      filled += read;
      size += read;
    }
    pieces.add(piece);
    return new MemoryBytes(pieces, PIECE, size);
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public void read(long position, ByteBuffer target) {
    Objects.checkFromIndexSize(position, target.remaining(), size);
    long next = position;
    while (target.hasRemaining()) {
      int from = (int) (next % piece);
      int count = Math.min(target.remaining(), piece - from);
      target.put(pieces.get((int) (next / piece)), from, count);
      next += count;
    }
  }

  @Override
  public ByteBuffer view(long position, int length) {
    Objects.checkFromIndexSize(position, length, size);
    int from = (int) (position % piece);
    return length > 0 && from + (long) length <= piece
        ? ByteBuffer.wrap(pieces.get((int) (position / piece)), from, length)
            .slice()
            .asReadOnlyBuffer()
        : Bytes.super.view(position, length);
  }
}
