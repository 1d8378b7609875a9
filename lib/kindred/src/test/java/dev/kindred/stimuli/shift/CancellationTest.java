package dev.kindred.stimuli.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CancellationTest {
  @AfterEach
  void clear() {
    Thread.interrupted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"eidolon-3[level=8]", "power-equalisation[level=on]", "edge"})
  void anInterruptStopsGeneratingAndShifting(String spec) {
    ImageSet images = DataSets.generated("textures", 32, 4, 1);
    Thread.currentThread().interrupt();
    // two million images would take many minutes
    assertThatThrownBy(() -> DataSets.generated("objects", 32, 2_000_000, 1))
        .isInstanceOf(CancelledException.class);
    assertThatThrownBy(() -> Shifts.parse(spec).apply(images, 1))
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
