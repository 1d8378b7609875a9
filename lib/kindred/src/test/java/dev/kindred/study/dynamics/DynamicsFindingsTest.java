package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class DynamicsFindingsTest {
  private static final String LAYER = "block2";
  private static final DynamicsFindings FINDINGS = new DynamicsFindings(99, new Seeds(1));

  /** A run with one transition, and another perfect-fitting threshold. */
  private static DynamicsRun run(double transition, int threshold) {
    return PlantedStudy.fitsAt(
        threshold,
        new PlantedRun(PlantedStudy.NOISY, 3)
            .drift(LAYER, 0.2)
            .path(LAYER, PlantedRun.jump(transition, 1.5))
            .make());
  }

  /**
   * A transition is never found in the last octave. Where the threshold lies there, the place
   * before it is the nearest that there can be, and no place of the last octave counts against it.
   */
  @Test
  void chanceIsOfPlacesWhereTransitionsCanBe() {
    DynamicsRun run = run(9.1, 700);
    SimilarityBlocks found = FINDINGS.blocks(run, run.layer(LAYER));
    assertThat(found.isSignificant()).isTrue();
    double[] shares = FINDINGS.fartherPlaces(run);
    assertThat(shares).hasSizeLessThanOrEqualTo(found.possible());
    assertThat(shares[0]).isGreaterThan(0.95);
    assertThat(Arrays.stream(shares).average().orElseThrow()).isBetween(0.499, 0.501);
  }

  @Test
  void withoutThresholdOrTransitionThereAreNoPlaces() {
    assertThat(FINDINGS.fartherPlaces(run(5, 1_000_000))).isEmpty();
    assertThat(FINDINGS.fartherPlaces(new PlantedRun(PlantedStudy.NOISY, 1).make())).isEmpty();
  }
}
