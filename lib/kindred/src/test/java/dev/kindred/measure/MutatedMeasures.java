package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The reference values and prepared forms of some measures, one test for each measure, which ends
 * at the first wrong value. {@code environment/mutation} runs it in place of {@link OracleTest} and
 * {@link PreparedTest}, whose thousands of tests would each be started anew for every mutant; no
 * other run does.
 *
 * <p>The system property {@code kindred.measures} is a regular expression for package and name,
 * such as {@code kernel/cka}; {@code kindred.references} is the greatest number of references of
 * one specification, the smallest inputs first. A choice without measures is an error.
 */
class MutatedMeasures {
  private static final List<String> MEASURES = measures(System.getProperty("kindred.measures", ""));

  /** Read once for all mutants. */
  private static final Map<String, List<ReferenceValue>> REFERENCES =
      references(Integer.getInteger("kindred.references", Integer.MAX_VALUE));

  private static final Map<String, List<String>> SPECIFICATIONS =
      MeasurePropertiesTest.specifications().stream()
          .collect(Collectors.groupingBy(MutatedMeasures::name));

  @TempDir static Path labels;

  private static List<String> measures(String pattern) {
    List<String> chosen =
        Measures.all().stream()
            .filter(entry -> (room(entry) + "/" + entry.name()).matches(pattern))
            .map(CatalogueEntry::name)
            .toList();
    assertThat(chosen).as("measures of kindred.measures=" + pattern).isNotEmpty();
    return chosen;
  }

  private static String name(String specification) {
    return specification.replaceFirst("\\[.*", "");
  }

  private static String room(CatalogueEntry entry) {
    return entry.measure(Map.of()).getClass().getPackageName().replaceFirst(".*\\.", "");
  }

  /** By the measure's name, the smallest of every specification before the next of any. */
  private static Map<String, List<ReferenceValue>> references(int most) {
    Map<ReferenceValue, Integer> places = new HashMap<>();
    ReferenceValue.all()
        .filter(reference -> MEASURES.contains(name(reference.measure())))
        .collect(Collectors.groupingBy(ReferenceValue::measure))
        .values()
        .forEach(
            references -> {
              references.sort(Comparator.comparing(ReferenceValue::size));
              for (int i = 0; i < Math.min(most, references.size()); i++) {
                places.put(references.get(i), i);
              }
            });
    return places.keySet().stream()
        .sorted(
            Comparator.<ReferenceValue, Integer>comparing(places::get)
                .thenComparing(ReferenceValue::size)
                .thenComparing(ReferenceValue::toString))
        .collect(Collectors.groupingBy(reference -> name(reference.measure())));
  }

  @TestFactory
  Stream<DynamicTest> measuresAgreeWithReferences() {
    return forEveryMeasure(
        name -> {
          assertThat(REFERENCES.get(name)).as("references of " + name).isNotEmpty();
          REFERENCES.get(name).forEach(reference -> reference.check(labels));
        });
  }

  @TestFactory
  Stream<DynamicTest> preparedFormsAreWhatEnginesCountOn() {
    PreparedTest test = new PreparedTest();
    return forEveryMeasure(
        name ->
            SPECIFICATIONS
                .getOrDefault(name, List.of())
                .forEach(
                    specification -> {
                      test.everyVariantDescribesItself(specification);
                      test.memoryIsCountedAndGrowsWithTheStimuli(specification);
                      test.silenceIsRefusedOrHasAValue(specification);
                      if (PreparedTest.isReorderable(specification)) {
                        test.aFormInAnotherOrderIsTheFormOfTheStimuliInThatOrder(specification);
                      }
                    }));
  }

  private static Stream<DynamicTest> forEveryMeasure(Consumer<String> test) {
    return MEASURES.stream().map(name -> DynamicTest.dynamicTest(name, () -> test.accept(name)));
  }
}
