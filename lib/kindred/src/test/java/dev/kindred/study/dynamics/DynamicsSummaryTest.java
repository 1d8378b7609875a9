package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class DynamicsSummaryTest {
  private static final DynamicsFindings FINDINGS = new DynamicsFindings(99, new Seeds(1));

  @Test
  void aRunHasItsThresholdAndItsPeak() {
    DynamicsRun noisy =
        new PlantedRun(PlantedStudy.NOISY, 1).testError(PlantedRun.peak(0.1)).make();
    DynamicsRun brief = RunFileTest.run(PlantedStudy.CLEAN, List.of());
    Table table = DynamicsSummary.runs(List.of(noisy, brief), FINDINGS);
    assertThat(table.stringColumn(1).asList()).containsExactly("128", "3");
    assertThat(table.stringColumn(2).get(0)).matches("\\d+, 1\\d\\d, \\d+");
    assertThat(table.stringColumn(3).get(0)).startsWith("0.0").endsWith("]");
    assertThat(table.doubleColumn(4).get(0)).isEqualTo(0.01);
    assertThat(table.stringColumn(2).get(1)).isEqualTo("–");
    assertThat(table.doubleColumn(4).get(1)).isEqualTo(1);
  }

  @Test
  void aLayerHasItsTransitions() {
    double threshold = OctaveMap.octaves(PlantedRun.FIT);
    DynamicsRun run =
        new PlantedRun(PlantedStudy.NOISY, 2)
            .drift("block3", 0.3)
            .path("block3", PlantedRun.jump(threshold - 1.9, 1.2))
            .make();
    Table table = DynamicsSummary.layers(run, FINDINGS);
    assertThat(table.stringColumn(0).asList()).isEqualTo(run.declaration().layers());
    assertThat(table.stringColumn(1).get(3)).isNotEqualTo("none");
    assertThat(table.doubleColumn(3).get(3)).isCloseTo(-1.9, within(0.26));
    assertThat(table.stringColumn(1).get(1)).isEqualTo("none");
    assertThat(table.doubleColumn(3).isMissing(1)).isTrue();
    assertThat(table.doubleColumn(4).get(3)).isPositive();
    assertThat(table.doubleColumn(5).get(3)).isGreaterThan(0.5);
    DynamicsRun unprobed = RunFileTest.run(PlantedStudy.CLEAN, List.of());
    assertThat(DynamicsSummary.layers(unprobed, FINDINGS).doubleColumn(5).isMissing(0)).isTrue();
  }

  /** Planted diagonals are those of 8 images: shuffled, CKA is 1.5²/7 on average. */
  @Test
  void valuesStandBesideChanceAndBesideTheUnbiasedOnes() {
    DynamicsRun run =
        new PlantedRun(PlantedStudy.NOISY, 1)
            .drift("block1", 0.01)
            .drift("logits", 3)
            .jitter(0)
            .make();
    Table table = DynamicsSummary.besideChance(run);
    assertThat(table.stringColumn(0).asList()).isEqualTo(run.declaration().layers());
    assertThat(table.doubleColumn(1).get(1))
        .isEqualTo(run.layer("block1").similarity().get(0, PlantedRun.LAST));
    assertThat(table.doubleColumn(2).get(1)).isCloseTo(1.5 * 1.5 / 7, within(1e-12));
    assertThat(table.doubleColumn(3).get(1)).isGreaterThan(table.doubleColumn(2).get(1));
    assertThat(table.doubleColumn(4).get(1)).isZero();
    assertThat(table.doubleColumn(4).get(5)).isBetween(0.2, 1.0);
    // Planted unbiased values are the same.
    assertThat(table.doubleColumn(6).get(1)).isZero();
  }

  @Test
  void ratesHaveAnIntervalOverSeeds() {
    List<DynamicsRun> runs =
        PlantedStudy.runs(
            3, 1, run -> run.declared().labelNoise() > 0 ? run.drift("block4", 1.2) : run);
    RunSelection selected = RunSelection.of(runs);
    Table table = DynamicsSummary.rates(selected.noisy(), selected.clean());
    assertThat(table.rowCount()).isEqualTo(6);
    assertThat(table.doubleColumn(1).get(4)).isGreaterThan(table.doubleColumn(2).get(4));
    assertThat(table.stringColumn(4).get(4)).startsWith("[0.");
    assertThat(table.stringColumn(4).get(1)).contains("[-0.");
    Table one =
        DynamicsSummary.rates(selected.noisy().subList(0, 1), selected.clean().subList(0, 1));
    assertThat(one.stringColumn(4).asList()).containsOnly("unknown");
    assertThat(DynamicsSummary.rates(List.of(), selected.clean()).rowCount()).isZero();
  }
}
