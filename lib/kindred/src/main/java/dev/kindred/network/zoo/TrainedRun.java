package dev.kindred.network.zoo;

import com.google.gson.Gson;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.EpochListener;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.Trainer;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * A training run of which the network is kept at chosen moments: at the ends of epochs, and between
 * them (paper 4 follows alignment within the first). It is made once and found again in the store;
 * a run that is stopped or killed goes on from its last epoch, to the same weights.
 */
public final class TrainedRun {
  private static final int REVISION = 1;
  private static final String SUMMARY = "run.json";
  private static final String CHECKPOINT = "training.checkpoint";
  private static final Gson GSON =
      Json.builder().serializeSpecialFloatingPointValues().setPrettyPrinting().create();

  private final ModelDeclaration declaration;
  private final Set<Moment> moments;
  private final Provenance provenance;
  private final Path folder;
  private final Summary summary;

  private TrainedRun(
      ModelDeclaration declaration,
      Set<Moment> moments,
      Provenance provenance,
      Path folder,
      Summary summary) {
    this.declaration = declaration;
    this.moments = moments;
    this.provenance = provenance;
    this.folder = folder;
    this.summary = summary;
  }

  /** What the store keeps beside the weights. */
  private record Summary(
      int channels,
      int height,
      int width,
      int classes,
      Map<String, Double> accuracies,
      List<LearningCurve.Point> curve) {}

  /**
   * Trains runs, or finds them; one on each processor at a time, each on one thread, so that
   * weights do not depend on the number of processors.
   *
   * @param declarations the runs, of different names
   * @param moments at which networks are kept, the same for all; none after the last epoch of a
   *     plan, and none within an epoch beyond its last batch
   * @param store where they are kept
   * @param progress one bar over the epochs of all
   */
  public static List<TrainedRun> train(
      List<ModelDeclaration> declarations, List<Moment> moments, Store store, Progress progress) {
    return train(declarations, moments, 1, store, progress);
  }

  /**
   * The same with fewer points on the learning curve, which for small networks take more time than
   * the training itself.
   *
   * @param evaluateEvery epochs between two evaluations; the last epoch always is one
   */
  public static List<TrainedRun> train(
      List<ModelDeclaration> declarations,
      List<Moment> moments,
      int evaluateEvery,
      Store store,
      Progress progress) {
    Set<Moment> wanted = new TreeSet<>(moments);
    for (ModelDeclaration declaration : declarations) {
      for (Moment moment : wanted) {
        if (moment.compareTo(Moment.afterEpoch(declaration.plan().epochs())) > 0) {
          throw new InputException(
              declaration.name()
                  + ": expected moments up to epoch "
                  + declaration.plan().epochs()
                  + ", its last, found "
                  + moment);
        }
      }
    }
    return Workers.train(
        "training " + declarations.size() + " runs",
        declarations,
        Runtime.getRuntime().availableProcessors(),
        progress,
        (declaration, images, epoch) ->
            run(declaration, wanted, evaluateEvery, store, images, epoch));
  }

