package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measures;
import dev.kindred.measure.References;
import dev.kindred.measure.References.Reference;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.representation.Representation;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Values of SciPy, of the authors' public code and of direct formulas. */
class StatisticsReferencesTest {
  private static final double TOLERANCE = 1e-8;

  static Stream<Reference> correlations() {
    return Stream.of("pearson", "spearman", "kendall").flatMap(References::of);
  }

  @ParameterizedTest
  @MethodSource
  void correlations(Reference reference) {
    Method method = method(reference.json().get("measure").getAsString());
    Correlation found = Correlation.of(method, reference.vector(0), reference.vector(1));
    String variant = reference.variant();
    double value =
        variant.startsWith("one-sided p")
            ? found.oneSidedP()
            : variant.equals("two-sided p") ? found.twoSidedP() : found.coefficient();
    // p-values may be small: relative.
    assertThat(value)
        .isCloseTo(reference.value(), within(1e-9 * Math.max(1e-3, Math.abs(reference.value()))));
  }

  static Stream<Reference> badFraction() {
    return References.of("bad_fraction");
  }

  @ParameterizedTest
  @MethodSource
  void badFraction(Reference reference) {
    assertThat(Correlation.badFraction(reference.vector(0), reference.vector(1)))
        .isCloseTo(reference.value(), within(1e-15));
  }

  static Stream<Reference> mantel() {
    return References.of("mantel");
  }

  @ParameterizedTest
  @MethodSource
  void mantel(Reference reference) {
    String variant = reference.variant();
    PermutationTest test =
        Mantel.test(
            distances(reference.input(0)),
            distances(reference.input(1)),
            method(variant.substring(0, variant.indexOf(' '))),
            10_000,
            new Seeds(0));
    assertThat(test.exact()).isTrue();
    double value =
        variant.contains("one-sided")
            ? test.greaterP()
            : variant.contains("two-sided") ? test.twoSidedP() : test.observed();
    assertThat(value).isCloseTo(reference.value(), within(TOLERANCE));
  }

  private static final Map<String, String> MATRICES =
      Map.ofEntries(
          Map.entry("cka_linear biased", "cka[estimator=biased]"),
          Map.entry("cka_linear unbiased", "cka"),
          Map.entry(
              "cka_rbf unbiased sigma=0.4 on L2-normalised rows (similarity_consistency default)",
              "cka[kernel=rbf,sigma=0.4,rows=unit]"),
          Map.entry("rsa correlation+spearman", "rsa[rdm=correlation,compare=spearman]"),
          Map.entry("linear regression in-sample R2 of column from row", "linear-regression"),
          Map.entry("mean cca", "cca"),
          Map.entry("mutual_knn k=10 L2 rows", "mutual-knn[k=10]"),
          Map.entry("procrustes squared centred+normalised", "procrustes[score=squared]"),
          Map.entry("pwcca similarity (Morcos; asymmetric, weights from the row model)", "pwcca"),
          Map.entry("shape_metric alpha=1 angular", "shape[alpha=1,score=angle]"),
          Map.entry("soft_matching correlation score", "soft-matching"));

  static Stream<Reference> similarityMatrices() {
    return References.of("similarity_matrix");
  }

  @ParameterizedTest
  @MethodSource
  void similarityMatrices(Reference reference) {
    String measure = MATRICES.get(reference.variant().replaceAll(" \\(ds\\d\\)$", ""));
    assertThat(measure).as("a measure for " + reference.variant()).isNotNull();
    List<Representation> models =
        IntStream.range(0, reference.inputs()).mapToObj(reference::input).toList();
    double[][] found = new AllPairs(Measures.parse(measure)).matrix(models).values();
    double[][] expected = reference.matrix();
    for (int i = 0; i < expected.length; i++) {
      // Angles and roots near zero are exact to the root of the rounding error only.
      assertThat(found[i])
          .as("row " + i)
          .containsExactly(expected[i], within(measure.startsWith("shape") ? 1e-7 : TOLERANCE));
    }
  }

  private static Method method(String name) {
    return Method.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static double[][] distances(Representation x) {
    int n = x.stimuli();
    double[][] distances = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < x.units(); k++) {
          double difference = x.get(i, k) - x.get(j, k);
          sum += difference * difference;
        }
        distances[i][j] = Math.sqrt(sum);
      }
    }
    return distances;
  }
}
