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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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

  /** Measures of repeated measurements and of nothing else. */
  private static final Set<String> OF_TRIALS =
      Set.of("stochastic-shape-gaussian", "stochastic-shape-energy");

  /** Words that change range, symmetry or invariances only together with others. */
  private static final List<String> TOGETHER =
      List.of(
          "rsa[rdm=sqeuclidean,compare=corr-cov]",
          "rsa[rdm=sqeuclidean,compare=bures]",
          "rsa[rdm=sqeuclidean,compare=bures-metric]",
          "rsa[rdm=euclidean,compare=bures-metric]",
          "rsa[rdm=sqeuclidean,compare=neg-riemannian]");

  /** Undefined for plain data: more stimuli than units, or units that have nothing in common. */
  private static final Pattern UNDEFINED_FOR_PLAIN_DATA =
      Pattern.compile("neg-riemannian|corrected-cka");

  /** Numbers of stimuli above the smallest that a measure allows. */
  private static final int[] STIMULI_ABOVE_MINIMUM = {0, 3, 20};

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
      int more = specification.startsWith("pwcca") ? 18 : 0;
      return measure.info().minimumStimuli() + stimuliAboveMinimum + more;
    }

    Representation x() {
      return data("x", new SplittableRandom(seed()));
    }

    Representation y() {
      return data("y", new SplittableRandom(seed() + 1));
    }

    int trials() {
      return trialsOf(specification);
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
      return Representation.of(id, trials() == 1 ? rows : repeated(rows, random));
    }

    /** Every trial is the response and noise of its own; a unit that is constant has none. */
    private double[][] repeated(double[][] rows, SplittableRandom random) {
      int p = rows[0].length;
      double[][] repeated = new double[rows.length][trials() * p];
      for (int i = 0; i < rows.length; i++) {
        for (int k = 0; k < repeated[i].length; k++) {
          boolean constant = shape == Shape.CONSTANT_COLUMN && k % p == 0;
          repeated[i][k] = rows[i][k % p] + (constant ? 0 : 0.5 * gaussian(random));
        }
      }
      return repeated;
    }
  }

  private static boolean ofTrials(String specification) {
    return Measures.entry(specification.replaceFirst("\\[.*", ""))
        .parameters()
        .contains(Trials.PARAMETER);
  }

  /** The trials of each stimulus that a measure expects side by side in a row. */
  static int trialsOf(String specification) {
    Matcher trials = Pattern.compile("trials=(\\d+)").matcher(specification);
    return ofTrials(specification) && trials.find() ? Integer.parseInt(trials.group(1)) : 1;
  }

  /**
   * Every measure with its defaults, and with every other word of every parameter; not those that
   * read labels from a file. Where repeated measurements are needed, there are four trials.
   */
  static List<String> specifications() {
    Set<String> specifications = new LinkedHashSet<>();
    for (CatalogueEntry entry : Measures.all()) {
      if (needsLabels(entry)) {
        continue;
      }
      if (!OF_TRIALS.contains(entry.name())) {
        specifications.add(entry.name());
        specifications.addAll(variants(entry, ""));
      }
      if (entry.parameters().contains(Trials.PARAMETER)) {
        specifications.addAll(variants(entry, ",trials=4"));
      }
    }
    specifications.addAll(TOGETHER);
    return List.copyOf(specifications);
  }

  /** The measure with every word of every parameter, and another parameter beside it. */
  private static List<String> variants(CatalogueEntry entry, String beside) {
    List<String> variants = new ArrayList<>();
    for (Parameter parameter : entry.parameters()) {
      for (String word : parameter.words()) {
        String specification = entry.name() + "[" + parameter.name() + "=" + word + beside + "]";
        try {
          String canonical = Measures.parse(specification).info().specification();
          if (canonical.contains("[") && canonical.contains(beside.replace(",", ""))) {
            variants.add(canonical);
          }
        } catch (InputException e) {
          // The word has a meaning only together with another parameter.
          continue;
        }
      }
    }
    return variants;
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
      assertSame(drawn, plain, value(drawn, transform(x, drawn.trials(), invariance, random), y));
      assertSame(drawn, plain, value(drawn, x, transform(y, drawn.trials(), invariance, random)));
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
      // Plain data with stimuli to spare has a value in every other measure.
      boolean defined = !UNDEFINED_FOR_PLAIN_DATA.matcher(drawn.specification()).find();
      assertThat(defined && drawn.shape() == Shape.NORMAL && drawn.stimuliAboveMinimum() > 4)
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

  /** Transforms the units, in every trial alike. */
  private static Representation transform(
      Representation x, int trials, Invariance invariance, SplittableRandom random) {
    int p = x.units() / trials;
    Matrix features = below(Features.matrix(x, 1), trials);
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
    return Representation.of(x.id(), beside(result, trials).toRows());
  }

  /** Trials that stand beside each other, below each other. */
  private static Matrix below(Matrix features, int trials) {
    int p = features.columns() / trials;
    double[][] rows = new double[trials * features.rows()][p];
    for (int i = 0; i < rows.length; i++) {
      System.arraycopy(features.row(i / trials), i % trials * p, rows[i], 0, p);
    }
    return Matrix.ofRows(rows);
  }

  private static Matrix beside(Matrix features, int trials) {
    int p = features.columns();
    double[][] rows = new double[features.rows() / trials][trials * p];
    for (int i = 0; i < features.rows(); i++) {
      System.arraycopy(features.row(i), 0, rows[i / trials], i % trials * p, p);
    }
    return Matrix.ofRows(rows);
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
