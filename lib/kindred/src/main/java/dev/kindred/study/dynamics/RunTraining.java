package dev.kindred.study.dynamics;

import dev.kindred.base.AtomicFile;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.measure.Measures;
import dev.kindred.network.Classification;
import dev.kindred.network.Network;
import dev.kindred.network.Pooling;
import dev.kindred.network.probe.FeatureScale;
import dev.kindred.network.probe.ProbeTraining;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.training.LabelNoise;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.network.training.Moment;
import dev.kindred.network.training.Trainer;
import dev.kindred.network.zoo.TrainingData;
import dev.kindred.recording.ProbeImages;
import dev.kindred.recording.ProbePlan;
import dev.kindred.recording.Recorder;
import dev.kindred.recording.Recording;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.stream.Stream;

/**
 * Trains runs and records them. A run is made once and found again in the store; one that is
 * stopped or killed goes on from the trainer's checkpoint, to the same numbers.
 *
 * <p>Probes learn the labels that the network learns, wrong ones too, as the paper's. It takes 10
 * epochs of Adam at a rate of 1e-4, which is 3910 steps for its 50,000 images. A few thousand
 * images give a tenth of that or less, by which no weight moves far enough: labels hang on the
 * random weights at the start. There, units are standardised first, weights begin at zero, and the
 * rate falls from 5e-3 to 0 in 30 epochs, after which two orders of the images give the same label
 * to nine tenths or more of new ones.
 *
 * <p>Beside what is read, the store keeps the last checkpoint of the training and the labels of all
 * planes.
 */
public final class RunTraining {
  /** Raised when the same declaration would give other numbers. */
  private static final int REVISION = 4;

  private static final String RUN = "run.npz";
  private static final String CHECKPOINT = "training.checkpoint";
  private static final String RECORDING = "recording";
  private static final String OTHER = "other-";
  private static final String PLANES = "planes.npz";

  /** Images of a data set are the same for all runs, whatever their seeds. */
  private static final long DATA_SEED = 1;

  private static final Seeds SEEDS = new Seeds(DATA_SEED).child("training dynamics");

  static final int TEST_IMAGES = 1000;

  /** Of the whole run; writing one takes about as long as a step. */
  private static final int CHECKPOINTS = 200;

  /** From so many training images on, probes are trained as in the paper. */
  private static final int MANY = 20_000;

  private static final ProbeTraining FEW_IMAGES =
      new ProbeTraining(30, 128, /* cosine= */ true, FeatureScale.STANDARD_UNITS);

  private static final double FEW_IMAGES_RATE = 5e-3;

  /** Epochs at which decision regions are drawn. */
  private static final int DRAWN = 4;

  private final RunDeclaration declared;
  private final RunPlan plan;
  private final TrainingData data;

  private RunTraining(RunDeclaration declared, RunPlan plan) {
    this.declared = declared;
    this.plan = plan;
    this.data = data(declared);
  }

  /**
   * Trains runs, or finds them; one on each processor at a time, each on one thread.
   *
   * @param store where they are kept
   * @param progress one bar over the epochs of all
   */
  public static List<DynamicsRun> all(
      List<RunDeclaration> declared, RunPlan plan, Store store, Progress progress) {
    DynamicsRun[] runs = new DynamicsRun[declared.size()];
    long epochs = declared.stream().mapToLong(RunDeclaration::epochs).sum();
    try (Progress.Task task = progress.begin("training " + runs.length + " runs", epochs)) {
      Parallel.forEach(
          runs.length, i -> runs[i] = new RunTraining(declared.get(i), plan).run(store, task));
    }
    return List.of(runs);
  }

  /**
   * Trains a run and records one layer of it, or finds the recording. While {@link #all} removes
   * recordings, which are large, and keeps maps, this one stays, with the responses and the labels
   * that maps are computed from. Meant for runs of a few epochs.
   *
   * @param layer the layer
   * @param store where the recording is kept
   * @return with the responses to the compared images, flattened, and the labels of all planes
   * @throws dev.kindred.base.InputException if the network has no such layer
   */
  public static Recording recording(
      RunDeclaration declared, RunPlan plan, String layer, Store store) {
    RunTraining training = new RunTraining(declared, plan);
    StoreKey key =
        new StoreKey(
            "dynamics-recording",
            REVISION,
            Provenance.of("recording of a layer", Map.of("layer", layer), training.key().recipe()));
    return Recording.open(store.folder(key, working -> training.record(working, layer)));
  }

  private void record(Path folder, String layer) {
    ImageSet train = data.train();
    ImageSet test = data.test();
    try (Torch.Scope alone = Torch.threads(1);
        Trainer trainer = trainer(train, test)) {
      trainer.onEpoch(full(folder, train, test, List.of(layer))).train().close();
    }
  }

