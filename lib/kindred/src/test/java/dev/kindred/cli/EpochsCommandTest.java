package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.base.array.NpyEncoder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of {@code references_epochs.py}: PyTorch's features, NumPy's values. */
class EpochsCommandTest {
  private static final Path REFERENCE = Path.of("src/test/resources/epochs");
  private static final List<String> LAYERS = List.of("0", "3");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private JsonObject expected;
  private Path features;

  @BeforeEach
  void copy() throws IOException {
    expected =
        JsonParser.parseString(Files.readString(REFERENCE.resolve("expected.json")))
            .getAsJsonObject();
    features = folder.resolve("features");
    try (Stream<Path> files = Files.walk(REFERENCE.resolve("features"))) {
      for (Path file : files.toList()) {
        Files.copy(
            file, features.resolve(REFERENCE.resolve("features").relativize(file).toString()));
      }
    }
  }

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out), new PrintWriter(err, true));
  }

  private void assertBad(String message, String... arguments) {
    err.getBuffer().setLength(0);
    String[] ordered =
        Stream.concat(
                Stream.of("epochs", "--out", folder.resolve("bad.csv").toString()),
                Stream.of(arguments))
            .toArray(String[]::new);
    assertThat(run(ordered)).as(err.toString()).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains(message).hasLineCount(1);
    assertThat(folder.resolve("bad.csv")).doesNotExist();
  }

  private double[][] table(Path file) throws IOException {
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0)).endsWith(",0,1,2,5,6");
    return lines.stream()
        .skip(1)
        .map(line -> Stream.of(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  private static void assertClose(double[][] found, JsonArray wanted) {
    assertThat(found).hasDimensions(wanted.size(), wanted.size());
    for (int i = 0; i < found.length; i++) {
      for (int j = 0; j < found.length; j++) {
        assertThat(found[i][j])
            .isCloseTo(
                wanted.get(i).getAsJsonArray().get(j).getAsDouble(),
                org.assertj.core.api.Assertions.within(1e-6));
      }
    }
  }

  @Test
  void valuesAreNumPysOnFeaturesThatPyTorchWrote() throws IOException {
    String batch = expected.get("batch").getAsString();
    for (String layer : LAYERS) {
      JsonObject values = expected.getAsJsonObject(layer);
      Path csv = folder.resolve("m.csv");
      String[] common = {
        "epochs", features.toString(), "--layer", layer, "--out", csv.toString(), "--batch"
      };
      assertThat(run(with(common, batch))).as(err.toString()).isZero();
      assertClose(table(csv), values.getAsJsonArray("cka batches"));
      assertThat(run(with(common, "0"))).isZero();
      assertClose(table(csv), values.getAsJsonArray("cka"));
      assertThat(run(Arrays.copyOf(common, common.length - 1))).as("512 and fewer").isZero();
      assertClose(table(csv), values.getAsJsonArray("cka"));
      assertThat(run(with(common, batch, "--measure", "procrustes"))).as(err.toString()).isZero();
      assertClose(table(csv), values.getAsJsonArray("procrustes batches"));
      assertThat(
              run(
                  with(
                      Arrays.copyOf(common, common.length - 1),
                      "--measure",
                      "cka[estimator=biased]")))
          .isZero();
      assertClose(table(csv), values.getAsJsonArray("cka"));
    }
    assertThat(out.toString().lines()).contains("epochs\t5\t0 to 6", "missing\t3 to 4");
  }

  private static String[] with(String[] first, String... more) {
    return Stream.concat(Stream.of(first), Stream.of(more)).toArray(String[]::new);
  }

  @Test
  void labelsGiveDecisionRegionSimilarityAndAFigure() throws IOException {
    Path csv = folder.resolve("drs.csv");
    Path png = folder.resolve("drs.png");
    assertThat(
            run(
                "epochs",
                "--labels",
                REFERENCE.resolve("labels.npy").toString(),
                "--epochs",
                "0,1,2,5,6",
                "--out",
                csv.toString(),
                "--figure",
                png.toString()))
        .as(err.toString())
        .isZero();
    assertClose(table(csv), expected.getAsJsonArray("drs"));
    assertThat(png).isNotEmptyFile();
  }

  @Test
  void badFoldersAreOneLine() throws IOException {
    assertBad("found neither");
    assertBad("choose one by --layer: [0, 3]", features.toString());
    assertBad("has no layer 7; it has [0, 3]", features.toString(), "--layer", "7");
    assertBad("expected a folder of layers", folder.resolve("none").toString());
    Files.createDirectories(folder.resolve("empty/layer"));
    assertBad("expected files LAYER/epoch-N.npy", folder.resolve("empty").toString());
    assertBad("unknown", features.toString(), "--layer", "0", "--measure", "unknown");
    assertBad("--batch=-1", features.toString(), "--layer", "0", "--batch", "-1");
    assertBad("--epochs goes with --labels", features.toString(), "--epochs", "1");
    assertBad(
        "epoch-0.npy (images 23 to 23) has 1 stimuli",
        features.toString(),
        "--layer",
        "3",
        "--measure",
        "cka[estimator=biased]",
        "--batch",
        "23");
    for (String name : List.of("epoch_7.npy", "epoch--1.npy", "epoch-1234567890.npy")) {
      Path misnamed = Files.write(features.resolve("3").resolve(name), new byte[0]);
      assertBad(misnamed + ": expected the name epoch-N.npy", features.toString(), "--layer", "3");
      Files.delete(misnamed);
    }
    Path file = features.resolve("3/epoch-5.npy");
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 20));
    assertBad("epoch-5.npy", features.toString(), "--layer", "3");
    Files.write(file, npy("<f4", new long[] {23, 3}, new byte[23 * 3 * 4]));
    assertBad(
        "epoch-5.npy: expected the 24 images and 3 units of", features.toString(), "--layer", "3");
    Files.write(file, npy("<f4", new long[] {24, 2}, new byte[24 * 2 * 4]));
    assertBad("found 24 and 2", features.toString(), "--layer", "3");
    byte[] numbers = new byte[24 * 3 * 4];
    ByteBuffer.wrap(numbers).order(ByteOrder.LITTLE_ENDIAN).putFloat(4 * 4, Float.NaN);
    Files.write(file, npy("<f4", new long[] {24, 3}, numbers));
    assertBad(file + ": value NaN at row 1, column 1", features.toString(), "--layer", "3");
    Files.delete(file);
    assertBad("epoch-5.npy is missing, while", features.toString(), "--layer", "0");
  }

  /** Recordings of Kindred have them. */
  @Test
  void momentsWithinAnEpochAreLeftOut() throws IOException {
    Files.write(features.resolve("3/epoch-0-batch-2.npy"), new byte[0]);
    String csv = folder.resolve("whole.csv").toString();
    assertThat(run("epochs", features.toString(), "--layer", "3", "--out", csv)).isZero();
    assertThat(out.toString()).contains("epochs\t5\t0 to 6");
  }

  @Test
  void whatIsReadIsNeverReplaced() throws IOException {
    for (String read : List.of("0/epoch-5.npy", "3/epoch-5.npy")) {
      Path file = features.resolve(read);
      byte[] before = Files.readAllBytes(file);
      err.getBuffer().setLength(0);
      int status = run("epochs", features.toString(), "--layer", "0", "--out", file.toString());
      assertThat(status).isEqualTo(Main.BAD_INPUT);
      assertThat(err.toString()).contains("is to be read").hasLineCount(1);
      assertThat(Files.readAllBytes(file)).isEqualTo(before);
    }
  }

  @Test
  void badLabelsAreOneLine() throws IOException {
    assertBad("found both", "--labels", "x.npy", features.toString());
    assertBad("goes without", "--labels", "x.npy", "--batch", "3");
    Path file = folder.resolve("labels.npy");
    Files.write(file, npy("|i1", new long[] {2, 3}, new byte[] {0, 1, 2, 0, -1, 1}));
    assertBad(
        "row 1, point 1: expected a label from 0 to 255, found -1", "--labels", file.toString());
    Files.write(file, npy("|u1", new long[] {6}, new byte[6]));
    assertBad("expected labels, epochs × points, found the shape [6]", "--labels", file.toString());
    Files.write(file, npy("<f4", new long[] {2, 3}, new byte[24]));
    assertBad("expected whole numbers as labels, found float32", "--labels", file.toString());
    Files.write(file, npy("|u1", new long[] {2, 3}, new byte[5]));
    assertBad("labels.npy", "--labels", file.toString());
    Files.write(file, npy("|u1", new long[] {2, 3}, new byte[6]));
    assertBad("expected 2 epochs", "--labels", file.toString(), "--epochs", "1");
    assertBad("expected rising epochs", "--labels", file.toString(), "--epochs", "4,3");
    assertBad("labels.npy", "--labels", folder.resolve("no/labels.npy").toString());
  }

  private static byte[] npy(String type, long[] shape, byte[] numbers) {
    byte[] header = NpyEncoder.header(type, shape);
    return ByteBuffer.allocate(header.length + numbers.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(header)
        .put(numbers)
        .array();
  }
}
