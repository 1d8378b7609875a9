package dev.kindred.recording;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.network.Pooling;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.Trainer;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.List;

/**
 * Trains and records with all sinks in a process of its own, so that {@link RecorderKillTest} can
 * kill it.
 */
final class KilledRecorder {
  static final int EPOCHS = 60;
  static final List<String> LAYERS = List.of("conv1", "logits");
  static final EpochGrid PROBED = EpochGrid.every(5);
  private static final ImageSet IMAGES = TestImages.bars(256, 8, 1, 2);

  private KilledRecorder() {}

  /** Whole responses: at some epochs, and within one. */
  static boolean responses(Moment moment) {
    return moment.epoch() % 7 == 3 && moment.batch() <= 1;
  }

  static void record(Path folder) {
    Recorder recorder =
        new Recorder(
                folder,
                ProbeImages.balanced(IMAGES, 1, 200, new Seeds(4)),
                LAYERS,
                EpochGrid.ALL,
                ElementType.FLOAT32)
            .withSketch(new Sketch(1000, 0, 1))
            .withProbes(ProbePlan.random(PROBED, IMAGES, IMAGES, 2, 9, new Seeds(3)), 5)
            .withResponses(KilledRecorder::responses, Pooling.CENTRE_PIXEL);
    TrainingPlan plan =
        new TrainingPlan(
            "bars",
            PlainCnn.plain(2),
            new Supervised(0, Augmentation.NONE),
            new Optimizer.Adam(3e-3),
            64,
            EPOCHS - 1,
            11);
    try (Trainer trainer = new Trainer(plan, IMAGES)) {
      trainer
          .threads(1)
          .progress(Progress.NONE)
          .evaluateEvery(EPOCHS)
          .checkpoint(folder.resolveSibling(folder.getFileName() + ".checkpoint"))
          .onEpoch(recorder)
          .train()
          .close();
    }
  }

  public static void main(String[] arguments) {
    record(Path.of(arguments[0]));
  }
}
