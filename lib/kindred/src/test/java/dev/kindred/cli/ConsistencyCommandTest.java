package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.study.consistency.FeatureFolder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsistencyCommandTest {
  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out, true), new PrintWriter(err, true));
  }

  @Test
  void writesTablesAndFigures() throws IOException {
    FeatureFolder.write(folder, List.of("a", "b", "c"), 6);
    FeatureFolder.label(folder, "b", "npy");
    Path results = folder.resolve("results");
    int status =
        run(
            "consistency",
            "--features",
            folder.toString(),
            "--models",
            folder.resolve("models.csv").toString(),
            "--by",
            "objective,colour",
            "--measure",
            "cka",
            "--out",
            results.toString());
    assertThat(status).as(err.toString()).isZero();
    List<String> written = out.toString().lines().toList();
    assertThat(written).allSatisfy(file -> assertThat(Path.of(file)).isNotEmptyFile());
    try (var files = Files.list(results)) {
      assertThat(files).hasSize(written.size());
    }
    assertThat(Files.readAllLines(results.resolve("similarity-a.csv"))).hasSize(7);
    assertThat(Files.readAllLines(results.resolve("consistency.csv")).get(0)).endsWith("a,b,c");
    assertThat(Files.readString(results.resolve("medians.csv"))).contains("red–blue");
    assertThat(Files.readAllLines(results.resolve("claims.csv"))).hasSizeGreaterThan(5);
    for (String figure :
        List.of(
            "matrices",
            "mean-and-deviation",
            "between-data-sets",
            "distributions",
            "data-sets",
            "gaps",
            "gap-correlations",
            "sample-sizes",
            "sample-size-changes")) {
      assertThat(ImageIO.read(results.resolve(figure + ".png").toFile()).getWidth())
          .isGreaterThan(300);
      assertThat(Files.readString(results.resolve(figure + ".svg"))).startsWith("<?xml");
    }
  }

  @Test
  void badInputIsOneLine() throws IOException {
    FeatureFolder.write(folder, List.of("a", "b"), 6);
    String out = folder.resolve("results").toString();
    String features = folder.toString();
    assertBad("no attribute is named moon", "--features", features, "--by", "moon", "--out", out);
    assertBad(
        "is not symmetric",
        "--features",
        features,
        "--by",
        "objective",
        "--out",
        out,
        "--measure",
        "linear-regression");
    assertBad(
        "expected a folder of features",
        "--features",
        folder.resolve("none").toString(),
        "--by",
        "objective",
        "--out",
        out);
    assertThat(Path.of(out)).doesNotExist();
  }

  private void assertBad(String message, String... options) {
    err.getBuffer().setLength(0);
    String[] arguments = new String[options.length + 1];
    arguments[0] = "consistency";
    System.arraycopy(options, 0, arguments, 1, options.length);
    assertThat(run(arguments)).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains(message).hasLineCount(1);
  }
}
