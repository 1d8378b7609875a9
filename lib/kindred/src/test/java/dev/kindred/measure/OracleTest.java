package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Values on which at least two public implementations (or one and a direct formula) agree, and
 * values of committed scripts that use none of this code: one test for every measure's
 * specification and case.
 */
class OracleTest {
  @TempDir static Path labels;

  private record Check(
      String measure,
      String caseName,
      String inputs,
      String x,
      String y,
      double value,
      double tolerance) {

    void run() {
      double found = Measures.parse(withLabelFile()).compare(input(x), input(y));
      assertThat(found)
          .as(measure + " on " + caseName)
          .isCloseTo(value, within(tolerance * Math.max(1, Math.abs(value))));
    }

    /** Labels are an array beside the inputs, and a file for the measure. */
    private String withLabelFile() {
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

  @TestFactory
  Stream<DynamicNode> measuresAgreeWithReferences() {
    return checks().collect(Collectors.groupingBy(Check::measure)).entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> container(entry.getKey(), entry.getValue()));
  }

  @Test
  void noReferenceOfThePublicImplementationsIsLost() {
    assertThat(Oracle.records("pairs.jsonl")).hasSize(874);
    assertThat(Oracle.records("pairs-more.jsonl")).hasSize(37);
    assertThat(Oracle.records("other.jsonl")).hasSize(414);
    assertThat(Oracle.arrays("inputs.npz")).hasSize(80);
  }

  @Test
  void noReferenceStandsTwice() {
    List<String> names =
        checks()
            .map(check -> check.measure() + " on " + check.x() + ", " + check.y() + check.inputs())
            .toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  private static DynamicNode container(String specification, List<Check> checks) {
    return DynamicContainer.dynamicContainer(
        specification,
        checks.stream()
            .sorted(Comparator.comparing(Check::caseName))
            .map(check -> DynamicTest.dynamicTest(check.caseName(), check::run)));
  }

  private static Stream<Check> checks() {
    return Stream.of("pairs*.jsonl", "independent-*.jsonl")
        .flatMap(glob -> Oracle.files(glob).stream())
        .flatMap(file -> Oracle.records(file).stream().map(json -> check(json, file)));
  }

  private static Check check(JsonObject json, String file) {
    return new Check(
        json.get("measure").getAsString(),
        json.get("case").getAsString(),
        file.startsWith("pairs") ? "inputs.npz" : file.replace(".jsonl", ".npz"),
        json.get("x").getAsString(),
        json.get("y").getAsString(),
        json.get("value").getAsDouble(),
        json.get("tolerance").getAsDouble());
  }
}
