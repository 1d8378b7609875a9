package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import java.io.IOException;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpillTest {
  /** Several pieces of a file, and more than what is written at a time; neither divides it. */
  private static final int STIMULI = 37;

  private static final int UNITS = 40_003;

  @TempDir private Path folder;

  @AfterEach
  void nothingIsLeft() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  private static float[] numbers(int count) {
    SplittableRandom random = new Seeds(3).stream("numbers");
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  /** In pieces that do not end with a row. */
  private static Representation build(RepresentationBuilder builder, float[] numbers) {
    for (int from = 0; from < numbers.length; from += 99_991) {
      int count = Math.min(99_991, numbers.length - from);
      builder.append(FloatBuffer.wrap(numbers, from, count));
    }
    return builder.build(Provenance.of("test"));
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void whatIsOnDiskIsWhatWouldBeInMemory(ElementType precision) {
    float[] numbers = numbers(STIMULI * UNITS);
    Representation memory =
        build(new RepresentationBuilder("x", STIMULI, UNITS, precision), numbers);
    try (Spill spill = new Spill(memory.bytes() - 1, folder)) {
      Representation file =
          build(new RepresentationBuilder("x", STIMULI, UNITS, precision, spill), numbers);
      assertThat(spill.spilled()).isEqualTo(memory.bytes());
      float[] read = new float[numbers.length];
      file.read(0, STIMULI, FloatBuffer.wrap(read));
      assertThat(read).isEqualTo(numbers);
      double[] some = new double[3 * UNITS];
      double[] expected = new double[3 * UNITS];
      file.read(20, 23, DoubleBuffer.wrap(some));
      memory.read(20, 23, DoubleBuffer.wrap(expected));
      assertThat(some).isEqualTo(expected);
      assertThat(file.get(36, UNITS - 1)).isEqualTo(memory.get(36, UNITS - 1));
      assertThat(file.get(7, 11)).isEqualTo(numbers[7 * UNITS + 11]);
      assertThat(file.withId("y").select(new int[] {30, 2}).row(1)).isEqualTo(memory.row(2));
    }
  }

  @Test
  void rowsAreGatheredInTheOrderAsked() {
    float[] numbers = numbers(6);
    try (Spill spill = new Spill(0, folder)) {
      Representation x =
          build(new RepresentationBuilder("x", 3, 2, ElementType.FLOAT32, spill), numbers);
      float[] rows = new float[6];
      x.read(new int[] {2, 0, 2}, FloatBuffer.wrap(rows));
      assertThat(rows)
          .containsExactly(numbers[4], numbers[5], numbers[0], numbers[1], numbers[4], numbers[5]);
    }
  }

  /** What fits stays in memory, and outlives the file. */
  @Test
  void theBudgetIsSharedByAll() {
    Representation second;
    Representation third;
    try (Spill spill = new Spill(40, folder)) {
      Representation first =
          build(new RepresentationBuilder("1", 3, 4, ElementType.FLOAT32, spill), numbers(12));
      second = build(new RepresentationBuilder("2", 3, 2, ElementType.FLOAT32, spill), numbers(6));
      third = build(new RepresentationBuilder("3", 3, 2, ElementType.FLOAT32, spill), numbers(6));
      assertThat(spill.spilled()).isEqualTo(first.bytes() + third.bytes());
      assertThat(third.row(2)).isEqualTo(second.row(2));
    }
    assertThat(second.get(2, 1)).isEqualTo(numbers(6)[5]);
    assertThatThrownBy(() -> third.get(2, 1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("released");
  }

  @Test
  void otherTypesAreNotKept() {
    assertThatThrownBy(() -> new RepresentationBuilder("x", 1, 1, ElementType.FLOAT16))
        .isInstanceOf(InputException.class)
        .hasMessage("x: expected numbers to keep as float32 or float64, found float16");
  }

  @Test
  void aDiskThatIsTooSmallIsSaidBeforeAnythingIsWritten() {
    try (Spill spill = new Spill(1_000_000_000, folder)) {
      assertThatThrownBy(
              () ->
                  new RepresentationBuilder(
                      "net/stem", 2_000_000_000, 200_000_000, ElementType.FLOAT32, spill))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("net/stem takes 1600000000.0 GB beyond the memory budget of 1.0 GB")
          .hasMessageContaining("GB are free there");
      assertThat(spill.spilled()).isZero();
    }
    try (Spill spill = new Spill(0, folder.resolve("nowhere"))) {
      assertThatThrownBy(() -> new RepresentationBuilder("x", 1, 1, ElementType.FLOAT32, spill))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("no temporary file can be made");
    }
  }

  @Test
  void anInterruptCancels() {
    try (Spill spill = new Spill(0, folder)) {
      Representation x =
          build(new RepresentationBuilder("x", 1, 2, ElementType.FLOAT32, spill), numbers(2));
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> x.get(0, 0)).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
    }
  }
}
