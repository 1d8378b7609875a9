package dev.kindred.representation;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.function.Consumer;

/** Where the rows of a representation lie. Safe for several threads. */
interface Rows {
  /**
   * Hands out the bytes of rows {@code from} (inclusive) to {@code to} (exclusive), in native order
   * and in their order, in pieces that hold whole numbers. A piece is only read until the next.
   */
  void forEachPiece(int from, int to, Consumer<ByteBuffer> reader);

  /** A few bytes of one row, in native order. */
  ByteBuffer bytes(int row, int offset, int count);

  /** False while the rows are still to be read, and whoever asks for them waits. */
  default boolean areHere() {
    return true;
  }

  /**
   * Rows in memory or in mapped files.
   *
   * @param blocks buffers of {@code rowsPerBlock} whole rows each; the last may hold fewer
   * @param rowsPerBlock rows in every block but the last
   * @param rowBytes bytes of one row
   */
  record Blocks(List<ByteBuffer> blocks, int rowsPerBlock, int rowBytes) implements Rows {
    public Blocks {
      blocks = List.copyOf(blocks);
    }

    @Override
    public void forEachPiece(int from, int to, Consumer<ByteBuffer> reader) {
      for (int start = from; start < to; ) {
        int block = start / rowsPerBlock;
        int end = (int) Math.min(to, (block + 1L) * rowsPerBlock);
        int first = start - block * rowsPerBlock;
        reader.accept(slice(block, first * rowBytes, (end - start) * rowBytes));
        start = end;
      }
    }

    @Override
    public ByteBuffer bytes(int row, int offset, int count) {
      return slice(row / rowsPerBlock, row % rowsPerBlock * rowBytes + offset, count);
    }

    private ByteBuffer slice(int block, int offset, int count) {
      return blocks.get(block).slice(offset, count).order(ByteOrder.nativeOrder());
    }
  }

  /**
   * Rows in a temporary file, which are read whenever they are asked for.
   *
   * @param spill the file
   * @param start where the first row begins in it
   * @param rowBytes bytes of one row
   */
  record Spilled(Spill spill, long start, int rowBytes) implements Rows {
    /**
     * What is read at a time: little enough to stay in the processor's cache. One for each thread,
     * as new ones for every row of every batch would fill the heap faster than it is tidied.
     */
    private static final ThreadLocal<ByteBuffer> PIECE =
        ThreadLocal.withInitial(
            () -> ByteBuffer.allocateDirect(1 << 17).order(ByteOrder.nativeOrder()));

    @Override
    public void forEachPiece(int from, int to, Consumer<ByteBuffer> reader) {
      long end = start + (long) to * rowBytes;
      long next = start + (long) from * rowBytes;
      ByteBuffer piece = PIECE.get();
      while (next < end) {
        piece.clear().limit((int) Math.min(piece.capacity(), end - next));
        spill.read(piece, next);
        next += piece.position();
        reader.accept(piece.flip());
      }
    }

    @Override
    public ByteBuffer bytes(int row, int offset, int count) {
      ByteBuffer bytes = ByteBuffer.allocate(count).order(ByteOrder.nativeOrder());
      spill.read(bytes, start + (long) row * rowBytes + offset);
      return bytes.flip();
    }
  }
}
