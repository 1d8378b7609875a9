package dev.kindred.measure.canonical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.Half;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The number of directions that responses have, whatever they were rounded to. */
class NumericalRankTest {
  private static final int N = 500;
  private static final int P = 100;

  /** Ten latent dimensions about a mean. */
  private static double[][] latent(String model, double mean) {
    SplittableRandom shared = new Seeds(7).stream("latent");
    SplittableRandom own = new Seeds(7).stream(model);
    double[][] mixing = new double[10][P];
    for (double[] direction : mixing) {
      for (int j = 0; j < P; j++) {
        direction[j] = own.nextGaussian();
      }
    }
    double[][] rows = new double[N][P];
    for (double[] row : rows) {
      java.util.Arrays.fill(row, mean);
      for (double[] direction : mixing) {
        double score = shared.nextGaussian();
        for (int j = 0; j < P; j++) {
          row[j] += score * direction[j];
        }
      }
    }
    return rows;
  }

  /** Independent units; every row of mean 0 and deviation 1 as LayerNorm leaves it, or not. */
  private static double[][] independent(boolean layerNorm) {
    SplittableRandom random = new Seeds(7).stream("independent");
    double[][] rows = new double[N][P];
    for (double[] row : rows) {
      for (int j = 0; j < P; j++) {
        row[j] = random.nextGaussian();
      }
      double mean = java.util.Arrays.stream(row).average().orElseThrow();
      double square = java.util.Arrays.stream(row).map(v -> (v - mean) * (v - mean)).sum();
      for (int j = 0; layerNorm && j < P; j++) {
        row[j] = (row[j] - mean) / Math.sqrt(square / P);
      }
    }
    return rows;
  }

  private static Representation rounded(double[][] rows, ElementType type) {
    double[][] rounded = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      rounded[i] = java.util.Arrays.stream(rows[i]).map(v -> round(v, type)).toArray();
    }
    return Representation.of(type.toString(), rounded);
  }

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

  private static int rank(Representation x) {
    int rank = OrthonormalBasis.centred(x, 2).q().columns();
    assertThat(SingularBasis.centred(x, 2).rank()).isEqualTo(rank);
    return rank;
  }

  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16", "FLOAT32", "FLOAT64"})
  void isThatOfTheNumbersBeforeTheyWereRounded(ElementType type) {
    Representation x = rounded(latent("x", 0), type);
    Representation layerNorm = rounded(independent(true), type);

    assertThat(rank(x)).isEqualTo(10);
    assertThat(OrthonormalBasis.raw(x, 1).q().columns()).isEqualTo(10);
    assertThat(OrthonormalBasis.raw(layerNorm, 1).q().columns()).isEqualTo(P - 1);
    assertThat(rank(rounded(independent(false), type))).isEqualTo(P);
  }

  /** Centring takes the mean away but not the errors that it had. */
  @ParameterizedTest
  @EnumSource(names = {"BFLOAT16", "FLOAT16", "FLOAT32", "FLOAT64"})
  void isNotRaisedByTheErrorsOfALargeMean(ElementType type) {
    // 16 bits of one size are like a grid, so it is said what they are.
    Representation x = rounded(latent("x", 100), type).withRounding(type);

    assertThat(rank(x)).isEqualTo(10);
    assertThat(OrthonormalBasis.raw(x, 1).q().columns()).isEqualTo(11);
  }

  @ParameterizedTest
  @CsvSource({"FLOAT32, 1e-5", "FLOAT16, 2e-3", "BFLOAT16, 2e-2"})
  void measuresOfSubspacesKeepTheirValues(ElementType type, double tolerance) {
    double[][] x = latent("x", 0);
    double[][] y = latent("y", 0);

    assertThat(value("cca", x, y, type)).isCloseTo(1, within(tolerance));
    assertThat(value("pwcca", x, y, type)).isCloseTo(1, within(tolerance));
    assertThat(value("linear-regression", x, y, type)).isCloseTo(1, within(tolerance));
    assertThat(value("gulp[lambda=0]", x, y, type)).isCloseTo(0, within(10 * tolerance));
    assertThat(value("eigenspace-overlap", x, y, type)).isCloseTo(0.1, within(tolerance));
    assertThat(value("linear-predictivity[ridge=0]", x, y, type)).isCloseTo(1, within(tolerance));
  }

  private static double value(String specification, double[][] x, double[][] y, ElementType type) {
    return Measures.parse(specification).compare(rounded(x, type), rounded(y, type));
  }

  /** Counts and masks hold no rounding error, however small one is against another. */
  @Test
  void exactDirectionsStayHoweverSmallTheyAre() {
    SplittableRandom random = new Seeds(7).stream("exact");
    double[][] rows = new double[80][6];
    for (double[] row : rows) {
      row[0] = random.nextInt(200);
      row[1] = 0x1p-30 * random.nextInt(20);
      row[2] = random.nextInt(2);
      row[3] = 0x1p-30 * random.nextInt(2);
      row[4 + random.nextInt(2)] = 0x1p-20;
    }
    // The last two add up to a constant.
    assertThat(rank(Representation.of("exact", rows))).isEqualTo(5);
  }

  /** What float32 responses cannot hold is no direction of theirs; of float64 ones it is. */
  @Test
  void directionsBelowTheRoundingErrorsDoNotCount() {
    double[][] rows = independent(false);
    for (double[] row : rows) {
      row[1] = row[0] + 1e-9 * row[1];
    }
    assertThat(rank(rounded(rows, ElementType.FLOAT64))).isEqualTo(P);
    assertThat(rank(rounded(rows, ElementType.FLOAT32))).isEqualTo(P - 1);
  }
}
