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

  @ParameterizedTest(name = "{0}")
  @MethodSource("specifications")
  void float64(String specification) {
    Pair pair = Pair.of(Measures.parse(specification));
    for (double scale : new double[] {1e59, 1e-59, 1e160, 1e-160, 1e300, 1e-300}) {
      for (Sides sides : Sides.values()) {
        check(pair, scale, sides);
      }
    }
  }

  /** Squares of these are beyond float32, fourth powers are not beyond float64: no excuse. */
  @ParameterizedTest(name = "{0}")
  @MethodSource("specifications")
  void float32(String specification) {
    Pair pair = Pair.of(Measures.parse(specification));
    for (double scale : new double[] {MODERATE, 1 / MODERATE}) {
      for (Sides sides : Sides.values()) {
        if (pair.isTooNarrow(scale, sides)) {
          continue;
        }
        double expected = pair.value(scale, sides);
        assertThat(expected).as(scale + " on " + sides).isFinite();
        if (pair.isFree()) {
          assertThat(expected)
              .isCloseTo(pair.value(1, sides), within(1e-9 * Math.max(1, Math.abs(expected))));
        }
        double found =
            pair.measure.compare(
                rounded(pair.x, sides == Sides.Y ? 1 : scale),
                rounded(pair.y, sides == Sides.X ? 1 : scale));
        double unit = Double.isFinite(pair.measure.info().maximum()) ? 1 : 0;
        assertThat(found)
            .as(scale + " on " + sides)
            .isCloseTo(expected, within(1e-4 * Math.max(Math.abs(expected), unit)));
      }
    }
  }

  private static void check(Pair pair, double scale, Sides sides) {
    String what = scale + " on " + sides;
    if (pair.isFree()) {
      double expected = pair.value(1, sides);
      assertThat(pair.value(scale, sides))
          .as(what)
          .isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
      return;
    }
    if (pair.isTooNarrow(scale, sides)) {
      return;
    }
    double found;
    try {
      found = pair.value(scale, sides);
    } catch (InputException e) {
      assertThat(Math.abs(Math.log10(scale))).as(what).isGreaterThan(60);
      assertThat(e.getMessage())
          .as(what)
          .contains("is out of the range 6e-61 to 2e+60 of measures that depend on the scale");
      return;
    }
    // What becomes of the value on the way there: a power of the scale, such as 0, 1 or 2.
    double step = scale > 1 ? 1e3 : 1e-3;
    double start = scale > 1 ? MODERATE : 1 / MODERATE;
    double before = pair.value(start, sides);
    double after = pair.value(start * step, sides);
    double power = before == after ? 0 : Math.log(after / before) / Math.log(step);
    double expected = before * Math.pow(scale / start, Math.rint(power));
    double rounding = Double.isFinite(pair.measure.info().maximum()) ? 1e-9 : 0;
    assertThat(found)
        .as(what + " with power " + power)
        .isFinite()
        .isCloseTo(expected, within(1e-6 * Math.abs(expected) + rounding));
  }

  /** A measure and responses that it is defined on. */
  private record Pair(Measure measure, double[][] x, double[][] y) {
    static Pair of(Measure measure) {
      Pair pair = new Pair(measure, X, Y);
      try {
        pair.value(1, Sides.BOTH);
        return pair;
      } catch (InputException e) {
        // Some need more units than stimuli.
        return new Pair(measure, responses(1, N + 5), responses(2, N + 5));
      }
    }

    boolean isFree() {
      return measure.info().invariances().contains(Invariance.ISOTROPIC_SCALING);
    }

    /** A Gaussian of absolute width sees nothing, or all alike, as it says. */
    boolean isTooNarrow(double scale, Sides sides) {
      try {
        value(scale, sides);
        return false;
      } catch (InputException e) {
        return e.getMessage().contains("a kernel too narrow or too wide")
            && measure.info().specification().contains("sigma=");
      }
    }

    double value(double scale, Sides sides) {
      return measure.compare(
          Representation.of("x", scaled(x, sides == Sides.Y ? 1 : scale)),
          Representation.of("y", scaled(y, sides == Sides.X ? 1 : scale)));
    }
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

  /** Three directions in common, and noise. */
  private static double[][] responses(int seed, int units) {
    SplittableRandom shared = new SplittableRandom(0);
    SplittableRandom own = new SplittableRandom(seed);
    double[][] mixing = new double[3][units];
    for (double[] direction : mixing) {
      Arrays.setAll(direction, j -> own.nextGaussian());
    }
    double[][] rows = new double[N][units];
    for (double[] row : rows) {
      double[] latent = shared.doubles(3, -2, 2).toArray();
      for (int j = 0; j < units; j++) {
        row[j] = 0.3 + 0.5 * own.nextGaussian();
        for (int d = 0; d < 3; d++) {
          row[j] += latent[d] * mixing[d][j];
        }
      }
    }
    return rows;
  }
}
