package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.recording.EpochGrid;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochMapTest {
  private static EpochMap map(List<Integer> epochs) {
    double[][] values = new double[epochs.size()][epochs.size()];
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        values[i][j] = epochs.get(i) * 1000 + epochs.get(j);
      }
    }
    return new EpochMap("map", epochs, values);
  }

  private static List<Integer> on(EpochGrid grid, int last) {
    return IntStream.rangeClosed(0, last).filter(grid::contains).boxed().toList();
  }

  @Test
  void gridsThatGrowThinnerHaveNoGaps() {
    for (int last : new int[] {1, 2, 7, 100, 1536}) {
      for (EpochGrid grid :
          List.of(
              EpochGrid.every(7),
              EpochGrid.every(10),
              EpochGrid.logarithmic(6),
              EpochGrid.logarithmic(12),
              EpochGrid.DYNAMICS)) {
        EpochMap map = map(on(grid, last));
        assertThat(map.gaps()).as(grid + " to " + last).isEmpty();
        assertThat(map.withGaps().epochs()).isEqualTo(map.epochs());
      }
    }
    assertThat(map(List.of(7)).gaps()).isEmpty();
  }

  @Test
  void whatIsMissingIsAGap() {
    EpochMap map = map(List.of(0, 1, 2, 5, 6, 7, 9, 10));
    assertThat(map.gaps()).containsExactly(new int[] {3, 4}, new int[] {8, 8});
    EpochMap drawn = map.withGaps();
    assertThat(drawn.epochs()).isEqualTo(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10));
    assertThat(drawn.get(3, 5)).isNaN();
    assertThat(drawn.get(5, 8)).isNaN();
    assertThat(drawn.get(5, 9)).isEqualTo(5009);
    assertThat(map(List.of(0, 10, 20, 60, 70)).gaps()).containsExactly(new int[] {30, 50});
    assertThat(map(List.of(0, 1, 2, 9)).gaps()).containsExactly(new int[] {3, 8});
  }
}
