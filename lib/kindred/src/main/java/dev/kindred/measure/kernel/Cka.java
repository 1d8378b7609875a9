package dev.kindred.measure.kernel;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.kernel.tiles.Batches;
import dev.kindred.measure.kernel.tiles.Estimator;
import dev.kindred.measure.kernel.tiles.PairKernel;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * Centred kernel alignment: HSIC(K,L) / √(HSIC(K,K)·HSIC(L,L)) of the two representations' kernel
 * matrices over stimuli (Kornblith et al. 2019, eq. 4; Cortes et al. 2012).
 *
 * <p>Linear: K = XXᵀ, so the measure compares covariance weighted by variance: high-variance
 * directions dominate. RBF: Kᵢⱼ = exp(−‖xᵢ−xⱼ‖²/2σ²), which compares neighbourhoods as far as σ
 * reaches; σ is absolute, so give the rows unit norm, or take the median.
 *
 * <p>The biased estimator HSIC₀ ∝ tr(KHLH) tends to 1 as p/n grows, whatever the representations;
 * the unbiased one (Song et al. 2012, eq. 5) does not, and may be slightly negative. Take the
 * biased one to repeat published numbers.
 *
 * <p>Mini-batches: {@code average=ratio} is the ratio of mean HSICs (Nguyen et al. 2021, eq. 4),
 * {@code average=mean} the mean of the batches' CKAs.
 */
public final class Cka {
  static final Parameter KERNEL =
      Parameter.choice("kernel", "kernel of two stimuli", "linear", "rbf");
  static final Parameter SIGMA =
      Parameter.number(
          "sigma",
          "width of the RBF kernel; median: σ² is the median non-zero squared distance",
          "median",
          Double.MIN_VALUE,
          "median");
  static final Parameter ESTIMATOR =
      Parameter.choice("estimator", "HSIC₁ or HSIC₀", "unbiased", "biased");
  static final Parameter ROWS =
      Parameter.choice(
          "rows", "features as they are or each row divided by its norm", "raw", "unit");

  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "cka",
          Cka::of,
          KERNEL,
          SIGMA,
          ESTIMATOR,
          Parameter.integer("batch", "stimuli in a mini-batch", "none", 2, "none"),
          Parameter.choice("average", "what is averaged over mini-batches", "ratio", "mean"),
          ROWS,
          Parameter.choice("score", "the alignment or its arc cosine", "value", "angle"));

  private Cka() {}

  private static Measure of(Arguments arguments) {
    boolean rbf = arguments.is("kernel", "rbf");
    boolean unit = arguments.is("rows", "unit");
    boolean unbiased = arguments.is("estimator", "unbiased");
    boolean angle = arguments.is("score", "angle");
    boolean batched = !arguments.is("batch", "none");
    if (!batched) {
      arguments.refuse("average", "without batch");
    }
    PairKernel kernel = kernel(arguments);
    Batches batches =
        batched
            ? new Batches(
                arguments.integer("batch"),
                arguments.is("average", "mean") ? Batches.Average.MEAN : Batches.Average.RATIO)
            : Batches.NONE;
    DoubleUnaryOperator score = angle ? Math::acos : value -> value;
    return new KernelMeasure(
        info(arguments, rbf, unit, unbiased, angle),
        kernel,
        unbiased ? Estimator.UNBIASED : Estimator.BIASED,
        batches,
        score);
  }

  /** The kernel that {@link #KERNEL}, {@link #SIGMA} and {@link #ROWS} name. */
  static PairKernel kernel(Arguments arguments) {
    PairKernel.Rows rows =
        arguments.is("rows", "unit") ? PairKernel.Rows.UNIT : PairKernel.Rows.RAW;
    if (arguments.is("kernel", "linear")) {
      arguments.refuse("sigma", "with kernel=linear");
      return PairKernel.of(PairKernel.Form.INNER, rows);
    }
    boolean median = arguments.is("sigma", "median");
    return new PairKernel(
        PairKernel.Form.RBF,
        rows,
        median ? PairKernel.Scale.MEDIAN : PairKernel.Scale.ABSOLUTE,
        median ? Double.NaN : arguments.number("sigma"));
  }

  private static MeasureInfo info(
      Arguments arguments, boolean rbf, boolean unit, boolean unbiased, boolean angle) {
    double lowest = unbiased ? -1 : 0;
    MeasureInfo.Builder info =
        angle
            ? MeasureInfo.distance(arguments.specification(), Math.acos(lowest))
            : MeasureInfo.similarity(arguments.specification(), lowest, 1);
    return info.summary(
            "Centred kernel alignment: the normalised overlap of two kernel matrices over"
                + " stimuli.")
        .choice(
            "A first look at which layers are alike, at any widths; not where directions of"
                + " little variance matter, which it hardly sees, nor where a few extreme stimuli"
                + " may rule it.")
        .invariantTo(invariances(rbf, unit, arguments))
        .minimumStimuli(unbiased ? 4 : 2)
        .float32Error(1e-5)
        .policy(
            "constant columns add nothing; n < p and rank deficiency need no care (unbiased);"
                + " biased tends to 1 as p/n grows; no variation over stimuli is an error")
        .source("Kornblith et al. 2019, eq. 4; Song et al. 2012, eq. 5; Nguyen et al. 2021, eq. 4")
        .build();
  }

  static Set<Invariance> invariances(boolean rbf, boolean unit, Arguments arguments) {
    Set<Invariance> invariances = EnumSet.of(Invariance.ORTHOGONAL, Invariance.PERMUTATION);
    if (unit || !rbf || arguments.is("sigma", "median")) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    if (!unit) {
      invariances.add(Invariance.TRANSLATION);
    }
    return invariances;
  }
}
