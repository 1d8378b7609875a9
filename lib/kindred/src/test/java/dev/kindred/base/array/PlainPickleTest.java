package dev.kindred.base.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainPickleTest {
  @TempDir Path temporary;

  private Object read(String pickle) throws IOException {
    Path file = temporary.resolve("x.pkl");
    Files.write(file, pickle.getBytes(StandardCharsets.ISO_8859_1));
    return PlainPickle.read(file);
  }

  @Test
  void keysThatAreNumbersAreTheirDigits() throws IOException {
    // {1: [2.5, True], 'b': (None,)}
    assertThat(read("(dI1\n(lF2.5\naI01\nasS'b'\n(NtsS'c'\nI3\ns."))
        .isEqualTo(
            Map.of(
                "1", List.of(2.5, true), "b", java.util.Collections.singletonList(null), "c", 3L));
  }

  @Test
  void scalarsOfNumpyAreNumbers() throws IOException {
    // numpy.core.multiarray.scalar(numpy.dtype('f8'), <eight bytes of 1.5>)
    String type = "cnumpy\ndtype\n(S'f8'\nI0\nI1\ntR";
    String bytes = "C\u0008\u0000\u0000\u0000\u0000\u0000\u0000\u00f8\u003f";
    assertThat(read("cnumpy.core.multiarray\nscalar\n(" + type + bytes + "tR.")).isEqualTo(1.5);
    assertThat(
            read("cnumpy._core.multiarray\nscalar\n(" + type.replace("f8", "i8") + bytes + "tR."))
        .isEqualTo(Double.doubleToLongBits(1.5));
  }

  /** A megabyte that is turned into bytes and numbers ten thousand times. */
  @Test
  void aSmallFileDoesNotMakeMuch() {
    String text = "V" + "a".repeat(60_000) + "\np0\n0c_codecs\nencode\np1\n0Vlatin1\np2\n0";
    String codecs = text + "(" + "g1\n(g0\ng2\ntR".repeat(5000) + "l.";
    String array = "cnumpy.core.numeric\n_frombuffer\n(g3\ncnumpy\ndtype\n(Vu1\ntR(I60000\ntVC\ntR";
    String arrays = text + "g1\n(g0\ng2\ntRp3\n0(" + array.repeat(1000) + "l.";
    String lists =
        "(" + "N".repeat(60_000) + "lp0\n0(" + "cbuiltins\nset\n(g0\ntR".repeat(4000) + "l.";
    for (String bomb : List.of(codecs, arrays, lists)) {
      assertThatThrownBy(() -> read(bomb))
          .isInstanceOf(InputException.class)
          .hasMessageContaining(
              "x.pkl: expected a file of its values, found one that makes far more");
    }
  }

  @Test
  void valuesWithinEachOtherHaveAnEnd() throws IOException {
    assertThat(read("(".repeat(50) + "l".repeat(50) + ".")).isInstanceOf(List.class);
    assertThatThrownBy(() -> read("(".repeat(100_000) + "l".repeat(100_000) + "."))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found more than 100 values within each other");
    assertThatThrownBy(() -> read("(lp0\ng0\na."))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found a value within itself");
  }

  @Test
  void nothingInPlaceOfAShapeOrBytesIsRefused() {
    for (String arguments : List.of("NNNN", "C\u0001aNNN", "NcnumpY\ndtype\n(I1\ntVC\n")) {
      assertThatThrownBy(() -> read("cnumpy.core.numeric\n_frombuffer\n(" + arguments + "tR."))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("x.pkl: ");
    }
  }

  @Test
  void anythingElseIsRefused() {
    for (String foreign :
        List.of(
            "cos\nsystem\n(S'true'\ntR.",
            "cos\nsystem\n.",
            "(lcbuiltins\neval\na.",
            "cpandas.core.frame\nDataFrame\n(tR.",
            "ctorch._utils\n_rebuild_tensor_v2\n(tR.")) {
      assertThatThrownBy(() -> read(foreign))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("x.pkl: expected plain Python values and NumPy arrays, found");
    }
  }
}
