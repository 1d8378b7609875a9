package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.array.ElementType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** What is written reads back as it was. */
class RoundTripTest {
  static final List<String> ENDINGS = List.of("npy", "npz", "pt", "h5", "mat", "csv", "tsv");

  @Property(tries = 60)
  void everyFormatKeepsShapeNumbersPrecisionAndIds(
      @ForAll @IntRange(min = 1, max = 40) int n,
      @ForAll @IntRange(min = 1, max = 40) int p,
      @ForAll boolean float32,
      @ForAll boolean named,
      @ForAll long seed)
      throws IOException {
    ElementType precision = float32 ? ElementType.FLOAT32 : ElementType.FLOAT64;
    Representation x = random(n, p, precision, seed);
    if (named) {
      x = x.withStimulusIds(IntStream.range(0, n).mapToObj(i -> "bild é " + i).toList());
    }
    Path folder = Files.createTempDirectory("round-trip");
    for (String ending : ENDINGS) {
      Path file = folder.resolve("x." + ending);
      Representations.write(x, file);
      Representation back = Representations.read(file);
      assertThat(back.id()).isEqualTo("x");
      assertThat(back.stimuli()).isEqualTo(n);
      assertThat(back.units()).isEqualTo(p);
      assertThat(back.stimulusIds()).isEqualTo(x.stimulusIds());
      assertThat(back.precision())
          .isEqualTo(ending.endsWith("sv") ? ElementType.FLOAT64 : precision);
      for (int i = 0; i < n; i++) {
        assertThat(back.row(i)).as(ending).isEqualTo(x.row(i));
      }
    }
    delete(folder);
  }

  static Representation random(int n, int p, ElementType precision, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] numbers = new double[n * p];
    float[] floats = new float[n * p];
    for (int i = 0; i < numbers.length; i++) {
      // Any bit pattern of a finite number, and now and then one that is not.
      double number = Double.longBitsToDouble(random.nextLong());
      numbers[i] = number;
      floats[i] = Float.intBitsToFloat(random.nextInt());
    }
    return precision == ElementType.FLOAT32
        ? Representation.of("x", n, p, floats)
        : Representation.of("x", n, p, numbers);
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
