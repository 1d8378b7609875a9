package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Singular vector canonical correlation analysis: the mean canonical correlation between the
 * leading principal components of two representations, the fewest that hold the share {@code
 * variance} of Σs² (Raghu et al., NeurIPS 2017, section 2.1).
 *
 * <p>Use it where {@link Cca} would be ruled by directions of noise. The share is a choice that the
 * value depends on: report it. Public code also thresholds Σs or keeps a fixed number of
 * components, which gives other values.
 */
public final class Svcca implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "svcca",
          Svcca::new,
          Parameter.number("variance", "share of the variance that is kept, up to 1", "0.99", 0));

  private final double variance;
  private final MeasureInfo info;

  private Svcca(Arguments arguments) {
    variance = arguments.number("variance");
    if (variance > 1 || variance == 0) {
      throw new dev.kindred.base.InputException(
          "svcca: variance=" + variance + " is not possible; expected a share above 0, up to 1");
    }
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary(
                "Mean canonical correlation of the leading principal components, those that"
                    + " hold a share of the variance.")
            .choice(
                "In place of cca where directions of little variance are noise; not without"
                    + " saying the kept share, which rules the value.")
            .invariantTo(
                Invariance.ORTHOGONAL,
                Invariance.ISOTROPIC_SCALING,
                Invariance.PERMUTATION,
                Invariance.TRANSLATION)
            .float32Condition(
                "with a share of variance at the threshold, where rounding decides on a component")
            .policy(
                "Mean over the smaller number of kept components, which jumps where a share of"
                    + " variance is at the threshold; constant units count nothing."
                    + " Every unit constant: error.")
            .source("Raghu et al. 2017, section 2.1")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    SingularBasis basis = SingularBasis.centred(x, info.minimumStimuli());
    // Relative to the largest: squares of responses may overflow.
    double largest = basis.s()[0];
    double total = 0;
    for (double s : basis.s()) {
      total += (s / largest) * (s / largest);
    }
    double sum = 0;
    int kept = 0;
    // All of them add up to the total in the same order.
    while (sum < variance * total) {
      double s = basis.s()[kept++] / largest;
      sum += s * s;
    }
    return basis.first(kept);
  }

  @Override
  public Matrix first(Prepared x) {
    return ((SingularBasis) x).u();
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    return CanonicalCorrelations.sum(cross) / Math.min(cross.rows(), cross.columns());
  }
}
