package dev.kindred.study.grounding;

import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Measures;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The measures that are grounded: those of the text, and every one of the catalogue that applies.
 */
final class GroundedMeasures {
  /**
   * The text's: Procrustes, CKA and PWCCA, by its own formula and as the authors compute it, and
   * the two means of canonical correlations.
   */
  static final List<String> PAPER =
      List.of(
          "procrustes",
          "cka[estimator=biased]",
          "pwcca",
          "pwcca[weights=all]",
          "cca",
          "cca[summary=mean-squared]");

  private static final String OUTPUTS =
      "compares decisions, which are the function itself and not what leads to it";
  private static final String REPEATED =
      "compares repeated measurements, which networks do not have";

  /** Measures of the catalogue that do not apply, and why. */
  private static final Map<String, String> LEFT_OUT =
      Map.of(
          "accuracy-gap", OUTPUTS,
          "disagreement", OUTPUTS,
          "error-consistency", OUTPUTS,
          "cohen-kappa", OUTPUTS,
          "jensen-shannon", OUTPUTS,
          "decision-region-similarity", OUTPUTS,
          "stochastic-shape-gaussian", REPEATED,
          "stochastic-shape-energy", REPEATED);

  /** In place of defaults: a thousand times the price of all others, or a usual variant. */
  private static final Map<String, List<String>> VARIANTS =
      Map.of(
          "rtd", List.of("rtd[batch=100,trials=1]"),
          "cka", List.of("cka", "cka[estimator=biased]", "cka[kernel=rbf]"),
          "cca", List.of("cca", "cca[summary=mean-squared]"),
          "shape", List.of("shape", "shape[alpha=0.5]"),
          "rsa", List.of("rsa"));

  private GroundedMeasures() {}

  /** All that apply, by canonical specification, the text's first. */
  static Map<String, Measure> all() {
    List<String> specifications = new ArrayList<>(PAPER);
    for (CatalogueEntry entry : Measures.all()) {
      if (!LEFT_OUT.containsKey(entry.name())) {
        specifications.addAll(VARIANTS.getOrDefault(entry.name(), List.of(entry.name())));
      }
    }
    Map<String, Measure> measures = new LinkedHashMap<>();
    for (String specification : specifications) {
      Measure measure = Measures.parse(specification);
      measures.put(measure.info().specification(), measure);
    }
    return measures;
  }

  /** Names of the catalogue that do not apply, and why. */
  static Map<String, String> leftOut() {
    Map<String, String> reasons = new LinkedHashMap<>();
    for (CatalogueEntry entry : Measures.all()) {
      if (LEFT_OUT.containsKey(entry.name())) {
        reasons.put(entry.name(), LEFT_OUT.get(entry.name()));
      }
    }
    return reasons;
  }

  /**
   * A value as a distance: what lacks to the similarity with itself, where a measure is one; the
   * negative similarity where that depends on the representation.
   */
  static double distance(MeasureInfo info, double value) {
    if (info.kind() == MeasureInfo.Kind.DISTANCE) {
      return value;
    }
    return Double.isNaN(info.self()) ? -value : info.self() - value;
  }
}
