package dev.kindred.base.array;

import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.util.Optional;

/**
 * An array of numbers in a file. Numbers are addressed by their flat index in C order (the last
 * axis moves fastest), whatever the order in the file. Valid while its {@link ArrayFile} is open.
 */
public interface NumericArray {
  /** The file, and the entry in it, for messages. */
  String name();

  ElementType type();

  /** Lengths of the axes; empty for a single number. */
  long[] shape();

  /** Fills {@code target} with the numbers from flat index {@code from} on. */
  void read(long from, DoubleBuffer target);

  /**
   * {@code count} numbers from flat index {@code from} on as native-order float32 or float64 in
   * place (mapped, where the file is large), if they lie like this in the file. The buffer stays
   * valid after the file is closed.
   */
  default Optional<ByteBuffer> inPlace(long from, int count) {
    return Optional.empty();
  }

  /** Whether the numbers lie in the file as native-order float32 or float64, one after another. */
  default boolean isPlain() {
    return false;
  }

  /** Fills {@code target} with the bytes of plain numbers from flat index {@code from} on. */
  default void readPlain(long from, ByteBuffer target) {
    throw new UnsupportedOperationException(name() + " is not plain");
  }

  /** Number of numbers, the product of {@link #shape()}. */
  default long size() {
    long size = 1;
    for (long length : shape()) {
      size = Math.multiplyExact(size, length);
    }
    return size;
  }
}
