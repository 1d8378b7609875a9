package dev.kindred.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CellsTest {
  @Test
  void wordsMayBeQuoted() {
    assertThat(Cells.words("a \"b c\"  d\"e")).containsExactly("a", "b c", "d\"e");
    assertThat(Cells.words("  ")).isEmpty();
  }

  @Test
  void positionsBeyondTheBasicPlane() {
    String text = "a😀b";
    assertThat(Utf16.offset(text, 2)).isEqualTo(3);
    assertThat(Utf16.points(text, 3)).isEqualTo(2);
    assertThat(Utf16.offset(text, 99)).isEqualTo(4);
  }
}
