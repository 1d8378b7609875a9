package dev.kindred.study.convergence;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.ResponseGrid;
import dev.kindred.network.StoredNetwork;
import dev.kindred.network.architecture.Encoder;
import dev.kindred.network.probe.FeatureScale;
import dev.kindred.network.probe.LinearProbe;
import dev.kindred.network.probe.ProbeTraining;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.network.zoo.ModelDeclaration;
import dev.kindred.network.zoo.TrainedRun;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The networks of a study on one kind of images, with their layers' responses. */
final class ConvergenceNetworks {
  private static final ProbeTraining PROBE =
      new ProbeTraining(20, 128, /* cosine= */ true, FeatureScale.STANDARD_UNITS);
  private static final ProbeTraining.Setting SETTING = new ProbeTraining.Setting(1e-2, 1e-4);

  private final List<NetworkGroup> groups;
  private final ConvergenceImages images;
  private final ConvergenceSizes sizes;
  private final Seeds seeds;
  private final Store store;
  private final ResponseGrid grid;
  private final List<Moment> moments;
  private final Map<Integer, List<TrainedRun>> runs = new HashMap<>();

  ConvergenceNetworks(ConvergenceImages images, ConvergenceSizes sizes, long seed, Store store) {
    this.groups = sizes.groups().stream().map(NetworkGroup::of).toList();
    this.images = images;
    this.sizes = sizes;
    this.seeds = new Seeds(seed).child("convergence networks").child(images.name());
    this.store = store;
    this.grid = new ResponseGrid(store);
    this.moments = sizes.moments();
  }

  ConvergenceImages images() {
    return images;
  }

  List<NetworkGroup> groups() {
    return groups;
  }

  List<Moment> moments() {
    return moments;
  }

  /** Networks in all; a network's number is group × seeds + seed. */
  int count() {
    return groups.size() * sizes.seeds();
  }

  NetworkGroup group(int network) {
    return groups.get(network / sizes.seeds());
  }

  private List<TrainedRun> runs(int group) {
    return runs.computeIfAbsent(group, this::train);
  }

  /** Trains a group, or finds it. */
  private List<TrainedRun> train(int group) {
    NetworkGroup of = groups.get(group);
    List<ModelDeclaration> plans = new ArrayList<>();
    for (int seed = 1; seed <= sizes.seeds(); seed++) {
      String name = String.format(Locale.ROOT, "%s %s seed %d", images.name(), of.name(), seed);
      plans.add(
          new ModelDeclaration(
              new TrainingPlan(
                  name,
                  of.architecture(),
                  of.objective(),
                  of.optimizer(),
                  of.batch(),
                  sizes.epochs(),
                  seeds.seed(name)),
              images.training()));
    }
    return TrainedRun.train(plans, moments, sizes.epochs(), store, Progress.standard());
  }

  private StoredNetwork at(int network, int moment) {
    return runs(network / sizes.seeds()).get(network % sizes.seeds()).at(moments.get(moment));
  }

  /** The last moment. */
  int end() {
    return moments.size() - 1;
  }

  /**
   * The layers of all networks of a group.
   *
   * @return by seed, then by layer
   */
  List<List<Representation>> layers(int group, int moment, int set, Pooling pooling) {
    List<StoredNetwork> networks =
        runs(group).stream().map(run -> run.at(moments.get(moment))).toList();
    List<String> layers = groups.get(group).layers();
    ImageSet stimuli = List.copyOf(images.sets().values()).get(set);
    return grid.responses(networks, layers, stimuli, pooling, Progress.NONE).values().stream()
        .map(byLayer -> layers.stream().map(byLayer::get).toList())
        .toList();
  }

  /**
   * A network's scores of the classes in every set: its own, or those of a linear probe on its
   * penultimate layer where it knows no classes.
   *
   * @param sets numbers of sets
   */
  List<Representation> scores(int network, int moment, List<Integer> sets) {
    StoredNetwork at = at(network, moment);
    List<ImageSet> all = List.copyOf(images.sets().values());
    if (group(network).isSupervised()) {
      return sets.stream().map(set -> responses(at, Network.LOGITS, all.get(set))).toList();
    }
    ImageSet train = images.training().train();
    try (Torch.Scope alone = Torch.threads(1)) {
      LinearProbe probe =
          PROBE
              .train(
                  responses(at, Encoder.FEATURES, train),
                  train.labels(),
                  train.classNames().size(),
                  List.of(SETTING),
                  new Seeds(1))
              .get(0);
      return sets.stream()
          .map(set -> probe.scores(responses(at, Encoder.FEATURES, all.get(set))))
          .toList();
    }
  }

  private Representation responses(StoredNetwork network, String layer, ImageSet stimuli) {
    return grid.responses(network, List.of(layer), stimuli, Pooling.POOLED).get(layer);
  }
}
