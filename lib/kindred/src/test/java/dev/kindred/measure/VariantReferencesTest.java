package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.References.Reference;
import java.util.function.DoubleBinaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values of public implementations that are recorded under their own names for a variant, held
 * against the specification that stands for it here.
 */
class VariantReferencesTest {

  /**
   * @param measure the recorded measure
   * @param variant how its variant begins
   * @param specification what it is called here
   * @param tolerance absolute, times max(1, |value|)
   * @param convention from the recorded value and the number of stimuli to the value here
   */
  private record Variant(
      String measure,
      String variant,
      String specification,
      double tolerance,
      DoubleBinaryOperator convention) {}

  private static Variant same(String measure, String variant, String specification, double tol) {
    return new Variant(measure, variant, specification, tol, (value, n) -> value);
  }

  private static Stream<Variant> variants() {
    return Stream.of(
        same("lcs_knn", "platonic", "lcs-knn", 2e-6),
        same("edit_distance_knn", "platonic", "edit-distance-knn", 2e-6),
        same("joint_rank_jaccard", "resi", "joint-rank-jaccard", 1e-8),
        same("cknna", "platonic biased", "cknna[estimator=biased]", 2e-6),
        same("hsic_linear", "unbiased", "hsic", 1e-8),
        new Variant(
            "hsic_linear",
            "biased",
            "hsic[estimator=biased]",
            1e-8,
            (value, n) -> value / ((n - 1) * (n - 1))),
        same("cka_prime_distance", "1 - 2", "cka-prime[norm=trace]", 1e-8),
        same("permutation_metric", "netrep PermutationMetric angular", "permutation-shape", 2e-7),
        same(
            "permutation_metric",
            "netrep PermutationMetric euclidean",
            "permutation-shape[score=euclidean]",
            1e-8));
  }

  /** Specifications that have references here. */
  static Stream<String> specifications() {
    return variants().map(Variant::specification);
  }

  static Stream<Arguments> references() {
    return variants()
        .flatMap(
            variant ->
                References.of(variant.measure())
                    .filter(reference -> reference.variant().startsWith(variant.variant()))
                    .map(reference -> Arguments.of(variant.specification(), reference, variant)));
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("references")
  void variantsAgreeWithPublicImplementations(
      String specification, Reference reference, Variant variant) {
    double n = reference.input(0).stimuli();
    double expected = variant.convention().applyAsDouble(reference.value(), n);

    double found = Measures.parse(specification).compare(reference.input(0), reference.input(1));

    assertThat(found)
        .isCloseTo(expected, within(variant.tolerance() * Math.max(1, Math.abs(expected))));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void everyVariantHasReferences(Variant variant) {
    assertThat(
            References.of(variant.measure())
                .filter(reference -> reference.variant().startsWith(variant.variant())))
        .hasSizeGreaterThanOrEqualTo(11);
  }
}
