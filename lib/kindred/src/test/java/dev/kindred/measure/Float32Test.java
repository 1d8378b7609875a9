package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.representation.Representation;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a measure states of float32 responses, held against float64 responses before rounding: the
 * error of rounding them and of the products in float32 together.
 */
class Float32Test {
  private static final double[][] X = responses("x", 300, 40);
  private static final double[][] Y = responses("y", 300, 40);

  static Stream<String> specifications() {
    return Stream.concat(
        MeasurePropertiesTest.specifications().stream(),
        Stream.of(
            "cka[kernel=rbf,sigma=0.4,rows=unit]",
            "cka[batch=100]",
            "shape[alpha=0.5]",
            "gulp[lambda=0]",
            "linear-predictivity[ridge=1]",
            "soft-matching[folds=4]"));
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void float32LosesNoMoreThanIsStated(String specification) {
    Measure measure = Measures.parse(specification);
    // Gram matrices of fewer stimuli than units are well-conditioned, and others not even definite.
    boolean wide = specification.contains("neg-riemannian");
    boolean related = specification.startsWith("corrected-cka");
    double[][] x = wide ? responses("x", 20, 80) : related ? relatedUnits(X) : X;
    double[][] y = wide ? responses("y", 20, 80) : related ? relatedUnits(Y) : Y;
    double expected = measure.compare(Representation.of("x", x), Representation.of("y", y));
    double stated = measure.info().float32Error() * Math.max(1, Math.abs(expected));

    double found = measure.compare(rounded("x", x), rounded("y", y));

    assertThat(measure.info().float32Error()).isLessThanOrEqualTo(1e-5);
    assertThat(found).isCloseTo(expected, within(stated));
  }

  /** Large enough for {@link AllPairs} to multiply in float32, and a mean to lose digits to. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cka",
        "cka[estimator=biased]",
        "cka[kernel=rbf]",
        "cka[kernel=rbf,sigma=0.4,rows=unit]",
        "distance-correlation",
        "hsic",
        "hsic[estimator=biased]",
        "cka-prime",
        "rsa",
        "rsa[compare=pearson]",
        "rsa[rdm=euclidean,compare=cosine]"
      })
  void productsInFloat32LoseNoMoreThanIsStated(String specification) {
    Measure measure = Measures.parse(specification);
    float mean = specification.contains("unit") || specification.startsWith("rsa[") ? 0 : 100;
    Representation x = rounded("x", responses("x", 1600, 420), mean);
    Representation y = rounded("y", responses("y", 1600, 420), mean);

    double inFloat64 = matrix(measure, float64(x), float64(y));
    double inFloat32 = matrix(measure, x, y);

    assertThat(inFloat32).isNotEqualTo(inFloat64);
    assertThat(inFloat32).isCloseTo(inFloat64, within(measure.info().float32Error()));
  }

  private static double matrix(Measure measure, Representation x, Representation y) {
    return new AllPairs(measure).progress(Progress.NONE).matrix(List.of(x, y)).get(0, 1);
  }

  private static Representation rounded(String id, double[][] responses) {
    return rounded(id, responses, 0);
  }

  private static Representation rounded(String id, double[][] responses, float mean) {
    int n = responses.length;
    int p = responses[0].length;
    float[] values = new float[n * p];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) responses[i / p][i % p] + mean;
    }
    return Representation.of(id, n, p, values);
  }

  /** The same numbers. */
  private static Representation float64(Representation x) {
    double[][] rows = new double[x.stimuli()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = x.row(i);
    }
    return Representation.of(x.id(), rows);
  }

  /** The same with a part that units have in common. */
  private static double[][] relatedUnits(double[][] responses) {
    double[][] related = new double[responses.length][responses[0].length];
    for (int i = 0; i < related.length; i++) {
      for (int j = 0; j < related[i].length; j++) {
        related[i][j] = responses[i][j] + responses[i][j % 3];
      }
    }
    return related;
  }

  /** Independent units of equal size about a small mean, half of each shared by all models. */
  private static double[][] responses(String id, int n, int p) {
    SplittableRandom shared = new Seeds(11).stream("shared");
    SplittableRandom own = new Seeds(11).stream(id);
    double[][] rows = new double[n][p];
    for (double[] row : rows) {
      for (int j = 0; j < p; j++) {
        row[j] = 0.3 + shared.nextDouble(-1, 1) + own.nextDouble(-1, 1);
      }
    }
    return rows;
  }
}
