package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.measure.RoundingError;
import dev.kindred.representation.Representation;
import java.util.EnumSet;
import java.util.Set;

/**
 * Generalised shape metrics (Williams, Kunz, Kornblith and Linderman, NeurIPS 2021, Eq. 3–7): a
 * family between Procrustes (α = 1) and CCA (α = 0), each a metric. The responses are partially
 * whitened,
 *
 * <pre>Xα = X·c·(αI + (1−α)(XᵀX)^(−1/2)),   angle = arccos(‖XαᵀYα‖_* / (‖Xα‖‖Yα‖)),
 * euclidean = √(‖Xα‖² + ‖Yα‖² − 2‖XαᵀYα‖_*)</pre>
 *
 * with c so that ‖Xα‖ stays ‖X‖, and the pseudo-inverse of (XᵀX)^½ at the numerical rank. For α = 0
 * the angle is arccos(Σρ/√(rank X · rank Y)) with the canonical correlations ρ.
 *
 * <p>{@code floor=netrep} repeats netrep's values for α &lt; 1: units are padded with zeros to
 * max(p, q), and eigenvalues of XᵀX below 1e-7 are taken as 1e-7, padded ones included. These
 * directions enter c, so that the Euclidean distance of unequal widths depends on the larger width;
 * and as 1e-7 is an absolute number, X and 1e-5·X have different shapes.
 *
 * <p>Use the angle where a metric is needed (clustering, embedding, nearest neighbours of
 * networks): it obeys the triangle inequality. α sets how much directions of low variance count.
 */
public final class Shape implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "shape",
          Shape::new,
          Parameter.number("alpha", "1: Procrustes, 0: CCA, up to 1", "1", 0),
          Parameter.choice("score", "form of the result", "angle", "euclidean"),
          Parameter.flag("centred", "remove column means first", true),
          Parameter.choice(
              "floor",
              "small eigenvalues where alpha<1: dropped below the numerical rank, or raised to 1e-7"
                  + " as netrep does",
              "relative",
              "netrep"));

  /** netrep's floor under the eigenvalues of XᵀX. */
  private static final double FLOOR = 1e-7;

  private final double alpha;
  private final boolean angle;
  private final boolean centred;
  private final boolean netrep;
  private final MeasureInfo info;

  private Shape(Arguments arguments) {
    alpha = arguments.number("alpha");
    if (alpha > 1) {
      throw new InputException("shape: alpha=" + alpha + " is not possible; expected 0 to 1");
    }
    angle = arguments.is("score", "angle");
    centred = arguments.flag("centred");
    netrep = arguments.is("floor", "netrep");
    if (alpha == 1) {
      arguments.refuse("floor", "with alpha=1");
    }
    Set<Invariance> invariances = EnumSet.of(Invariance.ORTHOGONAL, Invariance.PERMUTATION);
    if (centred) {
      invariances.add(Invariance.TRANSLATION);
    }
    // For α between, I and (XᵀX)^(−1/2) scale differently.
    if (angle && (alpha == 1 || alpha == 0 && !netrep)) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    if (angle && alpha == 0 && !netrep) {
      invariances.add(Invariance.INVERTIBLE_LINEAR);
    }
    info =
        MeasureInfo.distance(
                arguments.specification(), angle ? Math.PI / 2 : Double.POSITIVE_INFINITY)
            .summary("Shape metric between Procrustes (alpha=1) and CCA (alpha=0).")
            .choice(
                "Where a metric is needed, as for clustering or embedding networks: it obeys"
                    + " the triangle inequality; not with alpha<1 for n ≤ p, where it tends to 0.")
            .invariantTo(invariances)
            .float32Condition(
                alpha == 0 || alpha < 1 && !netrep
                    ? "with decaying spectra, as the smallest directions are below the rounding errors"
                    : "")
            .policy(
                "Units that differ in number are padded with zeros."
                    + (alpha == 1
                        ? ""
                        : netrep
                            ? " Eigenvalues of XᵀX below 1e-7 count as 1e-7."
                            : " Directions below the numerical rank count nothing.")
                    + " Nothing varies: error. Near 0 the angle is exact to 1e-7.")
            .source("Williams et al. 2021, Eq. 3 to 7; netrep")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    if (alpha == 1) {
      int minimum = info.minimumStimuli();
      Configuration configuration =
          angle
              ? Configuration.normalised(x, minimum, centred)
              : Configuration.of(x, minimum, centred);
      if (configuration.norm() == 0) {
        throw Configuration.constant(x, centred);
      }
      return new Whitened(configuration.points(), configuration.norm(), x.units(), 0, 0);
    }
    try (Matrix features = Features.matrix(x, info)) {
      double error = RoundingError.norm(x, features);
      if (centred) {
        features.centreColumns();
      }
      try (Svd svd = Svd.of(features)) {
        // What lies below are rounding errors, which whitening would enlarge.
        int rank = svd.rank(error);
        if (rank == 0) {
          throw Configuration.constant(x, centred);
        }
        double[] weights = new double[rank];
        double norm = 0;
        double variance = 0;
        double whitened = 0;
        for (int i = 0; i < rank; i++) {
          double s = svd.values()[i];
          double eigenvalue = netrep ? Math.max(s * s, FLOOR) : s * s;
          double gain = gain(eigenvalue);
          weights[i] = gain * s;
          norm += weights[i] * weights[i];
          variance += eigenvalue;
          whitened += gain * gain * eigenvalue;
        }
        int rest = netrep ? x.units() - rank : 0;
        double floorGain = gain(FLOOR);
        return new Whitened(
            svd.u().columns(0, rank).scaleColumns(weights),
            Math.sqrt(norm),
            x.units(),
            variance + rest * FLOOR,
            whitened + rest * floorGain * floorGain * FLOOR);
      }
    }
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Whitened) x).points;
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    Whitened first = (Whitened) x;
    Whitened second = (Whitened) y;
    double alignment = Svd.nuclearNorm(cross);
    if (angle) {
      return Math.acos(Math.min(1, alignment / (first.norm * second.norm)));
    }
    int width = Math.max(first.units, second.units);
    double scaleX = scale(first, width);
    double scaleY = scale(second, width);
    double normX = scaleX * first.norm;
    double normY = scaleY * second.norm;
    return Math.sqrt(Math.max(0, normX * normX + normY * normY - 2 * scaleX * scaleY * alignment));
  }

  private double gain(double eigenvalue) {
    return alpha + (1 - alpha) / Math.sqrt(eigenvalue);
  }

  /** c of the class comment, with the directions that padding to {@code width} adds. */
  private double scale(Whitened x, int width) {
    if (alpha == 1) {
      return 1;
    }
    int padding = netrep ? width - x.units : 0;
    double gain = gain(FLOOR);
    return Math.sqrt((x.variance + padding * FLOOR) / (x.whitened + padding * gain * gain * FLOOR));
  }

  /**
   * @param points Xα/c up to a rotation of the units
   * @param norm ‖Xα‖/c
   * @param units number of units of X
   * @param variance Σλ over the directions that count, netrep's with its floor
   * @param whitened Σg²λ over these
   */
  private record Whitened(Matrix points, double norm, int units, double variance, double whitened)
      implements Reorderable {
    @Override
    public Prepared reordered(int[] order) {
      return new Whitened(points.selectRows(order), norm, units, variance, whitened);
    }

    @Override
    public long bytes() {
      return points.bytes();
    }
  }
}
