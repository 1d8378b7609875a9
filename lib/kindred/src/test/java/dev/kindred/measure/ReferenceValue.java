package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a measure must give for a pair of inputs.
 *
 * @param tolerance absolute, times max(1, |value|)
 */
record ReferenceValue(
    String measure,
    String caseName,
    String inputs,
    String x,
    String y,
    double value,
    double tolerance) {

  /** Every value that two inputs and a specification make. */
  static Stream<ReferenceValue> all() {
    return Stream.of("pairs*.jsonl", "independent-*.jsonl")
        .flatMap(glob -> Oracle.files(glob).stream())
        .flatMap(file -> Oracle.records(file).stream().map(json -> of(json, file)));
  }

  private static ReferenceValue of(JsonObject json, String file) {
    return new ReferenceValue(
        json.get("measure").getAsString(),
        json.get("case").getAsString(),
        file.startsWith("pairs") ? "inputs.npz" : file.replace(".jsonl", ".npz"),
        json.get("x").getAsString(),
        json.get("y").getAsString(),
        json.get("value").getAsDouble(),
        json.get("tolerance").getAsDouble());
  }

  /** How many numbers the inputs hold. */
  long size() {
    return entries(input(x)) + entries(input(y));
  }

  private static long entries(Representation input) {
    return (long) input.stimuli() * input.units();
  }

  /**
   * @param labels a folder for files of labels
   */
  void check(Path labels) {
    double found = Measures.parse(withLabelFile(labels)).compare(input(x), input(y));
    assertThat(found)
        .as(measure + " on " + caseName)
        .isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
  }

  /** Labels are an array beside the inputs, and a file for the measure. */
  private String withLabelFile(Path labels) {
    Matcher label = Pattern.compile("labels=([^,\\]]+)").matcher(measure);
    if (!label.find()) {
      return measure;
    }
    Path file = labels.resolve(label.group(1) + ".npy");
    Representations.write(input(label.group(1)), file);
    return label.replaceFirst(Matcher.quoteReplacement("labels=" + file));
  }

  private Representation input(String name) {
    return Oracle.input(Oracle.arrays(inputs).contains(name) ? inputs : "inputs.npz", name);
  }
}
