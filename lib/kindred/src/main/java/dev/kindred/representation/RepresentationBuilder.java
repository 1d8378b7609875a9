package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.array.ElementType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Collects the rows of a {@link Representation} in memory outside the Java heap, or in a temporary
 * file where they do not fit: appended one after the other, or put where they belong.
 */
public final class RepresentationBuilder {
  /** Bytes that are written to a file at a time, if a row has no more. */
  private static final int STAGING_BYTES = 1 << 22;

  private final String id;
  private final int n;
  private final int p;
  private final ElementType precision;
  private final int rowsPerBlock;
  private final List<ByteBuffer> blocks = new ArrayList<>();
  private final Rows.Spilled file;
  private final long total;
  private long filled;

  /**
   * @param id name of the model (and layer)
   * @param n number of stimuli
   * @param p number of units
   * @param precision type of the stored numbers, float32 or float64
   */
  public RepresentationBuilder(String id, int n, int p, ElementType precision) {
    this(id, n, p, precision, null);
  }

  /**
   * @param id name of the model (and layer)
   * @param n number of stimuli
   * @param p number of units
   * @param precision type of the stored numbers, float32 or float64
   * @param spill keeps the numbers where they do not fit into its budget; the representation can be
   *     read until it is closed
   */
  public RepresentationBuilder(String id, int n, int p, ElementType precision, Spill spill) {
    if (precision != ElementType.FLOAT32 && precision != ElementType.FLOAT64) {
      throw new InputException(
          id + ": expected numbers to keep as float32 or float64, found " + precision);
    }
    if (n < 0 || p < 0 || (long) p * precision.bytes() > Representation.BLOCK_BYTES) {
      throw new InputException(id + ": cannot hold a representation of shape " + n + " × " + p);
    }
    this.id = id;
    this.n = n;
    this.p = p;
    this.precision = precision;
    this.total = (long) n * p;
    long rowBytes = Math.max(1, (long) p * precision.bytes());
    boolean inMemory = spill == null || spill.reserveMemory(total * precision.bytes());
    this.file =
        inMemory
            ? null
            : new Rows.Spilled(
                spill, spill.reserveFile(id, total * precision.bytes()), (int) rowBytes);
    long blockBytes = inMemory ? Representation.BLOCK_BYTES : STAGING_BYTES;
    this.rowsPerBlock = (int) Math.max(1, Math.min(Math.max(1, n), blockBytes / rowBytes));
    // what goes to a file is collected in one block, again and again
    for (long row = 0; row < n && (inMemory || row == 0); row += rowsPerBlock) {
      long rows = Math.min(rowsPerBlock, n - row);
      blocks.add(
          ByteBuffer.allocateDirect((int) (rows * p * precision.bytes()))
              .order(ByteOrder.nativeOrder()));
    }
  }

  /** Appends numbers in row order; they need not end with a row. */
  public void append(DoubleBuffer numbers) {
    requireRoom(numbers.remaining());
    while (numbers.hasRemaining()) {
      ByteBuffer block = openBlock();
      int count = Math.min(numbers.remaining(), block.remaining() / precision.bytes());
      if (precision == ElementType.FLOAT64) {
        block.asDoubleBuffer().put(numbers.slice(numbers.position(), count));
        numbers.position(numbers.position() + count);
        block.position(block.position() + 8 * count);
      } else {
        for (int i = 0; i < count; i++) {
          block.putFloat((float) numbers.get());
        }
      }
      filled += count;
    }
  }

  /** Appends numbers in row order; they need not end with a row. */
  public void append(FloatBuffer numbers) {
    requireRoom(numbers.remaining());
    while (numbers.hasRemaining()) {
      ByteBuffer block = openBlock();
      int count = Math.min(numbers.remaining(), block.remaining() / precision.bytes());
      if (precision == ElementType.FLOAT32) {
        block.asFloatBuffer().put(numbers.slice(numbers.position(), count));
        numbers.position(numbers.position() + count);
        block.position(block.position() + 4 * count);
      } else {
        for (int i = 0; i < count; i++) {
          block.putDouble(numbers.get());
        }
      }
      filled += count;
    }
  }