  /** The images of a run. */
  static TrainingData data(RunDeclaration declared) {
    String name = declared.dataSet();
    return dev.kindred.stimuli.DataSets.generatedNames().contains(name)
        ? new TrainingData.Generated(
            name, declared.pixels(), declared.images(), TEST_IMAGES, DATA_SEED)
        : TrainingData.Given.open(
            name, declared.pixels(), declared.images(), TEST_IMAGES, DATA_SEED);
  }

  private DynamicsRun run(Store store, Progress.Task task) {
    long[] reported = {0};
    Path folder =
        store.folder(
            key(),
            working ->
                compute(
                    working,
                    epoch -> {
                      task.note(declared.name());
                      task.advance(epoch - reported[0]);
                      reported[0] = epoch;
                    }));
    task.advance(declared.epochs() - reported[0]);
    return RunFile.read(folder.resolve(RUN), declared);
  }

  private StoreKey key() {
    return new StoreKey(
        "dynamics",
        REVISION,
        Provenance.of(
            "run of training dynamics",
            Map.of("plan", declared.plan().toString(), "recorded", plan.toString()),
            data.provenance()));
  }

  private void compute(Path folder, IntConsumer count) throws IOException {
    if (!Files.exists(folder.resolve(RUN))) { // or it was stopped while it removed the rest
      train(folder, count);
    }
    removeAllBut(Set.of(RUN, CHECKPOINT, PLANES), folder);
  }

  private void train(Path folder, IntConsumer count) throws IOException {
    ImageSet train = data.train();
    ImageSet test = data.test();
    ProbeImages compared = compared(test);
    Path recording = folder.resolve(RECORDING);
    LearningCurve curve;
    try (Torch.Scope alone = Torch.threads(1);
        Trainer trainer = trainer(train, test)) {
      trainer
          .checkpoint(folder.resolve(CHECKPOINT))
          .checkpointEvery(Math.max(1, declared.epochs() / CHECKPOINTS))
          .onEpoch(full(recording, train, test, layers(declared)))
          .counting(count);
      try (Network network = trainer.train()) {
        curve = evaluated(trainer.curve());
        for (int i = 1; i <= plan.initialisations(); i++) {
          Recorder other = recorder(folder.resolve(OTHER + i), compared, layers(declared));
          if (other.wants(0)) {
            try (Network untrained = untrained(network, i)) {
              trainer.estimateStatistics(untrained);
              other.epoch(0, untrained);
            }
          }
        }
      }
    }
    Recording whole = Recording.open(recording);
    DynamicsRun run = results(folder, whole, compared, curve);
    AtomicFile.write(folder.resolve(PLANES), beside -> writePlanes(whole, beside));
    AtomicFile.write(folder.resolve(RUN), beside -> RunFile.write(run, beside));
  }

  private Trainer trainer(ImageSet train, ImageSet test) {
    return new Trainer(declared.plan(), train)
        .threads(1)
        .testOn(test)
        .evaluateAt(plan.evaluations()::contains)
        .statisticsOf(declared.augmentation());
  }

  /** The labels of all points of the planes, probed epochs × points for every layer. */
  private void writePlanes(Recording recording, Path file) throws IOException {
    try (NpzWriter npz = new NpzWriter(Files.newOutputStream(file))) {
      for (String layer : declared.layers()) {
        npz.writeBytes(
            layer,
            recording.probeEpochs().stream()
                .map(epoch -> recording.labels(layer, epoch))
                .toArray(int[][]::new));
      }
    }
  }

  private Recorder recorder(Path folder, ProbeImages compared, List<String> layers) {
    return new Recorder(folder, compared, layers, plan.maps(), ElementType.FLOAT32);
  }

  /** With probes and responses. */
  private Recorder full(Path folder, ImageSet train, ImageSet test, List<String> layers) {
    return recorder(folder, compared(test), layers)
        .withProbes(probes(train, test), DATA_SEED)
        .withResponses(this::keepsResponses, Pooling.FLATTENED);
  }

  private ProbeImages compared(ImageSet test) {
    return ProbeImages.balanced(test, plan.batches(), plan.batchSize(), SEEDS.child("compared"));
  }

  /** The layers that are recorded: those compared, and the last, which tells what is predicted. */
  static List<String> layers(RunDeclaration declared) {
    List<String> layers = new ArrayList<>(declared.layers());
    if (!layers.contains(Network.LOGITS)) {
      layers.add(Network.LOGITS);
    }
    return layers;
  }

  private boolean keepsResponses(Moment moment) {
    return !moment.isWithinEpoch() && plan.responses().contains(moment.epoch());
  }

  private ProbePlan probes(ImageSet train, ImageSet test) {
    // Planes go through images of different true classes, the same with wrong labels and without.
    ProbePlan paper =
        ProbePlan.random(plan.probes(), train, test, plan.planes(), plan.resolution(), SEEDS)
            .withPicture(plan.drawn())
            .withLabels(learnt(declared, train));
    return train.size() < MANY ? paper.withTraining(FEW_IMAGES, FEW_IMAGES_RATE) : paper;
  }

