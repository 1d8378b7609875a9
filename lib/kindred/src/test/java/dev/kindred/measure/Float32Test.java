package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a measure states of float32 responses, held against float64 responses before rounding: the
 * error of rounding them and of the products in float32 together. Every measure of the catalogue,
 * with every word of its parameters, on every {@link ResponseCondition}.
 */
class Float32Test {
  private static final int CLASSES = 40;

  /** Where the figures of all measures and conditions are left. */
  private static final Path FIGURES = Path.of("target", "float32.tsv");

  private static final Queue<String> LINES = new ConcurrentLinkedQueue<>();

  static List<String> specifications() {
    List<String> specifications = new ArrayList<>(MeasurePropertiesTest.specifications());
    for (CatalogueEntry entry : Measures.all()) {
      if (entry.parameters().stream().anyMatch(p -> p.name().equals("labels"))) {
        specifications.add(entry.name() + "[labels=" + labels() + "]");
      }
    }
    specifications.addAll(
        List.of(
            "cka[kernel=rbf,sigma=0.4,rows=unit]",
            "cka[batch=100]",
            "rsa[rdm=euclidean,compare=pearson]",
            "rsa[rdm=euclidean,compare=kendall-tau-a]",
            "shape[alpha=0]",
            "shape[alpha=0.5]",
            "shape[alpha=0,score=euclidean]",
            "gulp[lambda=0]",
            "linear-predictivity[ridge=0]",
            "linear-predictivity[ridge=1]",
            "soft-matching[folds=4]"));
    return specifications.stream().distinct().toList();
  }

  /** A file with a class for every stimulus of any condition. */
  private static Path labels() {
    int most =
        Arrays.stream(ResponseCondition.values())
            .mapToInt(condition -> condition.responses("x").length)
            .max()
            .orElseThrow();
    try {
      Path file = Files.createTempFile("labels", ".txt");
      file.toFile().deleteOnExit();
      List<String> lines = new ArrayList<>();
      for (int i = 0; i < most; i++) {
        lines.add(String.valueOf(i % CLASSES));
      }
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Stream<Arguments> specificationsAndConditions() {
    return specifications().stream()
        .flatMap(
            specification ->
                Arrays.stream(ResponseCondition.values())
                    .map(condition -> arguments(specification, condition)));
  }

  @ParameterizedTest
  @MethodSource("specificationsAndConditions")
  void float32LosesNoMoreThanIsStatedAndNoLessWhereThatIsStated(
      String specification, ResponseCondition condition) {
    Measure measure = Measures.parse(specification);
    MeasureInfo info = measure.info();
    double[][] x = condition.responses("x");
    double[][] y = condition.responses("y");
    double expected;
    try {
      expected = measure.compare(Representation.of("x", x), Representation.of("y", y));
    } catch (InputException e) {
      assertThatThrownBy(() -> measure.compare(rounded("x", x), rounded("y", y)))
          .hasMessage(e.getMessage());
      return;
    }

    double found = measure.compare(rounded("x", x), rounded("y", y));

    double error = Math.abs(found - expected) / Math.max(1, Math.abs(expected));
    keep(specification, condition, x, y, expected, found, error);
    String figures =
        specification
            + " on "
            + condition
            + " responses: float64 "
            + expected
            + ", float32 "
            + found
            + ", float32Error "
            + info.float32Error()
            + ", float32Condition '"
            + info.float32Condition()
            + "'. ";
    if (!condition.isNamedBy(info.float32Condition())) {
      assertThat(error)
          .as(
              figures
                  + "Mend the measure, or state a larger float32Error (up to 1e-5), or name the"
                  + " condition '"
                  + condition.phrase()
                  + "' in float32Condition, if the value is ill-conditioned there by nature")
          .isLessThanOrEqualTo(info.float32Error());
    } else {
      assertThat(error)
          .as(figures + "The bound holds here: '" + condition.phrase() + "' need not be named")
          .isGreaterThan(info.float32Error());
    }
  }

  @ParameterizedTest
  @MethodSource("specifications")
  void boundsAreSmallAndConditionsAreTested(String specification) {
    MeasureInfo info = Measures.parse(specification).info();
    assertThat(info.float32Error()).isPositive().isLessThanOrEqualTo(1e-5);
    if (!info.float32Condition().isEmpty()) {
      assertThat(ResponseCondition.values())
          .as(
              specification
                  + ": float32Condition '"
                  + info.float32Condition()
                  + "' names no condition that is tested; take the words of one, or add one")
          .anyMatch(condition -> condition.isNamedBy(info.float32Condition()));
    }
  }

  private static void keep(
      String specification,
      ResponseCondition condition,
      double[][] x,
      double[][] y,
      double expected,
      double found,
      double error) {
    // What comes out where rounding errors are taken for directions.
    double ignored =
        Measures.parse(specification)
            .compare(
                rounded("x", x).withRounding(ElementType.FLOAT64),
                rounded("y", y).withRounding(ElementType.FLOAT64));
    LINES.add(
        String.join(
            "\t",
            specification.replaceAll("labels=[^,\\]]*", "labels=…"),
            condition.toString(),
            String.valueOf(expected),
            String.valueOf(ignored),
            String.valueOf(found),
            String.valueOf(error)));
  }

  @AfterAll
  static void leaveFigures() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of("measure\tresponses\tfloat64" + "\tfloat32, rounding ignored\tfloat32\terror"));
    lines.addAll(LINES);
    Files.createDirectories(FIGURES.getParent());
    Files.write(FIGURES, lines);
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
