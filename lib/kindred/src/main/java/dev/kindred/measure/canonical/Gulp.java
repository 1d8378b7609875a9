package dev.kindred.measure.canonical;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;
import java.util.EnumSet;
import java.util.Set;

/**
 * GULP, the squared distance between ridge regressions on two representations, largest over all
 * tasks of bounded norm in expectation (Boix-Adserà et al., NeurIPS 2022, section 2):
 *
 * <pre>tr[(S_x(S_x+λ)⁻¹)²] + tr[(S_y(S_y+λ)⁻¹)²] − 2 tr[(S_x+λ)⁻¹S_xy(S_y+λ)⁻¹S_yx]</pre>
 *
 * with S = XᵀX/n after centring and scaling to ‖X‖ = ‖Y‖ = √n. With X = U·diag(s)·Vᵀ the last trace
 * is ‖D_x U_xᵀU_y D_y‖², D = diag(s/√(s²+λ)).
 *
 * <p>Use it when the question is how differently two representations do as features for linear
 * prediction; λ is the ridge penalty that users of the features would take. λ = 0 is rank X + rank
 * Y − 2Σρ², a CCA distance.
 */
public final class Gulp implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("gulp", Gulp::new, Parameter.number("lambda", "ridge penalty", "0.01", 0));

  private final double lambda;
  private final MeasureInfo info;

  private Gulp(Arguments arguments) {
    lambda = arguments.number("lambda");
    Set<Invariance> invariances =
        EnumSet.of(
            Invariance.ORTHOGONAL,
            Invariance.ISOTROPIC_SCALING,
            Invariance.PERMUTATION,
            Invariance.TRANSLATION);
    if (lambda == 0) {
      invariances.add(Invariance.INVERTIBLE_LINEAR);
    }
    info =
        MeasureInfo.distance(arguments.specification(), Double.POSITIVE_INFINITY)
            .summary(
                "Squared difference between ridge predictions from two representations, over"
                    + " all tasks.")
            .choice(
                "Where representations serve as features of linear predictors, with their ridge"
                    + " penalty as lambda; not with lambda=0 where directions of noise should not"
                    + " count.")
            .invariantTo(invariances)
            .float32Condition(
                lambda == 0
                    ? "with decaying spectra, as the smallest directions are below the rounding errors"
                    : "")
            .policy(
                "Directions below the numerical rank count nothing; with λ = 0 (pseudo-inverse)"
                    + " all others count alike, so the value is ill-conditioned where some are"
                    + " barely above it. Every unit constant: error.")
            .source("Boix-Adserà et al. 2022, section 2")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    SingularBasis basis = SingularBasis.centred(x, info.minimumStimuli());
    double largest = basis.s()[0];
    double total = 0;
    for (double s : basis.s()) {
      total += (s / largest) * (s / largest);
    }
    double[] weights = new double[basis.rank()];
    double trace = 0;
    for (int i = 0; i < weights.length; i++) {
      // Eigenvalue of S after scaling: s²/‖X‖².
      double eigenvalue = (basis.s()[i] / largest) * (basis.s()[i] / largest) / total;
      double ratio = eigenvalue / (eigenvalue + lambda);
      weights[i] = Math.sqrt(ratio);
      trace += ratio * ratio;
    }
    return new Weighted(basis.u().scaleColumns(weights), trace);
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Weighted) x).basis;
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    return Math.max(0, ((Weighted) x).trace + ((Weighted) y).trace - 2 * cross.dot(cross));
  }

  /**
   * @param basis U·D, n×r
   * @param trace tr[(S(S+λ)⁻¹)²]
   */
  private record Weighted(Matrix basis, double trace) implements Reorderable {
    @Override
    public Prepared reordered(int[] order) {
      return new Weighted(basis.selectRows(order), trace);
    }

    @Override
    public long bytes() {
      return basis.bytes();
    }
  }
}
