package dev.kindred.base.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ElementTypeTest {
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
