package dev.kindred.measure.kernel;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.kernel.tiles.Estimator;
import java.util.Set;

/**
 * Hilbert–Schmidt independence criterion of two representations' kernel matrices over stimuli: the
 * covariance that {@link Cka} normalises,
 *
 * <pre>HSIC₁ = (tr K̃L̃ + 1ᵀK̃1·1ᵀL̃1/((n−1)(n−2)) − 2/(n−2)·1ᵀK̃L̃1) / (n(n−3)),
 * HSIC₀ = tr KHLH / (n−1)²,</pre>
 *
 * K̃ and L̃ with zero diagonals, H the centring matrix (Gretton et al., ALT 2005, Definition 2;
 * Song et al., JMLR 13, 2012, Eq. 5). Linear and RBF kernels as for {@code cka}.
 *
 * <p>Use it to test dependence (a permutation test of HSIC and one of CKA agree, as permuting
 * leaves the normaliser alone) or where the size of the shared variance is meant. Its unit is the
 * product of both kernels' units: linear values grow with the fourth power of the responses' scale.
 */
public final class Hsic {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("hsic", Hsic::of, Cka.KERNEL, Cka.SIGMA, Cka.ESTIMATOR, Cka.ROWS);

  private Hsic() {}

  private static Measure of(Arguments arguments) {
    boolean unbiased = arguments.is("estimator", "unbiased");
    return new ScaledKernelMeasure(
        info(arguments, unbiased),
        Cka.kernel(arguments),
        unbiased ? Estimator.UNBIASED : Estimator.BIASED,
        x -> 1,
        (product, ofX, ofY) -> product);
  }

  private static MeasureInfo info(Arguments arguments, boolean unbiased) {
    boolean rbf = arguments.is("kernel", "rbf");
    boolean unit = arguments.is("rows", "unit");
    Set<Invariance> invariances = Cka.invariances(rbf, unit, arguments);
    if (!rbf && !unit) {
      invariances.remove(Invariance.ISOTROPIC_SCALING);
    }
    return MeasureInfo.similarity(
            arguments.specification(),
            unbiased ? Double.NEGATIVE_INFINITY : 0,
            Double.POSITIVE_INFINITY)
        .summary(
            "Hilbert–Schmidt independence criterion: covariance of the kernel matrices, which CKA"
                + " normalises. Its scale is that of the responses.")
        .choice(
            "To test dependence, or when the size of shared variance is meant; not to compare"
                + " pairs of different scale (take cka).")
        .self(Double.NaN)
        .invariantTo(invariances)
        .minimumStimuli(unbiased ? 4 : 2)
        .float32Error(1e-5)
        .policy(
            "constant columns add nothing; n < p and rank deficiency need no care; biased grows"
                + " with p/n; no variation over stimuli is an error and not independence")
        .source("Gretton et al. 2005, Definition 2; Song et al. 2012, Eq. 5")
        .build();
  }
}