  private static TrainedRun run(
      ModelDeclaration declaration,
      Set<Moment> moments,
      int evaluateEvery,
      Store store,
      Supplier<ImageSet[]> images,
      IntConsumer epoch) {
    Map<String, String> kept = new HashMap<>(Map.of("moments", moments.toString()));
    if (evaluateEvery > 1) {
      kept.put("evaluated every", String.valueOf(evaluateEvery));
    }
    Provenance recipe = Provenance.of("training run", kept, declaration.key().recipe());
    Path folder =
        store.folder(
            new StoreKey("run", REVISION, recipe),
            working -> compute(declaration, moments, evaluateEvery, images.get(), working, epoch));
    try {
      Summary summary = GSON.fromJson(Files.readString(folder.resolve(SUMMARY)), Summary.class);
      return new TrainedRun(declaration, moments, recipe, folder, summary);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": cannot read the training run", e);
    }
  }

  private static void compute(
      ModelDeclaration declaration,
      Set<Moment> moments,
      int evaluateEvery,
      ImageSet[] images,
      Path folder,
      IntConsumer epoch)
      throws IOException {
    ImageSet test = images[1];
    Path checkpoint = folder.resolve(CHECKPOINT);
    try (Torch.Scope alone = Torch.threads(1);
        Trainer trainer = new Trainer(declaration.plan(), images[0])) {
      requireWithin(declaration, moments, trainer.batchesPerEpoch());
      Snapshots snapshots = new Snapshots(folder, moments);
      trainer
          .threads(1)
          .testOn(test)
          .evaluateEvery(evaluateEvery)
          .checkpoint(checkpoint)
          .onEpoch(snapshots)
          .counting(epoch);
      try (Network network = trainer.train()) {
        Map<String, Double> accuracies = new HashMap<>();
        for (Moment moment : moments) {
          accuracies.put(moment.toString(), accuracy(declaration, network, moment, test, folder));
        }
        Summary summary =
            new Summary(
                network.input().channels(),
                network.input().height(),
                network.input().width(),
                network.classes(),
                accuracies,
                trainer.curve().points());
        Files.writeString(folder.resolve(SUMMARY), GSON.toJson(summary));
        Files.deleteIfExists(checkpoint);
      }
    }
  }

  private static void requireWithin(
      ModelDeclaration declaration, Set<Moment> moments, int batches) {
    for (Moment moment : moments) {
      if (moment.batch() >= batches) {
        throw new InputException(
            declaration.name()
                + ": expected moments before the end of an epoch, which has "
                + batches
                + " batches, found "
                + moment);
      }
    }
  }

  private static double accuracy(
      ModelDeclaration declaration, Network like, Moment moment, ImageSet test, Path folder) {
    if (like.classes() == 0) {
      return Double.NaN;
    }
    try (Network network =
        Network.read(
            file(folder, moment),
            declaration.name(),
            declaration.plan().architecture(),
            like.input(),
            like.classes(),
            declaration.key().recipe())) {
      return Classification.accuracy(
          network.represent(test, Network.LOGITS, Pooling.POOLED), test.labels());
    }
  }

  private static Path file(Path folder, Moment moment) {
    return folder.resolve("epoch-" + moment.epoch() + "-batch-" + moment.batch() + ".weights");
  }

  /**
   * Writes the network at the moments wanted; those that are there, of a run that was killed, stay.
   */
  private record Snapshots(Path folder, Set<Moment> moments) implements EpochListener {
    @Override
    public boolean wants(int epoch) {
      return wants(Moment.afterEpoch(epoch));
    }

    @Override
    public void epoch(int epoch, Network network) {
      moment(Moment.afterEpoch(epoch), network);
    }

    @Override
    public boolean wants(Moment within) {
      return moments.contains(within) && !Files.exists(file(folder, within));
    }

    @Override
    public void moment(Moment within, Network network) {
      network.write(file(folder, within));
    }
  }

  public String name() {
    return declaration.name();
  }

  /** Loss and errors, a point for every epoch; errors are NaN where none were evaluated. */
  public LearningCurve curve() {
    return new LearningCurve(summary.curve);
  }

  /** The moments that are kept, in their order. */
  public List<Moment> moments() {
    return List.copyOf(moments);
  }

  /** Share of right answers on the test images at a moment; NaN for networks without classes. */
  public double accuracy(Moment moment) {
    require(moment);
    return summary.accuracies.get(moment.toString());
  }

  /** The network at a moment, named {@code name@epoch 3}. */
  public StoredNetwork at(Moment moment) {
    require(moment);
    String name = name() + "@" + moment;
    Provenance ofMoment =
        Provenance.of(
            "moment", Map.of("epoch", moment.epoch(), "batch", moment.batch()), provenance);
    Network.InputShape input =
        new Network.InputShape(summary.channels, summary.height, summary.width);
    return new StoredNetwork(
        name,
        ofMoment,
        () ->
            Network.read(
                file(folder, moment),
                name,
                declaration.plan().architecture(),
                input,
                summary.classes,
                ofMoment));
  }

  private void require(Moment moment) {
    if (!moments.contains(moment)) {
      throw new InputException(
          name() + ": " + moment + " was not kept; expected one of " + moments);
    }
  }

  @Override
  public String toString() {
    return name() + ", " + moments.size() + " moments";
  }
}
