package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every measure of the catalogue on responses near the limits of their numbers: one that does not
 * depend on the scale has the same value; another has the value that its behaviour at moderate
 * scales foretells, or says that the responses are out of its range.
 */
class ScalesTest {
  private static final int N = 60;
  private static final double[][] X = responses(1, 8);
  private static final double[][] Y = responses(2, 8);

  /** Large or small, but harmless to fourth powers in float64. */
  private static final double MODERATE = 1e30;

  private enum Sides {
    X,
    Y,
    BOTH
  }

  static Stream<String> specifications() {
    return Stream.concat(
        MeasurePropertiesTest.specifications().stream(),
        Stream.of(
                "cka[kernel=rbf,sigma=0.4,rows=unit]",
                "cka[kernel=rbf,sigma=2]",
                "cka[batch=20]",
                "cka[batch=20,average=mean]",
                "rsa[rdm=euclidean,compare=pearson]",
                "rsa[rdm=gaussian,compare=pearson]",
                "shape[alpha=0.5]",
                "shape[alpha=0]",
                "shape[alpha=0,score=euclidean]",
                "procrustes[score=distance,scale=false]",
                "gulp[lambda=0]",
                "linear-predictivity[ridge=1]",
                "soft-matching[folds=4]")
            .filter(s -> !MeasurePropertiesTest.specifications().contains(s)));
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void float64(String specification) {
    Measure measure = Measures.parse(specification);
    for (double scale : new double[] {1e160, 1e-160, 1e300, 1e-300}) {
      for (Sides sides : Sides.values()) {
        check(measure, scale, sides);
      }
    }
  }

  /** Squares of these are beyond float32, fourth powers are not beyond float64: no excuse. */
  @ParameterizedTest
  @MethodSource("specifications")
  void float32(String specification) {
    Measure measure = Measures.parse(specification);
    for (double scale : new double[] {MODERATE, 1 / MODERATE}) {
      for (Sides sides : Sides.values()) {
        double expected = value(measure, scale, sides);
        assertThat(expected).as(scale + " on " + sides).isFinite();
        if (measure.info().invariances().contains(Invariance.ISOTROPIC_SCALING)) {
          assertThat(expected).isCloseTo(value(measure, 1, sides), tolerance(measure, expected));
        }
        double found =
            measure.compare(
                rounded(X, sides == Sides.Y ? 1 : scale), rounded(Y, sides == Sides.X ? 1 : scale));
        assertThat(found)
            .as(scale + " on " + sides)
            .isCloseTo(
                expected,
                within(1e-4 * Math.max(Math.abs(expected), unit(measure))));
      }
    }
  }

  private static void check(Measure measure, double scale, Sides sides) {
    String what = measure.info().specification() + ", " + scale + " on " + sides;
    if (measure.info().invariances().contains(Invariance.ISOTROPIC_SCALING)) {
      double expected = value(measure, 1, sides);
      assertThat(value(measure, scale, sides))
          .as(what)
          .isCloseTo(expected, tolerance(measure, expected));
      return;
    }
    // What becomes of the value on the way there: a power of the scale, such as 0, 1 or 2.
    double step = scale > 1 ? 1e3 : 1e-3;
    double start = scale > 1 ? MODERATE : 1 / MODERATE;
    double before = value(measure, start, sides);
    double after = value(measure, start * step, sides);
    double power = Math.log(after / before) / Math.log(step);
    double found;
    try {
      found = value(measure, scale, sides);
    } catch (InputException e) {
      assertThat(e.getMessage()).as(what).contains("range").doesNotContain("\n");
      return;
    }
    assertThat(power).as(what + ": power").isCloseTo(Math.rint(power), within(1e-6));
    double expected = before * Math.pow(scale / start, Math.rint(power));
    assertThat(found).as(what).isFinite().isCloseTo(expected, within(1e-6 * Math.abs(expected)));
    assertThat(found == 0).as(what).isEqualTo(before == 0);
  }

  private static org.assertj.core.data.Offset<Double> tolerance(Measure measure, double expected) {
    return within(1e-9 * Math.max(1, Math.abs(expected)));
  }

  private static double unit(Measure measure) {
    return Double.isFinite(measure.info().maximum()) ? 1 : 0;
  }

  private static double value(Measure measure, double scale, Sides sides) {
    return measure.compare(
        Representation.of("x", scaled(X, sides == Sides.Y ? 1 : scale)),
        Representation.of("y", scaled(Y, sides == Sides.X ? 1 : scale)));
  }

  private static double[][] scaled(double[][] rows, double scale) {
    return Arrays.stream(rows)
        .map(row -> Arrays.stream(row).map(value -> value * scale).toArray())
        .toArray(double[][]::new);
  }

  private static Representation rounded(double[][] rows, double scale) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (rows[i / rows[0].length][i % rows[0].length] * scale);
    }
    return Representation.of("float32", rows.length, rows[0].length, values);
  }

  private static double[][] responses(int seed, int units) {
    SplittableRandom shared = new SplittableRandom(0);
    SplittableRandom own = new SplittableRandom(seed);
    double[][] rows = new double[N][units];
    for (double[] row : rows) {
      Arrays.setAll(row, j -> 0.3 + shared.nextGaussian() + own.nextGaussian());
    }
    return rows;
  }
}
