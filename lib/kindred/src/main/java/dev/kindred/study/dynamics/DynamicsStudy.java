package dev.kindred.study.dynamics;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.stimuli.DataSets;
import dev.kindred.study.Claim;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The study of training dynamics as it is stored. Files: {@code runs.csv}, a declaration a line;
 * for each run a {@link RunFile} {@code <run>.npz}; {@code claims.csv}, decided on all runs. Runs
 * are trained one by one; one that was stopped goes on from its last checkpoint in the store.
 */
public final class DynamicsStudy implements StorableStudy {
  static final String NAME = "dynamics";
  static final int REVISION = 1;
  private static final String RUNS = "runs.csv";
  static final String CLAIMS = "claims.csv";
  private static final String DATA_SET = "data-sets";
  private static final String PROFILE = "profile";
  private static final String NPZ = ".npz";

  /** Images that a study is made on unless others are named: the first of these that is here. */
  private static final List<String> USUAL = List.of("cifar-10-part", "cifar-10");

  /** Seconds for measuring the speed of a network. */
  private static final double MEASURED_SECONDS = 3;

  /** Epochs of a run that are trained again to verify a study. */
  private static final int VERIFIED_EPOCHS = 6;

  /** Random curves, paths and moves of each test of a claim. */
  private static final int DRAWS = 999;

  private static final Seeds CLAIM_SEEDS = new Seeds(42);

  /** Networks trained again are the same bits; what is left is other processors and float32. */
  private static final double TOLERANCE = 1e-3;

  private final Store store;

  /** Unfinished runs are kept in the store of all commands. */
  public DynamicsStudy() {
    this(Store.standard());
  }

