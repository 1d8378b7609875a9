package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.SharedFiles;
import dev.kindred.base.Progress;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Measures;
import dev.kindred.network.TorchScriptModel;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files of {@code references_layers.py}: values of scikit-learn, SciPy and POT. */
class LayersCommandTest {
  private static final Path REFERENCE = Path.of("src/test/resources/layers");
  private static final List<String> LAYERS = List.of("conv1", "conv2", "conv10");

  /** Contiguous folds, as scikit-learn's. */
  private static final Map<String, String> FOLDS = Map.of("folds", "5", "seed", "none");

  private static final String DESCRIPTOR =
      """
      {"height": 32, "width": 32, "channels": 3, "mean": [0.485, 0.456, 0.406],
       "std": [0.229, 0.224, 0.225], "layers": ["logits", "stage1", "stage2", "stage3"]}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(arguments, new PrintWriter(out), new PrintWriter(err, true));
  }

  private int layers(Path a, Path b, String... options) {
    return run(
        Stream.concat(Stream.of("layers", a.toString(), b.toString()), Stream.of(options))
            .toArray(String[]::new));
  }

  private int reference(String... options) {
    return layers(REFERENCE.resolve("a"), REFERENCE.resolve("b"), options);
  }

  private void assertBad(Path a, Path b, String message, String... options) {
    err.getBuffer().setLength(0);
    Path bad = folder.resolve("bad.csv");
    String[] all =
        Stream.concat(Stream.of(options), Stream.of("--out", bad.toString()))
            .toArray(String[]::new);
    assertThat(layers(a, b, all)).as(err.toString()).isEqualTo(Main.BAD_INPUT);
    assertThat(err.toString()).contains(message).hasLineCount(1);
    assertThat(bad).doesNotExist();
  }

  private static JsonObject expected(String measure) throws IOException {
    return JsonParser.parseString(Files.readString(REFERENCE.resolve("expected.json")))
        .getAsJsonObject()
        .getAsJsonObject(measure);
  }

  private static List<Representation> network(String name) {
    return LAYERS.stream()
        .map(layer -> Representations.read(REFERENCE.resolve(name).resolve(layer + ".npy")))
        .toList();
  }

  private static double[] folds(JsonObject expected, String direction, int i, int j) {
    JsonArray folds =
        expected.getAsJsonArray(direction).get(i).getAsJsonArray().get(j).getAsJsonArray();
    double[] numbers = new double[folds.size()];
    int at = 0;
    for (JsonElement fold : folds) {
      numbers[at++] = fold.isJsonNull() ? Double.NaN : fold.getAsDouble();
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "linear-predictivity[ridge=loo]",
        "linear-predictivity[ridge=3]",
        "procrustes-predictivity",
        "permutation-matching",
        "soft-matching"
      })
  void foldScoresAreThoseOfPublicLibraries(String measure) throws IOException {
    JsonObject expected = expected(measure);
    int from = measure.equals("permutation-matching") ? 1 : 0;
    List<Representation> a = network("a").subList(from, 3);
    List<Representation> b = network("b").subList(from, 3);

    HeldOutScores[][] scores =
        new AllPairs(Measures.parse(measure, FOLDS)).progress(Progress.NONE).scores(a, b);

    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        assertThat(scores[i][j].forward().folds())
            .as("%s, %d, %d", measure, i, j)
            .containsExactly(folds(expected, "forward", i + from, j + from), within(1e-6));
        assertThat(scores[i][j].backward().folds())
            .containsExactly(folds(expected, "backward", i + from, j + from), within(1e-6));
      }
    }
  }

  /** What the budget forces to be prepared again is the same. */
  @Test
  void aSmallBudgetAndTheOtherOrderChangeNothing() {
    var measure = Measures.parse("linear-predictivity", FOLDS);
    List<Representation> a = network("a");
    List<Representation> b = network("b");

    HeldOutScores[][] scores = new AllPairs(measure).progress(Progress.NONE).scores(a, b);
    HeldOutScores[][] small = new AllPairs(measure).progress(Progress.NONE).budget(1).scores(b, a);

    for (int i = 0; i < a.size(); i++) {
      for (int j = 0; j < b.size(); j++) {
        assertThat(small[j][i].forward().folds()).containsExactly(scores[i][j].backward().folds());
        assertThat(small[j][i].backward().folds()).containsExactly(scores[i][j].forward().folds());
      }
    }
  }

  @Test
  void theTablesAreMeansAndDeviationsOverFolds() throws IOException {
    Path csv = folder.resolve("m.csv");
    Path sd = folder.resolve("sd.csv");
    for (String direction : List.of("forward", "backward", "mean")) {
      String options = "linear-predictivity[ridge=loo,seed=none,direction=" + direction + "]";
      assertThat(reference("--measure", options, "--out", csv.toString(), "--sd", sd.toString()))
          .as(err.toString())
          .isZero();
      assertThat(Files.readAllLines(csv).get(0)).endsWith("conv1,conv2,conv10");
      double[][] values = table(csv);
      double[][] deviations = table(sd);
      JsonObject expected = expected("linear-predictivity[ridge=loo]");
      for (int i = 0; i < 3; i++) {
        for (int j = 0; j < 3; j++) {
          double[] forward = folds(expected, "forward", i, j);
          double[] backward = folds(expected, "backward", i, j);
          double[] folds =
              IntStream.range(0, 5)
                  .mapToDouble(
                      f ->
                          switch (direction) {
                            case "forward" -> forward[f];
                            case "backward" -> backward[f];
                            default -> (forward[f] + backward[f]) / 2;
                          })
                  .toArray();
          double mean = Arrays.stream(folds).average().orElseThrow();
          double squares = Arrays.stream(folds).map(f -> (f - mean) * (f - mean)).sum();
          assertThat(values[i][j]).isCloseTo(mean, within(1e-6));
          assertThat(deviations[i][j]).isCloseTo(Math.sqrt(squares / 4), within(1e-6));
        }
      }
    }
  }

  private static double[][] table(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> Stream.of(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray())
        .toArray(double[][]::new);
  }

  @Test
  void foldsAndSeedOfTheCommandAreThoseOfTheMeasure() throws IOException {
    Path csv = folder.resolve("m.csv");
    assertThat(
            reference(
                "--measure",
                "procrustes-predictivity",
                "--folds",
                "4",
                "--seed",
                "7",
                "--out",
                csv.toString()))
        .isZero();

    assertThat(table(csv)[1][2])
        .isEqualTo(
            Measures.parse("procrustes-predictivity[folds=4,seed=7]")
                .compare(network("a").get(1), network("b").get(2)));
    assertThat(reference("--measure", "cka", "--out", csv.toString())).isZero();
    assertThat(table(csv)[0][2])
        .isCloseTo(
            Measures.parse("cka").compare(network("a").get(0), network("b").get(2)), within(1e-12));
  }

  @Test
  void allThreeFamiliesStandOverDepthWithTheirMaps() throws IOException {
    Path csv = folder.resolve("m.csv");
    Path sd = folder.resolve("sd.csv");
    Path figure = folder.resolve("m.svg");
    assertThat(
            reference(
                "--measure",
                "all-three",
                "--out",
                csv.toString(),
                "--sd",
                sd.toString(),
                "--figure",
                figure.toString()))
        .as(err.toString())
        .isZero();

    List<String> lines = Files.readAllLines(csv);
    assertThat(lines.get(0)).endsWith("linear-predictivity,procrustes-predictivity,soft-matching");
    assertThat(lines.subList(1, 4)).map(line -> line.split(",")[0]).isEqualTo(LAYERS);
    for (int k = 0; k < 3; k++) {
      String family = lines.get(0).split(",")[k + 1];
      double[][] map = table(folder.resolve("m." + family + ".csv"));
      double[][] deviations = table(folder.resolve("sd." + family + ".csv"));
      for (int i = 0; i < 3; i++) {
        assertThat(table(csv)[i][k]).isEqualTo(map[i][i]);
        assertThat(table(sd)[i][k]).isEqualTo(deviations[i][i]);
        assertThat(deviations[i][i]).isPositive();
      }
    }
    assertThat(Files.readString(figure))
        .contains("linear-predictivity", "procrustes-predictivity", "soft-matching");
  }

  /** Of four layers and three, the second lies nearest to depth 1/3: the second of the others. */
  @Test
  void networksOfDifferentDepthMeetAtTheSameRelativeDepth() throws IOException {
    Path four = folder.resolve("four");
    Files.createDirectory(four);
    for (String layer : LAYERS) {
      Files.copy(REFERENCE.resolve("a").resolve(layer + ".npy"), four.resolve(layer + ".npy"));
    }
    Files.copy(REFERENCE.resolve("a").resolve("conv10.npy"), four.resolve("conv11.npy"));
    Path csv = folder.resolve("m.csv");
    assertThat(
            layers(four, REFERENCE.resolve("b"), "--measure", "all-three", "--out", csv.toString()))
        .as(err.toString())
        .isZero();

    assertThat(Files.readAllLines(csv).stream().skip(1))
        .map(line -> line.split(",")[0])
        .containsExactly("conv1", "conv2", "conv10 – conv2", "conv11 – conv10");
  }

  @Test
  void aMapShowsTheGreatestOfRowsAndColumns() throws IOException {
    Path figure = folder.resolve("m.svg");
    assertThat(
            reference(
                "--measure",
                "soft-matching",
                "--out",
                folder.resolve("m.csv").toString(),
                "--figure",
                figure.toString()))
        .isZero();
    assertThat(Files.readString(figure)).contains("layer of a", "layer of b", "max");
  }

  @Test
  void badInputIsOneClearLine() throws IOException {
    Path a = REFERENCE.resolve("a");
    Path b = REFERENCE.resolve("b");
    assertBad(
        a,
        b,
        "permutation-matching: expected as many units on both sides, found 6 in a/conv1 and 9 in"
            + " b/conv",
        "--measure",
        "permutation-matching");
    assertBad(
        a,
        b,
        "--folds=32: a/conv1 has 63 stimuli; expected at least 64",
        "--measure",
        "all-three",
        "--folds",
        "32");
    assertBad(
        a,
        b,
        "--folds=1: expected at least 2 parts of the stimuli",
        "--measure",
        "soft-matching",
        "--folds",
        "1");
    // Before a data set is looked for, let alone downloaded.
    assertBad(
        a,
        b,
        a + ": expected a TorchScript module, found a folder",
        "--measure",
        "cka",
        "--data",
        "moon");
    assertBad(a, b, "--folds: cka has no folds", "--measure", "cka", "--folds", "5");
    assertBad(
        a,
        b,
        "--sd: cka has no folds",
        "--measure",
        "cka",
        "--sd",
        folder.resolve("sd.csv").toString());
    assertBad(a, b, "--sd=-: expected the name of a file", "--measure", "pls", "--sd", "-");
    assertBad(a, folder.resolve("none"), "expected a folder of layers", "--measure", "cka");
    assertBad(
        a,
        b,
        "would be written twice",
        "--measure",
        "soft-matching",
        "--sd",
        folder.resolve("bad.csv").toString());
    Path other = Files.createDirectory(folder.resolve("other"));
    Representations.write(random("x", 62, 4), other.resolve("conv1.npy"));
    assertBad(a, other, "62", "--measure", "soft-matching");
    Path flat = Files.createDirectory(folder.resolve("flat"));
    Representations.write(Representation.of("flat", new double[63][4]), flat.resolve("dead.npy"));
    assertBad(a, flat, "flat/dead: every unit is constant", "--measure", "linear-predictivity");
    assertBad(a, b, "--images=5", "--measure", "cka", "--images", "5");
  }

  @Test
  void torchScriptModulesAreShownADataSet() throws IOException {
    List<Path> modules = new ArrayList<>();
    for (String name : List.of("cifar10-resnet20", "cifar10-resnet56")) {
      Path module = SharedFiles.require("data/models/" + name + ".torchscript.pt");
      Path copy = folder.resolve(name + ".torchscript.pt");
      Files.copy(module, copy);
      Files.writeString(folder.resolve(copy.getFileName() + ".json"), DESCRIPTOR);
      modules.add(copy);
    }
    Path csv = folder.resolve("m.csv");
    assertThat(
            layers(
                modules.get(0),
                modules.get(1),
                "--measure",
                "procrustes-predictivity",
                "--data",
                "scenes",
                "--images",
                "40",
                "--positions",
                "mean",
                "--out",
                csv.toString()))
        .as(err.toString())
        .isZero();

    assertThat(Files.readAllLines(csv).get(0)).endsWith("stage1,stage2,stage3,logits");
    try (TorchScriptModel first = TorchScriptModel.load(modules.get(0));
        TorchScriptModel second = TorchScriptModel.load(modules.get(1))) {
      ImageSet images = DataSets.open("scenes", "test", 40, 0);
      assertThat(table(csv)[1][2])
          .isCloseTo(
              Measures.parse("procrustes-predictivity[seed=0]")
                  .compare(
                      first.represent(images).get("stage2"),
                      second.represent(images).get("stage3")),
              within(1e-9));
    }
    Path broken = Files.writeString(folder.resolve("broken.pt"), "not a module");
    Files.writeString(folder.resolve("broken.pt.json"), DESCRIPTOR);
    assertBad(
        modules.get(0), broken, "not a TorchScript module", "--measure", "cka", "--data", "scenes");
  }

  private static Representation random(String name, int n, int p) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] values = new double[n][p];
    for (double[] row : values) {
      Arrays.setAll(row, j -> random.nextGaussian());
    }
    return Representation.of(name, values);
  }
}
