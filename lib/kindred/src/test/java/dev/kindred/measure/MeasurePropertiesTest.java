package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every measure of the catalogue states of itself, held against data: range, symmetry, the
 * value of a representation with itself, and every declared invariance. Driven by {@link
 * MeasureInfo}, so a new measure is covered by being catalogued. Nothing is left to chance: every
 * statement of every variant is held on every shape of data, and the data depend on nothing else.
 */
class MeasurePropertiesTest {
  private static final double TOLERANCE = 2e-6;

  /** Numbers of stimuli above the smallest that a measure allows. */
  private static final int[] STIMULI_ABOVE_MINIMUM = {0, 1, 5, 20};

  /** A file of class labels for each number of stimuli, for the measures that need one. */
  @TempDir static Path labelFolder;

  /** Data that measures meet. */
  enum Shape {
    NORMAL,
    MORE_UNITS_THAN_STIMULI,
    LOW_RANK,
    CONSTANT_COLUMN,
    DUPLICATE_COLUMNS,
    HEAVY_TAILS,
    LARGE_MEAN
  }

  /** A measure and two representations of the same stimuli. */
  record Case(String specification, Shape shape, int stimuliAboveMinimum) {
    Measure measure() {
      Measure measure = Measures.parse(specification);
      return needsLabels(Measures.entry(specification.replaceFirst("\\[.*", "")))
          ? Measures.parse(specification + "[labels=" + labels(stimuli(measure)) + "]")
          : measure;
    }

    private long seed() {
      return 1_000_003L * specification.hashCode() + 1009L * shape.ordinal() + stimuliAboveMinimum;
    }

    private int stimuli(Measure measure) {
      // Ill-defined, as it says, where the ranks of up to nine units each add up to n and more.
      int more = specification.equals("pwcca") ? 18 : 0;
      return measure.info().minimumStimuli() + stimuliAboveMinimum + more;
    }

    Representation x() {
      return data("x", new SplittableRandom(seed()));
    }

    Representation y() {
      return data("y", new SplittableRandom(seed() + 1));
    }

    private Representation data(String id, SplittableRandom random) {
      Measure measure = Measures.parse(specification);
      int n = stimuli(measure);
      boolean decides = measure.getClass().getPackageName().endsWith(".functional");
      // Logits have one column for each class, so measures of decisions need equal widths.
      int p = 4 + stimuliAboveMinimum % 3 + (decides ? 0 : random.nextInt(4));
      p = shape == Shape.MORE_UNITS_THAN_STIMULI ? Math.max(p, n + 3) : p;
      double[][] rows = new double[n][p];
      double[][] mixing = new double[2][p];
      for (double[] direction : mixing) {
        for (int j = 0; j < p; j++) {
          direction[j] = gaussian(random);
        }
      }
      for (int i = 0; i < n; i++) {
        double first = gaussian(random);
        double second = gaussian(random);
        for (int j = 0; j < p; j++) {
          rows[i][j] =
              switch (shape) {
                case LOW_RANK -> first * mixing[0][j] + second * mixing[1][j];
                case HEAVY_TAILS -> gaussian(random) / Math.max(0.05, Math.abs(gaussian(random)));
                case LARGE_MEAN -> 50 + gaussian(random);
                default -> gaussian(random);
              };
        }
        if (shape == Shape.CONSTANT_COLUMN) {
          rows[i][0] = 3.5;
        }
        if (shape == Shape.DUPLICATE_COLUMNS) {
          rows[i][1] = rows[i][0];
        }
      }
      return Representation.of(id, rows);
    }
  }

  /**
   * Every measure with its defaults, and with every other word of every parameter; not those that
   * read labels from a file.
   */
  static List<String> specifications() {
    List<String> specifications = new ArrayList<>();
    for (CatalogueEntry entry : Measures.all()) {
      if (needsLabels(entry)) {
        continue;
      }
      specifications.add(entry.name());
      for (Parameter parameter : entry.parameters()) {
        for (String word : parameter.words()) {
          String specification = entry.name() + "[" + parameter.name() + "=" + word + "]";
          try {
            if (Measures.parse(specification).info().specification().contains("[")) {
              specifications.add(specification);
            }
          } catch (InputException e) {
            // The word has a meaning only together with another parameter.
            continue;
          }
        }
      }
    }
    return specifications;
  }

  private static boolean needsLabels(CatalogueEntry entry) {
    return entry.parameters().stream().anyMatch(p -> p.name().equals("labels"));
  }

  /** A file of class labels of {@code n} stimuli. */
  private static Path labels(int n) {
    Path file = labelFolder.resolve(n + ".npy");
    if (!Files.exists(file)) {
      SplittableRandom random = new SplittableRandom(n);
      double[][] classes = new double[n][1];
      for (double[] row : classes) {
        row[0] = random.nextInt(4);
      }
      Representations.write(Representation.of("labels", classes), file);
    }
    return file;
  }

  /** As {@link #specifications}, and the measures that read labels from a file. */
  static Stream<String> variants() {
    return Stream.concat(
        specifications().stream(),
        Measures.all().stream()
            .filter(MeasurePropertiesTest::needsLabels)
            .map(CatalogueEntry::name));
  }

  static Stream<Arguments> declaredInvariances() {
    return variants()
        .flatMap(
            variant ->
                Measures.parse(variant).info().invariances().stream()
                    .sorted()
                    .map(invariance -> Arguments.of(variant, invariance)));
  }

