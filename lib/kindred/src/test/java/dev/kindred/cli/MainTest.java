package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.base.Numbers;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.NpyEncoder;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Oracle;
import dev.kindred.measure.Run;
import dev.kindred.measure.statistics.Bootstrap;
import dev.kindred.measure.statistics.CalibratedMatrix;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.NullCalibration;
import dev.kindred.representation.ReadOptions;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import dev.kindred.study.grounding.GroundingStudy;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;
  private Path x;
  private Path y;

  @BeforeEach
  void writeFiles() {
    x = folder.resolve("x.npy");
    y = folder.resolve("y.v2.npy");
    Representations.write(
        Representation.of("x", new double[][] {{1, 2}, {3, 5}, {-1, 0}, {2, 2}, {0, 1}}), x);
    Representations.write(Representation.of("y", new double[][] {{1}, {4}, {-2}, {2.5}, {0}}), y);
  }

  @Test
  void compareGivesTheNumberThatTheLibraryGives() {
    assertThat(run("compare", x.toString(), y.toString(), "--measure", "cka")).isZero();
    double expected =
        Measures.parse("cka").compare(Representations.read(x), Representations.read(y));
    assertThat(Double.parseDouble(out.toString())).isEqualTo(expected);
    assertThat(out.toString()).matches("0\\.\\d{16,}\\R");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aMappedFileThatIsCutShortIsToldInOneLine() throws IOException {
    Path file = Files.write(folder.resolve("mapped"), new byte[1 << 16]);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer mapped = channel.map(FileChannel.MapMode.READ_ONLY, 0, 1 << 16);
      channel.truncate(0);
      // Java may tell of the fault one instruction later than it happened.
      InternalError fault =
          catchThrowableOfType(
              InternalError.class,
              () -> {
                for (int i = 0; i < 1 << 16; i++) {
                  mapped.get(i);
                }
              });

      assertThat(Main.tell(new PrintWriter(err, true), fault)).isEqualTo(2);
    }
    assertThat(err.toString())
        .isEqualToNormalizingNewlines(
            "kindred: a file was cut short while it was read; read it again\n");
  }

  @Test
  void checkpointsAreKeptInAFolder() {
    String m = folder.resolve("m.csv").toString();
    for (String place : List.of("", x.toString())) {
      err.getBuffer().setLength(0);
      int status =
          run(
              "matrix",
              "--measure",
              "cka",
              "--out",
              m,
              "--checkpoints",
              place,
              x.toString(),
              y.toString());
      assertThat(status).isEqualTo(2);
      assertThat(err.toString())
          .isEqualToNormalizingNewlines(
              "kindred: --checkpoints=" + place + ": expected a folder\n");
    }
    assertThat(folder.resolve("m.csv")).doesNotExist();
  }

  /** Only the command that is meant is declared, so each is tried; the help knows all. */
  @Test
  void everyCommandAnswersToTheNameThatTheHelpLists() {
    assertThat(run("--help")).isZero();
    String help = out.toString();
    for (String name :
        List.of(
            "measures",
            "compare",
            "matrix",
            "show",
            "data",
            "zoo",
            "recording",
            "store",
            "consistency",
            "study",
            "classpath")) {
      assertThat(help).containsPattern("(?m)^  " + name + " ");
      out.getBuffer().setLength(0);
      assertThat(run(name, "--help")).isZero();
      assertThat(out.toString()).startsWith("Usage: kindred " + name + " ");
    }
    assertThat(run("compere")).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("compere");
  }

  /** The same measurements as stimuli × trials × units and as trials × stimuli × units. */
  @Test
  void repeatedMeasurementsAreReadWithEitherAxisFirst() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    double[] stimuliFirst = random.doubles(6 * 3 * 2).toArray();
    double[] trialsFirst = new double[stimuliFirst.length];
    for (int i = 0; i < 6; i++) {
      for (int t = 0; t < 3; t++) {
        System.arraycopy(stimuliFirst, (i * 3 + t) * 2, trialsFirst, (t * 6 + i) * 2, 2);
      }
    }
    Path stimuli = array("stimuli.npy", stimuliFirst, 6, 3, 2);
    Path trials = array("trials.npy", trialsFirst, 3, 6, 2);
    Path flat = array("flat.npy", stimuliFirst, 18, 2);
    String measure = "--measure=rsa[rdm=crossnobis,compare=cosine,trials=3]";

    assertThat(run("compare", stimuli.toString(), stimuli.toString(), measure)).isZero();
    assertThat(Double.parseDouble(out.toString())).isCloseTo(1, within(1e-12));
    assertThat(Representations.read(trials, ReadOptions.defaults().trialsFirst(true)).row(4))
        .containsExactly(Representations.read(stimuli).row(4));
    assertThat(run("compare", trials.toString(), trials.toString(), measure, "--trials-first"))
        .isZero();
    assertThat(run("compare", flat.toString(), flat.toString(), measure)).isEqualTo(2);
    assertThat(err.toString()).contains("do not divide into 3 trials").hasLineCount(1);
    assertThat(run("compare", flat.toString(), flat.toString(), measure, "--trials-first"))
        .isEqualTo(2);
    assertThat(err.toString()).contains("expected trials × stimuli × units");
  }

  private Path array(String name, double[] values, long... shape) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(NpyEncoder.header("<f8", shape));
    ByteBuffer numbers = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    numbers.asDoubleBuffer().put(values);
    bytes.write(numbers.array());
    return Files.write(folder.resolve(name), bytes.toByteArray());
  }

  @Test
  void compareTellsInJsonWhatWasCompared() {
    run("compare", x.toString(), y.toString(), "--measure=cka[estimator=biased]", "--json");
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(json.get("measure").getAsString()).isEqualTo("cka[estimator=biased]");
    assertThat(json.get("stimuli").getAsInt()).isEqualTo(5);
    assertThat(json.get("units").toString()).isEqualTo("[2,1]");
    assertThat(json.get("value").getAsDouble()).isBetween(0.5, 1.0);
  }

  @Test
  void compareGivesTheOraclesValues() {
    int compared = 0;
    for (JsonObject pair : Oracle.records("pairs.jsonl")) {
      String measure = pair.get("measure").getAsString();
      boolean first = pair.get("case").getAsString().startsWith("c01");
      if (!first || !measure.matches("(cka|rsa|procrustes)\\b.*")) {
        continue;
      }
      out.getBuffer().setLength(0);
      String inputX = Oracle.npy(pair.get("x").getAsString(), folder).toString();
      String inputY = Oracle.npy(pair.get("y").getAsString(), folder).toString();
      assertThat(run("compare", inputX, inputY, "--measure", measure)).as(measure + err).isZero();
      assertThat(Double.parseDouble(out.toString()))
          .as(measure)
          .isCloseTo(pair.get("value").getAsDouble(), within(pair.get("tolerance").getAsDouble()));
      compared++;
    }
    assertThat(compared).isEqualTo(29);
  }

  @Test
  void matrixWritesAHeaderRowAndAFirstColumnOfNames() throws Exception {
    Path csv = folder.resolve("results/m.csv");
    assertThat(run("matrix", "--measure", "cka", "--out", csv.toString(), folder.toString()))
        .as(err.toString())
        .isZero();
    List<String> lines = Files.readAllLines(csv);
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0)).endsWith(",x,y.v2");
    assertThat(lines.get(1)).startsWith("x,1");
    assertThat(lines.get(1).split(",")[2]).isEqualTo(lines.get(2).split(",")[1]);
    assertThat(csv.getParent().toFile().list()).containsExactly("m.csv");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void compareSetsTheValueBesideChanceAndGivesAnInterval() {
    Path[] files = writeRelated();
    String[] words = {
      "compare",
      files[0].toString(),
      files[1].toString(),
      "--measure=cka",
      "--calibrate=99",
      "--interval=50",
      "--seed=3"
    };
    assertThat(run(words)).as(err.toString()).isZero();
    Representation first = Representations.read(files[0]);
    Representation second = Representations.read(files[1]);
    NullCalibration.Calibrated calibrated =
        NullCalibration.of(
            Measures.parse("cka"), first, second, 99, 0.95, new Seeds(3), Progress.NONE);
    Interval interval =
        Bootstrap.overStimuli(
            Measures.parse("cka"), first, second, 50, 0.95, new Seeds(3), Progress.NONE);
    List<String[]> lines = out.toString().lines().map(line -> line.split("\t")).toList();
    assertThat(lines.stream().map(line -> line[0]))
        .containsExactly("value", "null mean", "p", "calibrated", "interval");
    assertThat(Double.parseDouble(lines.get(0)[1])).isCloseTo(calibrated.value(), within(1e-12));
    assertThat(Double.parseDouble(lines.get(1)[1])).isEqualTo(calibrated.nullMean());
    assertThat(Double.parseDouble(lines.get(2)[1])).isEqualTo(calibrated.p()).isEqualTo(0.01);
    assertThat(Double.parseDouble(lines.get(3)[1])).isEqualTo(calibrated.score());
    assertThat(Double.parseDouble(lines.get(4)[1])).isEqualTo(interval.low());
    assertThat(Double.parseDouble(lines.get(4)[2])).isEqualTo(interval.high());

    out.getBuffer().setLength(0);
    words[6] = "--json";
    run(words);
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(json.get("seed").getAsLong()).isZero();
    JsonObject chance = json.getAsJsonObject("calibration");
    assertThat(chance.get("permutations").getAsInt()).isEqualTo(99);
    assertThat(chance.get("alpha").getAsDouble()).isEqualTo(0.05);
    assertThat(chance.get("p").getAsDouble()).isEqualTo(0.01);
    double threshold = chance.get("threshold").getAsDouble();
    double value = json.get("value").getAsDouble();
    assertThat(chance.get("calibrated").getAsDouble())
        .isCloseTo((value - threshold) / (1 - threshold), within(1e-9));
    assertThat(chance.get("nullMean").getAsDouble()).isLessThan(threshold);
    JsonObject ends = json.getAsJsonObject("interval");
    assertThat(ends.get("low").getAsDouble()).isLessThan(value);
    assertThat(ends.get("high").getAsDouble()).isGreaterThan(value);
    assertThat(ends.get("resamples").getAsInt()).isEqualTo(50);
  }

  @Test
  void optionsOfChanceThatCannotBeMeantAreRefused() {
    String[][] wrong = {
      {"--alpha=0.1"},
      {"--calibrate=0"},
      {"--calibrate=18"},
      {"--alpha=0.01", "--calibrate=98"},
      {"--calibrate=2147483647"},
      {"--calibrate=99", "--alpha=1"},
      {"--calibrate=99", "--alpha=NaN"},
      {"--calibrate=99", "--alpha=1e-300"},
      {"--interval=19"},
      {"--interval=2147483647"}
    };
    for (String[] options : wrong) {
      err.getBuffer().setLength(0);
      List<String> words =
          new ArrayList<>(List.of("compare", x.toString(), y.toString(), "--measure=cka"));
      words.addAll(List.of(options));
      assertThat(run(words.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString().lines()).hasSize(1);
      assertThat(err.toString()).contains(options[options.length - 1].split("=")[0]);
    }
    err.getBuffer().setLength(0);
    assertThat(
            run("matrix", "--measure=cka", "--out=-", "--calibrate=99", x.toString(), y.toString()))
        .isEqualTo(2);
    assertThat(err.toString()).contains("expected a file");
  }

  @Test
  void matrixRefusesNamesOfResultsBeforeItWrites() throws Exception {
    byte[] input = Files.readAllBytes(x);
    Path csv = folder.resolve("refused/m.csv");
    String[][] wrong = {
      {"--out=" + x},
      {"--out=" + csv, "--figure=" + csv.resolveSibling("m.txt")},
      {"--out=" + csv.resolveSibling("m.png"), "--figure=" + csv.resolveSibling("m.png")},
      {"--out=/dev/null", "--calibrate=19"},
      {"--out=" + csv.resolveSibling("one"), "--interval=20"}
    };
    for (String[] options : wrong) {
      err.getBuffer().setLength(0);
      List<String> words = new ArrayList<>(List.of("matrix", "--measure=cka", x.toString()));
      if (!options[0].endsWith("one")) {
        words.add(y.toString());
      }
      words.addAll(List.of(options));
      assertThat(run(words.toArray(String[]::new))).as(err.toString()).isEqualTo(2);
      assertThat(err.toString().lines()).hasSize(1);
    }
    assertThat(Files.readAllBytes(x)).isEqualTo(input);
    assertThat(csv.getParent()).doesNotExist();
    assertThat(Path.of("/dev/null.p.csv")).doesNotExist();
  }

  @Test
  void readmeKnowsHowManyMeasuresThereAre() throws Exception {
    assertThat(Files.readString(Path.of("../../README.md")))
        .contains(": " + Measures.all().size() + " measures,");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFullDiskIsOneLine() {
    Path full = Path.of("/dev/full");
    assertThat(run("matrix", "--measure=cka", "--out=" + full, x.toString(), y.toString()))
        .isEqualTo(1);
    assertThat(err.toString().lines()).hasSize(1);
  }

  @Test
  void matrixWritesCompanionsAndAPicture() throws Exception {
    Path[] files = writeRelated();
    Path csv = folder.resolve("results/m.csv");
    Path picture = folder.resolve("results/m.png");
    String[] words = {
      "matrix",
      "--measure=cka",
      "--out=" + csv,
      "--calibrate=99",
      "--alpha=0.1",
      "--interval=20",
      "--figure=" + picture,
      files[0].toString(),
      files[1].toString(),
      files[2].toString()
    };
    assertThat(run(words)).as(err.toString()).isZero();
    assertThat(csv.getParent().toFile().list())
        .containsExactlyInAnyOrder(
            "m.csv",
            "m.null-mean.csv",
            "m.calibrated.csv",
            "m.p.csv",
            "m.p-adjusted.csv",
            "m.low.csv",
            "m.high.csv",
            "m.calibration.json",
            "m.png");
    List<Representation> models = Arrays.stream(files).map(Representations::read).toList();
    CalibratedMatrix calibrated =
        NullCalibration.ofMatrix(Measures.parse("cka"), models, 99, 0.9, new Seeds(0), Run.quiet());
    assertThat(cell(csv, "m.csv", 0, 1)).isCloseTo(calibrated.values().get(0, 1), within(1e-12));
    assertThat(cell(csv, "m.null-mean.csv", 0, 2)).isEqualTo(calibrated.nullMeans().get(0, 2));
    assertThat(cell(csv, "m.calibrated.csv", 0, 1)).isEqualTo(calibrated.scores().get(0, 1));
    assertThat(cell(csv, "m.p.csv", 0, 1)).isEqualTo(0.01);
    assertThat(cell(csv, "m.p.csv", 1, 2)).isEqualTo(calibrated.ps().get(1, 2));
    assertThat(cell(csv, "m.p-adjusted.csv", 2, 1)).isEqualTo(calibrated.adjustedPs().get(1, 2));
    assertThat(cell(csv, "m.p.csv", 1, 1)).isNaN();
    assertThat(cell(csv, "m.low.csv", 0, 1)).isLessThan(cell(csv, "m.csv", 0, 1));
    assertThat(cell(csv, "m.high.csv", 0, 1)).isGreaterThan(cell(csv, "m.csv", 0, 1));
    JsonObject json =
        JsonParser.parseString(Files.readString(csv.resolveSibling("m.calibration.json")))
            .getAsJsonObject();
    assertThat(json.get("measure").getAsString()).isEqualTo("cka");
    assertThat(json.get("permutations").getAsInt()).isEqualTo(99);
    assertThat(json.get("alpha").getAsDouble()).isEqualTo(0.1);
    assertThat(json.get("resamples").getAsInt()).isEqualTo(20);
    assertThat(json.get("seed").getAsLong()).isZero();
    assertThat(json.get("files").getAsJsonArray()).hasSize(3);
  }

  private static double cell(Path csv, String file, int row, int column) throws Exception {
    String line = Files.readAllLines(csv.resolveSibling(file)).get(row + 1);
    return Double.parseDouble(line.split(",")[column + 1]);
  }

  /** Two that are related and one that is not. */
  private Path[] writeRelated() {
    SplittableRandom random = new SplittableRandom(1);
    double[][][] values = new double[3][30][4];
    for (int i = 0; i < 30; i++) {
      for (int j = 0; j < 4; j++) {
        values[0][i][j] = random.nextGaussian();
        values[1][i][j] = values[0][i][j] + 0.5 * random.nextGaussian();
        values[2][i][j] = random.nextGaussian();
      }
    }
    Path[] files = new Path[3];
    for (int m = 0; m < 3; m++) {
      files[m] = folder.resolve("model-" + m + ".npy");
      Representations.write(Representation.of("m", values[m]), files[m]);
    }
    return files;
  }

  @Test
  void namesAreWholePathsWhereStemsAreNotUnique() {
    assertThat(MatrixCommand.names(List.of(Path.of("a/x.npy"), Path.of("b/y.npy"))))
        .containsExactly("x", "y");
    assertThat(MatrixCommand.names(List.of(Path.of("a/x.npy"), Path.of("b/x.npy"))))
        .containsExactly(Path.of("a/x.npy").toString(), Path.of("b/x.npy").toString());
  }

  @Test
  void measuresListsEverySpecificationWithItsDefaults() {
    assertThat(run("measures")).isZero();
    assertThat(out.toString().lines().count()).isEqualTo(Measures.all().size());
    assertThat(out.toString()).startsWith("cka[kernel=linear,");
    for (String line : out.toString().lines().toList()) {
      String[] columns = line.split("\t");
      assertThat(columns).hasSize(4);
      assertThat(columns[1]).isIn("similarity", "distance");
    }
  }

  @Test
  void measuresTellsAllAboutOne() {
    run("measures", "cka");
    assertThat(out.toString()).contains("kernel=linear (linear | rbf)").contains("source: ");
    out.getBuffer().setLength(0);
    run("measures", "cka", "--json");
    JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
    assertThat(json.get("parameters").getAsJsonArray()).isNotEmpty();
  }

  /** Where no stored study comes along, it says what makes one. */
  @Test
  void measuresSaysWhichToUseOrWhatTells() {
    run("measures", "cka");
    assertThat(out.toString()).contains("which measure for what: ");
    boolean stored = GroundingStudy.decisions().isPresent();
    assertThat(run("measures", "--choose")).isEqualTo(stored ? 0 : 2);
    assertThat(stored ? out.toString() : err.toString())
        .contains(stored ? "to be told\tbest\t" : "environment/kindred study grounding");
  }

  /** float32 responses that were centred in float64: nothing in the numbers shows it. */
  @Test
  void roundingIsDetectedOrSaid() {
    SplittableRandom random = new Seeds(5).stream("rounding");
    double[][] rows = new double[60][3];
    for (double[] row : rows) {
      row[0] = (float) random.nextGaussian();
      row[1] = (float) random.nextGaussian();
      row[2] = (float) (row[0] + row[1] / 3);
    }
    Representations.write(Representation.of("x", rows), x);
    run("show", x.toString());
    assertThat(out.toString()).contains("rounded to\tfloat32");
    for (double[] row : rows) {
      row[0] -= 0.1;
      row[1] -= 0.3;
      row[2] -= 0.2;
    }
    Representations.write(Representation.of("x", rows), x);

    assertThat(selfOverlap()).isCloseTo(1, within(1e-12));
    assertThat(selfOverlap("--rounding=float32")).isCloseTo(2.0 / 3, within(1e-12));
    assertThat(run("show", x.toString(), "--rounding=int4")).isEqualTo(2);
    assertThat(err.toString()).contains("int4").contains("bfloat16, float16, float32, float64");
  }

  /** Rank over units. */
  private double selfOverlap(String... more) {
    out.getBuffer().setLength(0);
    List<String> arguments =
        new ArrayList<>(
            List.of("compare", x.toString(), x.toString(), "--measure", "eigenspace-overlap"));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    return Double.parseDouble(out.toString());
  }

  @Test
  void showTellsWhatAFileHolds() {
    assertThat(run("show", x.toString())).isZero();
    assertThat(out.toString())
        .contains(
            "stimuli\t5\n", "units\t2\n", "numbers\tfloat64\n", "minimum\t-1\n", "mean\t1.5\n");
  }

  @Test
  void badInputEndsWithStatusTwoAndOneLine() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty.npy"));
    Path other = folder.resolve("other.npy");
    Representations.write(Representation.of("o", new double[][] {{1}, {2}}), other);
    String[][] commands = {
      {},
      {"no-such-command"},
      {"compare"},
      {"compare", x.toString(), y.toString()},
      {"compare", x.toString(), y.toString(), "--measure", "cak"},
      {"compare", x.toString(), y.toString(), "--measure", "cka[kernel=cubic]"},
      {"compare", x.toString(), other.toString(), "--measure", "cka"},
      {"compare", x.toString(), empty.toString(), "--measure", "cka"},
      {"compare", x.toString(), folder.resolve("absent.npy").toString(), "--measure", "cka"},
      {"compare", x.toString(), y.toString(), "--measure", "cka", "--positions", "max"},
      {"matrix", "--measure", "cka", "--out", "-", folder.resolve("absent").toString()},
      {"measures", "nothing"},
      {"measures", "cka", "--choose"},
      {"show", folder.toString()},
    };
    for (String[] command : commands) {
      err.getBuffer().setLength(0);
      assertThat(run(command)).as(String.join(" ", command)).isEqualTo(2);
      assertThat(err.toString().lines()).as(String.join(" ", command)).hasSize(1);
      assertThat(err.toString()).startsWith("kindred: ");
    }
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void whatCannotBeWrittenEndsBeforeTheWork() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "here");
    Path folderInTheWay = Files.createDirectory(folder.resolve("way"));
    for (String out :
        List.of("", folderInTheWay.toString(), file + "/m.csv", folder + "/" + "n".repeat(300))) {
      err.getBuffer().setLength(0);
      assertThat(run("matrix", x.toString(), x.toString(), "--measure", "cka", "--out", out))
          .as(out)
          .isEqualTo(2);
      assertThat(err.toString().lines()).as(out).hasSize(1);
    }
    assertThat(folderInTheWay).isEmptyDirectory();
    assertThat(file).hasContent("here");
    for (String memory : List.of("0", "-1", "9007199254740993")) {
      assertThat(
              run(
                  "matrix",
                  x.toString(),
                  "--measure",
                  "cka",
                  "--out",
                  folder + "/m.csv",
                  "--memory",
                  memory))
          .isEqualTo(2);
    }
  }

  @Test
  void theContentsOfAFileAreNoArguments() throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret words");

    assertThat(run("compare", "@" + secret, "--measure", "cka")).isEqualTo(2);

    assertThat(err.toString()).doesNotContain("s3cret");
  }

  @Test
  void numbersComeBackAsTheyWere() {
    for (double value : new double[] {0.1, 1.0 / 3, -5e-324, 1e300, Math.PI, 0}) {
      assertThat(Double.parseDouble(Numbers.text(value))).isEqualTo(value);
    }
    assertThat(Numbers.text(1.0 / 3)).isEqualTo("0.33333333333333331");
    assertThat(Numbers.text(Double.NaN)).isEqualTo("NaN");
  }

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }
}
