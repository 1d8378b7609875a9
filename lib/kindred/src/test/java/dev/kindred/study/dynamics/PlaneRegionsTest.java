package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class PlaneRegionsTest {
  /** Two planes of four points: shares 3:1 and 2:2, 4:0 and 0:4. */
  @Test
  void chanceKeepsTheSharesOfTheClasses() {
    PlaneRegions regions =
        PlaneRegions.of(
            List.of(new int[] {0, 0, 1, 0, 0, 0, 0, 0}, new int[] {1, 0, 0, 1, 1, 1, 1, 1}), 2, 2);
    assertThat(regions.chance(0, 1)).isCloseTo((8.0 / 16 + 0) / 2, within(1e-12));
    assertThat(regions.chance(0, 0)).isCloseTo((10.0 / 16 + 1) / 2, within(1e-12));
    assertThat(regions.withStart()[1]).containsExactly(new double[] {0.25, 0}, within(1e-12));
    assertThat(new PlaneRegions(new int[1][0][2], new double[1][0]).chance(0, 0)).isNaN();
  }
}
