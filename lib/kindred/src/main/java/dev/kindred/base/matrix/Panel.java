package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;
import static org.bytedeco.openblas.global.openblas.cblas_sasum;
import static org.bytedeco.openblas.global.openblas.cblas_saxpy;
import static org.bytedeco.openblas.global.openblas.cblas_sgemm;
import static org.bytedeco.openblas.global.openblas.cblas_ssymv;
import static org.bytedeco.openblas.global.openblas.cblas_ssyr2;
import static org.bytedeco.openblas.global.openblas.cblas_ssyrk;

import java.lang.ref.Reference;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.Pointer;

/**
 * A run of float32 or float64 numbers outside the Java heap, over which column-major {@link Block}s
 * are laid: the reused buffers of tiled products. Numbers come and go in arrays.
 *
 * <p>Reading from several threads is safe, and so is writing to ranges that do not overlap.
 * Products run on the calling thread.
 */
public final class Panel implements AutoCloseable {
  private final boolean float32;
  private final long length;
  private final NativeMemory memory;
  private final FloatPointer floats;
  private final DoublePointer doubles;

  /**
   * Undefined contents.
   *
   * @param float32 whether numbers are float32 or float64
   * @param length how many
   */
  public Panel(boolean float32, long length) {
    this(float32, length, NativeMemory.allocate(length * (float32 ? Float.BYTES : Double.BYTES)));
  }

  private Panel(boolean float32, long length, NativeMemory memory) {
    this.float32 = float32;
    this.length = length;
    this.memory = memory;
    this.floats = float32 ? new FloatPointer(memory.pointer()) : null;
    this.doubles = float32 ? null : new DoublePointer(memory.pointer());
    Blas.useOneThread();
  }

  /** Loads OpenBLAS if nobody has: a tenth of a second that may pass beside other work. */
  public static void load() {
    Blas.useOneThread();
  }

  /**
   * Float32 numbers where they lie, such as those of a tensor. Whoever made them must keep them
   * until the panel is closed, which does not free them.
   *
   * @param numbers a direct buffer in native order, taken from its position to its limit
   */
  public static Panel over(FloatBuffer numbers) {
    if (!numbers.isDirect() || numbers.order() != ByteOrder.nativeOrder()) {
      throw new IllegalArgumentException("expected a direct buffer in native order");
    }
    long length = numbers.remaining();
    // JavaCPP gives the pointer the buffer's position, which address() and sums do not count
    FloatPointer first = new FloatPointer(numbers);
    Pointer start = first.getPointer(0);
    return new Panel(true, length, NativeMemory.borrow(start, length * Float.BYTES));
  }

  public boolean isFloat32() {
    return float32;
  }

  public long length() {
    return length;
  }

  /** Bytes of native memory held. */
  public long bytes() {
    return memory.bytes();
  }

  /** Sets {@code count} numbers to zero. */
  public void clear(long offset, long count) {
    Objects.checkFromIndexSize(offset, count, length);
    if (count > 0) {
      long size = float32 ? Float.BYTES : Double.BYTES;
      Pointer.memset(float32 ? floats(offset) : doubles(offset), 0, count * size);
    }
    Reference.reachabilityFence(this);
  }

  /** Copies {@code count} numbers into the beginning of {@code target}. */
  public void read(long offset, double[] target, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    if (float32) {
      float[] copy = new float[count];
      floats(offset).get(copy, 0, count);
      for (int i = 0; i < count; i++) {
        target[i] = copy[i];
      }
    } else {
      doubles(offset).get(target, 0, count);
    }
    Reference.reachabilityFence(this);
  }

  /** Overwrites {@code count} numbers with the beginning of {@code values}. */
  public void write(long offset, double[] values, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    if (float32) {
      float[] copy = new float[count];
      for (int i = 0; i < count; i++) {
        copy[i] = (float) values[i];
      }
      floats(offset).put(copy, 0, count);
    } else {
      doubles(offset).put(values, 0, count);
    }
    Reference.reachabilityFence(this);
  }

