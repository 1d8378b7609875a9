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
 * stimuli, correlated over the pairs (Kriegeskorte et al. 2008).
 *
 * <p>Dissimilarities: {@code correlation} 1 − r of the two rows, {@code cosine} 1 − cos, {@code
 * euclidean} ‖xᵢ−xⱼ‖, {@code sqeuclidean} its square, {@code gaussian} 1 − exp(−d²/m) with m the
 * mean of d² over all n² pairs. Only pairs i&lt;j count. Spearman needs no assumption on how
 * dissimilarities scale; Kendall's τ-a is for models that predict ties; Pearson and cosine are for
 * interval and ratio scales.
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
              "cosine"));

  private Rsa() {}

  private static Measure of(Arguments arguments) {
    PairKernel kernel = kernel(arguments);
    MeasureInfo info = info(arguments);
    return switch (arguments.text("compare")) {
      case "spearman" -> measure(info, kernel, Estimator.SPEARMAN);
      case "pearson" -> measure(info, kernel, Estimator.PEARSON);
      case "cosine" -> measure(info, kernel, Estimator.COSINE);
      case "kendall-tau-a" -> new KendallRsa(info, kernel, false);
      default -> new KendallRsa(info, kernel, true);
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
    boolean cosine = arguments.is("compare", "cosine");
    boolean tauA = arguments.is("compare", "kendall-tau-a");
    return MeasureInfo.similarity(arguments.specification(), cosine ? 0 : -1, 1)
        .self(tauA ? Double.NaN : 1)
        .summary(
            "Representational similarity analysis: the correlation of two matrices of"
                + " dissimilarities between stimuli.")
        .choice(
            "To compare with brains, behaviour or conceptual models: only dissimilarities"
                + " are needed, and ranks assume no scale of them; not where directions of little"
                + " variance matter.")
        .invariantTo(invariances(arguments.text("rdm")))
        .minimumStimuli(3)
        .float32Error(1e-5)
        .policy(
            "ties have their mean rank (τ-a counts them as neither); rows without variation have"
                + " correlation or cosine 0 with all; equal dissimilarities everywhere are an error")
        .source("Kriegeskorte et al. 2008; Nili et al. 2014 (Kendall's τ-a)")
        .build();
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