  /**
   * Sets whole rows. Several threads may set rows at once, each row is to be set once, and nothing
   * is appended beside.
   *
   * @param row first of them
   * @param numbers float32, as the builder's are
   */
  public void put(int row, FloatBuffer numbers) {
    int count = numbers.remaining();
    long at = (long) row * p;
    if (precision != ElementType.FLOAT32 || count % Math.max(1, p) != 0 || at + count > total) {
      throw new IllegalArgumentException(id + ": " + count + " numbers from row " + row + " on");
    }
    synchronized (this) {
      filled += count;
    }
    if (file != null) {
      ByteBuffer bytes =
          ByteBuffer.allocateDirect(Math.multiplyExact(count, Float.BYTES))
              .order(ByteOrder.nativeOrder());
      bytes.asFloatBuffer().put(numbers);
      file.spill().write(bytes, file.start() + at * Float.BYTES);
      return;
    }
    while (numbers.hasRemaining()) {
      int block = row / rowsPerBlock;
      int first = row % rowsPerBlock;
      int rows = Math.min(rowsPerBlock - first, numbers.remaining() / p);
      FloatBuffer target =
          blocks.get(block).duplicate().clear().order(ByteOrder.nativeOrder()).asFloatBuffer();
      target.put(first * p, numbers, numbers.position(), rows * p);
      numbers.position(numbers.position() + rows * p);
      row += rows;
    }
  }

  /** Numbers in native order and in the builder's precision. */
  interface Plain {
    /** Fills {@code target} with the numbers from the {@code from}-th on. */
    void read(long from, ByteBuffer target);
  }

  /** Appends the first {@code count} of some numbers, without a copy on the way. */
  void append(long count, Plain numbers) {
    requireRoom(count);
    for (long done = 0; done < count; ) {
      ByteBuffer block = openBlock();
      int part = (int) Math.min(count - done, block.remaining() / precision.bytes());
      numbers.read(done, block.slice(block.position(), part * precision.bytes()));
      block.position(block.position() + part * precision.bytes());
      filled += part;
      done += part;
    }
  }

  /** The representation, once all n·p numbers are there. */
  public Representation build(Provenance provenance) {
    Objects.requireNonNull(provenance);
    return build(() -> provenance);
  }

  /** The representation with a provenance that is worked out when first asked for. */
  Representation build(Supplier<Provenance> provenance) {
    if (filled != total) {
      throw new InputException(
          id + ": expected " + n + " × " + p + " = " + total + " numbers, found " + filled);
    }
    if (file != null) {
      flush();
      return new Representation(id, n, p, precision, file, null, provenance);
    }
    List<ByteBuffer> done = new ArrayList<>();
    for (ByteBuffer block : blocks) {
      done.add(block.clear().asReadOnlyBuffer().order(ByteOrder.nativeOrder()));
    }
    Rows rows = new Rows.Blocks(done, rowsPerBlock, p * precision.bytes());
    return new Representation(id, n, p, precision, rows, null, provenance);
  }

  private ByteBuffer openBlock() {
    if (file != null) {
      if (!blocks.get(0).hasRemaining()) {
        flush();
      }
      return blocks.get(0);
    }
    long perBlock = (long) rowsPerBlock * p;
    return blocks.get((int) (filled / perBlock));
  }

  /** Writes what was appended since the last time. */
  private void flush() {
    ByteBuffer block = blocks.get(0).flip();
    long end = file.start() + filled * precision.bytes();
    file.spill().write(block, end - block.remaining());
    block.clear();
  }

  private void requireRoom(long count) {
    if (filled + count > total) {
      throw new InputException(
          id + ": expected " + n + " × " + p + " = " + total + " numbers, found more");
    }
  }
}
