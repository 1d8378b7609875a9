package dev.kindred.representation;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * Collects the rows of a {@link Representation} in memory outside the Java heap. Not safe for
 * several threads.
 */
public final class RepresentationBuilder {
  private final String id;
  private final int n;
  private final int p;
  private final Precision precision;
  private final int rowsPerBlock;
  private final List<ByteBuffer> blocks = new ArrayList<>();
  private final long total;
  private long filled;

  /**
   * @param id name of the model (and layer)
   * @param n number of stimuli
   * @param p number of units
   * @param precision type of the stored numbers
   */
  public RepresentationBuilder(String id, int n, int p, Precision precision) {
    if (n < 0 || p < 0 || (long) p * precision.bytes() > Representation.BLOCK_BYTES) {
      throw new InputException(id + ": cannot hold a representation of shape " + n + " × " + p);
    }
    this.id = id;
    this.n = n;
    this.p = p;
    this.precision = precision;
    this.total = (long) n * p;
    long rowBytes = Math.max(1, (long) p * precision.bytes());
    this.rowsPerBlock =
        (int) Math.max(1, Math.min(Math.max(1, n), Representation.BLOCK_BYTES / rowBytes));
    for (long row = 0; row < n; row += rowsPerBlock) {
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
      if (precision == Precision.FLOAT64) {
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
      if (precision == Precision.FLOAT32) {
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
    List<ByteBuffer> done = new ArrayList<>();
    for (ByteBuffer block : blocks) {
      done.add(block.flip().asReadOnlyBuffer().order(ByteOrder.nativeOrder()));
    }
    return new Representation(id, n, p, precision, done, rowsPerBlock, null, provenance);
  }

  private ByteBuffer openBlock() {
    long perBlock = (long) rowsPerBlock * p;
    return blocks.get((int) (filled / perBlock));
  }

  private void requireRoom(int count) {
    if (filled + count > total) {
      throw new InputException(
          id + ": expected " + n + " × " + p + " = " + total + " numbers, found more");
    }
  }
}
