package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.Half;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.factory.Nd4j;

/** To which type responses were rounded, found in the numbers or said. */
class RoundingTest {
  private static final int N = 60;
  private static final int P = 20;

  private static Representation float64(DoubleUnaryOperator each) {
    SplittableRandom random = new Seeds(4).stream("rounding");
    double[] numbers = new double[N * P];
    Arrays.setAll(numbers, i -> each.applyAsDouble(random.nextGaussian()));
    return Representation.of("x", N, P, numbers);
  }

  private static Representation float32(DoubleUnaryOperator each) {
    Representation x = float64(each);
    float[] numbers = new float[N * P];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) x.get(i / P, i % P);
    }
    return Representation.of("x", N, P, numbers);
  }

  /** A number rounded to the nearest of a type. */
  private static double round(double number, ElementType type) {
    float narrow = (float) number;
    return switch (type) {
      case FLOAT64 -> number;
      case FLOAT32 -> narrow;
      case FLOAT16 -> Half.toFloat(Half.fromFloat(narrow));
      case BFLOAT16 -> Float.intBitsToFloat(Float.floatToRawIntBits(narrow) + 0x8000 & 0xFFFF0000);
      default -> throw new AssertionError(type);
    };
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16", "FLOAT32", "FLOAT64"})
  void isFoundInNumbersOfAWiderType(ElementType type) {
    assertThat(float64(v -> round(v, type)).rounding()).isEqualTo(type);
    assertThat(float64(v -> round(Math.max(0, v), type)).rounding()).as("ReLU").isEqualTo(type);
    ElementType atMostFloat32 = ElementType.coarser(type, ElementType.FLOAT32);
    assertThat(float32(v -> round(v, type)).rounding()).isEqualTo(atMostFloat32);
  }

  @Test
  void isFoundBesideExactColumns() {
    int[] at = {0};
    Representation x =
        float64(v -> at[0]++ % 2 == 0 ? Math.rint(3 * v) : round(v, ElementType.FLOAT32));
    assertThat(x.rounding()).isEqualTo(ElementType.FLOAT32);
  }

  @Test
  void isFoundInFloat32OfOneSize() {
    assertThat(float64(v -> round(100 + v, ElementType.FLOAT32)).rounding())
        .isEqualTo(ElementType.FLOAT32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "one-hot",
        "mask",
        "zero",
        "signs",
        "counts",
        "bytes",
        "bytes by 256",
        "quarters",
        "powers of two",
        "above 128",
        "eleven bits",
        "two decimals",
        "six decimals"
      })
  void exactNumbersAreNotTakenForRounded(String kind) {
    int[] at = {0};
    DoubleUnaryOperator each =
        v ->
            switch (kind) {
              case "one-hot" -> at[0]++ % P == 3 ? 1 : 0;
              case "mask" -> v > 0 ? 1 : 0;
              case "zero" -> 0;
              case "signs" -> Math.signum(v);
              case "counts" -> Math.rint(Math.exp(2 * v));
              case "bytes" -> Math.rint(Math.min(255, Math.max(0, 128 + 50 * v)));
              case "bytes by 256" -> Math.rint(Math.min(255, Math.max(0, 128 + 50 * v))) / 256;
              case "quarters" -> Math.rint(4 * v) / 4;
              case "powers of two" -> Math.scalb(1.0, (int) Math.rint(4 * v));
              case "above 128" -> Math.rint(Math.min(255, Math.max(128, 190 + 30 * v)));
              case "eleven bits" -> Math.rint(Math.min(2047, Math.max(0, 1000 + 400 * v)));
              case "two decimals" -> Math.rint(100 * v) / 100;
              case "six decimals" -> Math.rint(1e6 * v) / 1e6;
              default -> throw new IllegalArgumentException(kind);
            };
    assertThat(float64(each).rounding()).isEqualTo(ElementType.FLOAT64);
    if (!kind.contains("decimals")) {
      at[0] = 0;
      assertThat(float32(each).rounding()).isEqualTo(ElementType.FLOAT32);
    }
  }

  /** Half precision within a factor of two looks like a grid: it has to be said. */
  @Test
  void sixteenBitsOfOneSizeHaveToBeSaid() {
    Representation x = float32(v -> round(100 + v, ElementType.FLOAT16));

    assertThat(x.rounding()).isEqualTo(ElementType.FLOAT32);
    Representation said = x.withRounding(ElementType.FLOAT16);
    assertThat(said.rounding()).isEqualTo(ElementType.FLOAT16);
    assertThat(said.withId("y").withStimulusIds(null).rounding()).isEqualTo(ElementType.FLOAT16);
  }

  @Test
  void whatWasChangedInFloat64HasToBeSaid() {
    assertThat(float64(v -> round(v, ElementType.FLOAT32) - 0.1).rounding())
        .isEqualTo(ElementType.FLOAT64);
  }

  @Test
  void aSelectionIsRoundedAsTheWholeIs() {
    Representation x = float64(v -> round(v, ElementType.FLOAT16));

    assertThat(x.select(new int[] {3}).rounding()).isEqualTo(ElementType.FLOAT16);
    assertThat(x.withRounding(ElementType.FLOAT64).select(new int[] {1, 2}).rounding())
        .isEqualTo(ElementType.FLOAT64);
  }

  @Test
  void notANumberDecidesNothing() {
    int[] at = {0};
    assertThat(float64(v -> at[0]++ == 5 ? Double.NaN : round(v, ElementType.BFLOAT16)).rounding())
        .isEqualTo(ElementType.BFLOAT16);
  }

  @Test
  void float32IsFoundInItsText(@TempDir Path folder) throws IOException {
    Representation x = float32(v -> v);
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < N; i++) {
      for (int j = 0; j < P; j++) {
        text.append(j == 0 ? "" : ",").append((float) x.get(i, j));
      }
      text.append('\n');
    }
    Path file = Files.writeString(folder.resolve("x.csv"), text);

    assertThat(Representations.read(file).rounding()).isEqualTo(ElementType.FLOAT32);
  }

  @Test
  void isSaidWhenAFileIsRead(@TempDir Path folder) {
    Path file = folder.resolve("x.npy");
    Representations.write(float64(v -> v), file);

    Representation x =
        Representations.read(file, ReadOptions.defaults().rounding(ElementType.BFLOAT16));

    assertThat(x.rounding()).isEqualTo(ElementType.BFLOAT16);
    assertThat(x.provenance().toString()).contains("bfloat16");
    assertThat(Representations.read(file).rounding()).isEqualTo(ElementType.FLOAT64);
  }

  /** The numbers as they are in the file, before rows are changed, show it. */
  @Test
  void isKeptWhereRowsAreDividedByTheirNorm(@TempDir Path folder) {
    Path file = folder.resolve("x.npy");
    ReadOptions unit = ReadOptions.defaults().unitRows(true);
    for (ElementType type : EnumSet.range(ElementType.BFLOAT16, ElementType.FLOAT64)) {
      Representations.write(float64(v -> round(v, type)), file);
      assertThat(Representations.read(file, unit).rounding()).isEqualTo(type);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "HALF, FLOAT16",
    "BFLOAT16, BFLOAT16",
    "FLOAT, FLOAT32",
    "DOUBLE, FLOAT64",
    "INT, FLOAT64"
  })
  void isTheTypeOfAnNd4jArray(DataType type, ElementType expected) {
    assertThat(NdArrays.toRepresentation("x", Nd4j.ones(3, 2).castTo(type)).rounding())
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"BFLOAT16, 0x1p-7", "FLOAT16, 0x1p-10", "FLOAT32, 0x1p-23", "FLOAT64, 0x1p-52"})
  void hasTheEpsilonOfItsType(ElementType type, String epsilon) {
    assertThat(type.epsilon()).isEqualTo(Double.parseDouble(epsilon));
  }

  @Test
  void anotherNameIsRefused() {
    assertThat(ElementType.floating("float16")).isEqualTo(ElementType.FLOAT16);
    assertThatThrownBy(() -> ElementType.floating("int8"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("int8")
        .hasMessageContaining("bfloat16, float16, float32, float64");
  }

  @Test
  void anIntegerTypeIsNoRounding() {
    assertThatThrownBy(() -> float64(v -> v).withRounding(ElementType.INT8))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rounded to int8: expected one of bfloat16,");
    assertThatThrownBy(() -> ReadOptions.defaults().rounding(ElementType.BOOL))
        .isInstanceOf(InputException.class);
  }
}
