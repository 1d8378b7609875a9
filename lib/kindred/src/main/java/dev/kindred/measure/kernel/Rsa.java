package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Trials;
import dev.kindred.measure.kernel.tiles.Batches;
import dev.kindred.measure.kernel.tiles.Estimator;
import dev.kindred.measure.kernel.tiles.PairKernel;
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
 *
 * <p>{@code mahalanobis} and {@code crossnobis} need repeated measurements, {@code trials} of them
 * side by side in a row (an array of stimuli × trials × units), and take the covariance of {@code
 * noise} from the residuals about the stimuli's means.
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
              "gaussian",
              "mahalanobis",
              "crossnobis"),
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
              "neg-riemannian"),
          Trials.PARAMETER,
          Noise.PARAMETER);

  private static final String TRIALS_CHOICE =
      "For noisy repeated measurements: units count by how reliable they are, and crossnobis"
          + " distances are not inflated by noise; not for the responses of a network that are the"
          + " same every time.";

  private Rsa() {}

  private static Measure of(Arguments arguments) {
    MeasureInfo info = info(arguments);
    if (ofTrials(arguments)) {
      return ofTrials(arguments, info);
    }
    arguments.refuse("trials", "with rdm=" + arguments.text("rdm"));
    arguments.refuse("noise", "with rdm=" + arguments.text("rdm"));
    PairKernel kernel = kernel(arguments);
    return switch (arguments.text("compare")) {
      case "spearman" -> measure(info, kernel, Estimator.SPEARMAN);
      case "pearson" -> measure(info, kernel, Estimator.PEARSON);
      case "cosine" -> measure(info, kernel, Estimator.COSINE);
      // With the covariance of dissimilarities that independent noise on the stimuli gives them,
      // dᵀV⁻¹e is proportional to the product of the doubly centred matrices.
      case "cosine-cov" -> measure(info, kernel, Estimator.BIASED);
      case "corr-cov" -> measure(info, kernel, Estimator.BIASED_PEARSON);
      default -> onMatrices(arguments, info, Dissimilarities.of(kernel));
    };
  }

  private static boolean ofTrials(Arguments arguments) {
    return arguments.text("rdm").endsWith("nobis");
  }

  private static Measure ofTrials(Arguments arguments, MeasureInfo info) {
    boolean crossValidated = arguments.is("rdm", "crossnobis");
    String compare = arguments.text("compare");
    if (arguments.is("trials", "none")) {
      throw new InputException(
          "rsa: rdm="
              + arguments.text("rdm")
              + " needs repeated measurements, stimuli × trials × units; say how many trials there"
              + " are with trials=T");
    }
    if (crossValidated && (compare.startsWith("bures") || compare.equals("neg-riemannian"))) {
      throw new InputException(
          "rsa: compare="
              + compare
              + " is not possible with rdm=crossnobis, whose Gram matrix may be indefinite");
    }
    Dissimilarities rdm =
        new TrialDissimilarities(
            Trials.of(arguments), Noise.of(arguments.text("noise")), crossValidated);
    return switch (compare) {
      case "spearman" -> new DenseRsa(info, rdm, Estimator.SPEARMAN);
      case "pearson" -> new DenseRsa(info, rdm, Estimator.PEARSON);
      case "cosine" -> new DenseRsa(info, rdm, Estimator.COSINE);
      case "cosine-cov" -> new DenseRsa(info, rdm, Estimator.BIASED);
      case "corr-cov" -> new DenseRsa(info, rdm, Estimator.BIASED_PEARSON);
      default -> onMatrices(arguments, info, rdm);
    };
  }

  private static Measure onMatrices(Arguments arguments, MeasureInfo info, Dissimilarities rdm) {
    return switch (arguments.text("compare")) {
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
    boolean unscaled =
        rdm.endsWith("euclidean") || rdm.equals("mahalanobis") && arguments.is("noise", "none");
    if (compare.equals("bures-metric") && unscaled) {
      invariances.remove(Invariance.ISOTROPIC_SCALING);
    }
    if (ofTrials(arguments)) {
      switch (arguments.text("noise")) {
        // Variances of single units have a part in these.
        case "shrinkage-diag", "diag" -> invariances.remove(Invariance.ORTHOGONAL);
        case "full" -> invariances.add(Invariance.INVERTIBLE_LINEAR);
        default -> {}
      }
    }
    MeasureInfo.Builder info =
        range(arguments.specification(), compare, rdm.equals("crossnobis") ? -1 : 0);
    if (compare.equals("neg-riemannian")) {
      info.asymmetric();
    }
    // Whitened by noise of their own, dissimilarities hardly tie.
    boolean whitened = rdm.equals("mahalanobis") || rdm.equals("crossnobis");
    if (!whitened
        && Set.of("spearman", "kendall-tau-a", "kendall-tau-b", "rho-a").contains(compare)) {
      info.float32Condition(
          "with near ties between dissimilarities, which rounding breaks or makes");
    }
    return info.summary(
            "Representational similarity analysis: the correlation of two matrices of"
                + " dissimilarities between stimuli.")
        .choice(ofTrials(arguments) ? TRIALS_CHOICE : choice(compare))
        .invariantTo(invariances)
        .minimumStimuli(3)
        .float32Error(1e-5)
        .policy(
            "ties have their mean rank (τ-a and ρ-a count them against the value); rows without"
                + " variation have correlation or cosine 0 with all; equal dissimilarities"
                + " everywhere are an error, and so is a Gram matrix of the second model that is"
                + " not positive definite (n > units + 1) with neg-riemannian; a unit without noise"
                + " is an error with mahalanobis and crossnobis")
        .source(
            "Kriegeskorte et al. 2008; Nili et al. 2014 (Kendall's τ-a); Diedrichsen et al. 2021"
                + " (-cov); Schütt et al. 2023 (ρ-a); Walther et al. 2016 (crossnobis); Shahbazi et al. 2021 (neg-riemannian);"
                + " rsatoolbox")
        .build();
  }

  /**
   * @param lowest of cosines of dissimilarities
   */
  private static MeasureInfo.Builder range(String specification, String compare, double lowest) {
    return switch (compare) {
      case "cosine", "cosine-cov" -> MeasureInfo.similarity(specification, lowest, 1);
      case "bures" -> MeasureInfo.similarity(specification, 0, 1);
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
