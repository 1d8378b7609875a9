package dev.kindred.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.network.TestImages;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HardnessTest {
  /** Bars at any phase: a pixel by itself says little, yet a network tells them at a glance. */
  @Test
  void barsAreHardForPixelsAndEasyForANetwork(@TempDir Path folder) {
    TrainingData bars =
        new TrainingData.Given(TestImages.bars(512, 16, 1, 1), TestImages.bars(200, 16, 1, 2));
    List<Hardness> rows = Hardness.measure(List.of(bars), 3, Store.open(folder), 1, Progress.NONE);
    Hardness row = rows.get(0);
    assertThat(row.data()).isEqualTo("bars");
    assertThat(row.classes()).isEqualTo(4);
    // Of four classes: half from the pixels, nearly all from features, learnt or random.
    assertThat(row.pixels()).isBetween(0.4, 0.65);
    assertThat(row.untrained()).isGreaterThan(0.9);
    assertThat(row.network()).isGreaterThan(0.95);
    assertThat(Hardness.markdown(rows).lines().toList())
        .hasSize(3)
        .last()
        .asString()
        .matches("\\| bars \\| 4( \\| [01]\\.\\d\\d){3} \\|");
  }
}
