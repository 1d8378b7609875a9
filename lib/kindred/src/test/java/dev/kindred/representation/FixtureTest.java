package dev.kindred.representation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.base.InputException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Files written by NumPy, SciPy, h5py and PyTorch (src/test/python/make_format_fixtures.py) read as
 * the arrays that were written, or are refused for the right reason.
 */
class FixtureTest {
  @TestFactory
  Stream<DynamicTest> everyFile() throws Exception {
    List<DynamicTest> tests = new ArrayList<>();
    for (JsonElement element : expected()) {
      JsonObject test = element.getAsJsonObject();
      String name = test.get("file").getAsString();
      for (String key : List.of("entry", "positions", "channels", "rows")) {
        name += test.has(key) ? ", " + key + " " + test.get(key).getAsString() : "";
      }
      tests.add(DynamicTest.dynamicTest(name, () -> check(test)));
    }
    return tests.stream();
  }

  static JsonArray expected() throws Exception {
    try (Reader reader = Files.newBufferedReader(Fixtures.file("expected.json"))) {
      return JsonParser.parseReader(reader).getAsJsonObject().getAsJsonArray("cases");
    }
  }

  private static void check(JsonObject test) {
    Path file = Fixtures.file(test.get("file").getAsString());
    ReadOptions options = options(test);
    if (test.has("error")) {
      assertThatThrownBy(() -> Representations.read(file, options))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith(file.toString())
          .hasMessageContaining(test.get("error").getAsString())
          .hasMessageNotContaining("\n");
      return;
    }
    Representation x = Representations.read(file, options);
    assertThat(x.stimuli()).isEqualTo(test.get("stimuli").getAsInt());
    assertThat(x.units()).isEqualTo(test.get("units").getAsInt());
    assertThat(x.precision()).hasToString(test.get("precision").getAsString());
    double tolerance = test.has("tolerance") ? test.get("tolerance").getAsDouble() : 0;
    JsonArray values = test.getAsJsonArray("values");
    for (int i = 0; i < x.stimuli(); i++) {
      for (int j = 0; j < x.units(); j++) {
        double wanted = number(values.get(i * x.units() + j).getAsString());
        if (tolerance == 0 || !Double.isFinite(wanted)) {
          assertThat(Double.valueOf(x.get(i, j)))
              .as("row %s, column %s", i, j)
              .isEqualTo(Double.valueOf(wanted));
        } else {
          assertThat(x.get(i, j))
              .as("row %s, column %s", i, j)
              .isCloseTo(wanted, within(tolerance));
        }
      }
    }
    if (test.has("ids")) {
      List<String> ids =
          test.getAsJsonArray("ids").asList().stream().map(JsonElement::getAsString).toList();
      assertThat(x.stimulusIds()).contains(ids);
    } else {
      assertThat(x.stimulusIds()).isEmpty();
    }
    assertThat(x.provenance().parameters().get("sha256")).matches("[0-9a-f]{64}");
  }

  private static ReadOptions options(JsonObject test) {
    ReadOptions options = ReadOptions.defaults();
    if (test.has("entry")) {
      options = options.entry(test.get("entry").getAsString());
    }
    if (test.has("channels")) {
      options =
          options.channels(
              ChannelAxis.valueOf(
                  test.get("channels").getAsString().toUpperCase(java.util.Locale.ROOT)));
    }
    if (test.has("idColumn")) {
      options = options.idColumn(test.get("idColumn").getAsString());
    }
    if (test.has("positions")) {
      String positions = test.get("positions").getAsString();
      options =
          options.positions(
              switch (positions) {
                case "flatten" -> Positions.flatten();
                case "mean" -> Positions.mean();
                case "centre" -> Positions.centre();
                default ->
                    Positions.at(
                        Arrays.stream(positions.substring(3).split(","))
                            .mapToInt(Integer::parseInt)
                            .toArray());
              });
    }
    return options.unitRows(test.has("rows"));
  }

  private static double number(String text) {
    return switch (text) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      default -> Double.parseDouble(text);
    };
  }
}