  /** Copies float32 numbers into {@code target}. */
  public void read(long offset, float[] target, int start, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    floats(offset).get(target, start, count);
    Reference.reachabilityFence(this);
  }

  /** Overwrites float32 numbers. */
  public void write(long offset, float[] values, int start, int count) {
    Objects.checkFromIndexSize(offset, count, length);
    floats(offset).put(values, start, count);
    Reference.reachabilityFence(this);
  }

  public double get(long offset) {
    Objects.checkIndex(offset, length);
    double value = float32 ? floats(offset).get() : doubles(offset).get();
    Reference.reachabilityFence(this);
    return value;
  }

  public void set(long offset, double value) {
    Objects.checkIndex(offset, length);
    if (float32) {
      floats(offset).put((float) value);
    } else {
      doubles(offset).put(value);
    }
    Reference.reachabilityFence(this);
  }

  /** Columns of a matrix that begin at {@code offset} and lie {@code stride} numbers apart. */
  public Block block(long offset, long stride) {
    return new Block(this, offset, Math.toIntExact(stride));
  }

  @Override
  public void close() {
    memory.close();
  }

  /**
   * Columns of a matrix in a panel.
   *
   * @param panel where the numbers are
   * @param offset first number
   * @param stride numbers from one column to the next
   */
  public record Block(Panel panel, long offset, int stride) {
    /** The same columns from {@code rows} rows further down. */
    public Block down(long rows) {
      return new Block(panel, offset + rows, stride);
    }

    /** The columns from the {@code columns}-th. */
    public Block right(long columns) {
      return new Block(panel, offset + columns * stride, stride);
    }

    private void check(int rows, int columns) {
      panel.memory.pointer();
      if (rows > 0 && columns > 0) {
        Objects.checkFromIndexSize(offset, (columns - 1L) * stride + rows, panel.length);
      }
    }
  }

  /**
   * C = {@code beta}·C + AᵀB.
   *
   * @param a k×m
   * @param b k×n
   * @param c m×n
   */
  public static void multiply(Block a, Block b, int m, int n, int k, double beta, Block c) {
    a.check(k, m);
    b.check(k, n);
    multiply(CblasTrans, a, CblasNoTrans, b, m, n, k, beta, c);
  }

  /**
   * C = {@code beta}·C + ABᵀ.
   *
   * @param a m×k
   * @param b n×k
   * @param c m×n
   */
  public static void multiplyTransposed(
      Block a, Block b, int m, int n, int k, double beta, Block c) {
    a.check(m, k);
    b.check(n, k);
    multiply(CblasNoTrans, a, CblasTrans, b, m, n, k, beta, c);
  }

  private static void multiply(
      int transposeA, Block a, int transposeB, Block b, int m, int n, int k, double beta, Block c) {
    c.check(m, n);
    requireOneType(a, b, c);
    if (m == 0 || n == 0) {
      return;
    }
    if (a.panel.float32) {
      cblas_sgemm(
          CblasColMajor,
          transposeA,
          transposeB,
          m,
          n,
          k,
          1,
          a.panel.floats(a.offset),
          Math.max(1, a.stride),
          b.panel.floats(b.offset),
          Math.max(1, b.stride),
          (float) beta,
          c.panel.floats(c.offset),
          Math.max(1, c.stride));
    } else {
      cblas_dgemm(
          CblasColMajor,
          transposeA,
          transposeB,
          m,
          n,
          k,
          1,
          a.panel.doubles(a.offset),
          Math.max(1, a.stride),
          b.panel.doubles(b.offset),
          Math.max(1, b.stride),
          beta,
          c.panel.doubles(c.offset),
          Math.max(1, c.stride));
    }
    Reference.reachabilityFence(a.panel);
    Reference.reachabilityFence(b.panel);
    Reference.reachabilityFence(c.panel);
  }

