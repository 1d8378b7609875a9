package dev.kindred.network;

import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.Trainer;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.stimuli.ImageSet;

/** Small classifiers that are trained within seconds, for a first look into networks. */
public final class SmallNetworks {
  private static final int WIDTH = 16;
  private static final int BATCH = 50;

  private SmallNetworks() {}

  /** A residual network of three blocks, named {@code residual}. */
  public static Network residual(ImageSet images, int epochs, long seed) {
    return train("residual", PreActivationResNet.small(WIDTH), images, epochs, seed);
  }

  /** A plain chain of convolutions, named {@code plain}. */
  public static Network plain(ImageSet images, int epochs, long seed) {
    return train("plain", PlainCnn.plain(WIDTH), images, epochs, seed);
  }

  private static Network train(
      String name, Architecture architecture, ImageSet images, int epochs, long seed) {
    TrainingPlan plan =
        new TrainingPlan(
            name,
            architecture,
            new Supervised(0, Augmentation.NONE),
            new Optimizer.AdamW(3e-3, 1e-2, 0.1),
            Math.min(BATCH, images.size()),
            epochs,
            seed);
    try (Trainer trainer = new Trainer(plan, images).evaluateEvery(Math.max(1, epochs))) {
      return trainer.train();
    }
  }
}
