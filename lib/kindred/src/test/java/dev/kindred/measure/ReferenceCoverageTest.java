package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * No measure, default or choice without a reference value by another route. A new measure fails
 * here until {@code src/test/python/references_*.py} or a public implementation says what it must
 * give.
 */
class ReferenceCoverageTest {
  /** Samples, starts and orders of stimuli that no other code draws. */
  private static final List<String> OWN_RANDOM_NUMBERS =
      List.of(": seed has", "rtd: batch has", "rtd: trials has", ": starts has");

  private record Reference(String specification, String caseName) {
    String name() {
      return specification.replaceFirst("\\[.*", "");
    }
  }

  private static List<Reference> references() {
    return Stream.concat(
            Stream.of("pairs*.jsonl", "independent-*.jsonl")
                .flatMap(glob -> Oracle.files(glob).stream())
                .flatMap(file -> Oracle.records(file).stream())
                .map(
                    json ->
                        new Reference(
                            canonical(json.get("measure").getAsString()),
                            json.get("case").getAsString())),
            VariantReferencesTest.specifications()
                .map(specification -> new Reference(canonical(specification), "")))
        .toList();
  }

  private static String canonical(String specification) {
    // Which labels does not matter, and their file is not there.
    return Measures.parse(specification.replaceFirst("\\[labels=.*]", "")).info().specification();
  }

  @ParameterizedTest
  @MethodSource("dev.kindred.measure.MeasurePropertiesTest#variants")
  void everyVariantHasAReference(String variant) {
    assertThat(references()).extracting(Reference::specification).contains(canonical(variant));
  }

  /** Also words that make sense beside another parameter only, and numbers beside the default. */
  @Test
  void everyParameterHasReferencesForItsWordsAndForAnotherNumber() {
    Set<String> specifications =
        references().stream().map(Reference::specification).collect(Collectors.toSet());
    Set<String> missing = new TreeSet<>();
    for (CatalogueEntry entry : Measures.all()) {
      for (Parameter parameter : entry.parameters()) {
        Set<String> found = new HashSet<>(Set.of(parameter.defaultValue()));
        for (String specification : specifications) {
          if (specification.startsWith(entry.name() + "[")) {
            found.addAll(values(specification, parameter.name()));
          }
        }
        boolean numbers =
            parameter.kind() == Parameter.Kind.NUMBER || parameter.kind() == Parameter.Kind.INTEGER;
        if (!found.containsAll(parameter.words()) || (numbers && found.size() < 2)) {
          missing.add(entry.name() + ": " + parameter.name() + " has references for " + found);
        }
      }
    }
    missing.removeIf(text -> OWN_RANDOM_NUMBERS.stream().anyMatch(text::contains));
    assertThat(missing).isEmpty();
  }

  private static List<String> values(String specification, String parameter) {
    return Stream.of(specification.replaceFirst(".*\\[", "").replace("]", "").split(","))
        .filter(pair -> pair.startsWith(parameter + "="))
        .map(pair -> pair.substring(parameter.length() + 1))
        .toList();
  }

  /** Every measure of responses on every kind of them, but where it has no value there. */
  @ParameterizedTest
  @ValueSource(strings = {"float32", "lowrank", "tied", "wide", "tiny", "silent"})
  void everyKindOfInputHasReferencesOfEveryMeasure(String kind) {
    Set<String> expected =
        Measures.all().stream()
            .filter(
                entry ->
                    !entry.measure(Map.of()).getClass().getPackageName().endsWith(".functional"))
            .map(CatalogueEntry::name)
            .collect(Collectors.toCollection(TreeSet::new));
    // Trials of the same stimuli are a kind of their own.
    expected.removeIf(name -> name.startsWith("stochastic-"));
    if (kind.equals("wide")) {
      // Several canonical correlations are 1 there, and the weights arbitrary.
      expected.remove("pwcca");
    }
    Set<String> found =
        references().stream()
            .filter(reference -> reference.caseName().contains(kind))
            .map(Reference::name)
            .collect(Collectors.toSet());
    assertThat(found).containsAll(expected);
  }
}
