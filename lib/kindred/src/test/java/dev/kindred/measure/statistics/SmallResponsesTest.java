package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Responses in volts or teslas are small numbers; what chance gives and how values spread are the
 * same in every unit. Factors are powers of two, so that rounding is, too.
 */
class SmallResponsesTest {
  private static final double FACTOR = Math.scalb(1.0, -30);

  @ParameterizedTest
  @CsvSource({
    "hsic,4",
    "rsm-norm-difference,1",
    "procrustes[scale=false],2",
    "'permutation-shape[score=euclidean]',1",
    "'rsa[rdm=sqeuclidean,compare=bures-metric]',2",
    "cka,0"
  })
  @Tag("large")
  void pValuesAndIntervalsAreThoseOfLargeResponses(String specification, int degree) {
    Measure measure = Measures.parse(specification);
    List<Representation> large = models(1);
    List<Representation> small = models(FACTOR);
    double unit = Math.pow(FACTOR, degree);

    NullCalibration.Calibrated expected = one(measure, large);
    NullCalibration.Calibrated found = one(measure, small);
    assertThat(expected.p()).isEqualTo(0.01);
    assertThat(found.p()).isEqualTo(expected.p());

    CalibratedMatrix matrix = matrix(measure, large);
    CalibratedMatrix smallMatrix = matrix(measure, small);
    assertThat(matrix.adjustedPs().get(0, 1)).isLessThan(0.05);
    assertThat(matrix.adjustedPs().get(0, 2)).isGreaterThan(0.05);
    for (int j = 1; j < 3; j++) {
      assertThat(smallMatrix.ps().get(0, j)).isEqualTo(matrix.ps().get(0, j));
      assertThat(smallMatrix.adjustedPs().get(0, j)).isEqualTo(matrix.adjustedPs().get(0, j));
    }

    Interval interval = interval(measure, large);
    Interval smallInterval = interval(measure, small);
    assertThat(interval.width()).isPositive();
    double tolerance = 1e-9 * Math.abs(interval.high());
    assertThat(smallInterval.low() / unit).isCloseTo(interval.low(), within(tolerance));
    assertThat(smallInterval.high() / unit).isCloseTo(interval.high(), within(tolerance));
  }

  private static NullCalibration.Calibrated one(Measure measure, List<Representation> models) {
    return NullCalibration.of(
        measure, models.get(0), models.get(1), 99, 0.95, new Seeds(1), Progress.NONE);
  }

  private static CalibratedMatrix matrix(Measure measure, List<Representation> models) {
    return NullCalibration.ofMatrix(measure, models, 99, 0.95, new Seeds(1), Run.quiet());
  }

  private static Interval interval(Measure measure, List<Representation> models) {
    return Bootstrap.overStimuli(
        measure, models.get(0), models.get(1), 30, 0.95, new Seeds(1), Progress.NONE);
  }

  /** Two that are related, and one that is not. */
  private static List<Representation> models(double factor) {
    SplittableRandom random = new SplittableRandom(8);
    double[][][] values = new double[3][60][5];
    for (int i = 0; i < 60; i++) {
      for (int j = 0; j < 5; j++) {
        double shared = random.nextGaussian();
        values[0][i][j] = factor * (shared + 0.5 * random.nextGaussian());
        values[1][i][j] = factor * (shared + 0.5 * random.nextGaussian());
        values[2][i][j] = factor * random.nextGaussian();
      }
    }
    return List.of(
        Representation.of("x", values[0]),
        Representation.of("y", values[1]),
        Representation.of("z", values[2]));
  }
}
