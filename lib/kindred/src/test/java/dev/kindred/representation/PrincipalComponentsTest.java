package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PrincipalComponentsTest {
  /** Responses a·u + b·v + 7 along two orthogonal axes of four units; a varies more than b. */
  private static Representation plane() {
    double[] a = {3, -3, 3, -3, 0, 0};
    double[] b = {1, 1, -1, -1, 0, 0};
    double[][] rows = new double[6][4];
    for (int i = 0; i < 6; i++) {
      for (int j = 0; j < 4; j++) {
        rows[i][j] = 7 + 0.5 * (a[i] + (j < 2 ? b[i] : -b[i]));
      }
    }
    return Representation.of("plane", rows)
        .withStimulusIds(IntStream.range(0, 6).mapToObj(i -> "s" + i).toList());
  }

  @Test
  void theStrongestStaysAndMeansAreKept() {
    try (PrincipalComponents components = PrincipalComponents.of(plane())) {
      Representation one = components.keep(1);

      // Without b, all four units are the same.
      for (int j = 0; j < 4; j++) {
        assertThat(one.get(0, j)).isCloseTo(8.5, within(1e-12));
        assertThat(one.get(1, j)).isCloseTo(5.5, within(1e-12));
        assertThat(one.get(4, j)).isCloseTo(7, within(1e-12));
      }
      assertThat(one.id()).isEqualTo("plane");
      assertThat(one.stimulusIds()).isEqualTo(plane().stimulusIds());
      assertThat(one.provenance().toString()).contains("principal components", "kept=1");
    }
  }

  @Test
  void variancesAreSharesOfAll() {
    try (PrincipalComponents components = PrincipalComponents.of(plane())) {
      assertThat(components.varianceShares())
          .containsExactly(new double[] {0.9, 0.1, 0, 0}, within(1e-12));
    }
  }

  @Test
  void allComponentsAreTheResponsesAgainAndDeletingCountsFromTheWeakest() {
    SplittableRandom random = new SplittableRandom(3);
    double[][] rows = new double[5][9]; // more units than stimuli
    for (double[] row : rows) {
      for (int j = 0; j < 9; j++) {
        row[j] = random.nextGaussian() + j;
      }
    }
    Representation x = Representation.of("wide", rows);
    try (PrincipalComponents components = PrincipalComponents.of(x)) {
      assertThat(components.count()).isEqualTo(5);
      Representation whole = components.delete(0);
      Representation three = components.delete(2);
      Representation kept = components.keep(3);
      for (int i = 0; i < 5; i++) {
        assertThat(whole.row(i)).containsExactly(rows[i], within(1e-12));
        assertThat(three.row(i)).containsExactly(kept.row(i));
      }
      assertThat(three.row(0)).isNotEqualTo(whole.row(0));
    }
  }

  @Test
  void toKeepNoneOrTooManyIsRefused() {
    try (PrincipalComponents components = PrincipalComponents.of(plane())) {
      for (int wrong : List.of(0, 5)) {
        assertThatThrownBy(() -> components.keep(wrong))
            .isInstanceOf(InputException.class)
            .hasMessage("plane: expected 1 to 4 components to keep, found " + wrong);
      }
    }
  }
}
