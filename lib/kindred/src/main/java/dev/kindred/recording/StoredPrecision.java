package dev.kindred.recording;

import java.nio.ByteBuffer;

/** Type of the numbers that a recording keeps. */
public enum StoredPrecision {
  /** IEEE binary32. */
  FLOAT32(4),
  /** IEEE binary16: half the size; the similarities of unit vectors err by less than 1e-3. */
  FLOAT16(2);

  private final int bytes;

  StoredPrecision(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes of one number. */
  public int bytes() {
    return bytes;
  }

  /** Appends numbers. */
  void write(float[] values, ByteBuffer target) {
    if (this == FLOAT32) {
      target.asFloatBuffer().put(values);
    } else {
      short[] halves = new short[values.length];
      for (int i = 0; i < halves.length; i++) {
        halves[i] = toHalf(values[i]);
      }
      target.asShortBuffer().put(halves);
    }
    target.position(target.position() + values.length * bytes);
  }

  void read(ByteBuffer source, float scale, float[] values, int count) {
    for (int i = 0; i < count; i++) {
      values[i] = scale * (this == FLOAT32 ? source.getFloat() : toFloat(source.getShort()));
    }
  }

  /** Rounds to the nearest half, ties to even; JDK 17 has no conversion of its own. */
  static short toHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int rest = bits & 0x7fffffff;
    if (rest >= 0x38800000 && rest < 0x477ff000) { // nearly all, so asked first
      int rounded = rest + 0xfff + (rest >>> 13 & 1);
      return (short) (sign | (rounded - 0x38000000) >>> 13);
    }
    if (rest >= 0x7f800000) {
      return (short) (sign | (rest > 0x7f800000 ? 0x7e00 : 0x7c00));
    }
    if (rest >= 0x477ff000) {
      return (short) (sign | 0x7c00);
    }
    // below the smallest normal half: count in steps of 2^-24
    float steps = Math.abs(value) * 0x1p24f;
    return (short) (sign | (int) Math.rint(steps));
  }

  static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1f;
    int fraction = half & 0x3ff;
    if (exponent == 0) {
      return Math.copySign(fraction * 0x1p-24f, Float.intBitsToFloat(sign | 0x3f800000));
    }
    int bits =
        exponent == 31 ? 0x7f800000 | fraction << 13 : (exponent + 112) << 23 | fraction << 13;
    return Float.intBitsToFloat(sign | bits);
  }
}
