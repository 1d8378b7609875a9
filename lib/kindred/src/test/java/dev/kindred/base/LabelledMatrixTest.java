package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledMatrixTest {
  private static final LabelledMatrix MATRIX =
      new LabelledMatrix(
          "cka",
          List.of("a, b", "c"),
          List.of("x", "y\"z", "w"),
          new double[][] {{0.1, 1, Double.NaN}, {-2, 1e-300, 1 / 3.0}},
          Provenance.of("test"));

  @Test
  void csvHasNamesAndEveryDigit(@TempDir Path folder) throws Exception {
    Path file = MATRIX.save(folder.resolve("m.csv"));
    assertThat(file)
        .hasContent(
            """
            cka,x,"y""z",w
            "a, b",0.10000000000000001,1,NaN
            c,-2,1.0000000000000000E-300,0.33333333333333331
            """);
  }

  @Test
  void npyHasTheNumbers(@TempDir Path folder) throws Exception {
    Path file = MATRIX.save(folder.resolve("m.npy"));
    byte[] bytes = Files.readAllBytes(file);
    assertThat(new String(bytes, 10, 70, java.nio.charset.StandardCharsets.ISO_8859_1))
        .contains("'descr': '<f8', 'fortran_order': False, 'shape': (2, 3)");
    assertThat(
            java.nio.ByteBuffer.wrap(bytes, bytes.length - 48, 48)
                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                .asDoubleBuffer()
                .get(5))
        .isEqualTo(1 / 3.0);
  }

  @Test
  void otherEndingsAreRefused(@TempDir Path folder) {
    assertThatThrownBy(() -> MATRIX.save(folder.resolve("m.xlsx")))
        .isInstanceOf(InputException.class)
        .hasMessageEndingWith("a matrix is saved as .csv or .npy, not as m.xlsx");
  }
}
