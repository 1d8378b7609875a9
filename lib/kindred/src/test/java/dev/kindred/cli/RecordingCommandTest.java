package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Network;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.recording.EpochGrid;
import dev.kindred.recording.ProbeImages;
import dev.kindred.recording.Recorder;
import dev.kindred.recording.Recording;
import dev.kindred.recording.RecordingSize;
import dev.kindred.recording.Sketch;
import dev.kindred.stimuli.ImageSet;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingCommandTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out), new PrintWriter(err, true));
  }

  @Test
  void tellsSizesSharesAndErrors(@TempDir Path folder) {
    ImageSet images = TestImages.bars(64, 8, 1, 2);
    Recorder recorder =
        new Recorder(
                folder,
                ProbeImages.balanced(images, 1, 32, new Seeds(4)),
                List.of("conv1", "logits"),
                EpochGrid.ALL,
                ElementType.FLOAT32)
            .withSketch(new Sketch(100, 0, 1));
    for (int epoch = 0; epoch < 3; epoch++) {
      try (Network network =
          Network.untrained(
              "net", PlainCnn.plain(2), Network.InputShape.of(images), 4, new Seeds(epoch))) {
        recorder.epoch(epoch, network);
      }
    }
    long planned =
        new RecordingSize(3, 2, 1, 32).sketched(new Sketch(100, 0, 1), ElementType.FLOAT32);
    assertThat(Recording.open(folder).bytes())
        .as("as planned: sketches, and all three epochs whole")
        .isBetween(planned, planned + 3 * 1000);
    assertThat(planned).isEqualTo(4 * (3 * 2 * 100 + 3 * 2 * 32 * 33 / 2));
    assertThat(run("recording", folder.toString())).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .contains("epochs\t3\t0 to 2", "layers\tconv1, logits", "stimuli\t32")
        .anyMatch(line -> line.matches("bytes of checkpoints\t\\d{4,}"))
        .anyMatch(line -> line.matches("share of the run's time, gram\t\\d+\\.\\d %"))
        .anyMatch(line -> line.matches("largest error of CKA, conv1\t0\\.\\d+\tbetween 3 epochs"));
  }

  /** What README says of paper 2's run. */
  @Test
  void plansWhatARunWillTake() {
    assertThat(run("recording", "--plan")).as(err.toString()).isZero();
    assertThat(out.toString().lines())
        .containsExactly(
            "whole, float32\t50429952000\t50.4 GB",
            "whole, float16\t25214976000\t25.2 GB",
            "sketch of 16384 numbers, float16\t868380672\t0.9 GB",
            "checkpoints, float32\t178754720000\t178.8 GB");
    assertThat(run("recording")).isEqualTo(Main.BAD_INPUT);
    assertThat(run("recording", "--plan", "--batch-size", "1")).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("found neither").contains("4 of 1").hasLineCount(2);
  }

  @Test
  void aFolderOfSomethingElseIsOneLine(@TempDir Path folder) {
    assertThat(run("recording", folder.toString())).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("holds no recording").hasLineCount(1);
  }
}
