package dev.kindred.measure.kernel;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import java.util.EnumSet;
import java.util.Set;

/**
 * Representational similarity analysis: the two representations' dissimilarities between pairs of
 * stimuli, compared over the pairs (Kriegeskorte et al. 2008).
 *
 * <p>Dissimilarities: {@code correlation} 1 − r of the two rows, {@code cosine} 1 − cos, {@code
 * euclidean} ‖xᵢ−xⱼ‖, {@code sqeuclidean} its square, {@code gaussian} 1 − exp(−d²/m) with m the
 * mean of d² over all n² pairs. Only pairs i&lt;j count. Spearman needs no assumption on how
 * dissimilarities scale; Kendall's τ-a and ρ-a are for models that predict ties; Pearson and cosine
 * are for interval and ratio scales, {@code corr-cov} and {@code cosine-cov} their whitened forms
 * (Diedrichsen et al. 2021). {@code bures}, {@code bures-metric} (squared) and {@code
 * neg-riemannian} compare the Gram matrices that belong to the dissimilarities; squared distances
 * are divided by the number of units for them, as rsatoolbox does.
 */
public final class Rsa {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "rsa",
          Rsa::of,
          Parameter.choice(
              "rdm",
              "dissimilarity of two stimuli",
              "correlation",
              "cosine",
              "euclidean",
              "sqeuclidean",
              "gaussian"),
          Parameter.choice(
              "compare",
              "how dissimilarities are compared",
              "spearman",
              "pearson",
              "kendall-tau-a",
              "kendall-tau-b",
              "cosine",
              "rho-a",
              "cosine-cov",
              "corr-cov",
              "bures",
              "bures-metric",
              "neg-riemannian"));

  private Rsa() {}

  private static Measure of(Arguments arguments) {
    PairKernel kernel = kernel(arguments);
    Dissimilarities rdm = Dissimilarities.of(kernel);
    MeasureInfo info = info(arguments);
    return switch (arguments.text("compare")) {
      case "spearman" -> measure(info, kernel, Estimator.SPEARMAN);
      case "pearson" -> measure(info, kernel, Estimator.PEARSON);
      case "cosine" -> measure(info, kernel, Estimator.COSINE);
      // With the covariance of dissimilarities that independent noise on the stimuli gives them,
      // dᵀV⁻¹e is proportional to the product of the doubly centred matrices.
      case "cosine-cov" -> measure(info, kernel, Estimator.BIASED);
      case "corr-cov" -> measure(info, kernel, Estimator.BIASED_PEARSON);
      case "kendall-tau-a" -> new KendallRsa(info, rdm, false);
      case "kendall-tau-b" -> new KendallRsa(info, rdm, true);
      case "rho-a" -> new RhoA(info, rdm);
      case "bures" -> new BuresRsa(info, rdm, false);
      case "bures-metric" -> new BuresRsa(info, rdm, true);
      default -> new RiemannianRsa(info, rdm);
    };
  }

  private static Measure measure(MeasureInfo info, PairKernel kernel, Estimator estimator) {
    return new KernelMeasure(info, kernel, estimator, Batches.NONE, value -> value);
  }

  private static PairKernel kernel(Arguments arguments) {
    return switch (arguments.text("rdm")) {
      case "correlation" ->
          PairKernel.of(PairKernel.Form.ONE_MINUS_INNER, PairKernel.Rows.STANDARDISED);
      case "cosine" -> PairKernel.of(PairKernel.Form.ONE_MINUS_INNER, PairKernel.Rows.UNIT);
      case "euclidean" -> PairKernel.of(PairKernel.Form.DISTANCE, PairKernel.Rows.RAW);
      case "sqeuclidean" -> PairKernel.of(PairKernel.Form.SQUARED_DISTANCE, PairKernel.Rows.RAW);
      default ->
          new PairKernel(
              PairKernel.Form.ONE_MINUS_RBF,
              PairKernel.Rows.RAW,
              PairKernel.Scale.MEAN,
              Double.NaN);
    };
  }

  private static MeasureInfo info(Arguments arguments) {
    String rdm = arguments.text("rdm");
    String compare = arguments.text("compare");
    Set<Invariance> invariances = invariances(rdm);
    if (compare.equals("bures-metric") && rdm.endsWith("euclidean")) {
      invariances.remove(Invariance.ISOTROPIC_SCALING);
    }
    MeasureInfo.Builder info = range(arguments.specification(), compare);
    if (compare.equals("neg-riemannian")) {
      info.asymmetric();
    }
    if (Set.of("spearman", "kendall-tau-a", "kendall-tau-b", "rho-a").contains(compare)) {
      info.float32Condition(
          "with near ties between dissimilarities, which rounding breaks or makes");
    }
    return info.summary(
            "Representational similarity analysis: the correlation of two matrices of"
                + " dissimilarities between stimuli.")
        .choice(choice(compare))
        .invariantTo(invariances)
        .minimumStimuli(3)
        .float32Error(1e-5)
        .policy(
            "ties have their mean rank (τ-a and ρ-a count them against the value); rows without"
                + " variation have correlation or cosine 0 with all; equal dissimilarities"
                + " everywhere are an error, and so is a Gram matrix of the second model that is"
                + " not positive definite (n > units + 1) with neg-riemannian")
        .source(
            "Kriegeskorte et al. 2008; Nili et al. 2014 (Kendall's τ-a); Diedrichsen et al. 2021"
                + " (-cov); Schütt et al. 2023 (ρ-a); Shahbazi et al. 2021 (neg-riemannian);"
                + " rsatoolbox")
        .build();
  }

  private static MeasureInfo.Builder range(String specification, String compare) {
    return switch (compare) {
      case "cosine", "cosine-cov", "bures" -> MeasureInfo.similarity(specification, 0, 1);
      case "kendall-tau-a", "rho-a" ->
          MeasureInfo.similarity(specification, -1, 1).self(Double.NaN);
      case "bures-metric" -> MeasureInfo.distance(specification, Double.POSITIVE_INFINITY);
      case "neg-riemannian" ->
          MeasureInfo.similarity(specification, Double.NEGATIVE_INFINITY, 0).self(0);
      default -> MeasureInfo.similarity(specification, -1, 1);
    };
  }

  private static String choice(String compare) {
    return switch (compare) {
      case "kendall-tau-a", "rho-a" ->
          "For models that predict equal dissimilarities: ties cost them, where other rank"
              + " correlations reward them; ρ-a is the faster of the two.";
      case "cosine-cov", "corr-cov" ->
          "For dissimilarities on a ratio (cosine-cov) or interval scale (corr-cov) when models are"
              + " to be told apart: takes into account that dissimilarities of one stimulus err"
              + " together.";
      case "bures", "bures-metric" ->
          "To weigh directions of little variance more than cosines do; bures-metric keeps the size"
              + " of dissimilarities, which must then be comparable.";
      case "neg-riemannian" ->
          "To weigh all directions alike, with noise estimated; only for fewer stimuli than units,"
              + " and slow for many.";
      default ->
          "To compare with brains, behaviour or conceptual models: only dissimilarities are needed,"
              + " and ranks assume no scale of them; not where directions of little variance"
              + " matter.";
    };
  }

  private static Set<Invariance> invariances(String rdm) {
    return switch (rdm) {
      case "correlation" -> EnumSet.of(Invariance.PERMUTATION, Invariance.ISOTROPIC_SCALING);
      case "cosine" ->
          EnumSet.of(Invariance.PERMUTATION, Invariance.ISOTROPIC_SCALING, Invariance.ORTHOGONAL);
      default ->
          EnumSet.of(
              Invariance.PERMUTATION,
              Invariance.ISOTROPIC_SCALING,
              Invariance.ORTHOGONAL,
              Invariance.TRANSLATION);
    };
  }
}
