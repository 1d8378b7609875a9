package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measures;
import dev.kindred.measure.References;
import dev.kindred.measure.References.Reference;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
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

  static Stream<Reference> consistency() {
    return References.of("consistency");
  }

  @ParameterizedTest
  @MethodSource
  void consistency(Reference reference) {
    String variant = reference.variant();
    Method method = variant.contains("spearmanr") ? Method.SPEARMAN : Method.PEARSON;
    List<String> categories = reference.strings("categories");
    List<LabelledMatrix> matrices = matrices(reference, categories.size());
    if (variant.contains("model sets")) {
      List<String> sets = reference.strings("set_pair");
      Consistency consistency = new Consistency(matrices.get(0), matrices.get(1));
      assertThat(
              consistency
                  .of(models(categories, sets.get(0)), models(categories, sets.get(1)), method)
                  .orElseThrow())
          .isCloseTo(reference.value(), within(TOLERANCE));
    } else {
      double[] found = {
        new Consistency(matrices.get(0), matrices.get(1)).ofAll(method).orElseThrow(),
        new Consistency(matrices.get(0), matrices.get(2)).ofAll(method).orElseThrow(),
        new Consistency(matrices.get(1), matrices.get(2)).ofAll(method).orElseThrow()
      };
      assertThat(found).containsExactly(reference.list(), within(TOLERANCE));
    }
  }

  static Stream<Reference> anchors() {
    return References.of("consistency_anchor");
  }

  @ParameterizedTest
  @MethodSource
  void anchors(Reference reference) {
    Method method = reference.variant().contains("spearmanr") ? Method.SPEARMAN : Method.PEARSON;
    int count = reference.strings("categories").size();
    List<LabelledMatrix> matrices = matrices(reference, count);
    int[][] pairs = {{0, 1}, {0, 2}, {1, 2}};
    double[][] expected = reference.matrix();
    for (int model = 0; model < count; model++) {
      for (int pair = 0; pair < 3; pair++) {
        Consistency consistency =
            new Consistency(matrices.get(pairs[pair][0]), matrices.get(pairs[pair][1]));
        assertThat(consistency.ofAnchor("m" + model, method).orElseThrow())
            .isCloseTo(expected[model][pair], within(TOLERANCE));
      }
    }
  }

  /** One similarity matrix for every data set among the inputs, over models m0, m1, …. */
  private static List<LabelledMatrix> matrices(Reference reference, int models) {
    String measure = reference.variant().startsWith("rsa") ? "rsa" : "cka";
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (int d = 0; d < reference.inputs() / models; d++) {
      int first = d * models;
      List<Representation> set =
          IntStream.range(0, models)
              .mapToObj(m -> reference.input(first + m).withId("m" + m))
              .toList();
      matrices.add(new AllPairs(Measures.parse(measure)).matrix(set));
    }
    return matrices;
  }

  private static List<String> models(List<String> categories, String category) {
    return IntStream.range(0, categories.size())
        .filter(m -> categories.get(m).equals(category))
        .mapToObj(m -> "m" + m)
        .toList();
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

  static LabelledMatrix labelled(double[][] values) {
    List<String> names = IntStream.range(0, values.length).mapToObj(i -> "m" + i).toList();
    return new LabelledMatrix("test", names, names, values, Provenance.of("test"));
  }
}
