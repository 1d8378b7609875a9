package dev.kindred.recording;

import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.List;

/**
 * Records epoch after epoch in a process of its own, so that {@link RecorderKillTest} can kill it.
 */
final class KilledRecorder {
  static final int EPOCHS = 200;
  static final List<String> TAPS = List.of("conv1", "logits");
  private static final ImageSet IMAGES = TestImages.bars(256, 8, 1, 2);

  private KilledRecorder() {}

  static void record(Path folder) {
    Recorder recorder =
        new Recorder(
                folder,
                ProbeImages.balanced(IMAGES, 1, 200, new Seeds(4)),
                TAPS,
                EpochGrid.ALL,
                StoredPrecision.FLOAT32)
            .withSketch(new Sketch(1000, 0, 1));
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      if (recorder.wants(epoch)) {
        try (Network network =
            Network.untrained(
                "net", PlainCnn.plain(2), Network.InputShape.of(IMAGES), 4, new Seeds(epoch))) {
          recorder.epoch(epoch, network);
        }
      }
    }
  }

  public static void main(String[] arguments) {
    record(Path.of(arguments[0]));
  }
}