  /**
   * The lower triangle of C = {@code beta}·C + AᵀA; the upper one is left alone.
   *
   * @param a k×n
   * @param c n×n
   */
  public static void square(Block a, int n, int k, double beta, Block c) {
    a.check(k, n);
    c.check(n, n);
    requireOneType(a, a, c);
    if (n == 0) {
      return;
    }
    if (a.panel.float32) {
      cblas_ssyrk(
          CblasColMajor,
          CblasLower,
          CblasTrans,
          n,
          k,
          1,
          a.panel.floats(a.offset),
          Math.max(1, a.stride),
          (float) beta,
          c.panel.floats(c.offset),
          Math.max(1, c.stride));
    } else {
      cblas_dsyrk(
          CblasColMajor,
          CblasLower,
          CblasTrans,
          n,
          k,
          1,
          a.panel.doubles(a.offset),
          Math.max(1, a.stride),
          beta,
          c.panel.doubles(c.offset),
          Math.max(1, c.stride));
    }
    Reference.reachabilityFence(a.panel);
    Reference.reachabilityFence(c.panel);
  }

  /**
   * Centres rows and columns of a symmetric float32 matrix: K becomes HKH with H = I − 11ᵀ/n. The
   * upper triangle is neither read nor written.
   *
   * @param c n×n
   */
  public static void centre(Block c, int n) {
    c.check(n, n);
    if (n == 0) {
      return;
    }
    float[] values = new float[n];
    Arrays.fill(values, 1);
    FloatPointer matrix = c.panel.floats(c.offset);
    try (FloatPointer ones = new FloatPointer(values);
        FloatPointer shifts = new FloatPointer(n)) {
      cblas_ssymv(CblasColMajor, CblasLower, n, 1f / n, matrix, c.stride, ones, 1, 0, shifts, 1);
      shifts.get(values);
      double mean = 0;
      for (float value : values) {
        mean += value;
      }
      float half = (float) (mean / n / 2);
      for (int i = 0; i < n; i++) {
        values[i] -= half;
      }
      shifts.put(values);
      cblas_ssyr2(CblasColMajor, CblasLower, n, -1, shifts, 1, ones, 1, matrix, c.stride);
    }
    Reference.reachabilityFence(c.panel);
  }

  /**
   * Sum of the diagonal of a float32 matrix that has no negative number there.
   *
   * @param c n×n
   */
  public static double trace(Block c, int n) {
    c.check(n, n);
    double sum = n == 0 ? 0 : cblas_sasum(n, c.panel.floats(c.offset), c.stride + 1);
    Reference.reachabilityFence(c.panel);
    return sum;
  }

  /** Adds float32 numbers of {@code from}, from its offset on, to those of {@code to}. */
  public static void add(Block from, Block to, int count) {
    from.check(count, 1);
    to.check(count, 1);
    cblas_saxpy(count, 1, from.panel.floats(from.offset), 1, to.panel.floats(to.offset), 1);
    Reference.reachabilityFence(from.panel);
    Reference.reachabilityFence(to.panel);
  }

  /** Copies {@code count} columns of {@code rows} float32 numbers. */
  public static void copy(Block from, Block to, int count, int rows) {
    from.check(rows, count);
    to.check(rows, count);
    boolean dense = from.stride == rows && to.stride == rows;
    long size = (long) rows * Float.BYTES * (dense ? count : 1);
    for (int c = 0; c < (dense ? Math.min(1, count) : count); c++) {
      Pointer.memcpy(
          to.panel.floats(to.right(c).offset), from.panel.floats(from.right(c).offset), size);
    }
    Reference.reachabilityFence(from.panel);
    Reference.reachabilityFence(to.panel);
  }

  private static void requireOneType(Block a, Block b, Block c) {
    if (a.panel.float32 != b.panel.float32 || a.panel.float32 != c.panel.float32) {
      throw new IllegalArgumentException("a product of float32 and float64 numbers");
    }
  }

  private FloatPointer floats(long offset) {
    memory.pointer();
    return floats.getPointer(offset);
  }

  private DoublePointer doubles(long offset) {
    memory.pointer();
    return doubles.getPointer(offset);
  }
}
