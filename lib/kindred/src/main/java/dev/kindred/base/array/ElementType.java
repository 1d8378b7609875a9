package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Type of numbers: as they lie in a file, as they are kept in memory, or as they were rounded to on
 * their way. float64 may well store what was computed in float16.
 */
public enum ElementType {
  BOOL(1, 1),
  INT8(1, 8),
  UINT8(1, 8),
  INT16(2, 16),
  UINT16(2, 16),
  INT32(4, 32),
  UINT32(4, 32),
  INT64(8, 64),
  UINT64(8, 64),
  // The floating types, from the coarsest on.
  BFLOAT16(2, 8),
  FLOAT16(2, 11),
  FLOAT32(4, 24),
  FLOAT64(8, 53);

  private static final long EXACT = 1L << 53;
  private static final Set<ElementType> FLOATING = EnumSet.range(BFLOAT16, FLOAT64);

  private final int bytes;
  private final int significandBits;

  ElementType(int bytes, int significandBits) {
    this.bytes = bytes;
    this.significandBits = significandBits;
  }

  /**
   * The floating type that NumPy or PyTorch gives this name.
   *
   * @throws InputException for another name
   */
  public static ElementType floating(String name) {
    return FLOATING.stream()
        .filter(type -> type.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "numbers rounded to "
                        + name
                        + ": expected one of "
                        + FLOATING.stream()
                            .map(ElementType::toString)
                            .collect(Collectors.joining(", "))));
  }

  /**
   * This type, which numbers can be rounded to.
   *
   * @throws InputException for a type that is not floating
   */
  public ElementType requireFloating() {
    return floating(toString());
  }

  /** Of two floating types the one with fewer digits. */
  public static ElementType coarser(ElementType a, ElementType b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** True if every number of this type is also a float32. */
  public boolean exactInFloat32() {
    return significandBits <= FLOAT32.significandBits;
  }

  /**
   * Of a floating type, the distance from 1 to the next larger number, ε; rounding changes a number
   * by at most ε/2.
   */
  public double epsilon() {
    return Math.scalb(1.0, 1 - significandBits);
  }

  /**
   * The number at a byte position.
   *
   * @throws InputException for an integer that no float64 holds
   */
  public double get(ByteBuffer buffer, int position) {
    return switch (this) {
      case BOOL -> buffer.get(position) == 0 ? 0 : 1;
      case INT8 -> buffer.get(position);
      case UINT8 -> buffer.get(position) & 0xFF;
      case INT16 -> buffer.getShort(position);
      case UINT16 -> buffer.getShort(position) & 0xFFFF;
      case INT32 -> buffer.getInt(position);
      case UINT32 -> buffer.getInt(position) & 0xFFFFFFFFL;
      case INT64 -> exact(buffer.getLong(position), false);
      case UINT64 -> exact(buffer.getLong(position), true);
      case FLOAT16 -> Half.toFloat(buffer.getShort(position));
      case BFLOAT16 -> Float.intBitsToFloat(buffer.getShort(position) << 16);
      case FLOAT32 -> buffer.getFloat(position);
      case FLOAT64 -> buffer.getDouble(position);
    };
  }

  /** Appends numbers, rounded to this type: float32 or float16. */
  public void write(float[] values, ByteBuffer target) {
    if (this == FLOAT32) {
      target.asFloatBuffer().put(values);
    } else {
      short[] halves = new short[values.length];
      for (int i = 0; i < halves.length; i++) {
        halves[i] = Half.fromFloat(values[i]);
      }
      target.asShortBuffer().put(halves);
    }
    target.position(target.position() + values.length * bytes);
  }

  /** Reads what {@link #write} wrote, from the buffer's position on, which stays. */
  public void read(ByteBuffer source, float[] values, int count) {
    if (this == FLOAT32) {
      source.asFloatBuffer().get(values, 0, count);
    } else {
      short[] halves = new short[count];
      source.asShortBuffer().get(halves);
      for (int i = 0; i < count; i++) {
        values[i] = Half.toFloat(halves[i]);
      }
    }
  }

  /** As NumPy and PyTorch write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  static double exact(long value, boolean unsigned) {
    double number = value;
    if (unsigned && value < 0) {
      number += 0x1p64;
    }
    if (value < -EXACT || value > EXACT || unsigned && value < 0) {
      boolean same =
          unsigned && value < 0 ? (value & 0x7FF) == 0 : (long) number == value && number < 0x1p63;
      if (!same) {
        throw new InputException(
            "integer "
                + (unsigned ? Long.toUnsignedString(value) : Long.toString(value))
                + " is beyond 2^53 and not exact in float64");
      }
    }
    return number;
  }
}
