package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.nio.ByteBuffer;
import java.util.Locale;

/** Type of the numbers of an array as they lie in a file. */
public enum ElementType {
  BOOL(1, true),
  INT8(1, true),
  UINT8(1, true),
  INT16(2, true),
  UINT16(2, true),
  INT32(4, false),
  UINT32(4, false),
  INT64(8, false),
  UINT64(8, false),
  FLOAT16(2, true),
  BFLOAT16(2, true),
  FLOAT32(4, true),
  FLOAT64(8, false);

  private static final long EXACT = 1L << 53;

  private final int bytes;
  private final boolean exactInFloat32;

  ElementType(int bytes, boolean exactInFloat32) {
    this.bytes = bytes;
    this.exactInFloat32 = exactInFloat32;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** True if every number of this type is also a float32. */
  public boolean exactInFloat32() {
    return exactInFloat32;
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

  /** As NumPy writes it. */
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
