package dev.kindred.network.zoo;

import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.TrainingPlan;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A zoo of two in a process of its own, so that {@link ZooKillTest} can kill it. */
final class KilledZoo {
  private static final int EPOCHS = 8;

  private KilledZoo() {}

  static List<ModelDeclaration> declarations() {
    TrainingData data =
        new TrainingData.Given(TestImages.bars(256, 16, 1, 1), TestImages.bars(64, 16, 1, 2));
    return Stream.of(1, 2)
        .map(
            seed ->
                new ModelDeclaration(
                    new TrainingPlan(
                        "network " + seed,
                        new PlainCnn(4, List.of(1, 1), 8, 1),
                        new Supervised(0.1, Augmentation.NONE.withShift(1)),
                        new Optimizer.AdamW(1e-2, 0.01, 0.1),
                        32,
                        EPOCHS,
                        seed),
                    data))
        .toList();
  }

  static void train(Path folder) {
    Zoo.train(declarations(), Store.open(folder), 2, Progress.NONE);
  }

  public static void main(String[] arguments) {
    train(Path.of(arguments[0]));
  }
}
