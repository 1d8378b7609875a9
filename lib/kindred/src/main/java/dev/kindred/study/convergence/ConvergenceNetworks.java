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
import dev.kindred.network.zoo.ModelDeclaration;
import dev.kindred.network.zoo.TrainedRun;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The networks of a study on one kind of images, with their layers' responses. */
final class ConvergenceNetworks {
  private static final ProbeTraining PROBE =
      new ProbeTraining(20, 128, /* cosine= */ true, FeatureScale.STANDARD_UNITS);
  private static final ProbeTraining.Setting SETTING = new ProbeTraining.Setting(1e-2, 1e-4);

  static final List<Pooling> POOLINGS = List.of(Pooling.POOLED, Pooling.CENTRE_PIXEL);

  /** All layers in one pass, which aligning and judging share. */
  private static final List<String> ALL = List.of();

  private final List<NetworkGroup> groups;
  private final ConvergenceImages images;
  private final ConvergenceSizes sizes;
  private final Seeds seeds;
  private final Store store;
  private final ResponseGrid grid;
  private final List<Moment> moments;
  private final Map<Integer, List<TrainedRun>> runs = new HashMap<>();
  private final Map<PublicNetwork, StoredNetwork> opened = new HashMap<>();

  /**
   * @param single networks with public weights, numbered after all that are trained
   */
  ConvergenceNetworks(
      ConvergenceImages images,
      ConvergenceSizes sizes,
      List<PublicNetwork> single,
      long seed,
      Store store) {
    this.groups = new ArrayList<>(sizes.groups().stream().map(TrainedGroup::of).toList());
    this.groups.addAll(single);
    this.images = images;
    this.sizes = sizes;
    this.seeds = new Seeds(seed).child("convergence networks").child(images.name());
    this.store = store;
    this.grid = new ResponseGrid(store);
    this.moments = sizes.moments(images.training().train().size());
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

  /** Networks in all; they are numbered through, group after group. */
  int count() {
    return first(groups.size());
  }

  /** Whether a group is trained here; of others only the end of their training is known. */
  boolean isTrained(int group) {
    return groups.get(group) instanceof TrainedGroup;
  }

  /** How many networks a group has. */
  int size(int group) {
    return isTrained(group) ? sizes.seeds() : 1;
  }

  /** The number of the first network of a group. */
  int first(int group) {
    return IntStream.range(0, group).map(this::size).sum();
  }

  private int groupOf(int network) {
    int group = 0;
    while (first(group + 1) <= network) {
      group++;
    }
    return group;
  }

  /**
   * The networks whose layers are aligned, each with that of the same number: those of a group; and
   * where it has but one, that one and the single ones after it.
   */
  List<Integer> aligned(int group) {
    int to = size(group) > 1 ? first(group + 1) : count();
    return IntStream.range(first(group), to).boxed().toList();
  }

  /** How units can be made of a group's layers: those of public networks come pooled. */
  List<Pooling> poolings(int group) {
    return isTrained(group) ? POOLINGS : List.of(Pooling.POOLED);
  }

  /** Trains a group, or finds it. */
  private List<TrainedRun> train(int group) {
    TrainedGroup of = (TrainedGroup) groups.get(group);
    List<ModelDeclaration> plans = new ArrayList<>();
    for (int seed = 1; seed <= sizes.seeds(); seed++) {
      String name = String.format(Locale.ROOT, "%s %s seed %d", images.name(), of.name(), seed);
      plans.add(
          new ModelDeclaration(of.plan(name, sizes.epochs(), seeds.seed(name)), images.training()));
    }
    return TrainedRun.train(plans, moments, sizes.epochs(), store, Progress.standard());
  }

  private StoredNetwork at(int network, int moment) {
    int group = groupOf(network);
    if (groups.get(group) instanceof PublicNetwork single) {
      if (moment != end()) {
        throw new IllegalArgumentException(single.name() + ": known after its training only");
      }
      return opened.computeIfAbsent(single, PublicNetwork::stored);
    }
    return runs.computeIfAbsent(group, this::train)
        .get(network - first(group))
        .at(moments.get(moment));
  }

  /** The last moment. */
  int end() {
    return moments.size() - 1;
  }

  /** The moments at which a network is known: all of its training, or its end alone. */
  List<Integer> moments(int network) {
    return isTrained(groupOf(network))
        ? IntStream.rangeClosed(0, end()).boxed().toList()
        : List.of(end());
  }

  /**
   * The layers of all networks of a group.
   *
   * @return by seed, then by layer
   */
  List<List<Representation>> layers(int group, int moment, int set, Pooling pooling) {
    return layers(
        IntStream.range(first(group), first(group) + size(group)).boxed().toList(),
        moment,
        set,
        pooling);
  }

  /**
   * The layers of networks that have layers of the same names.
   *
   * @return by network, then by layer
   */
  List<List<Representation>> layers(List<Integer> networks, int moment, int set, Pooling pooling) {
    List<String> layers = groups.get(groupOf(networks.get(0))).layers();
    ImageSet stimuli = List.copyOf(images.sets().values()).get(set);
    return grid
        .responses(
            networks.stream().map(network -> at(network, moment)).toList(),
            ALL,
            stimuli,
            pooling,
            Progress.NONE)
        .values()
        .stream()
        .map(byLayer -> layers.stream().map(byLayer::get).toList())
        .toList();
  }

  /**
   * A network's scores of the classes in every set: its own, or those of a linear probe on its
   * penultimate layer where it was not told classes.
   *
   * @param sets numbers of sets
   * @return none if the network knows other classes than those of the images
   */
  Optional<List<Representation>> scores(int network, int moment, List<Integer> sets) {
    NetworkGroup group = groups.get(groupOf(network));
    if (group instanceof PublicNetwork single && !single.knows(images.usual().classNames())) {
      return Optional.empty();
    }
    StoredNetwork at = at(network, moment);
    List<ImageSet> all = List.copyOf(images.sets().values());
    if (group.isSupervised()) {
      return Optional.of(
          sets.stream().map(set -> responses(at, Network.LOGITS, all.get(set))).toList());
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
      return Optional.of(
          sets.stream()
              .map(set -> probe.scores(responses(at, Encoder.FEATURES, all.get(set))))
              .toList());
    }
  }

  private Representation responses(StoredNetwork network, String layer, ImageSet stimuli) {
    return grid.responses(network, ALL, stimuli, Pooling.POOLED).get(layer);
  }
}
