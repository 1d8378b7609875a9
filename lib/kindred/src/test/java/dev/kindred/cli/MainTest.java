package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Oracle;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
