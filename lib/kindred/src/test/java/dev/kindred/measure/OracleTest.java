package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

  @TestFactory
  Stream<DynamicNode> measuresAgreeWithReferences() {
    return ReferenceValue.all()
        .collect(Collectors.groupingBy(ReferenceValue::measure))
        .entrySet()
        .stream()
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
        ReferenceValue.all()
            .map(
                reference ->
                    reference.measure()
                        + " on "
                        + reference.x()
                        + ", "
                        + reference.y()
                        + reference.inputs())
            .toList();
    assertThat(names).doesNotHaveDuplicates();
  }

  private static DynamicNode container(String specification, List<ReferenceValue> references) {
    return DynamicContainer.dynamicContainer(
        specification,
        references.stream()
            .sorted(Comparator.comparing(ReferenceValue::caseName))
            .map(
                reference ->
                    DynamicTest.dynamicTest(reference.caseName(), () -> reference.check(labels))));
  }
}
