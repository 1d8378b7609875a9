package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.SharedFiles;
import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Values on which at least two public implementations (or one and a direct formula) agree: one test
 * for every measure's specification and case.
 */
class OracleTest {
  private record Check(
      String measure, String caseName, String x, String y, double value, double tolerance) {}

  @TestFactory
  Stream<DynamicNode> measuresAgreeWithPublicImplementations() throws IOException {
    Path pairs = SharedFiles.require("oracle/pairs.jsonl");
    Map<String, Representation> inputs = new HashMap<>();
    Map<String, List<Check>> bySpecification =
        checks(pairs).stream().collect(Collectors.groupingBy(Check::measure));
    return bySpecification.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> container(entry.getKey(), entry.getValue(), pairs, inputs));
  }

  private static DynamicNode container(
      String specification, List<Check> checks, Path pairs, Map<String, Representation> inputs) {
    return DynamicContainer.dynamicContainer(
        specification,
        checks.stream()
            .sorted(Comparator.comparing(Check::caseName))
            .map(
                check ->
                    DynamicTest.dynamicTest(
                        check.caseName(),
                        () -> {
                          double found =
                              Measures.parse(check.measure())
                                  .compare(
                                      input(pairs, check.x(), inputs),
                                      input(pairs, check.y(), inputs));
                          assertThat(found)
                              .as(specification + " on " + check.caseName())
                              .isCloseTo(
                                  check.value(),
                                  within(check.tolerance() * Math.max(1, Math.abs(check.value()))));
                        })));
  }

  private static Representation input(Path pairs, String name, Map<String, Representation> inputs) {
    return inputs.computeIfAbsent(
        name, n -> Representations.read(pairs.resolveSibling("inputs").resolve(n + ".npy")));
  }

  private static List<Check> checks(Path pairs) throws IOException {
    try (Stream<String> lines = Files.lines(pairs)) {
      Set<String> seen = new HashSet<>();
      return lines
          .map(line -> JsonParser.parseString(line).getAsJsonObject())
          .map(json -> check(json, seen))
          .toList();
    }
  }

  private static Check check(JsonObject json, Set<String> seen) {
    String measure = json.get("measure").getAsString();
    // The list gives two variants of this one measure the same name, in this order.
    if (measure.equals("shape[alpha=1,score=angle]") && !seen.add(json.get("case").getAsString())) {
      measure = "shape[alpha=1,score=angle,centred=false]";
    }
    return new Check(
        measure,
        json.get("case").getAsString(),
        json.get("x").getAsString(),
        json.get("y").getAsString(),
        json.get("value").getAsDouble(),
        json.get("tolerance").getAsDouble());
  }
}
