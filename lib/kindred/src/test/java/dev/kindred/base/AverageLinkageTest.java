package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class AverageLinkageTest {
  @Test
  void joinsTheNearestFirstAtTheirAverageDistance() {
    // 1 and 2 are nearest; 0 joins them at (4 + 6) / 2; 3 joins all at (9 + 7 + 8) / 3.
    double[][] distances = {{0, 4, 6, 9}, {4, 0, 1, 7}, {6, 1, 0, 8}, {9, 7, 8, 0}};
    AverageLinkage tree = AverageLinkage.of(distances);

    assertThat(tree.order()).containsExactly(0, 1, 2, 3);
    assertThat(tree.branches())
        .containsExactly(
            new AverageLinkage.Branch(1, 2, 0, 0, 1),
            new AverageLinkage.Branch(0, 1.5, 0, 1, 5),
            new AverageLinkage.Branch(0.75, 3, 5, 0, 8));
  }

  @Test
  void leavesAreInTheOrderOfTheTree() {
    // Two pairs, interleaved.
    double[][] distances = {{0, 9, 1, 9}, {9, 0, 9, 2}, {1, 9, 0, 9}, {9, 2, 9, 0}};

    assertThat(AverageLinkage.of(distances).order()).containsExactly(0, 2, 1, 3);
  }

  @Test
  void oneThingIsATreeWithoutBranches() {
    assertThat(AverageLinkage.of(new double[][] {{0}}).order()).containsExactly(0);
    assertThat(AverageLinkage.of(new double[][] {{0}}).branches()).isEmpty();
  }

  @Test
  void missingDistancesAreRefused() {
    assertThatThrownBy(() -> AverageLinkage.of(new double[][] {{0, Double.NaN}, {1, 0}}))
        .isInstanceOf(InputException.class)
        .hasMessage("a tree needs a square matrix of finite distances");
  }
}
