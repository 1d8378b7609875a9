package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NaturalOrderTest {
  @Test
  void numbersAreComparedAsNumbers() {
    List<String> names =
        List.of(
            "10",
            "layer10",
            "layer2",
            "layer2.1.conv10",
            "layer2.1.conv9",
            "layer",
            "layer02",
            "9");

    assertThat(names.stream().sorted(NaturalOrder.INSTANCE))
        .containsExactly(
            "9",
            "10",
            "layer",
            "layer02",
            "layer2",
            "layer2.1.conv9",
            "layer2.1.conv10",
            "layer10");
    assertThat(NaturalOrder.INSTANCE.compare("a99999999999999999999", "a100000000000000000000"))
        .isNegative();
    assertThat(NaturalOrder.INSTANCE.compare("a1", "a1")).isZero();
  }
}
