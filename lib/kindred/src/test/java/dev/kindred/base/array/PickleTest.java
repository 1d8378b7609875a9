package dev.kindred.base.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PickleTest {
  private static Object read(byte[] pickle) {
    return Pickle.read("x", new ByteCursor("x", MemoryBytes.of(pickle)), new TorchPickle());
  }

  private static Object read(String pickle) {
    return read(pickle.getBytes(StandardCharsets.ISO_8859_1));
  }

  @Test
  void plainValuesOfProtocolZeroAreRead() {
    // pickle.dumps({'a': [1, -2.5, True, None], 'b': (3,)}, protocol=0), memo left out
    assertThat(read("(dS'a'\n(lI1\naF-2.5\naI01\naNasS'b'\n(I3\nts."))
        .isEqualTo(Map.of("a", java.util.Arrays.asList(1L, -2.5, true, null), "b", List.of(3L)));
  }

  @Test
  void namesThatAreNotOnTheListAreNeverLoaded() {
    // os.system('touch /tmp/x')
    Object made = read("cos\nsystem\n(S'touch /tmp/x'\ntR.");
    assertThat(made).isEqualTo(new Pickle.Unmade("an object made by os.system, never loaded"));
    assertThat(read("\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093\u008c\u00011\u0085R."))
        .isInstanceOf(Pickle.Unmade.class);
  }

  @Test
  void lengthsBeyondTheFileAskForNoMemory() {
    for (String bomb :
        List.of(
            "B\u00ff\u00ff\u00ff\u007f.",
            "X\u00ff\u00ff\u00ff\u007f.",
            "T\u00ff\u00ff\u00ff\u007f.",
            "\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u007f.",
            "\u008b\u00ff\u00ff\u00ff\u007f.",
            "\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.")) {
      assertThatThrownBy(() -> read(bomb)).isInstanceOf(InputException.class);
    }
  }

  @Test
  void valuesThatHoldEachOtherManyTimesStaySmall() {
    // Each list holds the one before twice: 2^40 values if written out, 40 in memory.
    StringBuilder pickle = new StringBuilder("]q\u0000");
    for (int i = 1; i <= 40; i++) {
      pickle.append("](h").append((char) (i - 1)).append('h').append((char) (i - 1));
      pickle.append("eq").append((char) i);
    }
    Object outer = read(pickle.append('.').toString());
    assertThat((List<?>) outer).hasSize(2);
  }

  @Test
  void instructionsThatAreNotRunAreRefused() {
    for (String pickle : List.of("i", "\u0082\u0001.", "0.", "a.", "h\u0005.", "(.", "Po\n.", "")) {
      assertThatThrownBy(() -> read(pickle))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("x: ");
    }
  }

  @Test
  void depthCostsNoStack() {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    for (int i = 0; i < 1_000_000; i++) {
      pickle.write(']');
    }
    for (int i = 1; i < 1_000_000; i++) {
      pickle.write('a');
    }
    pickle.write('.');
    assertThat(read(pickle.toByteArray())).isInstanceOf(List.class);
  }
}
