package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.Encoder;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.FineTuning;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.Objective;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.network.zoo.ModelDeclaration;
import dev.kindred.network.zoo.TrainedRun;
import dev.kindred.network.zoo.TrainingData;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Networks of one architecture on one kind of images that differ in their seeds: trained first, and
 * fine-tuned from there. Each is kept in the store as soon as it is trained.
 */
final class Population {
  private static final Optimizer TRAINING = new Optimizer.AdamW(3e-3, 0.01, 0.1);
  private static final Optimizer FINE_TUNING = new Optimizer.AdamW(2e-3, 0.01, 0.1);
  private static final int BATCH = 64;
  private static final Augmentation SHIFTED = Augmentation.NONE.withShift(2);

  private final String architectureName;
  private final Architecture architecture;
  private final GroundingImages images;
  private final GroundingSizes sizes;
  private final Seeds seeds;
  private final Store store;

  /**
   * @param architectureName {@code cnn} or {@code vit}; all depths of either have as many units, so
   *     that measures apply that match units
   * @param seed root of the seeds of all networks
   * @param store where networks are kept
   */
  Population(
      String architectureName,
      GroundingImages images,
      GroundingSizes sizes,
      long seed,
      Store store) {
    this.architectureName = architectureName;
    this.architecture = architecture(architectureName);
    this.images = images;
    this.sizes = sizes;
    this.seeds = new Seeds(seed).child("grounding networks").child(name(images, architectureName));
    this.store = store;
  }

  static Architecture architecture(String name) {
    return switch (name) {
      case "cnn" -> new PlainCnn(48, List.of(1, 1, 1, 1, 1), 48, 2);
      case "vit" -> VisionTransformer.small(48, 4, 8);
      default -> throw new InputException("architecture: expected cnn or vit, found " + name);
    };
  }

  private static String name(GroundingImages images, String architectureName) {
    return images.name() + "-" + architectureName;
  }

  /** Data and architecture, such as {@code generated-cnn}. */
  String name() {
    return name(images, architectureName);
  }

  GroundingImages images() {
    return images;
  }

  Architecture architecture() {
    return architecture;
  }

  /**
   * The depths: all layers but the last, which adds nothing to the one before it once places are
   * pooled.
   */
  List<String> depths() {
    return architecture.newEncoder().layers().stream()
        .filter(layer -> !layer.equals(Encoder.FEATURES))
        .toList();
  }

  /** Networks of some seeds, counted from 1. */
  List<StoredNetwork> trained(List<Integer> wanted) {
    return train(plans(wanted), sizes.epochs());
  }

  /** How these are trained. */
  List<ModelDeclaration> plans(List<Integer> wanted) {
    TrainingData data = images.training(sizes.drawn(architecture.family()));
    List<ModelDeclaration> plans = new ArrayList<>();
    for (int seed : wanted) {
      plans.add(
          plan(
              String.format(Locale.ROOT, "%s seed %d", name(), seed),
              new Supervised(0, SHIFTED),
              TRAINING,
              sizes.epochs(),
              data));
    }
    return plans;
  }

  /**
   * Networks fine-tuned from one.
   *
   * @param pretraining the seed of the network to begin from
   * @param wanted the seeds of the fine-tuning, counted from 1
   */
  List<StoredNetwork> fineTuned(int pretraining, List<Integer> wanted) {
    StoredNetwork start = trained(List.of(pretraining)).get(0);
    List<ModelDeclaration> plans = new ArrayList<>();
    for (int seed : wanted) {
      plans.add(
          plan(
              String.format(Locale.ROOT, "%s seed %d fine-tuned %d", name(), pretraining, seed),
              new FineTuning(new Supervised(0, SHIFTED), start),
              FINE_TUNING,
              sizes.fineEpochs(),
              images.fineTuning()));
    }
    return train(plans, sizes.fineEpochs());
  }

  private ModelDeclaration plan(
      String name, Objective objective, Optimizer optimizer, int epochs, TrainingData data) {
    return new ModelDeclaration(
        new TrainingPlan(name, architecture, objective, optimizer, BATCH, epochs, seeds.seed(name)),
        data);
  }

  private List<StoredNetwork> train(List<ModelDeclaration> plans, int epochs) {
    Moment end = Moment.afterEpoch(epochs);
    return TrainedRun.train(plans, List.of(end), epochs, store, Progress.standard()).stream()
        .map(run -> run.at(end))
        .toList();
  }
}
