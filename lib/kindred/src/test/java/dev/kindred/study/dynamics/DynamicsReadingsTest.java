package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import dev.kindred.study.dynamics.report.DynamicsReadings;
import java.util.List;
import org.junit.jupiter.api.Test;

class DynamicsReadingsTest {
  private static final DynamicsReadings READINGS =
      new DynamicsReadings(new DynamicsFindings(99, new Seeds(1)));

  private static final DynamicsRun RUN =
      new PlantedRun(PlantedStudy.NOISY, 1)
          .testError(PlantedRun.peak(0.1))
          .probeError("block4", PlantedRun.peak(0.1))
          .drift("block3", 0.3)
          .path("block3", PlantedRun.jump(5.1, 1.2))
          .make();

  private static final DynamicsRun FEW = RunFileTest.run(PlantedStudy.CLEAN, List.of());

  @Test
  void sentencesSayTheNumbers() {
    assertThat(READINGS.maps(RUN).here())
        .startsWith(
            "all training images are first right at epoch 128; the test error has a peak at")
        .contains("; transitions: block3 at epoch 3");
    assertThat(READINGS.regions(RUN).here())
        .contains("over pairs of epochs: stem 0.")
        .contains("first layer's regions with their start: ")
        .containsPattern("[+−]0\\.\\d\\d\\d from the good epochs to the threshold, and")
        .endsWith("from there to the end");
    assertThat(READINGS.probeErrors(RUN).here()).contains("block4 0.0");
    assertThat(READINGS.firstLayers(List.of(RUN, FEW)).here())
        .contains("resnet-10, width 16, adam, 20 % label noise: ")
        .contains("no label noise: ");
    assertThat(READINGS.besideChance(RUN).here())
        .contains("CKA of the first and the last would stay below 0.")
        .endsWith("logits 0.000");
    assertThat(READINGS.evolution(List.of(RUN), List.of(FEW)).here())
        .contains("block3 0.")
        .startsWith("change in an octave");
    assertThat(READINGS.initialisations(RUN).here()).contains("which is 2.");
  }

  @Test
  void whatIsUnknownIsSaid() {
    assertThat(READINGS.maps(FEW).here())
        .endsWith(
            "too few epochs tell of a double descent; no layer shows a transition beyond an even"
                + " drift");
    assertThat(READINGS.regions(FEW).here())
        .isEqualTo("there are too few epochs with probes to compare them with CKA");
    assertThat(READINGS.besideChance(FEW).here()).startsWith("there are too few images");
    assertThat(READINGS.evolution(List.of(RUN), List.of()).here()).contains("are needed");
    assertThat(READINGS.probeErrors(FEW).here()).isEqualTo("there are too few epochs with probes");
  }

  /** That a test finds nothing does not show that there is nothing. */
  @Test
  void whatIsNotSignificantIsNotDenied() {
    DynamicsRun even = new PlantedRun(PlantedStudy.CLEAN, 1).make();
    assertThat(READINGS.maps(even).here())
        .containsPattern("; no double descent of the test error is shown \\(p = 0\\.\\d\\d\\);")
        .endsWith("; no layer shows a transition beyond an even drift");
  }

  /** A curve may differ from a smooth one by more than chance and yet have no peak that is sure. */
  @Test
  void aPeakWhoseHeightMayBeNoneIsNotClaimed() {
    DynamicsRun uncertain =
        new PlantedRun(PlantedStudy.NOISY, 3)
            .testError(PlantedRun.peak(0.02))
            .errorNoise(0.02)
            .make();
    assertThat(READINGS.maps(uncertain).here())
        .containsPattern(
            "a double descent of the test error is not certain \\(height 0\\.\\d+ \\[−0\\.0");
  }
}