  private static List<Case> cases(String variant) {
    List<Case> cases = new ArrayList<>();
    for (Shape shape : Shape.values()) {
      for (int stimuli : STIMULI_ABOVE_MINIMUM) {
        cases.add(new Case(variant, shape, stimuli));
      }
    }
    return cases;
  }

  @ParameterizedTest
  @MethodSource("variants")
  void valuesLieInTheDeclaredRangeAndPreparedFormsHaveThem(String variant) {
    Set<Double> values = new HashSet<>();
    for (Case drawn : cases(variant)) {
      Measure measure = drawn.measure();
      Double value = value(drawn, drawn.x(), drawn.y());
      if (value != null) {
        assertThat(value)
            .as(drawn.toString())
            .isFinite()
            .isBetween(measure.info().minimum() - TOLERANCE, measure.info().maximum() + TOLERANCE);
        values.add(value);
        assertSame(
            drawn, value, measure.compare(measure.prepare(drawn.x()), measure.prepare(drawn.y())));
      }
    }
    assertThat(values).as("values that differ").hasSizeGreaterThanOrEqualTo(3);
  }

  @ParameterizedTest
  @MethodSource("variants")
  void measuresAreSymmetricOrNotAsDeclared(String variant) {
    double largest = 0;
    for (Case drawn : cases(variant)) {
      Double there = value(drawn, drawn.x(), drawn.y());
      Double back = value(drawn, drawn.y(), drawn.x());
      if (Measures.parse(variant).info().symmetric()) {
        assertSame(drawn, there, back);
      } else if (there != null && back != null) {
        largest = Math.max(largest, Math.abs(there - back));
      }
    }
    assertThat(largest > TOLERANCE).isNotEqualTo(Measures.parse(variant).info().symmetric());
  }

  @ParameterizedTest
  @MethodSource("variants")
  void aRepresentationWithItselfHasTheDeclaredValue(String variant) {
    double self = Measures.parse(variant).info().self();
    for (Case drawn : cases(variant)) {
      Double value = value(drawn, drawn.x(), drawn.x());
      assertSame(drawn, value, value == null || Double.isNaN(self) ? value : Double.valueOf(self));
    }
  }

  @ParameterizedTest
  @MethodSource("declaredInvariances")
  void declaredInvariancesHold(String variant, Invariance invariance) {
    int compared = 0;
    for (Case drawn : cases(variant)) {
      Representation x = drawn.x();
      Representation y = drawn.y();
      if (variant.startsWith("pwcca") && x.units() + y.units() >= x.stimuli()) {
        // Several canonical correlations are 1 then, and its directions are arbitrary among them.
        continue;
      }
      Double plain = value(drawn, x, y);
      SplittableRandom random = new SplittableRandom(drawn.seed() + 2);
      assertSame(drawn, plain, value(drawn, transform(x, invariance, random), y));
      assertSame(drawn, plain, value(drawn, x, transform(y, invariance, random)));
      compared += plain == null ? 0 : 1;
    }
    assertThat(compared)
        .as("cases with a value")
        .isGreaterThanOrEqualTo(STIMULI_ABOVE_MINIMUM.length);
  }

  /** The value, or null where the measure says in an InputException that there is none. */
  private static Double value(Case drawn, Representation x, Representation y) {
    try {
      return drawn.measure().compare(x, y);
    } catch (InputException e) {
      assertThat(e.getMessage()).isNotBlank().doesNotContain("\n");
      // Plain data with stimuli to spare has a value in every measure, but where it must have fewer
      // stimuli than units.
      boolean defined = !drawn.specification().contains("neg-riemannian");
      assertThat(defined && drawn.shape() == Shape.NORMAL && drawn.stimuliAboveMinimum() >= 5)
          .as(drawn + ": " + e.getMessage())
          .isFalse();
      return null;
    }
  }

  private static void assertSame(Case drawn, Double a, Double b) {
    if (a == null || b == null) {
      assertThat(a).as(drawn + " is undefined in both or in none").isEqualTo(b);
      return;
    }
    assertThat(b).as(drawn.toString()).isCloseTo(a, within(TOLERANCE * Math.max(1, Math.abs(a))));
  }

  private static Representation transform(
      Representation x, Invariance invariance, SplittableRandom random) {
    int p = x.units();
    Matrix features = Features.matrix(x, 1);
    Matrix result =
        switch (invariance) {
          case ORTHOGONAL -> features.times(Qr.orthonormal(gaussian(p, p, random)));
          case ISOTROPIC_SCALING -> features.scale(3.7);
          case PERMUTATION -> features.selectColumns(order(p, random));
          case TRANSLATION -> translate(features, random);
          // Well conditioned, so that the rounding of nearly dependent columns stays small.
          case INVERTIBLE_LINEAR ->
              features.times(gaussian(p, p, random).scale(0.3 / Math.sqrt(p)).addToDiagonal(1));
        };
    return Representation.of(x.id(), result.toRows());
  }

  private static Matrix translate(Matrix features, SplittableRandom random) {
    for (int j = 0; j < features.columns(); j++) {
      double shift = 5 * gaussian(random);
      for (int i = 0; i < features.rows(); i++) {
        features.set(i, j, features.get(i, j) + shift);
      }
    }
    return features;
  }

  private static int[] order(int p, SplittableRandom random) {
    int[] order = new int[p];
    for (int i = 1; i < p; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }

  private static Matrix gaussian(int rows, int columns, SplittableRandom random) {
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = gaussian(random);
    }
    return Matrix.ofColumnMajor(rows, columns, values);
  }

  private static double gaussian(SplittableRandom random) {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
