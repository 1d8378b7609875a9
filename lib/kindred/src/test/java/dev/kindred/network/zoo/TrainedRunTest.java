package dev.kindred.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.RepresentationSource;
import dev.kindred.network.ResponseGrid;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.Trainer;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Networks at moments of their training, and the grid of their responses. */
class TrainedRunTest {
  private static final List<Moment> MOMENTS =
      List.of(
          Moment.afterEpoch(0), Moment.afterBatches(3), Moment.afterEpoch(1), Moment.afterEpoch(6));
  private static final ImageSet IMAGES = TestImages.bars(20, 16, 1, 9);

  private static ModelDeclaration declaration(String name, long seed) {
    return new ModelDeclaration(
        new TrainingPlan(
            name,
            new PlainCnn(2, List.of(1, 1), 4, 1),
            new Supervised(0, Augmentation.NONE),
            new Optimizer.Adam(1e-2),
            32,
            6,
            seed),
        new TrainingData.Given(TestImages.bars(256, 16, 1, 1), TestImages.bars(128, 16, 1, 2)));
  }

  private static List<TrainedRun> train(Store store) {
    return TrainedRun.train(
        List.of(declaration("a", 1), declaration("b", 2)), MOMENTS, store, Progress.NONE);
  }

  /** Equal provenances would mean equal numbers to whatever is kept in a store. */
  @Test
  void everyLayerHasAProvenanceOfItsOwn(@TempDir Path folder) {
    Store store = Store.open(folder);
    StoredNetwork network = train(store).get(0).at(Moment.afterEpoch(1));
    Map<String, Representation> layers =
        new ResponseGrid(store).responses(network, List.of(), IMAGES, Pooling.POOLED);

    assertThat(layers).hasSize(4);
    assertThat(layers.values().stream().map(Representation::provenance))
        .doesNotHaveDuplicates()
        .allMatch(provenance -> provenance.toString().contains(IMAGES.provenance().toString()));
  }

