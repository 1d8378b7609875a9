package dev.kindred.measure;

import dev.kindred.base.InputException;
import dev.kindred.measure.alignment.AlignedCosine;
import dev.kindred.measure.alignment.LinearPredictivity;
import dev.kindred.measure.alignment.PairwiseMatching;
import dev.kindred.measure.alignment.PartialLeastSquares;
import dev.kindred.measure.alignment.PartialSoftMatching;
import dev.kindred.measure.alignment.PermutationMatching;
import dev.kindred.measure.alignment.PermutationShape;
import dev.kindred.measure.alignment.Procrustes;
import dev.kindred.measure.alignment.ProcrustesPredictivity;
import dev.kindred.measure.alignment.SemiMatching;
import dev.kindred.measure.alignment.Shape;
import dev.kindred.measure.alignment.SoftMatching;
import dev.kindred.measure.alignment.StochasticShapeEnergy;
import dev.kindred.measure.alignment.StochasticShapeGaussian;
import dev.kindred.measure.canonical.Cca;
import dev.kindred.measure.canonical.EigenspaceOverlap;
import dev.kindred.measure.canonical.Gulp;
import dev.kindred.measure.canonical.LinearRegression;
import dev.kindred.measure.canonical.Pwcca;
import dev.kindred.measure.canonical.Svcca;
import dev.kindred.measure.functional.AccuracyGap;
import dev.kindred.measure.functional.CohenKappa;
import dev.kindred.measure.functional.DecisionRegionSimilarity;
import dev.kindred.measure.functional.Disagreement;
import dev.kindred.measure.functional.ErrorConsistency;
import dev.kindred.measure.functional.JensenShannon;
import dev.kindred.measure.geometry.ConcentricityDifference;
import dev.kindred.measure.geometry.MagnitudeDifference;
import dev.kindred.measure.geometry.UniformityDifference;
import dev.kindred.measure.kernel.Bures;
import dev.kindred.measure.kernel.Cka;
import dev.kindred.measure.kernel.CkaPrime;
import dev.kindred.measure.kernel.CorrectedCka;
import dev.kindred.measure.kernel.DistanceCorrelation;
import dev.kindred.measure.kernel.Hsic;
import dev.kindred.measure.kernel.Rsa;
import dev.kindred.measure.kernel.RsmNormDifference;
import dev.kindred.measure.neighbourhood.Cknna;
import dev.kindred.measure.neighbourhood.CycleKnn;
import dev.kindred.measure.neighbourhood.EditDistanceKnn;
import dev.kindred.measure.neighbourhood.JaccardKnn;
import dev.kindred.measure.neighbourhood.JointRankJaccard;
import dev.kindred.measure.neighbourhood.LcsKnn;
import dev.kindred.measure.neighbourhood.MutualKnn;
import dev.kindred.measure.neighbourhood.RankSimilarity;
import dev.kindred.measure.neighbourhood.SecondOrderCosine;
import dev.kindred.measure.topology.IntrinsicDistance;
import dev.kindred.measure.topology.TopologyDivergence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalogue: every measure by name or text, and by a method that Tab completes, such as {@code
 * Measures.cka().rbf(0.4)}. A new measure is one class with an {@code ENTRY} and one line here; its
 * methods are made of the entry.
 *
 * <p>Listing the catalogue computes nothing and loads no native code.
 */
public final class Measures extends MeasureFactories {
  private static final List<CatalogueEntry> ALL =
      List.of(
          Cka.ENTRY,
          CorrectedCka.ENTRY,
          CkaPrime.ENTRY,
          Hsic.ENTRY,
          Rsa.ENTRY,
          DistanceCorrelation.ENTRY,
          Bures.ENTRY,
          RsmNormDifference.ENTRY,
          Cca.ENTRY,
          Svcca.ENTRY,
          Pwcca.ENTRY,
          LinearRegression.ENTRY,
          Gulp.ENTRY,
          EigenspaceOverlap.ENTRY,
          Procrustes.ENTRY,
          Shape.ENTRY,
          PermutationShape.ENTRY,
          StochasticShapeGaussian.ENTRY,
          StochasticShapeEnergy.ENTRY,
          AlignedCosine.ENTRY,
          LinearPredictivity.ENTRY,
          ProcrustesPredictivity.ENTRY,
          PartialLeastSquares.ENTRY,
          PermutationMatching.ENTRY,
          SemiMatching.ENTRY,
          SoftMatching.ENTRY,
          PartialSoftMatching.ENTRY,
          PairwiseMatching.ENTRY,
          MutualKnn.ENTRY,
          CycleKnn.ENTRY,
          Cknna.ENTRY,
          JaccardKnn.ENTRY,
          RankSimilarity.ENTRY,
          JointRankJaccard.ENTRY,
          LcsKnn.ENTRY,
          EditDistanceKnn.ENTRY,
          SecondOrderCosine.ENTRY,
          UniformityDifference.ENTRY,
          MagnitudeDifference.ENTRY,
          ConcentricityDifference.ENTRY,
          IntrinsicDistance.ENTRY,
          TopologyDivergence.ENTRY,
          AccuracyGap.ENTRY,
          Disagreement.ENTRY,
          ErrorConsistency.ENTRY,
          CohenKappa.ENTRY,
          JensenShannon.ENTRY,
          DecisionRegionSimilarity.ENTRY);

  private Measures() {}

  /** Every measure, related ones together. */
  public static List<CatalogueEntry> all() {
    return ALL;
  }

  /** The entry of a measure by its name. */
  public static CatalogueEntry entry(String name) {
    return ALL.stream()
        .filter(entry -> entry.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "no measure is named "
                        + name
                        + "; there are "
                        + String.join(", ", ALL.stream().map(CatalogueEntry::name).toList())));
  }

  /**
   * The measure of a specification {@code name} or {@code name[key=value,…]}, such as {@code
   * cka[kernel=rbf,sigma=0.4]}; what is left out has its default.
   *
   * @throws InputException if the text, the name, a key or a value is wrong; it says what is
   *     possible
   */
  public static Measure parse(String specification) {
    return parse(specification, Map.of());
  }

  /**
   * The same with other defaults for what is left out.
   *
   * @param defaults value by parameter; those that the measure does not have are not used
   */
  public static Measure parse(String specification, Map<String, String> defaults) {
    String text = specification.strip();
    int bracket = text.indexOf('[');
    if (bracket < 0) {
      return measure(entry(text), Map.of(), defaults);
    }
    if (!text.endsWith("]")) {
      throw malformed(specification);
    }
    Map<String, String> chosen = new LinkedHashMap<>();
    String inside = text.substring(bracket + 1, text.length() - 1).strip();
    if (!inside.isEmpty()) {
      for (String pair : inside.split(",", -1)) {
        int equals = pair.indexOf('=');
        if (equals < 0
            || chosen.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip())
                != null) {
          throw malformed(specification);
        }
      }
    }
    return measure(entry(text.substring(0, bracket).strip()), chosen, defaults);
  }

  private static Measure measure(
      CatalogueEntry entry, Map<String, String> chosen, Map<String, String> defaults) {
    Map<String, String> values = new LinkedHashMap<>(chosen);
    for (Parameter parameter : entry.parameters()) {
      if (defaults.containsKey(parameter.name())) {
        values.putIfAbsent(parameter.name(), defaults.get(parameter.name()));
      }
    }
    return entry.measure(values);
  }

  private static InputException malformed(String specification) {
    return new InputException(
        "measure " + specification + " is not of the form name[key=value,…] with every key once");
  }
}
