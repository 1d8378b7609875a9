package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import org.junit.jupiter.api.Test;

class RelativeDepthTest {

  /** Seven stages at 0, 1/6 … 1, six at 0, 0.2 … 1: the middle one has two neighbours. */
  @Test
  void findsTheNearestAndTellsTies() {
    int[][] expected = {{0}, {1}, {2}, {2, 3}, {3}, {4}, {5}};
    for (int stage = 0; stage < 7; stage++) {
      assertThat(RelativeDepth.nearest(stage, 7, 6))
          .as("stage %d", stage)
          .isEqualTo(expected[stage]);
    }
    assertThat(RelativeDepth.nearest(2, 6, 7)).containsExactly(2);
    assertThat(RelativeDepth.nearest(1, 3, 11)).containsExactly(5);
    assertThat(RelativeDepth.nearest(3, 11, 11)).containsExactly(3);
  }

  @Test
  void oneStageHasNoDepth() {
    assertThatThrownBy(() -> RelativeDepth.nearest(0, 1, 6))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("at least 2 layers");
  }
}
