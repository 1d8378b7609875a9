package dev.kindred.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.RepresentationSource;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.Encoder;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {
  private static final PlainCnn ARCHITECTURE = new PlainCnn(2, java.util.List.of(1, 1), 4, 1);
  private static final ImageSet IMAGES = TestImages.bars(128, 16, 1, 1);

  /** A network for another number of classes. */
  private static StoredNetwork start(Architecture architecture, long seed) {
    return new StoredNetwork(
        "start " + seed,
        Provenance.of("start", Map.of("seed", seed)),
        () ->
            Network.untrained(
                "start", architecture, Network.InputShape.of(IMAGES), 7, new Seeds(seed)));
  }

  private static Trainer trainer(StoredNetwork start, int epochs) {
    TrainingPlan plan =
        new TrainingPlan(
            "tuned",
            ARCHITECTURE,
            new FineTuning(new Supervised(0, Augmentation.NONE), start),
            new Optimizer.Adam(1e-2),
            32,
            epochs,
            3);
    return new Trainer(plan, IMAGES).progress(Progress.NONE).threads(1);
  }

  private static double[] features(RepresentationSource network) {
    return network.represent(IMAGES, Encoder.FEATURES, Pooling.POOLED).row(0);
  }

  /** The weights are the other network's, the batch statistics those of the new task's images. */
  @Test
  void beginsFromTheEncoderOfAnotherNetworkUnderANewClassifier() {
    StoredNetwork start = start(ARCHITECTURE, 5);
    try (Network before =
            Network.untrained(
                "start", ARCHITECTURE, Network.InputShape.of(IMAGES), 7, new Seeds(5));
        Trainer none = trainer(start, 0);
        Network untouched = none.train();
        Trainer some = trainer(start, 2);
        Network tuned = some.train()) {
      assertThat(features(untouched)).isNotEqualTo(features(before));
      none.estimateStatistics(before);
      assertThat(features(untouched)).isEqualTo(features(before));
      assertThat(untouched.classes()).isEqualTo(IMAGES.classNames().size()).isNotEqualTo(7);
      assertThat(features(tuned)).isNotEqualTo(features(before));
    }
  }

  /** Weights that were reached are not thrown back to those that training began from. */
  @Test
  void goesOnAfterAStopToTheSameWeights(@TempDir Path folder) {
    StoredNetwork start = start(ARCHITECTURE, 5);
    Path checkpoint = folder.resolve("checkpoint");
    try (Trainer stopped = trainer(start, 4)) {
      stopped
          .checkpoint(checkpoint)
          .onEpoch(
              (epoch, network) -> {
                if (epoch == 3) {
                  throw new CancelledException("stopped on request");
                }
              });
      assertThatThrownBy(stopped::train).isInstanceOf(CancelledException.class);
    }
    try (Trainer again = trainer(start, 4);
        Trainer whole = trainer(start, 4)) {
      again.checkpoint(checkpoint);
      try (Network resumed = again.train();
          Network expected = whole.train()) {
        assertThat(resumed.weights().learntValues()).isEqualTo(expected.weights().learntValues());
      }
    }
  }

  @Test
  void isNamedByWhatItBeginsFrom() {
    Supervised task = new Supervised(0, Augmentation.NONE);
    assertThat(new FineTuning(task, start(ARCHITECTURE, 5)).toString())
        .isEqualTo(new FineTuning(task, start(ARCHITECTURE, 5)).toString())
        .isNotEqualTo(new FineTuning(task, start(ARCHITECTURE, 6)).toString());
  }

  @Test
  void anotherArchitectureIsRefused() {
    try (Trainer trainer = trainer(start(PlainCnn.plain(2), 5), 1)) {
      assertThatThrownBy(trainer::train)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("tuned: expected to begin from a network of PlainCnn[width=2");
    }
  }
}
