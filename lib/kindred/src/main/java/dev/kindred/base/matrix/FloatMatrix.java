package dev.kindred.base.matrix;

import java.lang.ref.Reference;
import java.util.Objects;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A dense float32 matrix outside the Java heap, stored column by column: the reused buffers of
 * large products. Values come and go in whole arrays; reading from several threads is safe, and so
 * is writing different columns.
 */
public final class FloatMatrix implements AutoCloseable {
  private final int rows;
  private final int columns;
  private final NativeMemory memory;
  private final FloatPointer pointer;

  /** Undefined contents. */
  public FloatMatrix(int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("a matrix of " + rows + " × " + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.memory = NativeMemory.allocate((long) rows * columns * Float.BYTES);
    this.pointer = new FloatPointer(memory.pointer());
  }

  /** All zero. */
  public static FloatMatrix zeros(int rows, int columns) {
    FloatMatrix matrix = new FloatMatrix(rows, columns);
    Pointer.memset(matrix.memory.pointer(), 0, matrix.memory.bytes());
    return matrix;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Bytes of native memory held. */
  public long bytes() {
    return memory.bytes();
  }

  /**
   * Copies {@code count} numbers from row {@code row} of a column downwards into {@code target}.
   */
  public void read(int row, int column, float[] target, int offset, int count) {
    check(row, column, count);
    pointer(row, column).get(target, offset, count);
    Reference.reachabilityFence(this);
  }

  /** Overwrites {@code count} numbers from row {@code row} of a column downwards. */
  public void write(int row, int column, float[] values, int offset, int count) {
    check(row, column, count);
    pointer(row, column).put(values, offset, count);
    Reference.reachabilityFence(this);
  }

  @Override
  public void close() {
    memory.close();
  }

  @Override
  public String toString() {
    return rows + " × " + columns + " float32";
  }

  /** Address of one number; the caller keeps this matrix reachable while it is used. */
  FloatPointer pointer(long row, long column) {
    memory.pointer();
    return pointer.getPointer(column * rows + row);
  }

  private void check(int row, int column, int count) {
    Objects.checkFromIndexSize(row, count, rows);
    Objects.checkIndex(column, columns);
  }
}
