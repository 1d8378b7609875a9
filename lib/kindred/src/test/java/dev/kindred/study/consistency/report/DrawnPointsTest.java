package dev.kindred.study.consistency.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.study.models.PairSet;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DrawnPointsTest {
  @Test
  void coincidentPointsStandSideBySide() {
    double[][] plane = {{0, 0}, {0, 0}, {0.001, 0}, {1, 1}};
    double[][] apart = ConsistencyFigures.apart(plane);
    assertThat(apart[0]).containsExactly(0, 0);
    assertThat(apart[3]).containsExactly(1, 1);
    for (int i = 0; i < 4; i++) {
      for (int j = 0; j < i; j++) {
        double distance = Math.hypot(apart[i][0] - apart[j][0], apart[i][1] - apart[j][1]);
        assertThat(distance).as(i + " and " + j).isGreaterThan(0.01);
      }
    }
  }

  @Test
  void thePapersPairsAreAllDrawnAndManyMoreByLot() {
    DrawnPairs paper = DrawnPairs.of(PairSet.all(64));
    assertThat(paper.of(new double[2016])).hasSize(2016);
    assertThat(paper.note()).isEmpty();
    double[] many = new double[13_041];
    Arrays.setAll(many, k -> k);
    DrawnPairs some = DrawnPairs.of(PairSet.all(162));
    assertThat(some.of(many)).hasSize(1200).doesNotHaveDuplicates().isSorted();
    assertThat(some.of(many)).isEqualTo(DrawnPairs.of(PairSet.all(162)).of(many));
    assertThat(some.note()).isEqualTo("; of 13,041 pairs, 1,200 are drawn, chosen by lot");
  }
}
