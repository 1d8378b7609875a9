package dev.kindred.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Panel;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SketchTest {
  private static final int SEEDS = 400;

  /** Entries of very different sizes, as a Gram embedding has them, or of one size. */
  private static float[] unitVector(int length, boolean heavy, SplittableRandom random) {
    float[] values = new float[length];
    double squares = 0;
    for (int i = 0; i < length; i++) {
      double value = random.nextDouble(-1, 1);
      values[i] = (float) (heavy ? Math.pow(value, 3) : value);
      squares += values[i] * values[i];
    }
    return scaled(values, 1 / Math.sqrt(squares));
  }

  private static float[] scaled(float[] values, double factor) {
    for (int i = 0; i < values.length; i++) {
      values[i] *= (float) factor;
    }
    return values;
  }

  /** A unit vector near another. */
  private static float[] near(float[] a, double distance, boolean heavy, SplittableRandom random) {
    float[] step = unitVector(a.length, heavy, random);
    for (int i = 0; i < step.length; i++) {
      step[i] = (float) (a[i] + distance * step[i]);
    }
    return scaled(step, 1 / Math.sqrt(inner(step, step)));
  }

  private static double inner(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += (double) a[i] * b[i];
    }
    return sum;
  }

  private static float[] sketch(CountSketch projection, float[] values) {
    float[] sums = new float[projection.numbers()];
    int half = values.length / 2; // in two stretches, as batches come
    projection.add(java.util.Arrays.copyOf(values, half), 0, sums);
    projection.add(java.util.Arrays.copyOfRange(values, half, values.length), half, sums);
    return sums;
  }

  /** The bound on the standard error, and that there is no bias, over many seeds. */
  @Property(tries = 20)
  void theErrorIsTheStatedShareOfTheDissimilarity(
      @ForAll @IntRange(min = 300, max = 1500) int length,
      @ForAll @IntRange(min = 1, max = 30) int tenths,
      @ForAll boolean heavy,
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = unitVector(length, heavy, random);
    float[] b = near(a, tenths / 10.0, heavy, random);
    double similarity = inner(a, b);
    int numbers = length / 5;
    double sum = 0;
    double squares = 0;
    for (int s = 0; s < SEEDS; s++) {
      CountSketch projection = new CountSketch(length, numbers, random.split());
      float[] left = sketch(projection, a);
      float[] right = sketch(projection, b);
      double found = 1 - (inner(left, left) + inner(right, right) - 2 * inner(left, right)) / 2;
      double error = found - similarity;
      sum += error;
      squares += error * error;
    }
    double stated = new Sketch(numbers, 0, 0).standardError(similarity);
    assertThat(Math.sqrt(squares / SEEDS)).isLessThan(1.5 * stated);
    assertThat(sum / SEEDS).isCloseTo(0, within(5 * stated / Math.sqrt(SEEDS) + 1e-6));
  }

  @Test
  void aSketchOfAllNumbersLosesNothing() {
    SplittableRandom random = new SplittableRandom(1);
    float[] a = unitVector(200, false, random);
    float[] b = near(a, 0.7, false, random);
    CountSketch projection = new CountSketch(200, 200, random);
    assertThat(inner(sketch(projection, a), sketch(projection, b)))
        .isCloseTo(inner(a, b), within(1e-6));
  }

  /** Products of reduced units have no bias, and vary as little as those of a count sketch. */
  @Property(tries = 20)
  void foldedUnitsKeepInnerProducts(
      @ForAll @IntRange(min = 130, max = 700) int units,
      @ForAll @IntRange(min = 20, max = 129) int kept,
      @ForAll boolean heavy,
      @ForAll @IntRange(min = 0, max = 10_000) int seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] a = unitVector(units, heavy, random);
    float[] b = near(a, 0.8, heavy, random);
    double product = inner(a, b);
    double sum = 0;
    double squares = 0;
    float[] left = new float[kept];
    float[] right = new float[kept];
    try (Panel rows = new Panel(true, 2L * units);
        Panel folded = new Panel(true, 2L * kept)) {
      rows.write(0, a, 0, units);
      rows.write(units, b, 0, units);
      for (int s = 0; s < SEEDS; s++) {
        UnitFold fold = new UnitFold(units, kept, random.split());
        fold.fold(rows, 2, folded.block(0, kept));
        folded.read(0, left, 0, kept);
        folded.read(kept, right, 0, kept);
        double error = inner(left, right) - product;
        sum += error;
        squares += error * error;
      }
    }
    double bound = Math.sqrt((1 + product * product) / kept);
    assertThat(Math.sqrt(squares / SEEDS)).isLessThan(1.5 * bound);
    assertThat(sum / SEEDS).isCloseTo(0, within(5 * bound / Math.sqrt(SEEDS)));
  }

  @Test
  void aSketchOfNothingIsRefused() {
    assertThatThrownBy(() -> new Sketch(1, 0, 0))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 2 numbers");
  }
}
