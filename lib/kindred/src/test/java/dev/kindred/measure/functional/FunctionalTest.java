package dev.kindred.measure.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.measure.Measures;
import dev.kindred.representation.Representation;
import org.junit.jupiter.api.Test;

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
    Representation three = Representation.of("c", new double[][] {{1, 2, 3}, {1, 2, 3}, {1, 2, 3}});
    assertThatThrownBy(() -> Measures.parse("jensen-shannon").compare(ALWAYS_FIRST, three))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("2 classes");
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
}
