package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.CrossProductMeasure;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.EnumSet;
import java.util.Set;

/**
 * Orthogonal Procrustes: what is left between two representations after the best rotation
 * (Schönemann, Psychometrika 31, 1966; for networks Ding, Denain and Steinhardt, NeurIPS 2021,
 * section 3). Centred, of Frobenius norm 1, the narrower padded with zeros:
 *
 * <pre>squared = min_Q ‖XQ − Y‖² = 2 − 2‖XᵀY‖_*,   distance = √squared,   similarity = ‖XᵀY‖_*
 * </pre>
 *
 * <p>{@code scale=false} keeps the norms: the size-and-shape distance √(‖X‖² + ‖Y‖² − 2‖XᵀY‖_*).
 *
 * <p>A good first choice: a metric (as distance) that is sensitive where CKA is not and specific
 * where CCA is not. It weighs directions by their variance; it cannot see two units swapped for a
 * rotation of them, so take matching measures for questions about single units.
 */
public final class Procrustes implements CrossProductMeasure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "procrustes",
          Procrustes::new,
          Parameter.choice("score", "form of the result", "squared", "distance", "similarity"),
          Parameter.flag("scale", "divide by the Frobenius norm first", true));

  private final String score;
  private final boolean scale;
  private final MeasureInfo info;

  private Procrustes(Arguments arguments) {
    score = arguments.text("score");
    scale = arguments.flag("scale");
    boolean similarity = score.equals("similarity");
    if (similarity && !scale) {
      throw new InputException("procrustes: score=similarity needs scale=true");
    }
    Set<Invariance> invariances =
        EnumSet.of(Invariance.ORTHOGONAL, Invariance.PERMUTATION, Invariance.TRANSLATION);
    if (scale) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    double maximum = score.equals("distance") ? Math.sqrt(2) : 2;
    info =
        (similarity
                ? MeasureInfo.similarity(arguments.specification(), 0, 1)
                : MeasureInfo.distance(
                    arguments.specification(), scale ? maximum : Double.POSITIVE_INFINITY))
            .summary("What is left between two representations after the best rotation.")
            .choice(
                "A good first choice between networks: sensitive where CKA is not and specific"
                    + " where CCA is not; not for questions about single units, which a rotation"
                    + " mixes.")
            .invariantTo(invariances)
            .policy(
                "Units that differ in number are padded with zeros; constant units count nothing."
                    + (scale ? " Every unit constant: error." : "")
                    + " Square roots of rounding errors: a distance below about 1e-7 is zero.")
            .source("Schönemann 1966; Ding et al. 2021, section 3")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    return scale
        ? Configuration.normalised(x, info.minimumStimuli(), true)
        : Configuration.of(x, info.minimumStimuli(), true);
  }

  @Override
  public Matrix first(Prepared x) {
    return ((Configuration) x).points();
  }

  @Override
  public double compare(Prepared x, Prepared y, Matrix cross) {
    Configuration first = (Configuration) x;
    Configuration second = (Configuration) y;
    double alignment = Svd.nuclearNorm(cross);
    if (score.equals("similarity")) {
      return Math.min(1, alignment);
    }
    double squared =
        Math.max(0, first.norm() * first.norm() + second.norm() * second.norm() - 2 * alignment);
    return score.equals("squared") ? squared : Math.sqrt(squared);
  }
}
