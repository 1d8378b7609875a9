package dev.kindred.study.dynamics;

import dev.kindred.base.Profile;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import java.nio.file.Path;
import java.util.List;

/** Trains a small run in a process of its own, which is killed meanwhile. */
final class KilledRun {
  static final RunDeclaration DECLARED =
      DynamicsDeclarations.live(Profile.TEST, null).get(0).withEpochs(24);

  private KilledRun() {}

  public static void main(String[] arguments) {
    train(Path.of(arguments[0]));
  }

  static DynamicsRun train(Path store) {
    return RunTraining.all(
            List.of(DECLARED),
            DynamicsDeclarations.plan(Profile.TEST),
            Store.open(store),
            Progress.NONE)
        .get(0);
  }
}
