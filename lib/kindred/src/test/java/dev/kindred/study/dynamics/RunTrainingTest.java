package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.CancelledException;
import dev.kindred.base.Profile;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.Trainer;
import dev.kindred.recording.Recording;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.study.dynamics.RunDeclaration.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunTrainingTest {
  private static final RunPlan PLAN = DynamicsDeclarations.plan(Profile.TEST);
  private static final RunDeclaration NOISY = DynamicsDeclarations.live(Profile.TEST, null).get(0);

  @TempDir Path folder;

  private DynamicsRun train(RunDeclaration declared, String store, Progress progress) {
    return RunTraining.all(List.of(declared), PLAN, Store.open(folder.resolve(store)), progress)
        .get(0);
  }

  @Test
  void aRunLeavesEverythingThatIsRead() {
    DynamicsRun run = train(NOISY, "store", Progress.NONE);
    assertThat(run.epochs()).isEqualTo(List.of(0, 1, 2, 3, 4, 5, 6));
    assertThat(run.probeEpochs()).isEqualTo(List.of(0, 1, 2, 3, 4, 6));
    assertThat(run.curve().points()).hasSize(7);
    assertThat(run.layers().stream().map(LayerDynamics::layer)).isEqualTo(NOISY.layers());
    for (LayerDynamics layer : run.layers()) {
      for (int i = 0; i < 7; i++) {
        assertThat(layer.similarity().values()[i][i]).isEqualTo(1);
        for (int j = 0; j < 7; j++) {
          assertThat(layer.similarity().values()[i][j])
              .isBetween(0.0, 1.0)
              .isEqualTo(layer.similarity().values()[j][i]);
          assertThat(layer.unbiased().values()[i][j])
              .as("bias makes alike")
              .isLessThan(layer.similarity().values()[i][j] + 0.05);
        }
      }
      assertThat(layer.probeErrors()).hasSize(6);
      for (double error : layer.probeErrors()) {
        assertThat(error).isBetween(0.0, 1.0);
      }
      assertThat(layer.regions().values()[0][0]).isEqualTo(1);
      for (int i = 0; i < 6; i++) {
        assertThat(mean(layer.planes().withStart()[i]))
            .isEqualTo(layer.regions().values()[0][i], within(1e-6));
        for (int[] plane : layer.planes().counts()[i]) {
          assertThat(Arrays.stream(plane).sum()).isEqualTo(64);
        }
      }
      assertThat(layer.diagonals().trace()).hasDimensions(7, 2);
      assertThat(run.plane().labels().get(layer.layer()))
          .hasDimensions(run.plane().epochs().size(), 64);
    }
    assertThat(run.layer("block1").similarity().get(0, 6)).isLessThan(0.99999);
    assertThat(run.plane().epochs()).hasSize(4).startsWith(0).endsWith(6);
    assertThat(run.otherInitialisations()).hasDimensions(1, 7);
    assertThat(run.otherInitialisations()[0][0]).isLessThan(0.99);
    assertThat(run.labels()).hasSize(40);
    assertThat(run.predicted()).hasDimensions(7, 40);
    // The compared images are among the test images, from whose predictions errors are counted.
    for (int i = 0; i < 7; i++) {
      double wrong = 0;
      for (int j = 0; j < 40; j++) {
        wrong += run.predicted()[i][j] == run.labels()[j] ? 0 : 1.0 / 40;
      }
      assertThat(wrong).isEqualTo(run.curve().points().get(i).testError(), within(0.25));
    }
  }

  @Test
  void aRunThatWasStoppedGoesOnToTheSameNumbers() throws IOException {
    train(NOISY, "whole", Progress.NONE);
    for (int stop = 1; stop <= 5; stop += 2) {
      int last = stop;
      Progress stopping =
          (label, total) ->
              new Progress.Task() {
                private long done;

                @Override
                public void advance(long units) {
                  done += units;
                  if (done >= last) {
                    throw new CancelledException("stopped at " + done);
                  }
                }
              };
      assertThatThrownBy(() -> train(NOISY, "stopped", stopping))
          .isInstanceOf(CancelledException.class);
    }
    train(NOISY, "stopped", Progress.NONE);
    assertThat(Files.readAllBytes(result("stopped")))
        .isEqualTo(Files.readAllBytes(result("whole")));
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  /** What is left of a finished run, beside the store's own. */
  private Path result(String store) throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve(store).resolve("results"))) {
      List<Path> left =
          files
              .filter(file -> !file.getFileName().toString().endsWith(".json"))
              .filter(Files::isRegularFile)
              .toList();
      assertThat(left.stream().map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("run.npz", "training.checkpoint", "planes.npz");
      return left.stream().filter(file -> file.endsWith("run.npz")).findFirst().orElseThrow();
    }
  }

  /** Stopped while the recording is removed, when maps can no longer be made of it. */
  @Test
  void aRunThatWasStoppedWhileItWasTidiedUpIsWhole() throws IOException {
    DynamicsRun whole = train(NOISY, "whole", Progress.NONE);
    Path done = result("whole").getParent();
    Path working = folder.resolve("stopped").resolve("working").resolve(done.getFileName());
    Files.createDirectories(working.resolve("recording"));
    for (String kept : List.of("run.npz", "training.checkpoint", "planes.npz")) {
      Files.copy(done.resolve(kept), working.resolve(kept));
    }
    Files.writeString(working.resolve("recording").resolve("epoch-000003.kindred"), "left over");
    DynamicsRun again = train(NOISY, "stopped", Progress.NONE);
    assertThat(Files.readAllBytes(result("stopped")))
        .isEqualTo(Files.readAllBytes(result("whole")));
    assertThat(again.predicted()).isEqualTo(whole.predicted());
  }

  /** The probes learn the labels that the network learns, and they hang on nothing else. */
  @Test
  void probesLearnTheWrongLabelsOfTheNetwork() {
    ImageSet train = RunTraining.data(NOISY).train();
    int[] learnt = RunTraining.learnt(NOISY, train);
    try (Trainer trainer = new Trainer(NOISY.plan(), train)) {
      trainer.threads(1).statisticsOf(NOISY.augmentation()).progress(Progress.NONE);
      try (Network network = trainer.train()) {
        int[] predicted =
            Classification.predict(network.represent(train, Network.LOGITS, Pooling.POOLED));
        assertThat(1 - accuracy(predicted, learnt))
            .isEqualTo(trainer.curve().last().orElseThrow().trainError(), within(1e-12));
      }
    }
    assertThat(accuracy(train.labels(), learnt)).isEqualTo(0.8, within(1e-12));
    DynamicsRun noisy = train(NOISY, "store", Progress.NONE);
    DynamicsRun clean = train(NOISY.withLabelNoise(0), "store", Progress.NONE);
    // at epoch 0 networks are the same, and planes are
    assertThat(noisy.layer("block4").planes().counts()[0])
        .isNotEqualTo(clean.layer("block4").planes().counts()[0]);
  }

  private static double accuracy(int[] labels, int[] wanted) {
    return Classification.accuracy(labels, wanted);
  }

  @Test
  void seedsAndNoiseMakeOtherRunsOfOneInitialisation() {
    DynamicsRun noisy = train(NOISY, "store", Progress.NONE);
    DynamicsRun clean = train(NOISY.withLabelNoise(0), "store", Progress.NONE);
    DynamicsRun other = train(NOISY.withSeed(2), "store", Progress.NONE);
    assertThat(clean.curve().points().get(0).testError())
        .isEqualTo(noisy.curve().points().get(0).testError(), within(1e-12));
    assertThat(clean.labels()).isEqualTo(noisy.labels());
    assertThat(other.labels()).as("the same images").isEqualTo(noisy.labels());
    assertThat(clean.layer("logits").similarity().get(0, 6))
        .isNotEqualTo(noisy.layer("logits").similarity().get(0, 6));
    assertThat(other.predicted()[0]).isNotEqualTo(noisy.predicted()[0]);
  }

  @Test
  void theRecordingOfTheFirstEpochsIsThatOfTheWholeRun() {
    Store store = Store.open(folder.resolve("store"));
    List<Integer> epochs = List.of(0, 1, 2, 3, 4);
    Recording first = RunTraining.recording(NOISY.withEpochs(4), PLAN, "block4", store);
    assertThat(first.layers()).isEqualTo(List.of("block4"));
    assertThat(first.epochs()).isEqualTo(epochs);
    assertThat(first.probeEpochs()).isEqualTo(epochs);
    LayerDynamics whole = train(NOISY, "store", Progress.NONE).layer("block4");
    Measure unbiased = Measures.parse("cka[estimator=unbiased]");
    for (int e : epochs) {
      assertThat(first.responses("block4", Moment.afterEpoch(e)).stimuli()).isEqualTo(40);
      assertThat(first.labels("block4", e)).hasSize(2 * 64);
      for (int other : epochs) {
        assertThat(first.similarity("block4").get(e, other))
            .isEqualTo(whole.similarity().get(e, other), within(1e-6));
        assertThat(first.regionSimilarity("block4").get(e, other))
            .isEqualTo(whole.regions().get(e, other), within(1e-6));
        assertThat(
                unbiased.compare(
                    first.responses("block4", Moment.afterEpoch(e)),
                    first.responses("block4", Moment.afterEpoch(other))))
            .isEqualTo(whole.unbiased().get(e, other), within(1e-6));
      }
    }
    assertThat(first.similarity("block4").get(0, 4)).isLessThan(0.999);
    assertThat(first.regionSimilarity("block4").get(0, 4)).isLessThan(1);
    assertThat(RunTraining.recording(NOISY.withEpochs(4), PLAN, "block4", store).seconds())
        .as("found again")
        .isEqualTo(first.seconds());
  }

  @Test
  void aTransformerIsRecordedBlockByBlock() {
    DynamicsRun run = train(NOISY.withNetwork(Kind.VIT, 16).withEpochs(2), "store", Progress.NONE);
    assertThat(run.layers()).hasSize(6);
    assertThat(run.epochs()).isEqualTo(List.of(0, 1, 2));
    assertThat(run.layer("block6").probeErrors()).hasSize(3);
  }
}
