package dev.kindred.base.array;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HalfTest {
  @Test
  void everyFloat16IsItsBinaryFraction() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      double sign = bits >> 15 == 0 ? 1 : -1;
      double expected =
          exponent == 31
              ? (fraction == 0 ? sign * Double.POSITIVE_INFINITY : Double.NaN)
              : exponent == 0
                  ? sign * fraction * Math.pow(2, -24)
                  : sign * (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
      assertThat(Double.valueOf(Half.toFloat((short) bits))).isEqualTo(Double.valueOf(expected));
    }
  }

  @ParameterizedTest
  @ValueSource(
      floats = {0, 1, -2.5f, 65504, -65504, 0x1p-14f, 0x1p-24f, 6.1e-5f, 1.0009766f, 0.333251953f})
  void halvesThatFloat16HasAreKept(float value) {
    short half = Half.fromFloat(value);
    float error = Math.abs(Half.toFloat(half) - value);
    assertThat(error).isLessThanOrEqualTo(Math.max(0x1p-25f, Math.abs(value) * 0x1p-11f));
    assertThat(Half.fromFloat(Half.toFloat(half))).isEqualTo(half);
  }

  @Test
  void everyHalfSurvivesARoundTrip() {
    for (int bits = 0; bits < 1 << 16; bits++) {
      float value = Half.toFloat((short) bits);
      if (!Float.isNaN(value)) {
        assertThat(Half.fromFloat(value)).isEqualTo((short) bits);
      }
    }
    assertThat(Half.toFloat(Half.fromFloat(1e9f))).isEqualTo(Float.POSITIVE_INFINITY);
    assertThat(Half.toFloat(Half.fromFloat(Float.NaN))).isNaN();
  }

  @Test
  void halvesAreRoundedToTheNearest() {
    float[] values = {0, 1, -2, 65504, 1e-7f, 0.1f, 0x1p-14f, 0x1p-15f, 1 + 0x1p-11f, 70000};
    float[] expected = {
      0, 1, -2, 65504, 0x1p-23f, 0x1.998p-4f, 0x1p-14f, 0x1p-15f, 1, Float.POSITIVE_INFINITY
    };
    for (int i = 0; i < values.length; i++) {
      assertThat(Half.toFloat(Half.fromFloat(values[i]))).isEqualTo(expected[i]);
    }
  }
}
