package dev.kindred.measure.functional;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Oracle;
import dev.kindred.measure.References;
import dev.kindred.measure.References.Reference;
import dev.kindred.representation.Representation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of public implementations for logits and planes. */
class FunctionalReferencesTest {

  static Stream<Reference> disagreement() {
    return References.of("disagreement");
  }

  @ParameterizedTest
  @MethodSource
  void disagreement(Reference reference) {
    requireValue(Measures.parse("disagreement"), reference);
  }

  static Stream<Reference> accuracyGap() {
    return References.of("absolute_accuracy_difference");
  }

  @ParameterizedTest
  @MethodSource
  void accuracyGap(Reference reference) {
    requireValue(new AccuracyGap(labels(reference)), reference);
  }

  static Stream<Reference> errorConsistency() {
    return References.of("error_consistency");
  }

  @ParameterizedTest
  @MethodSource
  void errorConsistency(Reference reference, @TempDir Path folder) {
    requireValue(new ErrorConsistency(labels(reference)), reference);
    Path file = Oracle.npy(reference.caseName() + "_labels", folder);
    requireValue(Measures.parse("error-consistency[labels=" + file + "]"), reference);
  }

  static Stream<Reference> cohenKappa() {
    return References.of("cohen_kappa");
  }

  @ParameterizedTest
  @MethodSource
  void cohenKappa(Reference reference) {
    requireValue(Measures.parse("cohen-kappa"), reference);
  }

  static Stream<Reference> jensenShannon() {
    return References.of("jsd").filter(r -> r.variant().contains("base-2 JS divergence"));
  }

  @ParameterizedTest
  @MethodSource
  void jensenShannon(Reference reference) {
    requireValue(Measures.parse("jensen-shannon"), reference);
  }

  static Stream<Reference> plane() {
    return References.of("plane");
  }

  @ParameterizedTest
  @MethodSource
  void plane(Reference reference) {
    Plane plane = planeOf(reference);
    if (reference.variant().startsWith("basis")) {
      requireClose(new double[][] {plane.firstAxis(), plane.secondAxis()}, reference.matrix());
    } else if (reference.variant().startsWith("coords")) {
      requireClose(plane.anchors(), reference.matrix());
    } else if (reference.variant().startsWith("grid")) {
      requireClose(plane.grid(resolution(reference), 0.1), reference.matrix());
    } else {
      assertThat(reference.variant()).startsWith("argmax class at each grid point");
      int[] expected = Arrays.stream(reference.list()).mapToInt(v -> (int) v).toArray();
      assertThat(regions(reference, 1, 2).classes()).isEqualTo(expected);
    }
  }

  static Stream<Reference> decisionRegionAgreement() {
    return References.of("decision_region_agreement");
  }

  @ParameterizedTest
  @MethodSource
  void decisionRegionAgreement(Reference reference) {
    DecisionRegions first = regions(reference, 1, 3);
    DecisionRegions second = regions(reference, 2, 3);
    assertThat(first.agreement(second)).isCloseTo(reference.value(), within(1e-12));
    Representation a = logits(reference, 1, 3);
    Representation b = logits(reference, 2, 3);
    assertThat(Measures.parse("decision-region-similarity").compare(a, b))
        .isCloseTo(reference.value(), within(1e-12));
  }

  static Stream<Reference> fragmentation() {
    return References.of("fragmentation");
  }

  @ParameterizedTest
  @MethodSource
  void fragmentation(Reference reference) {
    assertThat((double) regions(reference, 1, 2).fragmentation()).isEqualTo(reference.value());
  }

  private static void requireValue(Measure measure, Reference reference) {
    assertThat(measure.compare(reference.input(0), reference.input(1)))
        .isCloseTo(reference.value(), within(1e-8));
  }

  private static int[] labels(Reference reference) {
    return Arrays.stream(reference.vector(2)).mapToInt(v -> (int) v).toArray();
  }

  private static int resolution(Reference reference) {
    return reference.parameters().get("resolution").getAsInt();
  }

  private static Plane planeOf(Reference reference) {
    Representation images = reference.input(0);
    return Plane.through(images.row(0), images.row(1), images.row(2));
  }

  /** Classes of the two-layer network relu(x·W1)·W2 with the inputs of the given places. */
  private static DecisionRegions regions(Reference reference, int first, int second) {
    Representation logits = logits(reference, first, second);
    int[] classes = new int[logits.stimuli()];
    for (int i = 0; i < classes.length; i++) {
      classes[i] = Decisions.largest(logits.row(i));
    }
    int resolution = resolution(reference);
    return new DecisionRegions(resolution, resolution, classes);
  }

  private static Representation logits(Reference reference, int first, int second) {
    Plane plane = planeOf(reference);
    double[][] w1 = rows(reference.input(first));
    double[][] w2 = rows(reference.input(second));
    double[][] grid = plane.grid(resolution(reference), 0.1);
    double[][] logits = new double[grid.length][];
    double[] x = new double[w1.length];
    for (int i = 0; i < grid.length; i++) {
      plane.point(grid[i][0], grid[i][1], x);
      double[] hidden = times(x, w1);
      for (int j = 0; j < hidden.length; j++) {
        hidden[j] = Math.max(0, hidden[j]);
      }
      logits[i] = times(hidden, w2);
    }
    return Representation.of("net", logits);
  }

  private static double[] times(double[] x, double[][] w) {
    double[] y = new double[w[0].length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < y.length; j++) {
        y[j] += x[i] * w[i][j];
      }
    }
    return y;
  }

  private static double[][] rows(Representation x) {
    double[][] rows = new double[x.stimuli()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = x.row(i);
    }
    return rows;
  }

  private static void requireClose(double[][] found, double[][] expected) {
    assertThat(found).hasDimensions(expected.length, expected[0].length);
    for (int i = 0; i < expected.length; i++) {
      assertThat(found[i]).containsExactly(expected[i], within(1e-8));
    }
  }
}
