package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.network.tensor.TorchDevice;
import dev.kindred.study.consistency.ConsistencyStudy;
import dev.kindred.study.convergence.ConvergenceStudy;
import dev.kindred.study.dynamics.DynamicsStudy;
import dev.kindred.study.grounding.GroundingStudy;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.StudyWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code kindred study}: makes and verifies stored studies. */
@Command(
    name = "study",
    description = {
      "Makes the stored results of a study, which its notebook opens with source = \"stored\".",
      "A run that was stopped or killed goes on where it was when it is started again; started",
      "again while it runs, the two share the work. With --verify: checks every file, decides the",
      "claims again, and computes a sample anew."
    },
    mixinStandardHelpOptions = true)
final class StudyCommand implements Callable<Integer> {
  private static final List<StorableStudy> STUDIES =
      List.of(
          new ConsistencyStudy(),
          new DynamicsStudy(),
          new GroundingStudy(),
          new ConvergenceStudy());

  private static final int USUAL_REPLICATES = 1000;
  private static final long USUAL_SEED = 42;

  @Spec private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "NAME",
      description = "The study: consistency, dynamics, grounding or convergence.")
  private String name;

  @Option(
      names = "--stored",
      paramLabel = "DIR",
      description = "Folder of the stored study (default: notebooks/results/NAME).")
  private Path folder;

  @Option(names = "--verify", description = "Verify a stored study instead of making one.")
  private boolean verify;

  @Option(
      names = "--resume",
      description =
          "Go on with the study in the folder, with the settings that it was begun with, beside"
              + " the processes that already do.")
  private boolean resume;

  @Option(
      names = "--dry-run",
      description =
          "Only tell what making the study takes here, where that is known: hours, bytes.")
  private boolean forecast;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "test, demo, real or paper (default: KINDRED_PROFILE, or demo).")
  private String profile;

  @Option(
      names = "--features",
      paramLabel = "DIR",
      description = "Folder of features in place of a zoo; with --verify, where it is now.")
  private Path features;

  @Option(
      names = "--models",
      paramLabel = "CSV",
      description = "Table of the models of the features (default: models.csv there).")
  private Path models;

  @Option(
      names = "--train-on",
      paramLabel = "NAME",
      split = ",",
      description =
          "Data sets, drawn or of manifests, to train a large zoo on in place of the profile's:"
              + " three objectives on each, two architectures, several sizes; with --profile real"
              + " from three seeds, which takes hours.")
  private List<String> trainingSets = List.of();

  @Option(
      names = "--data-sets",
      paramLabel = "NAME",
      split = ",",
      description = "Data sets to take (default: all).")
  private List<String> dataSets = List.of();

  @Option(
      names = "--public",
      paramLabel = "NAME",
      split = ",",
      description =
          "Networks with public weights that the study of convergence compares, too, or none"
              + " (default: cifar10-resnet20,cifar10-resnet56 with --profile real or paper, else"
              + " none); each is models/NAME.torchscript.pt below a folder of KINDRED_MIRROR or of"
              + " the cache's data.")
  private List<String> publicNetworks = List.of();

  @Option(
      names = "--bootstrap",
      paramLabel = "N",
      description =
          "Replicates that decide the claims of consistency and grounding (default: "
              + USUAL_REPLICATES
              + ").")
  private Integer replicates;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Seed of the study, or of the sample to verify (default: " + USUAL_SEED + ").")
  private Long seed;

  @Override
  public Integer call() throws IOException {
    StorableStudy study = study();
    if (verify && resume) {
      throw new InputException("study: expected --verify or --resume, found both");
    }
    if (forecast && verify) {
      throw new InputException("study: expected --verify or --dry-run, found both");
    }
    boolean input = features != null || models != null;
    if (verify || resume) {
      requireNone(
          profile != null
              || !dataSets.isEmpty()
              || !trainingSets.isEmpty()
              || !publicNetworks.isEmpty()
              || replicates != null
              || resume && (input || seed != null));
    }
    requireMeant(study);
    if (input && !trainingSets.isEmpty()) {
      throw new InputException("study: expected --features or --train-on, found both");
    }
    TorchDevice.require();
    Path place = folder == null ? StoredStudy.standardFolder(name) : folder;
    return verify ? verify(study, place) : make(study, place);
  }

  private StorableStudy study() {
    return STUDIES.stream()
        .filter(study -> study.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "study: expected "
                        + String.join(" or ", STUDIES.stream().map(StorableStudy::name).toList())
                        + ", found "
                        + name));
  }

  private SortedMap<String, String> settings(StorableStudy study) {
    Profile chosen = Profile.named(profile == null ? System.getenv("KINDRED_PROFILE") : profile);
    int draws = replicates == null ? USUAL_REPLICATES : replicates;
    long root = seed == null ? USUAL_SEED : seed;
    if (study instanceof ConsistencyStudy) {
      return ConsistencyStudy.settings(
          Optional.ofNullable(features),
          Optional.ofNullable(models),
          trainingSets,
          dataSets,
          chosen,
          draws,
          root);
    }
    if (study instanceof DynamicsStudy) {
      return DynamicsStudy.settings(chosen, dataSets);
    }
    return study instanceof ConvergenceStudy
        ? ConvergenceStudy.settings(dataSets, chosen, publicNetworks, root)
        : GroundingStudy.settings(dataSets, chosen, draws, root);
  }

  /** What a study does not have would change nothing, which nobody can see. */
  private void requireMeant(StorableStudy study) {
    boolean ofFeatures = study instanceof ConsistencyStudy;
    refuse("--features, --models and --train-on", !ofFeatures && hasInput());
    refuse("--public", !(study instanceof ConvergenceStudy) && !publicNetworks.isEmpty());
    boolean replicated = ofFeatures || study instanceof GroundingStudy;
    refuse("--bootstrap", !replicated && replicates != null);
    // Its runs name their own seeds.
    refuse("--seed", study instanceof DynamicsStudy && !verify && seed != null);
    if (replicates != null) {
      CalibrationOptions.requireResamples("--bootstrap", replicates);
    }
  }

  private boolean hasInput() {
    return features != null || models != null || !trainingSets.isEmpty();
  }

  private void refuse(String option, boolean given) {
    if (given) {
      throw new InputException("study " + name + ": has no " + option);
    }
  }

  private void requireNone(boolean settings) {
    if (settings) {
      throw new InputException(
          "study: expected no settings beside "
              + (verify ? "--verify" : "--resume")
              + ": they are those that the study was begun with");
    }
  }

  private int make(StorableStudy study, Path place) throws IOException {
    StudyWriter writer = new StudyWriter(place);
    SortedMap<String, String> settings = resume ? writer.unfinished(study) : settings(study);
    PrintWriter out = spec.commandLine().getOut();
    writer.requirePossible(study, settings);
    List<String> told = study.forecast(settings);
    if (!forecast) {
      writer.makeFolder();
    }
    told.forEach(out::println);
    out.flush();
    if (forecast) {
      return 0;
    }
    out.println(writer.write(study, settings, new Lines(place, out)));
    return 0;
  }

  /** Tells of every file in a line. */
  private record Lines(Path place, PrintWriter out) implements StudyWriter.Told {
    @Override
    public void finished(Path file, int finished, int all, double seconds, double left) {
      out.printf(
          Locale.ROOT,
          "%s\t%d of %d\t%.0f s\tabout %.0f s left%n",
          file,
          finished,
          all,
          seconds,
          left);
      out.flush();
    }

    @Override
    public void waits(List<String> files) {
      out.println(place + "\twaits for other processes, which make " + String.join(", ", files));
      out.flush();
    }
  }

  private int verify(StorableStudy study, Path place) {
    StoredStudy stored = StoredStudy.open(place, study.name(), study.revision());
    PrintWriter out = spec.commandLine().getOut();
    out.println(stored);
    out.println("checksums\t" + stored.files().size() + " files\tgood");
    out.flush();
    SortedMap<String, String> settings = stored.settings();
    if (features != null) {
      settings.put("features", features.toString());
    }
    if (models != null) {
      settings.put("models", models.toString());
    }
    List<StorableStudy.Check> checks =
        study.verify(stored, settings, seed == null ? USUAL_SEED : seed);
    for (StorableStudy.Check check : checks) {
      out.println(
          String.join(
              "\t",
              check.what(),
              check.stored(),
              check.here(),
              check.agrees() ? "good" : "differs"));
    }
    long different = checks.stream().filter(check -> !check.agrees()).count();
    if (different == 0) {
      return 0;
    }
    spec.commandLine()
        .getErr()
        .println(
            "kindred: "
                + place
                + ": "
                + different
                + " of "
                + checks.size()
                + " computed again are not what is stored");
    return Main.FAILURE;
  }
}