  DynamicsStudy(Store store) {
    this.store = store;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public int revision() {
    return REVISION;
  }

  /**
   * The settings.
   *
   * @param profile {@code test}: seconds; {@code demo}: the stored study of hours; {@code real}:
   *     all images; {@code paper}: the paper's own settings
   * @param dataSets the name of one data set of natural images; none for the usual one
   */
  public static SortedMap<String, String> settings(Profile profile, List<String> dataSets) {
    if (dataSets.size() > 1) {
      throw new InputException(
          "study " + NAME + ": expected one data set, found " + String.join(", ", dataSets));
    }
    boolean chooses = profile == Profile.DEMO || profile == Profile.REAL;
    if (!chooses && !dataSets.isEmpty()) {
      throw new InputException(
          "study " + NAME + ": --data-sets changes nothing with --profile " + profile);
    }
    DataSet.require(dataSets, List.of(), NAME);
    SortedMap<String, String> settings = new TreeMap<>();
    settings.put(PROFILE, profile.toString());
    if (chooses) {
      settings.put(DATA_SET, dataSets.isEmpty() ? usualImages() : dataSets.get(0));
    }
    return settings;
  }

  /** The natural images that a study is made on unless others are named. */
  public static String usualImages() {
    List<String> present = DataSets.present();
    return USUAL.stream().filter(present::contains).findFirst().orElse(USUAL.get(1));
  }

  @Override
  public String command(SortedMap<String, String> settings) {
    StringBuilder command = new StringBuilder("environment/kindred study " + NAME);
    settings.forEach((name, value) -> command.append(" --" + name + " " + value));
    return command.toString();
  }

  /** The runs of a study, in the order in which they are trained. */
  static List<RunDeclaration> runs(SortedMap<String, String> settings) {
    Profile profile = Profile.named(settings.get(PROFILE));
    String dataSet = settings.get(DATA_SET);
    return profile == Profile.DEMO
        ? DynamicsDeclarations.stored(dataSet)
        : DynamicsDeclarations.live(profile, dataSet);
  }

  private static RunPlan plan(SortedMap<String, String> settings) {
    Profile profile = Profile.named(settings.get(PROFILE));
    return profile == Profile.DEMO
        ? DynamicsDeclarations.STORED
        : DynamicsDeclarations.plan(profile);
  }

  @Override
  public List<String> forecast(SortedMap<String, String> settings) {
    return RunCost.lines(RunCost.of(runs(settings), plan(settings), MEASURED_SECONDS));
  }

  @Override
  public Making open(SortedMap<String, String> settings) {
    Map<String, RunDeclaration> files = new LinkedHashMap<>();
    runs(settings).forEach(run -> files.put(run.name() + NPZ, run));
    return new Making() {
      @Override
      public Map<String, Long> sizes() {
        return Map.of("runs", (long) files.size());
      }

      @Override
      public List<String> files() {
        List<String> names = new ArrayList<>(List.of(RUNS));
        names.addAll(files.keySet());
        names.add(CLAIMS);
        return names;
      }

      @Override
      public boolean isDerived(String name) {
        return name.equals(CLAIMS);
      }

      @Override
      public void write(String name, Path target, StoredStudy before) throws IOException {
        if (name.equals(RUNS)) {
          Files.writeString(target, RunTable.write(List.copyOf(files.values())));
        } else if (name.equals(CLAIMS)) {
          Files.writeString(target, claims(before));
        } else {
          RunFile.write(
              RunTraining.all(List.of(files.get(name)), plan(settings), store, Progress.standard())
                  .get(0),
              target);
        }
      }
    };
  }

  /** The declarations of a stored study, in their order. */
  public static List<RunDeclaration> declarations(StoredStudy stored) {
    Path table = stored.file(RUNS);
    return RunTable.read(read(table), table);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** A run of a stored study. */
  public static DynamicsRun run(StoredStudy stored, RunDeclaration declared) {
    return RunFile.read(stored.file(declared.name() + NPZ), declared);
  }

  /** All runs of a stored study, in their order. */
  static List<DynamicsRun> all(StoredStudy stored) {
    return declarations(stored).stream().map(declared -> run(stored, declared)).toList();
  }

  /** The claims as comma-separated values. */
  private static String claims(StoredStudy stored) {
    StringWriter text = new StringWriter();
    Claim.table(DynamicsClaims.decide(all(stored), DRAWS, CLAIM_SEEDS)).write().csv(text);
    return text.toString();
  }

  /**
   * Decides the claims again from the stored numbers, and trains the first epochs of a run again,
   * in a store of its own.
   */
  @Override
  public List<Check> verify(StoredStudy stored, SortedMap<String, String> settings, long seed) {
    List<RunDeclaration> runs = declarations(stored);
    List<Check> checks = new ArrayList<>();
    boolean same = runs.equals(runs(settings));
    checks.add(
        new Check("declarations", runs.size() + " runs", same ? "the same" : "others", same));
    String verdicts = read(stored.file(CLAIMS));
    boolean decided = verdicts.equals(claims(stored));
    checks.add(
        new Check(
            "claims",
            verdicts.lines().count() - 1 + " verdicts",
            decided ? "the same" : "others",
            decided));
    RunDeclaration declared = runs.get(new SplittableRandom(seed).nextInt(runs.size()));
    DynamicsRun there = run(stored, declared);
    int epochs = Math.min(VERIFIED_EPOCHS, declared.epochs());
    DynamicsRun here = again(declared.withEpochs(epochs), plan(settings));
    for (LearningCurve.Point point : here.curve().points()) {
      LearningCurve.Point before =
          there.curve().points().stream()
              .filter(other -> other.epoch() == point.epoch())
              .findFirst()
              .orElse(new LearningCurve.Point(point.epoch(), 0, Double.NaN, Double.NaN));
      String what = declared.name() + ", epoch " + point.epoch() + ", ";
      checks.add(check(what + "training error", before.trainError(), point.trainError()));
      checks.add(check(what + "test error", before.testError(), point.testError()));
    }
    for (LayerDynamics layer : here.layers()) {
      for (int epoch : layer.similarity().epochs()) {
        checks.add(
            check(
                declared.name() + ", " + layer.layer() + ", CKA of epochs 0 and " + epoch,
                there.layer(layer.layer()).similarity().get(0, epoch),
                layer.similarity().get(0, epoch)));
      }
    }
    return checks;
  }

  private static DynamicsRun again(RunDeclaration declared, RunPlan plan) {
    try {
      Path folder = Files.createTempDirectory("kindred-verify");
      try {
        return RunTraining.all(List.of(declared), plan, Store.open(folder), Progress.standard())
            .get(0);
      } finally {
        try (Stream<Path> files = Files.walk(folder)) {
          for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
            Files.delete(file);
          }
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Check check(String what, double stored, double here) {
    return new Check(
        what,
        String.format(Locale.ROOT, "%.6f", stored),
        String.format(Locale.ROOT, "%.6f", here),
        Math.abs(stored - here) <= TOLERANCE);
  }
}
