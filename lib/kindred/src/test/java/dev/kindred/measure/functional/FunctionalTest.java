package dev.kindred.measure.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FunctionalTest {
  private static final Representation ALWAYS_FIRST =
      Representation.of("a", new double[][] {{2, 1}, {3, 1}, {4, 1}});
  private static final Representation SOMETIMES =
      Representation.of("b", new double[][] {{2, 1}, {0, 1}, {5, 5}});

  @Test
  void ofEqualLogitsTheFirstClassCounts() {
    assertThat(Measures.parse("disagreement").compare(ALWAYS_FIRST, SOMETIMES))
        .isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void kappaIsOneWhereChanceLeavesNoRoom() {
    assertThat(Measures.parse("cohen-kappa").compare(ALWAYS_FIRST, ALWAYS_FIRST)).isEqualTo(1);
    assertThat(new ErrorConsistency(new int[] {0, 0, 0}).compare(ALWAYS_FIRST, ALWAYS_FIRST))
        .isEqualTo(1);
  }

  @Test
  void errorsAreConsistentBeyondChanceOrNot() {
    // Both right on the first stimulus only: 1 of 3 right, expected agreement 1/9 + 4/9.
    int[] labels = {0, 1, 1};
    assertThat(new ErrorConsistency(labels).compare(ALWAYS_FIRST, ALWAYS_FIRST)).isEqualTo(1);
    // The other is right on two, wrong on one: agreement 2/3, expected 2/9 + 2/9.
    assertThat(new ErrorConsistency(labels).compare(ALWAYS_FIRST, SOMETIMES))
        .isCloseTo((2 / 3.0 - 4 / 9.0) / (5 / 9.0), within(1e-15));
    assertThat(new AccuracyGap(labels).compare(ALWAYS_FIRST, SOMETIMES))
        .isCloseTo(1 / 3.0, within(1e-15));
  }

  @Test
  void labelsGoWhereTheirStimuliGo() {
    int[] labels = {0, 1, 1};
    int[] order = {2, 0, 2};
    Representation x = ALWAYS_FIRST.select(order);
    Representation y = SOMETIMES.select(order);
    int[] moved = {1, 0, 1};
    for (Measure[] pair :
        new Measure[][] {
          {new AccuracyGap(labels), new AccuracyGap(moved)},
          {new ErrorConsistency(labels), new ErrorConsistency(moved)}
        }) {
      Measure selected = pair[0].select(order);
      assertThat(selected.compare(x, y)).isEqualTo(pair[1].compare(x, y));
      assertThat(selected.info().specification()).isEqualTo(pair[0].info().specification());
      assertThat(selected.prepare(x).bytes()).isEqualTo(3);
    }
    for (String name : new String[] {"accuracy-gap", "error-consistency"}) {
      Measure without = Measures.parse(name);
      assertThat(without.select(order)).isSameAs(without);
    }
  }

  @Test
  void certainAndOppositePredictionsAreOneBitApart() {
    Representation left = Representation.of("l", new double[][] {{2000, 0}, {2000, 0}});
    Representation right = Representation.of("r", new double[][] {{0, 2000}, {0, 2000}});
    assertThat(Measures.parse("jensen-shannon").compare(left, right)).isEqualTo(1);
    assertThat(Measures.parse("jensen-shannon").compare(left, left)).isZero();
  }

  @Test
  void labelsAreNeededAndMustFit() {
    assertThatThrownBy(() -> Measures.parse("accuracy-gap").prepare(ALWAYS_FIRST))
        .isInstanceOf(InputException.class)
        .hasMessage("accuracy-gap needs true classes; expected accuracy-gap[labels=FILE]");
    assertThatThrownBy(() -> new ErrorConsistency(new int[2]).prepare(ALWAYS_FIRST))
        .isInstanceOf(InputException.class)
        .hasMessage("a has 3 stimuli, there are 2 labels");
    assertThatThrownBy(() -> new AccuracyGap(new int[] {0, 1, 2}).prepare(ALWAYS_FIRST))
        .isInstanceOf(InputException.class)
        .hasMessage("label 2 at stimulus 2, but a has 2 classes; expected 0 to 1");
    assertThatThrownBy(() -> new AccuracyGap(new int[] {0, -1, 1}).prepare(ALWAYS_FIRST))
        .isInstanceOf(InputException.class)
        .hasMessage("label -1 at stimulus 1, but a has 2 classes; expected 0 to 1");
  }

  /** Every measure of the package, those that need labels with some. */
  static Stream<Measure> measures() throws IOException {
    Path labels = Files.createTempFile("labels", ".csv");
    Files.writeString(labels, "0\n1\n1\n");
    labels.toFile().deleteOnExit();
    List<Measure> measures = new ArrayList<>();
    for (CatalogueEntry entry : Measures.all()) {
      boolean labelled = entry.parameters().stream().anyMatch(p -> p.name().equals("labels"));
      Measure measure = Measures.parse(entry.name() + (labelled ? "[labels=" + labels + "]" : ""));
      if (measure.getClass().getPackage().equals(FunctionalTest.class.getPackage())) {
        measures.add(measure);
      }
    }
    assertThat(measures).hasSizeGreaterThanOrEqualTo(6);
    return measures.stream();
  }

  @ParameterizedTest
  @MethodSource("measures")
  void networksOfDifferentClassesAreRefused(Measure measure) {
    Representation three = Representation.of("c", new double[][] {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}});
    assertThatThrownBy(() -> measure.compare(ALWAYS_FIRST, three))
        .isInstanceOf(InputException.class)
        .hasMessage("a has 2 classes, c has 3: both need the same");
    assertThatThrownBy(() -> measure.compare(three, ALWAYS_FIRST))
        .isInstanceOf(InputException.class)
        .hasMessage("c has 3 classes, a has 2: both need the same");
  }

  @Test
  void inputsOnALineSpanNoPlane() {
    double[] x = {1, 2, 3};
    assertThatThrownBy(() -> Plane.through(x, new double[] {2, 4, 6}, new double[] {3, 6, 9}))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("one line");
    assertThatThrownBy(() -> Plane.through(x, x, new double[] {0, 1, 0}))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> Plane.through(x, new double[2], x))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("equal lengths");
  }

  @Test
  void planesPassThroughTheirInputs() {
    double[] x1 = {1, 0, 2, 5};
    double[] x2 = {0, 3, 1, 1};
    double[] x3 = {-1, 2, 2, 0};
    Plane plane = Plane.through(x1, x2, x3);
    double[][] inputs = {x1, x2, x3};
    double[] point = new double[4];
    for (int i = 0; i < 3; i++) {
      plane.point(plane.anchors()[i][0], plane.anchors()[i][1], point);
      assertThat(point).containsExactly(inputs[i], within(1e-14));
    }
  }

  @Test
  void regionsTouchAtCorners() {
    int[] diagonal = {
      1, 0, 0,
      0, 1, 0,
      2, 0, 1
    };
    // The diagonal is one region, the two corners of zeros meet across it, the 2 stands alone.
    assertThat(new DecisionRegions(3, 3, diagonal).fragmentation()).isEqualTo(3);
    assertThat(new DecisionRegions(3, 3, new int[9]).fragmentation()).isEqualTo(1);
    assertThat(new DecisionRegions(1, 4, new int[] {0, 1, 0, 1}).fragmentation()).isEqualTo(4);
    assertThatThrownBy(() -> new DecisionRegions(2, 2, new int[3]))
        .isInstanceOf(InputException.class);
  }

  @Test
  void regionsOfAnotherGridAreRefused() {
    DecisionRegions wide = new DecisionRegions(2, 3, new int[] {0, 1, 2, 0, 1, 2});
    DecisionRegions narrow = new DecisionRegions(3, 2, new int[] {0, 1, 2, 0, 1, 1});
    assertThatThrownBy(() -> wide.agreement(narrow))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 × 3 and 3 × 2");
    assertThatThrownBy(() -> DecisionRegions.agreement(new int[2], new int[3]))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> DecisionRegions.agreement(new int[0], new int[0]))
        .isInstanceOf(InputException.class);
    assertThat(DecisionRegions.agreement(wide.classes(), narrow.classes())).isEqualTo(5 / 6.0);
    assertThatThrownBy(() -> new DecisionRegions(0, 0, new int[0]))
        .isInstanceOf(InputException.class);
    assertThat(new DecisionRegions(1, 1, new int[1]).fragmentation()).isEqualTo(1);
  }

  @Test
  void labelsAreWholeNumbersInAColumnOrARow(@TempDir Path folder) {
    Representation logits = Representation.of("x", new double[][] {{2, 1}, {1, 2}, {1, 2}});
    double expected = new AccuracyGap(new int[] {0, 1, 1}).compare(logits, ALWAYS_FIRST);
    assertThat(expected).isNotZero();
    for (double[][] labels : new double[][][] {{{0}, {1}, {1}}, {{0, 1, 1}}}) {
      assertThat(Measures.parse(gap(folder, labels)).compare(logits, ALWAYS_FIRST))
          .isEqualTo(expected);
    }
    assertThatThrownBy(() -> Measures.parse(gap(folder, new double[][] {{0, 1}, {1, 0}})))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected one label a stimulus");
    for (double wrong : new double[] {0.5, -1, 1e10, Double.NaN}) {
      assertThatThrownBy(() -> Measures.parse(gap(folder, new double[][] {{0}, {wrong}, {0}})))
          .isInstanceOf(InputException.class)
          .hasMessageContaining("at stimulus 1");
    }
  }

  private static String gap(Path folder, double[][] labels) {
    Path file = folder.resolve("labels.npy");
    Representations.write(Representation.of("labels", labels), file);
    return "accuracy-gap[labels=" + file + "]";
  }

  @Test
  void logitsMustBeNumbers() {
    Representation broken = Representation.of("broken", new double[][] {{1, Double.NaN}, {0, 1}});
    for (String measure : new String[] {"disagreement", "cohen-kappa", "jensen-shannon"}) {
      assertThatThrownBy(() -> Measures.parse(measure).prepare(broken))
          .isInstanceOf(InputException.class);
    }
  }

  @Test
  void aGridCoversTheInputsAndAMarginAndItsPointsAreRoundedOnRequest() {
    Plane plane = Plane.through(new double[] {0, 0}, new double[] {2, 0}, new double[] {-1, 1.1});
    double[][] grid = plane.grid(3, 0.5);
    // First axis from −1 to 2, second from 0 to 1.1, each half as long again on both sides.
    assertThat(grid[0]).containsExactly(new double[] {-2.5, -0.55}, within(1e-15));
    assertThat(grid[4]).containsExactly(new double[] {0.5, 0.55}, within(1e-15));
    assertThat(grid[8]).containsExactly(new double[] {3.5, 1.65}, within(1e-15));
    assertThat(plane.grid(2, 0)).hasDimensions(4, 2);
    assertThatThrownBy(() -> plane.grid(1, 0.1)).isInstanceOf(InputException.class);
    float[] target = {7, 7, 7};
    plane.point(0.5, 1.1, target, 1);
    assertThat(target).containsExactly(7, 0.5f, 1.1f);
  }

  @Test
  void nearlyOnALineIsATriangleOnlyAboveRounding() {
    double[] x1 = {0, 0};
    double[] x2 = {1, 0};
    assertThat(Plane.through(x1, x2, new double[] {1e3, 1e-6}).secondAxis())
        .containsExactly(new double[] {0, 1}, within(1e-15));
    assertThatThrownBy(() -> Plane.through(x1, x2, new double[] {1e3, 1e-10}))
        .isInstanceOf(InputException.class);
  }
}
