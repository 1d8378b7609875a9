package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same features in any two formats give the same number. */
class FormatsAgreeTest {
  private static final List<String> ENDINGS =
      List.of("npy", "npz", "pt", "h5", "mat", "csv", "tsv");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"cka", "cka[kernel=rbf,sigma=0.4,rows=unit]", "rsa", "procrustes"})
  void whateverTheFormatTheNumberIsTheSame(String measure) {
    SplittableRandom random = new Seeds(7).stream("formats agree");
    Representation x = Representation.of("x", 40, 6, random.doubles(240, -1, 1).toArray());
    Representation y = Representation.of("y", 40, 9, random.doubles(360, -1, 1).toArray());
    double expected = compare(measure, x, y);
    for (String ending : ENDINGS) {
      Path file = folder.resolve("x." + ending);
      Representations.write(x, file);
      assertThat(compare(measure, Representations.read(file), y)).as(ending).isEqualTo(expected);
    }
    float[] rounded = new float[240];
    x.read(0, 40, java.nio.FloatBuffer.wrap(rounded));
    Representation single = Representation.of("x", 40, 6, rounded);
    double expectedSingle = compare(measure, single, y);
    for (String ending : ENDINGS) {
      Path file = folder.resolve("single." + ending);
      Representations.write(single, file);
      // Text comes back as float64, which may take another way through the measure.
      assertThat(compare(measure, Representations.read(file), y))
          .as(ending)
          .isCloseTo(expectedSingle, within(ending.endsWith("sv") ? 1e-6 : 0));
    }
  }

  private static double compare(String measure, Representation x, Representation y) {
    LabelledMatrix matrix = new AllPairs(Measures.parse(measure)).matrix(List.of(x), List.of(y));
    return matrix.get(0, 0);
  }
}
