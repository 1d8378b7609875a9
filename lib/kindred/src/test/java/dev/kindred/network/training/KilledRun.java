package dev.kindred.network.training;

import dev.kindred.base.Progress;
import dev.kindred.network.Network;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import java.nio.file.Path;

/** A training run in a process of its own, for {@link KillTest}. */
final class KilledRun {
  static final int EPOCHS = 10;

  private KilledRun() {}

  static Trainer trainer() {
    TrainingPlan plan =
        new TrainingPlan(
            "killed",
            PlainCnn.plain(4),
            new SelfSupervised.MoCo(
                Augmentation.CONTRASTIVE.withBlur(0.5).withFlip(false), 0.2, 0.9, 96, 16),
            new Optimizer.AdamW(3e-3, 0.01, 0.1),
            32,
            EPOCHS,
            3);
    return new Trainer(plan, TestImages.bars(128, 16, 3, 1)).threads(1).progress(Progress.NONE);
  }

  /** Trains with the checkpoint {@code args[0]}, saying every epoch, and writes the weights. */
  public static void main(String[] args) {
    try (Trainer trainer = trainer()) {
      trainer.checkpoint(Path.of(args[0]));
      trainer.onEpoch(
          (epoch, network) -> {
            System.out.println("epoch " + epoch);
            System.out.flush();
          });
      try (Network network = trainer.train()) {
        network.write(Path.of(args[1]));
      }
    }
  }
}
