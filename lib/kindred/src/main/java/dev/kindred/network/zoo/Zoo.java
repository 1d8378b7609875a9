package dev.kindred.network.zoo;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.architecture.Encoder;
import dev.kindred.network.probe.FeatureScale;
import dev.kindred.network.probe.ProbeSearch;
import dev.kindred.network.probe.ProbeTraining;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.BatchStatistics;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.network.training.Trainer;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Trains the networks of a list of declarations, or finds them in the store: the same declaration
 * gives the same weights, for every notebook. A network per processor is trained at a time, each on
 * one thread, so weights do not depend on the number of processors. A zoo that is stopped or killed
 * goes on, when it is wanted again, from the last epoch of every unfinished network.
 *
 * <p>Networks that have not learnt {@link ModelScores#LEAST_GAIN} more than their untrained twins
 * are {@link #rejected}.
 */
public final class Zoo {
  private static final String WEIGHTS = "network.weights";
  private static final String CHECKPOINT = "training.checkpoint";
  private static final int PROBE_IMAGES = 2000;

  /**
   * Whether a network has learnt is not a question of paper 1, whose probe reads rows of length 1:
   * from so few images, that reads less from some self-supervised networks and more from their
   * untrained twins (measured: a gain of 9 to 10 points where this finds 14 to 15).
   */
  private static final ProbeSearch SCORING =
      new ProbeSearch(
          new ProbeTraining(20, 256, true, FeatureScale.STANDARD_UNITS),
          List.of(3e-2, 3e-3),
          1e-3,
          10,
          5,
          0.2,
          1);

  private final List<ZooMember> members;
  private final List<ZooMember> rejected;
  private final List<ZooMember> trained;

  private Zoo(List<ZooMember> members, List<ZooMember> rejected, List<ZooMember> trained) {
    this.members = List.copyOf(members);
    this.rejected = List.copyOf(rejected);
    this.trained = List.copyOf(trained);
  }

  /** Trains or finds the networks in the shared store, with the usual progress bar. */
  public static Zoo train(List<ModelDeclaration> declarations) {
    return train(
        declarations,
        Store.standard(),
        Runtime.getRuntime().availableProcessors(),
        Progress.standard());
  }

  /**
   * Trains or finds networks.
   *
   * @param declarations the networks, of different names
   * @param store where they are kept
   * @param parallel how many are trained at a time
   * @param progress one bar over the images shown to all of them
   */
  public static Zoo train(
      List<ModelDeclaration> declarations, Store store, int parallel, Progress progress) {
    List<ZooMember> members = new ArrayList<>();
    List<ZooMember> rejected = new ArrayList<>();
    List<ZooMember> trained =
        Workers.train(
            "zoo of " + declarations.size(),
            declarations,
            parallel,
            progress,
            (declaration, images, epoch) ->
                read(
                    declaration,
                    declaration.key().recipe(),
                    store.folder(
                        declaration.key(),
                        folder -> compute(declaration, images.get(), folder, epoch))));
    for (ZooMember member : trained) {
      (member.scores().orElseThrow().learned() ? members : rejected).add(member);
    }
    return new Zoo(members, rejected, trained);
  }

  /**
   * The networks as they are before training, each from the same weights as its trained twin: a
   * control. Statistics of batch normalisation are those of the training images.
   *
   * @param store where they are kept
   */
  public static Zoo untrained(List<ModelDeclaration> declarations, Store store) {
    Map<TrainingData, ImageSet> images = new HashMap<>();
    List<ZooMember> twins = new ArrayList<>();
    for (ModelDeclaration declaration : declarations) {
      Progress.checkCancelled();
      Provenance recipe = Provenance.of("untrained twin", declaration.key().recipe());
      Path folder =
          store.folder(
              new StoreKey("untrained", 1, recipe),
              working ->
                  writeTwin(
                      declaration,
                      images.computeIfAbsent(declaration.data(), TrainingData::train),
                      working));
      twins.add(read(declaration, recipe, folder));
    }
    return new Zoo(twins, List.of(), twins);
  }

  private static void writeTwin(ModelDeclaration declaration, ImageSet train, Path folder)
      throws IOException {
    double start = processorSeconds();
    try (Torch.Scope alone = Torch.threads(1);
        Network twin = twin(declaration, Network.InputShape.of(train), 0)) {
      BatchStatistics.reestimate(twin, train, declaration.plan().batch(), PROBE_IMAGES);
      twin.write(folder.resolve(WEIGHTS));
      new ZooSummary(
              declaration.name(),
              train.channels(),
              train.height(),
              train.width(),
              0,
              new ModelScores(
                  Double.NaN,
                  Double.NaN,
                  Double.NaN,
                  twin.parameters(),
                  processorSeconds() - start,
                  1),
              List.of())
          .write(folder);
    }
  }

  private static Network twin(ModelDeclaration declaration, Network.InputShape input, int classes) {
    return Network.untrained(
        "untrained",
        declaration.plan().architecture(),
        input,
        classes,
        new Seeds(declaration.plan().seed()).child("weights"));
  }

  /** A network that was trained before, learnt or not; empty if the store does not hold it. */
  public static Optional<ZooMember> find(ModelDeclaration declaration, Store store) {
    if (!store.contains(declaration.key())) {
      return Optional.empty();
    }
    Path folder =
        store.folder(
            declaration.key(),
            working -> {
              throw new IOException("removed from the store a moment ago");
            });
    return Optional.of(read(declaration, declaration.key().recipe(), folder));
  }

  private static void compute(
      ModelDeclaration declaration, ImageSet[] images, Path folder, IntConsumer epoch)
      throws IOException {
    double start = processorSeconds();
    ImageSet train = images[0];
    ImageSet test = images[1];
    Path checkpoint = folder.resolve(CHECKPOINT);
    try (Torch.Scope alone = Torch.threads(1);
        Trainer trainer = new Trainer(declaration.plan(), train)) {
      trainer
          .threads(1)
          .testOn(test)
          .checkpoint(checkpoint)
          .evaluateEvery(Math.max(1, (declaration.plan().epochs() + 3) / 4))
          .counting(epoch);
      try (Network network = trainer.train();
          Network twin = twin(declaration, network.input(), network.classes())) {
        BatchStatistics.reestimate(twin, train, declaration.plan().batch(), PROBE_IMAGES);
        ModelScores scores = score(network, twin, train, test, start);
        network.write(folder.resolve(WEIGHTS));
        new ZooSummary(
                declaration.name(),
                network.input().channels(),
                network.input().height(),
                network.input().width(),
                network.classes(),
                scores,
                trainer.curve().points())
            .write(folder);
        Files.deleteIfExists(checkpoint);
      }
    }
  }

  private static ModelScores score(
      Network network, Network twin, ImageSet train, ImageSet test, double start) {
    int guesses =
        ModelScores.guesses(
            (int) Arrays.stream(train.labels()).filter(k -> k >= 0).distinct().count());
    double accuracy = Double.NaN;
    if (network.classes() > 0) {
      accuracy =
          Classification.accuracy(responses(network, test, Network.LOGITS), test.labels(), guesses);
    }
    double probe = probe(network, train, test, guesses);
    double untrained = probe(twin, train, test, guesses);
    return new ModelScores(
        accuracy, probe, untrained, network.parameters(), processorSeconds() - start, guesses);
  }

  private static double probe(Network network, ImageSet train, ImageSet test, int guesses) {
    ImageSet some = train;
    if (train.size() > PROBE_IMAGES) {
      some = train.select(java.util.stream.IntStream.range(0, PROBE_IMAGES).toArray());
    }
    return SCORING
        .train(
            responses(network, some, Encoder.FEATURES),
            some.labels(),
            some.classNames().size(),
            new Seeds(1))
        .accuracy(responses(network, test, Encoder.FEATURES), test.labels(), guesses);
  }

  private static Representation responses(Network network, ImageSet images, String layer) {
    return network
        .represent(images, List.of(layer), Pooling.POOLED, Network.DEFAULT_BATCH, Progress.NONE)
        .get(layer);
  }

  private static double processorSeconds() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
  }

  private static ZooMember read(ModelDeclaration declaration, Provenance recipe, Path folder) {
    ZooSummary summary = ZooSummary.read(folder);
    return new ZooMember(
        declaration.name(),
        ModelAttributes.of(
            declaration.plan().objective().kind(),
            declaration.data().name(),
            declaration.plan().architecture(),
            summary.scores().parameters()),
        recipe,
        summary.scores(),
        new LearningCurve(summary.curve()),
        Encoder.FEATURES,
        () ->
            Network.read(
                folder.resolve(WEIGHTS),
                declaration.name(),
                declaration.plan().architecture(),
                summary.input(),
                summary.classes(),
                recipe));
  }

  /** The members in the order of their declarations. */
  public List<ZooMember> members() {
    return members;
  }

  /** Networks that were trained but have not learnt enough to be in the zoo. */
  public List<ZooMember> rejected() {
    return rejected;
  }

  /** This zoo with all networks that were trained for it as members, in the order declared. */
  public Zoo withRejected() {
    return new Zoo(trained, List.of(), trained);
  }

  /** This zoo with further members, such as imported ones. */
  public Zoo with(List<ZooMember> more) {
    List<ZooMember> all = new ArrayList<>(members);
    all.addAll(more);
    Set<String> names = new HashSet<>();
    for (ZooMember member : all) {
      if (!names.add(member.name())) {
        throw new InputException("two models of the zoo are named " + member.name());
      }
    }
    return new Zoo(all, rejected, trained);
  }

  /**
   * This zoo with networks from TorchScript files, each with a descriptor beside it; the last layer
   * that this names stands for the model.
   */
  public Zoo with(List<Path> files, ModelAttributes attributes) {
    return with(files.stream().map(file -> ZooMember.torchScript(file, attributes)).toList());
  }

  /** The member of a name; for another name the classifier with the highest accuracy. */
  public ZooMember classifier(String name) {
    return members.stream()
        .filter(member -> member.name().equals(name))
        .findFirst()
        .or(() -> members.stream().max(Comparator.comparingDouble(Zoo::accuracy)))
        .filter(member -> accuracy(member) > 0)
        .orElseThrow(() -> new InputException("no member of the zoo has a classifier"));
  }

  private static double accuracy(ZooMember member) {
    double accuracy = member.scores().map(ModelScores::accuracy).orElse(0.0);
    return Double.isNaN(accuracy) ? 0 : accuracy;
  }

  /** A row per network that was trained but has not learnt enough to be in the zoo. */
  public Table rejectedTable() {
    List<ModelScores> scores = rejected.stream().map(m -> m.scores().orElseThrow()).toList();
    return Table.create(
        "Trained, but refused",
        StringColumn.create("model", rejected.stream().map(ZooMember::name).toList()),
        DoubleColumn.create("probe", scores.stream().mapToDouble(ModelScores::probe).toArray()),
        DoubleColumn.create(
            "untrained probe", scores.stream().mapToDouble(ModelScores::untrainedProbe).toArray()));
  }

  /**
   * The representations of all members for the same stimuli, by name.
   *
   * @param images the stimuli
   * @param store where responses are kept, so that every notebook computes them once
   * @param progress told after every member
   */
  public Map<String, Representation> represent(ImageSet images, Store store, Progress progress) {
    Representation[] responses = new Representation[members.size()];
    try (Progress.Task task = progress.begin("responses of the zoo", members.size())) {
      Parallel.forEach(
          responses.length,
          i -> {
            task.note(members.get(i).name());
            responses[i] = members.get(i).represent(images, store);
            task.advance(1);
          });
    }
    Map<String, Representation> result = new LinkedHashMap<>();
    for (int i = 0; i < responses.length; i++) {
      result.put(members.get(i).name(), responses[i]);
    }
    return result;
  }

  /**
   * A row per member: attributes, sizes and scores; the training error is that of the labels that
   * were trained on, after the last visit; the last column says how many classes an answer may
   * name, see {@link ModelScores}.
   */
  public Table table() {
    StringColumn name = StringColumn.create("model");
    StringColumn objective = StringColumn.create("objective");
    StringColumn data = StringColumn.create("training data");
    StringColumn architecture = StringColumn.create("architecture");
    StringColumn size = StringColumn.create("size");
    LongColumn parameters = LongColumn.create("parameters");
    DoubleColumn accuracy = DoubleColumn.create("accuracy");
    DoubleColumn probe = DoubleColumn.create("probe");
    DoubleColumn untrained = DoubleColumn.create("untrained probe");
    DoubleColumn trainingError = DoubleColumn.create("training error");
    DoubleColumn seconds = DoubleColumn.create("processor seconds");
    IntColumn guesses = IntColumn.create("guesses");
    for (ZooMember member : members) {
      name.append(member.name());
      objective.append(member.attributes().objective());
      data.append(member.attributes().trainingData());
      architecture.append(member.attributes().architecture());
      size.append(member.attributes().size());
      ModelScores scores =
          member
              .scores()
              .orElse(new ModelScores(Double.NaN, Double.NaN, Double.NaN, -1, Double.NaN, 1));
      if (scores.parameters() < 0) {
        parameters.appendMissing();
      } else {
        parameters.append(scores.parameters());
      }
      accuracy.append(scores.accuracy());
      probe.append(scores.probe());
      untrained.append(scores.untrainedProbe());
      trainingError.append(
          member
              .curve()
              .flatMap(LearningCurve::last)
              .map(LearningCurve.Point::trainError)
              .orElse(Double.NaN));
      seconds.append(scores.seconds());
      guesses.append(scores.guesses());
    }
    return Table.create("zoo", name, objective, data, architecture, size)
        .addColumns(parameters, accuracy, probe, untrained, trainingError, seconds, guesses);
  }
}
