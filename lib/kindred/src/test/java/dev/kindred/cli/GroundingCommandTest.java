package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The published route on a small archive in the authors' layout; the expected values are pandas'
 * and SciPy's. {@code src/test/python/make_grounding_archive.py} made both.
 */
class GroundingCommandTest {
  private static final String ARCHIVE = "/dev/kindred/study/grounding/archive.zip";

  @TempDir Path temporary;

  private Path archive;
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void unpack() throws IOException {
    archive = temporary.resolve("archive");
    try (InputStream resource = GroundingCommandTest.class.getResourceAsStream(ARCHIVE);
        ZipInputStream zip = new ZipInputStream(resource)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path file = archive.resolve(entry.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, zip.readAllBytes());
      }
    }
  }

  private int run(Path out) {
    err.getBuffer().setLength(0);
    return Main.run(
        new String[] {"grounding", "--published", archive.toString(), "--out", out.toString()},
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true));
  }

  /** Experiment, task, (variant) and measure → numbers. */
  private static Map<String, double[]> table(Path file, int keys) throws IOException {
    Map<String, double[]> rows = new LinkedHashMap<>();
    for (String line : Files.readAllLines(file).stream().skip(1).toList()) {
      List<String> fields = List.of(line.split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)", -1));
      rows.put(
          String.join(" ", fields.subList(0, keys)),
          fields.subList(keys, fields.size()).stream()
              .mapToDouble(field -> field.isEmpty() ? Double.NaN : Double.parseDouble(field))
              .toArray());
    }
    return rows;
  }

  @Test
  void theTableHasTheValuesOfScipy() throws IOException {
    Path out = temporary.resolve("out");
    assertThat(run(out)).as(err.toString()).isZero();
    assertThat(Files.readAllLines(out.resolve("table.csv")).get(0))
        .isEqualTo("experiment,task,measure,rho,rho_p,tau,tau_p,rows");
    Map<String, double[]> found = table(out.resolve("table.csv"), 3);
    Map<String, double[]> expected = table(archive.resolve("expected.csv"), 3);
    assertThat(expected).hasSize(65);
    assertThat(found).containsKeys(expected.keySet().toArray(String[]::new));
    // How many components are deleted and kept is no measure.
    assertThat(found.keySet()).noneMatch(row -> row.contains("dims_"));
    expected.forEach(
        (row, numbers) -> {
          for (int i = 0; i < numbers.length; i++) {
            assertThat(found.get(row)[i])
                .as(row + " " + i)
                .isCloseTo(numbers[i], within(1e-12 * Math.max(1, Math.abs(numbers[i]))));
          }
        });
  }

  /** What was superseded, and what the slip of the published code leaves out. */
  @Test
  void variantsStandBeside() throws IOException {
    Path out = temporary.resolve("out");
    assertThat(run(out)).isZero();
    Map<String, double[]> table = table(out.resolve("table.csv"), 3);
    Map<String, double[]> variants = table(out.resolve("variants.csv"), 4);
    double[] allDepths =
        variants.get(
            "layer_exp QNLI every layer as reference in turn (the numbers that were stored first)"
                + " CKA");
    assertThat(allDepths[4]).isEqualTo(12 * table.get("layer_exp QNLI CKA")[4]);
    assertThat(
            variants.keySet().stream()
                .filter(row -> row.startsWith("pretrain_finetune STRESS_ANTONYMY")))
        .hasSize(5);
  }

  /** What the authors' tables may hold besides does not disturb. */
  @Test
  void whatIsNotPublishedMayBeOdd() throws IOException {
    Path out = temporary.resolve("out");
    assertThat(run(out)).isZero();
    String before = Files.readString(out.resolve("table.csv"));

    Path scores = archive.resolve("scores/feather/scores.csv");
    Files.writeString(scores, Files.readString(scores) + "\nmean of all,,,see the text\n");
    Path layers = archive.resolve("full_dfs/layer_exp/full_df.csv");
    byte[] table =
        Files.readString(layers)
            .replace("\"mnli, matched\"", "\"the \"\"matched\"\" part, \u00ff of mnli\"")
            .getBytes(StandardCharsets.ISO_8859_1);
    Files.write(layers, table);
    Path hans = archive.resolve("full_dfs/feather/full_df.csv");
    Files.writeString(hans, constant(Files.readString(hans), "sub_ent_diff"));
    assertThat(run(temporary.resolve("odd"))).as(err.toString()).isZero();

    Map<String, double[]> odd = table(temporary.resolve("odd/table.csv"), 3);
    assertThat(odd.get("feather sub_ent CKA")[0]).isNaN();
    Files.writeString(out.resolve("before.csv"), before);
    Map<String, double[]> whole = table(out.resolve("before.csv"), 3);
    assertThat(odd.keySet()).isEqualTo(whole.keySet());
    odd.forEach(
        (row, numbers) -> {
          if (!row.startsWith("feather sub_ent")) {
            assertThat(numbers).as(row).isEqualTo(whole.get(row));
          }
        });
  }

  @Test
  void badInputIsOneLine() throws IOException {
    Path out = temporary.resolve("out");
    Path hans = archive.resolve("full_dfs/feather/full_df.csv");
    String whole = Files.readString(hans);

    Files.writeString(hans, whole.replaceFirst("lex_nonent_diff", "other_diff"));
    assertBad(out, "feather/full_df.csv: expected a column lex_nonent_diff, found seed1, layer1");

    Files.writeString(hans, whole.replaceFirst("\n0,0,", "\n0,zero,"));
    assertBad(out, "full_df.csv, line 2, column seed1: expected a number, found zero");

    Files.writeString(hans, whole + "1,2,3\n");
    assertBad(out, "expected 18 fields, found 3");

    Files.writeString(hans, constant(whole, "lex_nonent_diff"));
    assertBad(out, "column lex_nonent_diff: expected gaps that differ, found the constant 0.5");
    Files.writeString(hans, whole);

    // os.system('touch <file>'), as a pickle of protocol 0
    Path touched = temporary.resolve("touched");
    Files.write(
        archive.resolve("scores/layer_exp/scores.pkl"),
        ("cos\nsystem\n(S'touch " + touched + "'\ntR.").getBytes(StandardCharsets.US_ASCII));
    assertBad(
        out,
        "scores.pkl: expected plain Python values and NumPy arrays, found an object made by os.system");
    assertThat(touched).doesNotExist();

    archive = temporary.resolve("nothing");
    assertBad(out, "expected the authors' archive with a folder full_dfs, found none");
    assertThat(out).doesNotExist();
  }

  @Test
  void networksOfOnesOwnAreRankedByTheirFunction() throws IOException {
    Path features = Files.createDirectories(temporary.resolve("features"));
    SplittableRandom random = new SplittableRandom(1);
    StringBuilder function = new StringBuilder("network,accuracy\n");
    for (int network = 0; network < 5; network++) {
      double[][] rows = new double[20][3];
      for (double[] row : rows) {
        for (int j = 0; j < 3; j++) {
          row[j] = random.nextGaussian();
        }
      }
      Representations.write(
          Representation.of("n" + network, rows), features.resolve("n" + network + ".npy"));
      function.append("n" + network + "," + 0.1 * network + "\n");
    }
    Path numbers = temporary.resolve("accuracies.csv");
    Files.writeString(numbers, function);
    Path out = temporary.resolve("out");
    assertThat(rank(features, numbers, out)).as(err.toString()).isZero();
    List<String> lines = Files.readAllLines(out.resolve("ranking.csv"));
    assertThat(lines).hasSize(1 + 2).first().asString().startsWith("measure,rho,rho_low,rho_high");
    assertThat(ImageIO.read(out.resolve("ranking.png").toFile()).getWidth()).isGreaterThan(800);

    Files.writeString(numbers, function + "n9,0.5\n");
    assertThat(rank(features, numbers, out)).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString())
        .contains("expected features of every network, found none of [n9]")
        .hasLineCount(1);
    Files.writeString(numbers, function.toString().replace("n3,", "other,"));
    assertThat(rank(features, numbers, out)).isEqualTo(Main.BAD_INPUT);
    Files.writeString(numbers, function.toString().replaceAll(",0[.]\\d+", ",0.5"));
    Path other = temporary.resolve("other");
    assertThat(rank(features, numbers, other)).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains("networks have the function 0.5").hasLineCount(1);
    assertThat(other).as("left behind").doesNotExist();
    assertThat(rank(features, numbers, out)).isEqualTo(Main.BAD_INPUT);
    assertThat(out.resolve("ranking.csv")).exists();
  }

  private int rank(Path features, Path numbers, Path out) {
    err.getBuffer().setLength(0);
    return Main.run(
        new String[] {
          "grounding",
          "--features",
          features.toString(),
          "--function",
          numbers.toString(),
          "--measure",
          "cka",
          "--measure",
          "procrustes",
          "--bootstrap",
          "20",
          "--out",
          out.toString()
        },
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true));
  }

  /** With the same gap of lexical overlap in every row. */
  private static String constant(String table, String name) {
    List<String> lines = new ArrayList<>(table.lines().toList());
    int column = List.of(lines.get(0).split(",", -1)).indexOf(name);
    for (int i = 1; i < lines.size(); i++) {
      String[] fields = lines.get(i).split(",", -1);
      fields[column] = "0.5";
      lines.set(i, String.join(",", fields));
    }
    return String.join("\n", lines) + "\n";
  }

  private void assertBad(Path out, String message) {
    assertThat(run(out)).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains(message).hasLineCount(1);
  }

  @Test
  void noReplicatesAreRefused() {
    Path out = temporary.resolve("out");
    String[] arguments = {
      "grounding", "--features", "x", "--function", "y", "--bootstrap", "0", "--out", out.toString()
    };
    int status =
        Main.run(arguments, new PrintWriter(new StringWriter()), new PrintWriter(err, true));
    assertThat(status).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString())
        .contains("--bootstrap=0: expected 20 to 1000000 resamples")
        .hasLineCount(1);
    assertThat(out).doesNotExist();
  }
}
