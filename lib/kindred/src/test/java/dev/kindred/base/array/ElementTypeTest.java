package dev.kindred.base.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ElementTypeTest {
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
      assertThat(Double.valueOf(ElementType.halfToFloat((short) bits)))
          .isEqualTo(Double.valueOf(expected));
    }
  }

  @Property
  void longIntegersAreExactOrRefused(@ForAll long value, @ForAll boolean unsigned) {
    ElementType type = unsigned ? ElementType.UINT64 : ElementType.INT64;
    ByteBuffer bytes = ByteBuffer.allocate(8).putLong(0, value);
    BigInteger exact =
        unsigned ? new BigInteger(Long.toUnsignedString(value)) : BigInteger.valueOf(value);
    boolean holds = new BigDecimal(exact.doubleValue()).toBigInteger().equals(exact);
    if (holds) {
      assertThat(new BigDecimal(type.get(bytes, 0)).toBigInteger()).isEqualTo(exact);
    } else {
      assertThatThrownBy(() -> type.get(bytes, 0))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(exact.toString());
    }
  }
}
