package dev.kindred.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.Checksums;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final ImageSet TRAIN = TestImages.bars(256, 16, 1, 1);
  private static final ImageSet TEST = TestImages.bars(128, 16, 1, 2);

  private static TrainingPlan plan(int epochs, Optimizer optimizer) {
    return new TrainingPlan(
        "bars",
        PlainCnn.plain(4),
        new Supervised(0, Augmentation.CROP_FLIP.withFlip(false)),
        optimizer,
        32,
        epochs,
        11);
  }

  private static Trainer trainer(TrainingPlan plan) {
    return new Trainer(plan, TRAIN).testOn(TEST).threads(1).progress(Progress.NONE);
  }

  @Test
  void learnsWhatCanBeLearnt() {
    try (Trainer trainer = trainer(plan(10, new Optimizer.Adam(3e-3)));
        Network trained = trainer.train()) {
      LearningCurve curve = trainer.curve();
      assertThat(curve.points()).hasSize(11);
      assertThat(curve.points().get(0).testError()).isGreaterThan(0.4);
      assertThat(curve.last().orElseThrow().testError()).isLessThan(0.1);
      assertThat(trained.provenance().toString()).contains("PlainCnn").contains("seed=11");
    }
  }

  /** Before any step, too: not the mean 0 and variance 1 of a network that has seen nothing. */
  @Test
  void statisticsAreEstimatedAtTheStart() {
    TrainingPlan plan =
        new TrainingPlan(
            "bars",
            new PreActivationResNet(4, List.of(1, 1, 1, 1)),
            new Supervised(0, Augmentation.NONE),
            new Optimizer.Adam(1e-3),
            32,
            1,
            11);
    List<float[]> told = new ArrayList<>();
    try (Trainer trainer =
        trainer(plan).onEpoch((epoch, network) -> told.add(network.weights().bufferValues()))) {
      trainer.train().close();
      try (Network other =
          Network.untrained(
              "other", plan.architecture(), Network.InputShape.of(TRAIN), 2, new Seeds(5))) {
        float[] before = other.weights().bufferValues();
        trainer.estimateStatistics(other);
        assertThat(shareOfUsual(before)).isEqualTo(1);
        assertThat(shareOfUsual(other.weights().bufferValues())).isLessThan(0.1);
      }
    }
    assertThat(told).hasSize(2);
    assertThat(shareOfUsual(told.get(0))).isLessThan(0.1);
  }

  private static double shareOfUsual(float[] buffers) {
    int usual = 0;
    for (float value : buffers) {
      usual += value == 0 || value == 1 ? 1 : 0;
    }
    return (double) usual / buffers.length;
  }

  @Test
  void anInterruptedRunGoesOnToTheSameWeights() {
    float[] whole;
    try (Trainer trainer = trainer(plan(2, new Optimizer.Sgd(0.05, 0.9)));
        Network network = trainer.train()) {
      whole = network.weights().learntValues();
    }
    List<Integer> told = new ArrayList<>();
    try (Trainer trainer = trainer(plan(2, new Optimizer.Sgd(0.05, 0.9)))) {
      trainer.onEpoch((epoch, network) -> told.add(epoch));
      trainer.progress((label, total) -> new InterruptAfter(6));
      assertThatThrownBy(trainer::train).isInstanceOf(CancelledException.class);
      assertThat(Thread.interrupted()).isTrue();
      try (Network kept = trainer.network()) {
        assertThat(kept.weights().learntValues()).isNotEqualTo(whole);
      }
      trainer.progress(Progress.NONE);
      try (Network network = trainer.train()) {
        assertThat(network.weights().learntValues()).isEqualTo(whole);
      }
    }
    assertThat(told).containsExactly(0, 1, 2);
  }

  /** Interrupts its own thread in the middle of an epoch, as a notebook does. */
  private static final class InterruptAfter implements Progress.Task {
    private long left;

    InterruptAfter(long units) {
      left = units;
    }

    @Override
    public void advance(long units) {
      left -= units;
      if (left < 0) {
        Thread.currentThread().interrupt();
      }
      Progress.checkCancelled();
    }
  }

  @Test
  void aCheckpointOfAnotherRunIsRefusedAndADamagedOneIgnored(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("deep/run.checkpoint");
    float[] weights;
    try (Trainer trainer = trainer(plan(1, new Optimizer.Adam(1e-3))).checkpoint(file);
        Network network = trainer.train()) {
      weights = network.weights().learntValues();
    }
    try (Trainer other = trainer(plan(2, new Optimizer.Adam(1e-3))).checkpoint(file)) {
      assertThatThrownBy(other::train)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("belongs to another run");
    }
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);
    try (Trainer again = trainer(plan(1, new Optimizer.Adam(1e-3))).checkpoint(file);
        Network network = again.train()) {
      assertThat(network.weights().learntValues()).isEqualTo(weights);
    }
  }

  @Test
  void aCheckpointIsWrittenAsOftenAsAsked(@TempDir Path folder) {
    Path file = folder.resolve("run.checkpoint");
    List<String> found = new ArrayList<>();
    try (Trainer trainer =
        trainer(plan(4, new Optimizer.Adam(1e-3))).checkpoint(file).checkpointEvery(2)) {
      trainer.onEpoch((epoch, network) -> found.add(content(file)));
      trainer.train().close();
    }
    // Written after epochs 0 and 2.
    assertThat(found.get(0)).isEqualTo("nothing");
    assertThat(found.get(2)).isEqualTo(found.get(1));
    assertThat(found.get(3)).isNotEqualTo(found.get(2));
    assertThat(found.get(4)).isEqualTo(found.get(3));
  }

  private static String content(Path file) {
    try {
      return Files.exists(file) ? Checksums.sha256(file) : "nothing";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aDivergedRunSaysSo() {
    try (Trainer trainer = trainer(plan(3, new Optimizer.Sgd(1e20, 0)))) {
      assertThatThrownBy(trainer::train)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("a lower learning rate may help");
    }
  }
}