  @Test
  void networksAreKeptAtTheirMoments(@TempDir Path folder) {
    Store store = Store.open(folder);
    TrainedRun run = train(store).get(0);

    assertThat(run.moments()).containsExactlyElementsOf(MOMENTS);
    assertThat(run.curve().points()).hasSize(7);
    assertThat(run.accuracy(Moment.afterEpoch(6)))
        .isGreaterThan(run.accuracy(Moment.afterEpoch(0)) + 0.3);
    assertThat(run.accuracy(Moment.afterEpoch(6)))
        .isEqualTo(1 - run.curve().last().orElseThrow().testError());
    ResponseGrid grid = new ResponseGrid(store);
    assertThat(row(grid, run, Moment.afterBatches(3)))
        .isEqualTo(afterThreeBatches())
        .isNotEqualTo(row(grid, run, Moment.afterEpoch(0)));
    assertThat(run.at(Moment.afterBatches(3)).name()).isEqualTo("a@epoch 0, batch 3");
    assertThatThrownBy(() -> run.at(Moment.afterEpoch(2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "a: epoch 2 was not kept; expected one of [epoch 0, epoch 0, batch 3");
  }

  @Test
  void noMomentIsBeyondTheLastBatchOfAnEpoch(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                TrainedRun.train(
                    List.of(declaration("a", 1)),
                    List.of(Moment.afterBatches(3), Moment.afterBatches(8)),
                    Store.open(folder),
                    Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "a: expected moments before the end of an epoch, which has 8 batches, found epoch 0,"
                + " batch 8");
  }

  private static double[] row(ResponseGrid grid, TrainedRun run, Moment moment) {
    return grid.responses(run.at(moment), List.of("logits"), IMAGES, Pooling.POOLED)
        .get("logits")
        .row(0);
  }

  /** The same run, stopped after its third batch. */
  private static double[] afterThreeBatches() {
    ModelDeclaration declaration = declaration("a", 1);
    AtomicInteger batches = new AtomicInteger();
    try (Torch.Scope alone = Torch.threads(1);
        Trainer trainer = new Trainer(declaration.plan(), declaration.data().train())) {
      trainer
          .threads(1)
          .progress(
              (label, total) ->
                  new Progress.Task() {
                    @Override
                    public void advance(long units) {
                      if (batches.addAndGet((int) units) == 3) {
                        throw new CancelledException("stopped on request");
                      }
                    }
                  });
      assertThatThrownBy(trainer::train).isInstanceOf(CancelledException.class);
      try (Network network = trainer.network()) {
        return network.represent(IMAGES, "logits", Pooling.POOLED).row(0);
      }
    }
  }

  @Test
  void aRunThatWasStoppedEndsInTheSameNetworks(@TempDir Path folder) {
    Store whole = Store.open(folder.resolve("whole"));
    Store stopped = Store.open(folder.resolve("stopped"));
    AtomicInteger advanced = new AtomicInteger();
    Progress stopping =
        (label, total) ->
            new Progress.Task() {
              @Override
              public void advance(long units) {
                if (units > 0 && advanced.addAndGet((int) units) > 5) {
                  throw new CancelledException("stopped on request");
                }
              }
            };
    List<ModelDeclaration> runs = List.of(declaration("a", 1), declaration("b", 2));
    assertThatThrownBy(() -> TrainedRun.train(runs, MOMENTS, stopped, stopping))
        .isInstanceOf(CancelledException.class);

    for (int i = 0; i < 2; i++) {
      TrainedRun once = train(whole).get(i);
      TrainedRun again = train(stopped).get(i);
      for (Moment moment : MOMENTS) {
        assertThat(row(new ResponseGrid(stopped), again, moment))
            .isEqualTo(row(new ResponseGrid(whole), once, moment));
      }
      assertThat(again.curve()).isEqualTo(once.curve());
    }
  }

  @Test
  void momentsBeyondThePlanAreRefused(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                TrainedRun.train(
                    List.of(declaration("a", 1)),
                    List.of(new Moment(6, 1)),
                    Store.open(folder),
                    Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessage("a: expected moments up to epoch 6, its last, found epoch 6, batch 1");
  }

  @Test
  void responsesAreComputedOnceForAllLayers(@TempDir Path folder) throws Exception {
    Store store = Store.open(folder);
    TrainedRun run = train(store).get(1);
    StoredNetwork trained = run.at(Moment.afterEpoch(6));
    AtomicInteger opened = new AtomicInteger();
    StoredNetwork counted =
        new StoredNetwork(
            "counted",
            trained.provenance(),
            () -> {
              opened.incrementAndGet();
              return trained.open();
            });
    ResponseGrid grid = new ResponseGrid(store);
    Map<String, Representation> first =
        grid.responses(counted, List.of(), IMAGES, Pooling.CENTRE_PIXEL);
    Map<String, Representation> second =
        grid.responses(counted, List.of(), IMAGES, Pooling.CENTRE_PIXEL);

    assertThat(opened).hasValue(1);
    try (RepresentationSource source = trained.open()) {
      assertThat(first.keySet()).containsExactlyElementsOf(source.layers());
      for (String layer : source.layers()) {
        Representation direct = source.represent(IMAGES, layer, Pooling.CENTRE_PIXEL);
        assertThat(second.get(layer).row(7)).isEqualTo(direct.row(7));
        assertThat(second.get(layer).id()).isEqualTo("counted/" + layer);
        assertThat(second.get(layer).stimulusIds()).contains(IMAGES.stimulusIds());
      }
    }
    // A damaged result is computed again, not served.
    try (Stream<Path> files = Files.walk(folder)) {
      Path damaged = files.filter(file -> file.endsWith("layer-1.npy")).findFirst().orElseThrow();
      Files.write(damaged, new byte[] {1, 2, 3});
    }
    assertThat(grid.responses(counted, List.of(), IMAGES, Pooling.CENTRE_PIXEL))
        .hasSameSizeAs(first);
    assertThat(opened).hasValue(2);
  }

  @Test
  void severalNetworksByName(@TempDir Path folder) {
    Store store = Store.open(folder);
    List<StoredNetwork> networks =
        train(store).stream().map(run -> run.at(Moment.afterEpoch(1))).toList();
    Map<String, Map<String, Representation>> responses =
        new ResponseGrid(store)
            .responses(networks, List.of("conv2", "conv1"), IMAGES, Pooling.POOLED, Progress.NONE);

    assertThat(responses.keySet()).containsExactly("a@epoch 1", "b@epoch 1");
    assertThat(responses.get("b@epoch 1").keySet()).containsExactly("conv2", "conv1");
    assertThatThrownBy(
            () ->
                new ResponseGrid(store)
                    .responses(networks.get(0), List.of("conv9"), IMAGES, Pooling.POOLED))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("has no layer conv9; it has ");
  }
}
