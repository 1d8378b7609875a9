package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.figure.Figure;
import dev.kindred.study.behaviour.BehaviourStatistics;
import dev.kindred.study.behaviour.HumanBehaviour;
import dev.kindred.study.behaviour.report.BehaviourFigures;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/**
 * Responses in the public layout; the expected values are scikit-learn's. {@code
 * src/test/python/make_behaviour_files.py} made both.
 */
class BehaviourCommandTest {
  private static final String FILES = "/dev/kindred/study/convergence/behaviour.zip";

  @TempDir Path temporary;

  private Path data;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream resource = BehaviourCommandTest.class.getResourceAsStream(FILES);
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = temporary.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
    data = temporary.resolve("raw-data");
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    List<String> all = new ArrayList<>(List.of("behaviour", "--bootstrap", "40"));
    all.addAll(List.of(arguments));
    return Main.run(
        all.toArray(String[]::new), new PrintWriter(out, true), new PrintWriter(err, true));
  }

  private String problem() {
    assertThat(run(data.toString(), "--out", temporary.resolve("out").toString())).isEqualTo(2);
    assertThat(err.toString().strip()).doesNotContain("\n");
    return err.toString();
  }

  private void change(String file, UnaryOperator<String> change) throws IOException {
    Path path = data.resolve(file);
    String before = Files.readString(path);
    assertThat(change.apply(before)).isNotEqualTo(before);
    Files.writeString(path, change.apply(before));
  }

  @Test
  void theTablesHaveTheValuesOfScikitLearn() {
    Path target = temporary.resolve("out");
    assertThat(run(data.toString(), "--out", target.toString())).as(err.toString()).isZero();
    Table expected = Table.read().csv(temporary.resolve("expected.csv").toFile());
    Table consistency = Table.read().csv(target.resolve("consistency.csv").toFile());
    Table accuracy = Table.read().csv(target.resolve("accuracy.csv").toFile());
    assertThat(consistency.rowCount()).isEqualTo(expected.rowCount()).isEqualTo(30);
    for (Row row : expected) {
      Row found = row(consistency, row, "with people");
      assertThat(found.getDouble("kappa")).isCloseTo(row.getDouble("kappa"), within(1e-12));
      assertThat(found.getDouble("observed overlap"))
          .isCloseTo(row.getDouble("observed"), within(1e-12));
      assertThat(found.getDouble("expected overlap"))
          .isCloseTo(row.getDouble("expected"), within(1e-12));
      assertThat(found.getDouble("least kappa")).isCloseTo(row.getDouble("least"), within(1e-12));
      assertThat(found.getDouble("greatest kappa"))
          .isCloseTo(row.getDouble("greatest"), within(1e-12));
      assertThat(found.getDouble("low")).isLessThanOrEqualTo(found.getDouble("high"));
      assertThat(row(accuracy, row, "name").getDouble("accuracy"))
          .isCloseTo(row.getDouble("accuracy"), within(1e-12));
    }
    assertThat(out.toString()).contains("resnet50 errs on the images", "Over all sets kappa is");
  }

  /** The same set, level and name. */
  private static Row row(Table table, Row wanted, String name) {
    return table.stream()
        .filter(row -> row.getString("set").equals(wanted.getString("set")))
        .filter(row -> row.getString("level").equals(wanted.getString("level")))
        .filter(row -> row.getString(name).equals(wanted.getString("name")))
        .findFirst()
        .orElseThrow(() -> new AssertionError(wanted.toString()));
  }

  @Test
  void figuresShowPeopleAndNetworks() throws IOException {
    Path target = temporary.resolve("out");
    assertThat(run(data.toString(), "--out", target.toString())).as(err.toString()).isZero();
    for (String name : List.of("behaviour", "accuracy-by-level", "consistency-by-level")) {
      assertThat(ImageIO.read(target.resolve(name + ".png").toFile()).getWidth())
          .isGreaterThan(400);
    }
    BehaviourStatistics statistics = HumanBehaviour.open(data).statistics(20, new Seeds(1));
    Figure figure = new BehaviourFigures(statistics).sets();
    figure.save(target.resolve("sets.svg"));
    assertThat(Files.readString(target.resolve("sets.svg")))
        .contains("people", "resnet50", "all sets", "uniform-noise", "by chance");
    assertThat(figure.vegaLite().orElseThrow()).doesNotContain("null").contains("bagnet33, edge");
  }

  /** As a download lies: all files in one folder. */
  @Test
  void foldersDoNotMatter() throws IOException {
    Path flat = Files.createDirectory(temporary.resolve("flat"));
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, flat.resolve(file.getFileName()));
      }
    }
    Files.writeString(flat.resolve("notes_of_mine.csv"), "a,b\n");
    assertThat(HumanBehaviour.open(flat).statistics(20, new Seeds(1)).consistencies())
        .isEqualTo(HumanBehaviour.open(data).statistics(20, new Seeds(1)).consistencies());
  }

  @Test
  void someSetsAndNetworksAlone() {
    Path target = temporary.resolve("some");
    assertThat(
            run(
                data.toString(),
                "--set",
                "edge",
                "--network",
                "bagnet33",
                "--out",
                target.toString()))
        .as(err.toString())
        .isZero();
    Table consistency = Table.read().csv(target.resolve("consistency.csv").toFile());
    assertThat(consistency.stringColumn("set").unique().asList()).containsExactly("edge");
    assertThat(consistency.stringColumn("with people").unique().asList())
        .containsExactlyInAnyOrder("people", "bagnet33");
    assertThat(target.resolve("behaviour.png")).exists();
    assertThat(target.resolve("accuracy-by-level.png")).doesNotExist();
    assertThat(run(data.toString(), "--set", "color", "--out", target.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("expected as set one of colour, uniform-noise, edge, found color");
    assertThat(run(data.toString(), "--network", "vgg", "--out", target.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("expected as network one of bagnet33, resnet50, found vgg");
  }

  /** No response is a wrong answer. */
  @Test
  void silenceIsAMiss() throws IOException {
    Path file = data.resolve("edge/edge_subject-01_session_1.csv");
    double before = accuracyOfFirst();
    String right = Files.readString(file);
    String line =
        right.lines().filter(l -> l.matches(".*,(\\w+),\\1,0,.*")).findFirst().orElseThrow();
    change(
        "edge/edge_subject-01_session_1.csv",
        text -> text.replace(line, line.replaceFirst(",(\\w+),\\1,0,", ",na,$1,0,")));
    assertThat(accuracyOfFirst()).isCloseTo(before - 1 / 32.0, within(1e-12));
  }

  private double accuracyOfFirst() {
    return HumanBehaviour.open(data).statistics(20, new Seeds(1)).accuracies().stream()
        .filter(one -> one.set().equals("edge") && one.name().equals("subject-01"))
        .findFirst()
        .orElseThrow()
        .value();
  }

  @Test
  void aSpreadsheetsMarkOfUtf8IsNoPartOfTheFirstName() throws IOException {
    double before = accuracyOfFirst();
    change("edge/edge_subject-01_session_1.csv", text -> "\uFEFF" + text);
    assertThat(accuracyOfFirst()).isEqualTo(before);
  }

  @Test
  void badFilesAreNamed() throws IOException {
    change("edge/edge_resnet50_session-1.csv", text -> text.replace("object_response", "answer"));
    assertThat(problem())
        .contains(
            "edge_resnet50_session-1.csv: expected columns subj, object_response, category,"
                + " condition, imagename, found subj, session, trial, rt, answer,");
  }

  @Test
  void namesThatMeanSomethingElseAreNamed() throws IOException {
    String file = "edge/edge_resnet50_session-1.csv";
    change(file, text -> text.replace("resnet50,", "people,"));
    assertThat(problem())
        .contains(
            "edge: expected the name of a person or a network as subj, found “people”, which");
    change(file, text -> text.replace("people,", ","));
    assertThat(problem()).contains("a person or a network as subj, found “”");
  }

  /** Kappa has no value where nobody errs, and nothing is drawn of it. */
  @Test
  void whereNobodyErrsThereIsAccuracyAlone() throws IOException {
    try (Stream<Path> files = Files.walk(data)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        if (file.toString().contains("subject")) {
          Files.writeString(
              file, Files.readString(file).replaceAll("(?m),(\\w+),(\\w+),0,", ",$2,$2,0,"));
        } else {
          Files.delete(file);
        }
      }
    }
    Path target = temporary.resolve("out");
    assertThat(run(data.toString(), "--set", "edge", "--out", target.toString()))
        .as(err.toString())
        .isZero();
    BehaviourStatistics statistics =
        HumanBehaviour.open(data).onlySets(List.of("edge")).statistics(20, new Seeds(1));
    assertThat(new BehaviourFigures(statistics).sets().csv().orElseThrow())
        .contains("Right answers")
        .doesNotContain("Errors on the same images");
  }

  @Test
  void unknownCategoriesAreNamed() throws IOException {
    change("edge/edge_subject-02_session_1.csv", text -> text.replaceFirst(",oven,", ",stove,"));
    assertThat(problem()).contains("edge_subject-02_session_1.csv, line ", "or na, found stove");
  }

  @Test
  void emptyFilesAreNamed() throws IOException {
    change("edge/edge_subject-02_session_1.csv", text -> "");
    assertThat(problem())
        .contains("edge_subject-02_session_1.csv: expected trials, found an empty file");
    Files.writeString(
        data.resolve("edge/edge_subject-02_session_1.csv"),
        "subj,session,trial,rt,object_response,category,condition,imagename\n");
    assertThat(problem()).contains("expected trials below the names, found none");
  }

  @Test
  void shortLinesAreNamed() throws IOException {
    change("edge/edge_subject-02_session_1.csv", text -> text + "subject-02,1\n");
    assertThat(problem())
        .contains("edge_subject-02_session_1.csv, line 34: expected 8 values, found 2");
  }

  @Test
  void peopleAreNeeded() throws IOException {
    for (int i = 1; i <= 3; i++) {
      Files.delete(data.resolve("edge/edge_subject-0" + i + "_session_1.csv"));
    }
    assertThat(problem())
        .contains(
            "expected responses of people to edge, such as edge_subject-01_session_1.csv, found"
                + " those of bagnet33, resnet50");
  }

  @Test
  void onePersonHasNobodyToAgreeWith() throws IOException {
    for (int i = 2; i <= 3; i++) {
      Files.delete(data.resolve("edge/edge_subject-0" + i + "_session_1.csv"));
    }
    assertThat(problem())
        .contains("edge: expected responses of two people or more", "found those of subject-01");
  }

  @Test
  void allSeeTheSameImages() throws IOException {
    change("edge/edge_resnet50_session-1.csv", text -> text.replace("dog0.png", "wolf0.png"));
    assertThat(problem())
        .contains(
            "edge: expected of resnet50 the 32 images of subject-01, found 32; only one of them"
                + " has dog0.png");
  }

  @Test
  void imagesAreOfOneCategoryAndLevel() throws IOException {
    change("colour/colour_bagnet33_session-1.csv", text -> text.replaceFirst(",cr,", ",bw,"));
    assertThat(problem())
        .contains(
            "colour: expected of bagnet33 for ", "category and condition that subject-01 has");
    unpack();
    change("colour/colour_subject-01_session_1.csv", text -> text.replaceFirst(",cr,", ",grey,"));
    assertThat(problem())
        .contains("colour: expected as condition one of cr, bw, found grey in the trials of");
  }

  @Test
  void nobodyAnswersTwice() throws IOException {
    change(
        "edge/edge_resnet50_session-1.csv",
        text -> text + text.lines().skip(1).findFirst().orElseThrow() + "\n");
    assertThat(problem()).contains("resnet50 answers twice to ");
  }

  @Test
  void foldersWithoutResponsesAreNamed() {
    data = temporary.resolve("empty");
    assertThat(problem()).contains("expected a folder of responses, found no folder of that name");
    data.toFile().mkdir();
    assertThat(problem())
        .contains("expected files such as colour/colour_subject-01_session_1.csv", "found none");
  }

  @Test
  void whatCannotBeIsRefusedBeforeAnythingIsComputed() throws IOException {
    Path file = Files.writeString(temporary.resolve("file"), "");
    for (Path place : List.of(file, file.resolve("below"))) {
      assertThat(run(data.toString(), "--out", place.toString())).isEqualTo(Main.BAD_INPUT);
      assertThat(err.toString()).startsWith("kindred: " + place + ": ").hasLineCount(1);
      assertThat(out.toString()).isEmpty();
    }
    assertThat(
            Main.run(
                new String[] {"behaviour", data.toString(), "--bootstrap", "0", "--out", "never"},
                new PrintWriter(out, true),
                new PrintWriter(err, true)))
        .isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("--bootstrap=0: expected 20 to 1000000 resamples");
    assertThat(Path.of("never")).doesNotExist();
  }

  @Test
  void otherTextThanUtf8IsToldWithItsLine() throws IOException {
    Path file = data.resolve("edge/edge_resnet50_session-1.csv");
    byte[] bytes = Files.readAllBytes(file);
    bytes[new String(bytes, StandardCharsets.UTF_8).indexOf('\n') + 3] = (byte) 0xff;
    Files.write(file, bytes);
    assertThat(problem())
        .contains("edge_resnet50_session-1.csv, line 2: expected text in UTF-8, found");
  }
}