  /** The labels that the network learns, by the stream that its trainer takes. */
  static int[] learnt(RunDeclaration declared, ImageSet train) {
    return LabelNoise.symmetric(
        train.labels(),
        train.classNames().size(),
        declared.labelNoise(),
        new Seeds(declared.seed()).child("objective"));
  }

  private Network untrained(Network like, int number) {
    return Network.untrained(
        declared.name(),
        like.architecture(),
        like.input(),
        like.classes(),
        new Seeds(declared.seed()).child("other initialisation " + number));
  }

  /** Without the points between, which have a loss only. */
  private static LearningCurve evaluated(LearningCurve curve) {
    return new LearningCurve(
        curve.points().stream().filter(point -> !Double.isNaN(point.testError())).toList());
  }

  private DynamicsRun results(
      Path folder, Recording recording, ProbeImages compared, LearningCurve curve) {
    List<Integer> epochs = recording.epochs();
    List<Integer> probed = recording.probeEpochs();
    EpochFeatures features = EpochFeatures.open(folder.resolve(RECORDING).resolve("responses"));
    List<LayerDynamics> layers = new ArrayList<>();
    for (String layer : declared.layers()) {
      Map<Integer, Double> errors = recording.probeErrors(layer);
      layers.add(
          new LayerDynamics(
              layer,
              new EpochMap("linear CKA of " + layer, epochs, recording.similarity(layer).values()),
              unbiased(features, layer),
              probed.stream().mapToDouble(errors::get).toArray(),
              new EpochMap(
                  "decision-region similarity of " + layer,
                  probed,
                  recording.regionSimilarity(layer).values()),
              recording.diagonals(layer),
              PlaneRegions.of(
                  probed.stream().map(epoch -> recording.labels(layer, epoch)).toList(),
                  plan.planes(),
                  data.test().classNames().size())));
    }
    return new DynamicsRun(
        declared,
        curve,
        epochs,
        probed,
        layers,
        plane(recording, drawn(probed, curve)),
        otherInitialisations(folder, recording),
        compared.images().labels(),
        features.epochs().stream()
            .map(epoch -> recording.responses(Network.LOGITS, Moment.afterEpoch(epoch)))
            .map(Classification::predict)
            .toArray(int[][]::new));
  }

  private static EpochMap unbiased(EpochFeatures features, String layer) {
    EpochMap map = features.map(layer, Measures.parse("cka[estimator=unbiased]"), Progress.NONE);
    return new EpochMap("unbiased linear CKA of " + layer, map.epochs(), map.values());
  }

  /** The first layer against those of other initialisations, a row for each. */
  private double[][] otherInitialisations(Path folder, Recording recording) {
    String first = declared.layers().get(0);
    double[][] others = new double[plan.initialisations()][];
    for (int i = 0; i < others.length; i++) {
      double[][] column =
          recording
              .similarity(first, Recording.open(folder.resolve(OTHER + (i + 1))), first)
              .values();
      others[i] = Stream.of(column).mapToDouble(row -> row[0]).toArray();
    }
    return others;
  }

  private PlaneLabels plane(Recording recording, List<Integer> epochs) {
    Map<String, int[][]> labels = new LinkedHashMap<>();
    for (String layer : declared.layers()) {
      labels.put(
          layer,
          epochs.stream().map(epoch -> recording.picture(layer, epoch)).toArray(int[][]::new));
    }
    return new PlaneLabels(plan.drawn(), epochs, labels);
  }

  /**
   * The start, the best epoch before perfect fitting (or of all, where it is not reached), the
   * threshold and the end, each at the nearest epoch with probes; others in between where two of
   * these are one.
   */
  private static List<Integer> drawn(List<Integer> probed, LearningCurve curve) {
    int last = probed.get(probed.size() - 1);
    int fit = curve.perfectFit().orElse(last);
    Optional<LearningCurve.Point> best =
        curve.points().stream()
            .filter(point -> point.epoch() <= fit)
            .min(Comparator.comparingDouble(LearningCurve.Point::testError));
    TreeSet<Integer> drawn = new TreeSet<>(List.of(0, last));
    drawn.add(nearest(probed, best.map(LearningCurve.Point::epoch).orElse(0)));
    drawn.add(nearest(probed, fit));
    // where two of them are one: the probed epochs half way, a third of the way and so on
    for (int part = 2; drawn.size() < Math.min(DRAWN, probed.size()); part++) {
      drawn.add(probed.get(probed.size() / part));
    }
    return List.copyOf(drawn);
  }

  private static int nearest(List<Integer> epochs, int epoch) {
    return epochs.stream().min(Comparator.comparingInt(e -> Math.abs(e - epoch))).orElseThrow();
  }

  private static void removeAllBut(Set<String> kept, Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        if (!file.equals(folder)
            && !(file.getParent().equals(folder) && kept.contains(file.getFileName().toString()))) {
          Files.delete(file);
        }
      }
    }
  }
}
