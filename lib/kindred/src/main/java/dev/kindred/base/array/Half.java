package dev.kindred.base.array;

/** IEEE 754 half precision (float16), which Java has no type for before version 20. */
public final class Half {
  /** Bits of the smallest number of full precision, 2⁻¹⁴. */
  private static final int NORMAL = Float.floatToRawIntBits(0x1p-14f);

  /** Bits of the smallest number that is rounded to infinity. */
  private static final int TOO_LARGE = Float.floatToRawIntBits(65520);

  private static final float[] VALUES = new float[1 << 16];

  static {
    for (int bits = 0; bits < VALUES.length; bits++) {
      VALUES[bits] = decode(bits);
    }
  }

  private Half() {}

  /** Exact. */
  public static float toFloat(short bits) {
    return VALUES[bits & 0xFFFF];
  }

  /** Rounds to nearest, ties to even; what is too large becomes infinite. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    int magnitude = bits & 0x7FFFFFFF;
    if (magnitude >= NORMAL && magnitude < TOO_LARGE) { // nearly all numbers, so asked first
      int rounded = magnitude + 0xFFF + (magnitude >>> 13 & 1);
      return (short) (sign | rounded - (112 << 23) >>> 13);
    }
    if (magnitude >= TOO_LARGE) {
      return (short) (sign | (Float.isNaN(value) ? 0x7E00 : 0x7C00));
    }
    // Subnormal: a whole number of 2⁻²⁴.
    return (short) (sign | (int) Math.rint(Math.abs(value) * 0x1p24));
  }

  private static float decode(int bits) {
    int exponent = bits >>> 10 & 0x1F;
    int fraction = bits & 0x3FF;
    float size =
        exponent == 31
            ? fraction == 0 ? Float.POSITIVE_INFINITY : Float.NaN
            : exponent == 0
                ? fraction * 0x1p-24f
                : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    return bits >= 0x8000 ? -size : size;
  }
}
