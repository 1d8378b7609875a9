package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SimilarityBlocksTest {
  private static final String LAYER = "block2";

  private static EpochMap map(DoubleUnaryOperator path, double drift, long root) {
    return new PlantedRun(PlantedStudy.NOISY, root)
        .path(LAYER, path)
        .drift(LAYER, drift)
        .make()
        .layer(LAYER)
        .similarity();
  }

  private static SimilarityBlocks blocks(EpochMap map, long root) {
    return SimilarityBlocks.of(map, 99, new Seeds(root));
  }

  @Test
  void aTransitionIsFoundWhereItIs() {
    for (double at : List.of(3.1, 5.6, 8.2)) {
      SimilarityBlocks found = blocks(map(PlantedRun.jump(at, 1), 0.3, 1), 1);
      assertThat(found.p()).isLessThanOrEqualTo(0.02);
      assertThat(found.transitions()).hasSize(1);
      assertThat(OctaveMap.octaves(found.transitions().get(0))).isCloseTo(at, within(0.26));
    }
  }

  @Test
  void twoTransitionsAreFoundBoth() {
    SimilarityBlocks found = blocks(map(u -> u < 3.1 ? 0 : u < 6.6 ? 1.2 : 2.4, 0.3, 1), 1);
    assertThat(found.isSignificant()).isTrue();
    assertThat(found.transitions()).hasSize(2);
    assertThat(OctaveMap.octaves(found.transitions().get(0))).isCloseTo(3.1, within(0.26));
    assertThat(OctaveMap.octaves(found.transitions().get(1))).isCloseTo(6.6, within(0.26));
  }

  /** Moved by any number of places, transitions stay where they could have been found. */
  @Test
  void transitionsAreMovedToWhereTheyCanBeFound() {
    SimilarityBlocks two = blocks(map(u -> u < 3.1 ? 0 : u < 6.6 ? 1.2 : 2.4, 0.3, 1), 1);
    // Ten octaves of four places: a block begins at the fourth to the 37th of 41.
    assertThat(two.places()).isEqualTo(41);
    assertThat(two.possible()).isEqualTo(34);
    assertThat(two.moved(0)).hasValue(two.transitions());
    assertThat(two.moved(two.possible())).hasValue(two.transitions());
    java.util.Set<List<Double>> all = new java.util.HashSet<>();
    int impossible = 0;
    for (int by = 0; by < two.possible(); by++) {
      if (two.moved(by).isEmpty()) {
        impossible++;
        continue;
      }
      List<Double> moved = two.moved(by).orElseThrow();
      assertThat(moved).hasSize(2);
      assertThat(OctaveMap.octaves(moved.get(0))).isGreaterThanOrEqualTo(3.5 / 4);
      assertThat(OctaveMap.octaves(moved.get(1))).isLessThanOrEqualTo(36.5 / 4);
      assertThat(OctaveMap.octaves(moved.get(1)) - OctaveMap.octaves(moved.get(0)))
          .isGreaterThanOrEqualTo(1 - 1e-9);
      all.add(moved);
    }
    assertThat(all).hasSize(two.possible() - impossible);
    // 14 places lie between them, 20 round the ends: neither becomes less than an octave.
    assertThat(impossible).isZero();
    SimilarityBlocks near =
        new SimilarityBlocks(
            List.of(OctaveMap.epoch(3.5), OctaveMap.epoch(35.5)), two.test(), two.places());
    assertThat(near.moved(1)).isPresent();
    assertThat(near.moved(2)).isEmpty();
  }

  /** An even drift is cut somewhere, too, but no more than by chance. */
  @Test
  void evenDriftHasNoTransitions() {
    int significant = 0;
    int maps = 0;
    for (double drift : List.of(0.2, 0.6, 1.2)) {
      for (int root = 0; root < 20; root++) {
        significant += blocks(map(u -> 0, drift, root), root).isSignificant() ? 1 : 0;
        maps++;
      }
    }
    // P(more than 7 of 60 at rate 0.05) is 0.01.
    assertThat(significant).as("of " + maps).isLessThanOrEqualTo(7);
    // A straight line at one speed is a drift, too.
    assertThat(blocks(map(u -> 0.15 * u, 0.3, 3), 3).isSignificant()).isFalse();
  }

  @Test
  void gapsAreNoTransitions() {
    EpochMap whole = map(u -> 0, 0.4, 5);
    List<Integer> kept =
        IntStream.range(0, whole.epochs().size())
            .boxed()
            .filter(i -> whole.epochs().get(i) < 40 || whole.epochs().get(i) > 160)
            .toList();
    double[][] values = new double[kept.size()][kept.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        values[i][j] = whole.values()[kept.get(i)][kept.get(j)];
      }
    }
    EpochMap gap = new EpochMap("CKA", kept.stream().map(whole.epochs()::get).toList(), values);
    assertThat(blocks(gap, 5).isSignificant()).isFalse();
    assertThat(OctaveMap.of(gap).size()).isEqualTo(OctaveMap.of(whole).size());
  }

  /** Between five epochs of ten octaves anything may have happened. */
  @Test
  void tooFewEpochsHaveNone() {
    List<Integer> epochs = List.of(0, 1, 4, 60, 1000);
    double[][] values = new double[5][5];
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        values[i][j] = i == j ? 1 : i < 3 == j < 3 ? 0.9 : 0.1;
      }
    }
    assertThat(blocks(new EpochMap("CKA", epochs, values), 1).transitions()).isEmpty();
  }

  @Test
  void tooShortARunHasNone() {
    SimilarityBlocks found =
        SimilarityBlocks.of(
            new EpochMap("CKA", List.of(0, 1, 2), new double[][] {{1, 1, 1}, {1, 1, 1}, {1, 1, 1}}),
            99,
            new Seeds(1));
    assertThat(found.transitions()).isEmpty();
    assertThat(found.p()).isEqualTo(1);
    // Nor has one that never changes.
    int n = 257;
    double[][] ones = new double[n][n];
    for (double[] row : ones) {
      java.util.Arrays.fill(row, 1);
    }
    List<Integer> epochs = IntStream.range(0, n).boxed().toList();
    assertThat(blocks(new EpochMap("CKA", epochs, ones), 1).isSignificant()).isFalse();
  }
}
