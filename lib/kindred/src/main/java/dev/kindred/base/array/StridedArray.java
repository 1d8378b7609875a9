package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.util.Objects;
import java.util.Optional;

/**
 * Numbers of one type at equal distances in memory or a file: C order, Fortran order, or any view
 * with an offset and strides (as NumPy and PyTorch define them).
 */
final class StridedArray implements NumericArray {
  /** Numbers that lie in a row are converted through a buffer of this many bytes. */
  private static final int BUFFER = 1 << 18;

  private static final int WINDOW_SHIFT = 30;

  private final String name;
  private final ElementType type;
  private final ByteOrder order;
  private final long[] shape;
  private final long[] strides;
  private final long offset;
  private final Bytes bytes;
  private final long size;
  private final boolean contiguous;
  private ByteBuffer[] windows;

  /**
   * @param name file and entry, for messages
   * @param type type of the numbers
   * @param order byte order
   * @param shape lengths of the axes
   * @param strides numbers between neighbours along each axis, none negative
   * @param offset index of the first number among the numbers that {@code bytes} holds
   * @param bytes where the numbers lie
   */
  StridedArray(
      String name,
      ElementType type,
      ByteOrder order,
      long[] shape,
      long[] strides,
      long offset,
      Bytes bytes) {
    this.name = name;
    this.type = type;
    this.order = order;
    this.shape = shape.clone();
    this.strides = strides.clone();
    this.offset = offset;
    this.bytes = bytes;
    this.size = checkedSize(name, shape);
    this.contiguous = java.util.Arrays.equals(strides, cStrides(shape)) || size <= 1;
    requireInside();
    // A stride of zero repeats numbers; a few bytes must not become an array that fills the memory.
    if (size > (1 << 20) && size / 1024 > bytes.size() / type.bytes()) {
      throw new InputException(
          name
              + ": shape "
              + java.util.Arrays.toString(shape)
              + " repeats "
              + bytes.size() / type.bytes()
              + " stored numbers more than 1024 times");
    }
  }

  /** An array that fills {@code bytes} from its start in C or Fortran order. */
  static StridedArray of(
      String name, ElementType type, ByteOrder order, long[] shape, boolean fortran, Bytes bytes) {
    checkedSize(name, shape);
    return new StridedArray(
        name, type, order, shape, fortran ? fortranStrides(shape) : cStrides(shape), 0, bytes);
  }

  /** The product of the lengths; fails where a length is negative or the product too large. */
  static long checkedSize(String name, long[] shape) {
    long size = 1;
    boolean empty = false;
    for (long length : shape) {
      if (length < 0) {
        throw new InputException(
            name + ": shape " + java.util.Arrays.toString(shape) + " has a negative length");
      }
      empty |= length == 0;
    }
    for (long length : shape) {
      // Beside a zero, other lengths may be anything; they must not overflow on the way.
      if (!empty && length > (1L << 56) / size) {
        throw new InputException(
            name + ": shape " + java.util.Arrays.toString(shape) + " is larger than any file");
      }
      size = empty ? 0 : size * length;
    }
    return size;
  }

  private static long[] cStrides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = step;
      step *= Math.max(1, shape[i]);
    }
    return strides;
  }

  private static long[] fortranStrides(long[] shape) {
    long[] strides = new long[shape.length];
    long step = 1;
    for (int i = 0; i < shape.length; i++) {
      strides[i] = step;
      step *= Math.max(1, shape[i]);
    }
    return strides;
  }

  private void requireInside() {
    if (size == 0) {
      return;
    }
    long available = bytes.size() / type.bytes();
    long last = offset;
    boolean inside = offset >= 0 && offset < available;
    for (int i = 0; i < shape.length && inside; i++) {
      if (shape[i] > 1 && strides[i] > 0) {
        inside = strides[i] <= (available - 1 - last) / (shape[i] - 1);
        last += inside ? strides[i] * (shape[i] - 1) : 0;
      }
      inside &= strides[i] >= 0;
    }
    if (!inside) {
      throw new InputException(
          name
              + ": shape "
              + java.util.Arrays.toString(shape)
              + " of "
              + type
              + " does not fit into the "
              + bytes.size()
              + " bytes that are there");
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public ElementType type() {
    return type;
  }

  @Override
  public long[] shape() {
    return shape.clone();
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public Optional<ByteBuffer> inPlace(long from, int count) {
    Objects.checkFromIndexSize(from, count, size);
    return isPlain()
        ? Optional.of(
            bytes
                .view((offset + from) * type.bytes(), Math.multiplyExact(count, type.bytes()))
                .order(order))
        : Optional.empty();
  }

  @Override
  public boolean isPlain() {
    return contiguous
        && order == ByteOrder.nativeOrder()
        && (type == ElementType.FLOAT32 || type == ElementType.FLOAT64);
  }

  @Override
  public void readPlain(long from, ByteBuffer target) {
    Objects.checkFromIndexSize(from, target.remaining() / type.bytes(), size);
    bytes.read((offset + from) * type.bytes(), target);
  }

  @Override
  public void read(long from, DoubleBuffer target) {
    Objects.checkFromIndexSize(from, target.remaining(), size);
    try {
      if (contiguous) {
        readRun(from, target);
      } else {
        readStrided(from, target);
      }
    } catch (InputException e) {
      throw e.getMessage().startsWith(name) ? e : new InputException(name + ": " + e.getMessage());
    }
  }

  private void readRun(long from, DoubleBuffer target) {
    ByteBuffer buffer =
        ByteBuffer.allocate((int) Math.min(BUFFER, (long) target.remaining() * type.bytes()))
            .order(order);
    long next = offset + from;
    while (target.hasRemaining()) {
      int count = Math.min(target.remaining(), buffer.capacity() / type.bytes());
      bytes.read(next * type.bytes(), buffer.clear().limit(count * type.bytes()));
      convert(buffer.flip(), count, target);
      next += count;
    }
  }

  private void convert(ByteBuffer buffer, int count, DoubleBuffer target) {
    switch (type) {
      case FLOAT64 -> target.put(buffer.asDoubleBuffer());
      case FLOAT32 -> {
        for (int i = 0; i < count; i++) {
          target.put(buffer.getFloat(4 * i));
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          target.put(type.get(buffer, i * type.bytes()));
        }
      }
    }
  }

  private void readStrided(long from, DoubleBuffer target) {
    int axes = shape.length;
    long[] index = new long[axes];
    long rest = from;
    long position = offset;
    for (int i = axes - 1; i >= 0; i--) {
      index[i] = rest % shape[i];
      rest /= shape[i];
      position += index[i] * strides[i];
    }
    int width = type.bytes();
    while (target.hasRemaining()) {
      long address = position * width;
      ByteBuffer window = window((int) (address >>> WINDOW_SHIFT));
      target.put(type.get(window, (int) (address & (1L << WINDOW_SHIFT) - 1)));
      for (int i = axes - 1; i >= 0; i--) {
        position += strides[i];
        if (++index[i] < shape[i]) {
          break;
        }
        position -= index[i] * strides[i];
        index[i] = 0;
      }
    }
  }

  private ByteBuffer window(int number) {
    if (windows == null) {
      windows = new ByteBuffer[(int) ((bytes.size() - 1 >>> WINDOW_SHIFT) + 1)];
    }
    if (windows[number] == null) {
      long start = (long) number << WINDOW_SHIFT;
      // A number may begin at the end of one window and end in the next: windows overlap by one.
      int length = (int) Math.min((1L << WINDOW_SHIFT) + 8, bytes.size() - start);
      windows[number] = bytes.view(start, length).order(order);
    }
    return windows[number];
  }
}
