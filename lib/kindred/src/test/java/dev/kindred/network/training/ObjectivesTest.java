package dev.kindred.network.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.network.Network;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ObjectivesTest {
  private static final ImageSet IMAGES = TestImages.bars(128, 16, 3, 1);
  private static final Architecture CNN = PlainCnn.plain(4);
  private static final Architecture VIT = new VisionTransformer(32, 2, 2, 4, false, true);
  private static final Augmentation VIEWS = Augmentation.CONTRASTIVE.withFlip(false);

  static Stream<Arguments> objectives() {
    return Stream.of(
        Arguments.of(new Supervised(0.1, Augmentation.CROP_FLIP), CNN),
        Arguments.of(new SelfSupervised.SimClr(VIEWS, 0.2, 32), CNN),
        Arguments.of(new SelfSupervised.VicReg(VIEWS, 32), CNN),
        Arguments.of(new SelfSupervised.MoCo(VIEWS, 0.2, 0.9, 80, 32), CNN),
        Arguments.of(new SelfSupervised.Byol(VIEWS, 0.9, 32), CNN),
        Arguments.of(new SelfSupervised.Dino(VIEWS, 0.9, 32, 16), CNN),
        Arguments.of(new SelfSupervised.Rotation(Augmentation.NONE), CNN),
        Arguments.of(new MaskedAutoencoding(0.75, 16, Augmentation.NONE), VIT),
        Arguments.of(new ImageText(Augmentation.NONE, 0.1, 32), CNN));
  }

  private static TrainingPlan plan(Objective objective, Architecture architecture, int epochs) {
    return new TrainingPlan(
        objective.name(),
        architecture,
        objective,
        new Optimizer.AdamW(3e-3, 0.01, 0.1),
        32,
        epochs,
        5);
  }

  @ParameterizedTest
  @MethodSource("objectives")
  void aRunTakenUpFromItsCheckpointEndsInTheSameWeights(
      Objective objective, Architecture architecture, @TempDir Path folder) {
    TrainingPlan plan = plan(objective, architecture, 3);
    float[] whole;
    try (Trainer trainer = new Trainer(plan, IMAGES).threads(1).progress(Progress.NONE);
        Network network = trainer.train()) {
      whole = network.weights().learntValues();
    }
    Path file = folder.resolve("run");
    try (Trainer stopped = new Trainer(plan, IMAGES).threads(1).progress(Progress.NONE)) {
      stopped.checkpoint(file);
      stopped.onEpoch(
          (epoch, network) -> {
            if (epoch == 2) {
              throw new CancelledException("as if killed before the second checkpoint");
            }
          });
      assertThatThrownBy(stopped::train).isInstanceOf(CancelledException.class);
    }
    try (Trainer again = new Trainer(plan, IMAGES).threads(1).progress(Progress.NONE)) {
      again.checkpoint(file);
      try (Network network = again.train()) {
        assertThat(network.weights().learntValues()).isEqualTo(whole);
        assertThat(again.curve().points()).hasSize(4);
      }
    }
  }

  /**
   * By how much the mean loss of the last three of twelve epochs is below that of the first, a
   * little less than is seen. Rotations are hard to learn from so few steps; in momentum contrast
   * the loss first rises, while the queue of negatives fills.
   */
  static Stream<Arguments> falls() {
    double[] falls = {0.2, 0.2, 0.2, 0.04, 0.5, 0.25, 0.015, 0.17, 0.3};
    List<Arguments> objectives = objectives().toList();
    return IntStream.range(0, falls.length)
        .mapToObj(
            i -> Arguments.of(objectives.get(i).get()[0], objectives.get(i).get()[1], falls[i]));
  }

  @ParameterizedTest
  @MethodSource("falls")
  void theLossFallsAndNothingPilesUp(Objective objective, Architecture architecture, double fall) {
    try (Trainer trainer = new Trainer(plan(objective, architecture, 12), IMAGES)) {
      int[] held = new int[2];
      trainer
          .threads(1)
          .progress(Progress.NONE)
          .onEpoch(
              (epoch, network) -> {
                if (epoch == 1) {
                  held[0] = trainer.heldTensors();
                } else if (epoch == 11) {
                  held[1] = trainer.heldTensors();
                }
              });
      trainer.train().close();
      assertThat(held[1]).isEqualTo(held[0]);
      double[] losses =
          trainer.curve().points().stream().mapToDouble(LearningCurve.Point::loss).toArray();
      assertThat((losses[10] + losses[11] + losses[12]) / 3).isLessThan((1 - fall) * losses[1]);
    }
  }

  @Test
  void saysWhatAnObjectiveNeeds() {
    assertThatThrownBy(
            () ->
                new Trainer(
                    plan(new MaskedAutoencoding(0.5, 16, Augmentation.NONE), CNN, 1), IMAGES))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("needs a vision transformer, found PlainCnn");
    ImageSet mute = IMAGES.select(new int[] {0, 1});
    assertThat(mute.caption(0)).isPresent();
    assertThatThrownBy(() -> new ImageText(Augmentation.NONE, 0.1, 20))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("multiple of 16");
  }
}
