package dev.kindred.study.consistency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.PermutationTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LabelPermutationsTest {
  @Test
  void allArrangementsAreTriedWhereTheyCanBeCounted() {
    int[] labels = {1, 1, 0, 0, 0, 2};
    Set<String> seen = new HashSet<>();
    PermutationTest test =
        LabelPermutations.test(
            labels,
            new SplittableRandom(1),
            arranged -> {
              seen.add(Arrays.toString(arranged));
              return arranged[0] + arranged[1];
            });
    assertThat(LabelPermutations.arrangements(labels)).isEqualTo(60); // 6!/(2! 3! 1!)
    assertThat(seen).hasSize(60);
    assertThat(test.exact()).isTrue();
    assertThat(test.permuted()).hasSize(60);
    // Sums of 3 (1 and 2 in either order): 2 · 4!/(1! 3!) = 8; of 2 (1, 1 or 0, 2): 4 + 2 · 6 = 16.
    assertThat(test.greaterP()).isCloseTo(24.0 / 60, within(1e-12));
  }

  @Test
  void elseSomeAreDrawn() {
    int[] labels = new int[24];
    Arrays.fill(labels, 0, 12, 1);
    PermutationTest test =
        LabelPermutations.test(labels, new SplittableRandom(1), arranged -> arranged[0]);
    assertThat(test.exact()).isFalse();
    assertThat(test.greaterP()).isCloseTo(0.5, within(0.02));
    assertThat(labels).startsWith(1, 1, 1).endsWith(0, 0, 0);
  }
}
