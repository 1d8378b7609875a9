package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Checksums;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.ProcessLock;
import dev.kindred.base.Profile;
import dev.kindred.base.array.NpzWriter;
import dev.kindred.study.consistency.ConsistencyInput;
import dev.kindred.study.consistency.FeatureFolder;
import dev.kindred.study.consistency.PerformanceGap;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.source.FeatureSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StudyCommandTest {
  private static final List<String> DATA_SETS = List.of("CIFAR-10", "cells", "my pictures");

  @TempDir Path temporary;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private Path features() throws IOException {
    Path features = Files.createDirectories(temporary.resolve("features"));
    FeatureFolder.write(features, DATA_SETS, 6);
    FeatureFolder.label(features, "CIFAR-10", "npy");
    return features;
  }

  private String[] make(Path features, Path folder) {
    return new String[] {
      "study",
      "consistency",
      "--features",
      features.toString(),
      "--bootstrap",
      "20",
      "--stored",
      folder.toString()
    };
  }

  private int verify(Path folder) {
    return run("study", "consistency", "--verify", "--stored", folder.toString());
  }

  @Test
  void aStoredStudyHasTheNumbersOfTheLiveOneAndIsVerified() throws IOException {
    Path features = features();
    Path folder = temporary.resolve("stored");
    assertThat(run(make(features, folder))).as(err.toString()).isZero();
    assertThat(out.toString().lines()).hasSize(9).last().asString().contains("8 files");

    ConsistencyInput live = open("features", features);
    ConsistencyInput stored = open("stored", folder);
    assertThat(stored.dataSetList()).isEqualTo(live.dataSetList());
    assertThat(stored.modelTable()).isEqualTo(live.modelTable());
    for (String measure : List.of("cka[rows=unit]", "cka[kernel=rbf,sigma=0.4,rows=unit]", "rsa")) {
      SimilaritySet expected = live.similarities(measure);
      SimilaritySet found = stored.similarities(measure);
      for (int d = 0; d < DATA_SETS.size(); d++) {
        assertNear(found.matrix(d), expected.matrix(d));
      }
    }
    SimilaritySet similarities = stored.similarities("cka[rows=unit]");
    PerformanceGap gaps = stored.gaps(similarities).orElseThrow();
    assertThat(gaps.isKnown(1)).isFalse();
    assertThat(gaps.correlation(0)).isEqualTo(live.gaps(similarities).orElseThrow().correlation(0));
    assertThat(stored.control(FeatureSource.UNTRAINED, "rsa")).isEmpty();
    for (String further :
        List.of("cknna", "soft-matching", "calibrated cka[estimator=biased,rows=unit]")) {
      assertThat(stored.similarities(further).models()).hasSize(6);
    }
    assertThat(stored.sampleSizes(42).keySet()).isEqualTo(live.sampleSizes(42).keySet());
    assertNear(
        stored.sampleSizes(42).get(5).get("linear"), live.sampleSizes(42).get(5).get("linear"));

    assertThat(verify(folder)).as(err.toString() + out).isZero();
    assertThat(out.toString())
        .contains("checksums\t8 files\tgood", "claims\t", "probe accuracy, ")
        .doesNotContain("differs");
  }

  /** Up to what packing rounds. */
  private static void assertNear(LabelledMatrix found, LabelledMatrix expected) {
    for (int i = 0; i < expected.rows().size(); i++) {
      for (int j = 0; j < expected.rows().size(); j++) {
        assertThat(found.get(i, j)).isCloseTo(expected.get(i, j), within(1.6e-5));
      }
    }
  }

  /** With everything that only a large zoo has: its networks untrained, and on random labels. */
  @Test
  void aCrossedZooIsStoredWithItsControls() {
    Path folder = temporary.resolve("stored");
    String[] arguments = {
      "study",
      "consistency",
      "--profile",
      "test",
      "--train-on",
      "textures,waves",
      "--data-sets",
      "waves,digits,galaxies",
      "--bootstrap",
      "20",
      "--stored",
      folder.toString()
    };
    assertThat(run(arguments)).as(err.toString()).isZero();
    assertThat(out.toString()).startsWith("18 networks and 4 on random labels: about ");
    ConsistencyInput stored = open("stored", folder);
    List<String> networks = stored.modelTable().models();
    assertThat(networks).hasSize(18);
    assertThat(stored.attributes()).contains("objective", "training data", "architecture", "size");
    SimilaritySet trained = stored.similarities("rsa");
    SimilaritySet untrained = stored.control(FeatureSource.UNTRAINED, "rsa").orElseThrow();
    assertThat(untrained.models()).isEqualTo(networks);
    assertThat(untrained.matrix(0).values()).isNotEqualTo(trained.matrix(0).values());
    SimilaritySet random = stored.control(FeatureSource.RANDOM_LABELS, "rsa").orElseThrow();
    assertThat(random.models())
        .hasSize(4)
        .allSatisfy(name -> assertThat(name).startsWith("random-"));
    PerformanceGap gaps = stored.gaps(trained).orElseThrow();
    assertThat(gaps.isKnown(2)).isTrue();
    assertThat(stored.modelTable().declarations()).contains("sup-cnn-medium-textures");
    Table sets = stored.table("data-sets.csv").orElseThrow();
    assertThat(sets.stringColumn("models trained on it").asList())
        .containsExactly("yes", "no", "no");
    assertThat(sets.stringColumn("images").asList()).containsOnly("80");
    assertThat(sets.stringColumn("test images").asList()).containsOnly("40");
    assertThat(sets.stringColumn("classes").asList())
        .doesNotContain("0")
        .allSatisfy(number -> assertThat(number).matches("\\d+"));
    assertThat(
            stored.table("models-random-labels.csv").orElseThrow().stringColumn("training error"))
        .allSatisfy(error -> assertThat(Double.parseDouble(error)).isBetween(0.0, 1.0));
    assertThat(stored.attributes()).doesNotContain("training error", "declaration");
    assertThat(stored.table("claims-learnt-networks.csv")).isPresent();
    assertThat(stored.table("claims-generated-training-data.csv").orElseThrow().rowCount())
        .isEqualTo(stored.table("claims.csv").orElseThrow().rowCount());
    Table controls = stored.table("controls.csv").orElseThrow();
    assertThat(controls.stringColumn("networks").asList())
        .contains("trained less untrained", "on true less on random labels");
    Table without = stored.table("claims-without-training-sets.csv").orElseThrow();
    assertThat(without.rowCount()).isEqualTo(stored.table("claims.csv").orElseThrow().rowCount());
    assertThat(stored.table("claims-by-measure.csv").orElseThrow().columnNames())
        .contains("calibrated cka[estimator=biased,rows=unit]: verdict", "cknna: verdict");
    assertThat(stored.table("claims-by-models.csv").orElseThrow().columnNames())
        .contains("verdict of all", "decided from");
    assertThat(stored.table("matched-training-data.csv")).isPresent();
    assertThat(verify(folder)).as(err.toString() + out).isZero();
  }

  private static ConsistencyInput open(String source, Path folder) {
    return ConsistencyInput.open(source, folder.toString(), "", List.of(), Profile.DEMO, 42);
  }

  /** Numbers that were changed together with their checksum are found by computing them again. */
  @Test
  void numbersThatDoNotComeOutAgainAreFound() throws IOException {
    Path folder = temporary.resolve("stored");
    assertThat(run(make(features(), folder))).as(err.toString()).isZero();
    assertThatThrownBy(
            () ->
                ConsistencyInput.open(
                    "stored", folder.toString(), "", List.of("cells"), Profile.DEMO, 42))
        .hasMessage("consistency is that of two data sets: expected at least 2, found cells");
    for (String name : List.of("01-cifar-10.npz", "02-cells.npz", "03-my-pictures.npz")) {
      Path file = folder.resolve(name);
      ConsistencyInput stored = open("stored", folder);
      int set = Integer.parseInt(name.substring(0, 2)) - 1;
      String before = Checksums.sha256(file);
      List<String> specifications = new ArrayList<>();
      try (var open = dev.kindred.base.array.ArrayFile.open(file)) {
        open.entries().forEach(entry -> specifications.add(entry.name()));
      }
      List<double[][]> matrices = new ArrayList<>();
      for (String specification : specifications) {
        if (!specification.startsWith("probe")) {
          matrices.add(stored.similarities(specification).matrix(set).values());
        }
      }
      double[] accuracies = {.1, .2, .3, .4, .5, .6};
      try (NpzWriter npz = new NpzWriter(Files.newOutputStream(file))) {
        for (int k = 0; k < specifications.size(); k++) {
          if (k < matrices.size()) {
            double[][] values = matrices.get(k);
            for (int i = 0; i < values.length; i++) {
              for (int j = 0; j < values.length; j++) {
                values[i][j] *= i == j ? 1 : 0.99;
              }
            }
            npz.write(specifications.get(k), values);
          } else {
            npz.write(specifications.get(k), accuracies);
          }
        }
      }
      Path provenance = folder.resolve("provenance.json");
      String others = Files.readString(provenance).replace(before, Checksums.sha256(file));
      // two files may be equally long
      String bytes = "(\"" + name + "\": \\{[^}]*\"bytes\": )\\d+";
      Files.writeString(provenance, others.replaceFirst(bytes, "$1" + Files.size(file)));
    }
    assertThat(verify(folder)).isEqualTo(Main.FAILURE);
    assertThat(out.toString()).contains("checksums\t8 files\tgood", "\tdiffers");
    assertThat(err.toString()).contains("computed again are not what is stored").hasLineCount(1);
  }

  @Test
  void aStudyThatWasKilledGoesOn() throws Exception {
    Path features = features();
    Path whole = temporary.resolve("whole");
    assertThat(run(make(features, whole))).as(err.toString()).isZero();
    Path folder = temporary.resolve("killed");
    Path first = folder.resolve("01-cifar-10.npz");
    Process process = child(make(features, folder));
    while (!Files.exists(first) && process.isAlive()) {
      TimeUnit.MILLISECONDS.sleep(2);
    }
    process.destroyForcibly().waitFor();
    assertThat(folder.resolve("provenance.json")).as("killed in time").doesNotExist();
    assertThat(verify(folder)).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("is not finished").hasLineCount(1);
    FileTime made = Files.getLastModifiedTime(folder.resolve("models.csv"));

    assertThat(run("study", "consistency", "--resume", "--stored", folder.toString()))
        .as(err.toString())
        .isZero();
    assertThat(Files.getLastModifiedTime(folder.resolve("models.csv"))).isEqualTo(made);
    try (Stream<Path> files = Files.list(whole)) {
      for (Path file : files.filter(f -> !f.endsWith("provenance.json")).toList()) {
        assertThat(folder.resolve(file.getFileName())).hasSameBinaryContentAs(file);
      }
    }
    assertThat(verify(folder)).as(err.toString() + out).isZero();
  }

  @Test
  void whoWaitsForAnotherProcessTellsItInOneLine() throws Exception {
    Path folder = Files.createDirectory(temporary.resolve("stored"));
    String[] arguments = make(features(), folder);
    Path lock = folder.resolve(".kindred-02-cells.npz.lock");
    ProcessLock another = ProcessLock.tryAcquire(lock).orElseThrow();
    String line = folder + "\twaits for other processes, which make 02-cells.npz";
    Future<Void> ended =
        ForkJoinPool.commonPool()
            .submit(
                () -> {
                  while (!out.toString().contains(line)) {
                    TimeUnit.MILLISECONDS.sleep(2);
                  }
                  TimeUnit.SECONDS.sleep(1); // it looks again meanwhile, and does not tell again
                  another.close();
                  return null;
                });
    assertThat(run(arguments)).as(err.toString()).isZero();
    ended.get();
    assertThat(out.toString().lines().filter(line::equals)).hasSize(1);
    assertThat(out.toString().lines().skip(8))
        .as("the tables last")
        .first()
        .asString()
        .contains("claims.csv\t8 of 8");
  }

  private Process child(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx1g", "-Dorg.bytedeco.javacpp.maxBytes=0", "-Dai.djl.offline=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KINDRED_CACHE", temporary.resolve("cache").toString());
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(temporary.resolve("err.txt").toFile());
    return builder.start();
  }

  @Test
  void aDryRunTellsHoursAndBytesAndMakesNothing() {
    Path folder = temporary.resolve("stored");
    assertThat(
            run(
                "study",
                "dynamics",
                "--profile",
                "test",
                "--dry-run",
                "--stored",
                folder.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString().lines()).hasSize(4).last().asString().startsWith("2 runs");
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderThatCannotBeTakenIsRefusedBeforeTheForecast() throws IOException {
    Path notes = Files.createDirectory(temporary.resolve("notes"));
    Path file = Files.writeString(notes.resolve("notes.txt"), "mine");
    String[] places = {notes.toString(), file.toString(), file.resolve("below").toString()};
    for (String place : places) {
      assertBad(place, "study", "convergence", "--profile", "test", "--stored", place);
      assertThat(out.toString()).isEmpty();
    }
    assertBad(
        "holds files that are no stored study",
        "study",
        "dynamics",
        "--profile",
        "test",
        "--dry-run",
        "--stored",
        notes.toString());
    assertThat(out.toString()).isEmpty();
    assertThat(notes).isDirectoryContaining(there -> there.equals(file));
  }

  @Test
  void badInputIsOneLine() throws IOException {
    Path folder = temporary.resolve("stored");
    assertBad(
        "study: expected consistency or dynamics or grounding or convergence, found moon",
        "study",
        "moon");
    assertBad(
        "expected --verify or --resume, found both",
        "study",
        "consistency",
        "--verify",
        "--resume");
    assertBad(
        "expected no settings beside --resume",
        "study",
        "consistency",
        "--resume",
        "--profile",
        "demo");
    assertBad(
        "there is no study to resume",
        "study",
        "consistency",
        "--resume",
        "--stored",
        folder.toString());
    assertBad(
        "expected a stored study, found no provenance.json",
        "study",
        "consistency",
        "--verify",
        "--stored",
        folder.toString());
    assertBad("expected a folder of features", make(temporary.resolve("nothing"), folder));
    assertBad("has no --features, --models and --train-on", "study", "dynamics", "--features", "x");
    assertBad("study dynamics: has no --public", "study", "dynamics", "--public", "none");
    assertBad(
        "--public: expected none or some of cifar10-resnet20,cifar10-resnet56, found moon",
        "study",
        "convergence",
        "--profile",
        "test",
        "--public",
        "moon",
        "--stored",
        temporary.resolve("never").toString());
    assertThat(temporary.resolve("never")).as("a study that cannot be made").doesNotExist();
    assertBad("expected one data set, found a, b", "study", "dynamics", "--data-sets", "a,b");
    assertBad(
        "study dynamics: --data-sets changes nothing with --profile test",
        "study",
        "dynamics",
        "--profile",
        "test",
        "--data-sets",
        "cifar-10");
    for (String study : List.of("grounding", "convergence")) {
      assertBad(
          "study " + study + ": no data set is named moon; there are generated, cifar-10, ",
          "study",
          study,
          "--dry-run",
          "--data-sets",
          "generated,moon");
    }
    for (String option : List.of("--data-sets", "--train-on")) {
      assertBad(
          "study consistency: no data set is named moon; there are objects, ",
          "study",
          "consistency",
          "--profile",
          "test",
          option,
          "objects,moon",
          "--stored",
          temporary.resolve("never").toString());
    }
    assertThat(temporary.resolve("never")).as("a study that cannot be made").doesNotExist();
    assertBad(
        "study dynamics: no data set is named moon; there are cifar-10, ",
        "study",
        "dynamics",
        "--dry-run",
        "--profile",
        "real",
        "--data-sets",
        "moon");
    for (String study : List.of("dynamics", "convergence")) {
      assertBad("study " + study + ": has no --bootstrap", "study", study, "--bootstrap", "50");
    }
    assertBad("study dynamics: has no --seed", "study", "dynamics", "--seed", "1");
    for (String study : List.of("consistency", "grounding")) {
      assertBad(
          "--bootstrap=-1: expected 20 to 1000000 resamples", "study", study, "--bootstrap", "-1");
    }
    assertBad(
        "expected no settings beside --verify",
        "study",
        "grounding",
        "--verify",
        "--bootstrap",
        "9");
    assertBad(
        "expected no settings beside --resume", "study", "grounding", "--resume", "--seed", "9");
    assertBad(
        "expected --verify or --dry-run, found both", "study", "dynamics", "--verify", "--dry-run");
  }

  private void assertBad(String message, String... arguments) {
    assertThat(run(arguments)).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains(message).hasLineCount(1);
  }
}
