package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.measure.transport.OptimalTransport;
import dev.kindred.representation.Representation;
import java.util.EnumSet;
import java.util.Set;

/**
 * Permutation shape metric: the distance that remains when the units of one representation may be
 * put into another order, and nothing else (Williams, Kunz, Kornblith and Linderman, NeurIPS 2021,
 * section 2, with the group of permutations),
 *
 * <pre>euclidean = min_Π ‖X − YΠ‖,   angle = min_Π arccos(⟨X, YΠ⟩ / (‖X‖‖Y‖))</pre>
 *
 * with columns centred, and units padded with zeros to max(p, q). The best order is exact: the
 * assignment that maximises the sum of covariances. What is left of the distance is added up from
 * differences, so that it is exact near 0, too.
 *
 * <p>Use it where single units matter and a metric is needed: {@code shape} allows rotations as
 * well, {@code permutation-matching} weighs every unit alike and obeys no triangle inequality. Of
 * different widths, the units without partner count with their whole norm.
 */
public final class PermutationShape implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "permutation-shape",
          PermutationShape::new,
          Parameter.choice("score", "form of the result", "angle", "euclidean"),
          Parameter.flag("centred", "remove column means first", true));

  private final boolean angle;
  private final boolean centred;
  private final MeasureInfo info;

  private PermutationShape(Arguments arguments) {
    angle = arguments.is("score", "angle");
    centred = arguments.flag("centred");
    Set<Invariance> invariances = EnumSet.of(Invariance.PERMUTATION);
    if (centred) {
      invariances.add(Invariance.TRANSLATION);
    }
    if (angle) {
      invariances.add(Invariance.ISOTROPIC_SCALING);
    }
    info =
        MeasureInfo.distance(arguments.specification(), angle ? Math.PI : Double.POSITIVE_INFINITY)
            .summary(
                "Shape metric over orders of the units: how far apart are the responses when units"
                    + " are matched one to one? Obeys the triangle inequality.")
            .choice(
                "When single units are meant and a metric is needed; not between networks whose"
                    + " units have no reason to correspond (take shape), nor for very different"
                    + " widths.")
            .invariantTo(invariances)
            .policy(
                "The narrower side is padded with units that are zero; constant units are zero"
                    + " once centred. Exact assignment; ties change partners, not the value."
                    + (angle ? " Nothing varies: error." : ""))
            .source("Williams et al. 2021, section 2; netrep")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    Matrix points = Features.matrix(x, info);
    if (centred) {
      points.centreColumns();
    }
    if (angle) {
      double norm = points.frobeniusNorm();
      if (norm == 0) {
        throw Configuration.constant(x, centred);
      }
      points.scale(1 / norm);
    }
    return new Points(points);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Matrix first = ((Points) x).matrix;
    Matrix second = ((Points) y).matrix;
    Matrix narrow = first.columns() <= second.columns() ? first : second;
    double distance = distance(narrow, narrow == first ? second : first);
    return angle ? 2 * Math.asin(Math.min(1, distance / 2)) : distance;
  }

  private static double distance(Matrix narrow, Matrix wide) {
    int p = narrow.columns();
    int q = wide.columns();
    double[] covariance = new double[Math.multiplyExact(p, q)];
    double[] row = new double[q];
    try (Matrix cross = wide.transposeTimes(narrow)) {
      for (int i = 0; i < p; i++) {
        cross.readColumn(i, row);
        System.arraycopy(row, 0, covariance, i * q, q);
      }
    }
    int[] partner = OptimalTransport.bestAssignment(covariance, p, q);
    double squared = 0;
    boolean[] matched = new boolean[q];
    double[] own = new double[narrow.rows()];
    double[] other = new double[narrow.rows()];
    for (int i = 0; i < p; i++) {
      narrow.readColumn(i, own);
      wide.readColumn(partner[i], other);
      matched[partner[i]] = true;
      for (int k = 0; k < own.length; k++) {
        double difference = own[k] - other[k];
        squared += difference * difference;
      }
    }
    for (int j = 0; j < q; j++) {
      if (!matched[j]) {
        wide.readColumn(j, other);
        for (double value : other) {
          squared += value * value;
        }
      }
    }
    return Math.sqrt(squared);
  }

  private record Points(Matrix matrix) implements Reorderable {
    @Override
    public Prepared reordered(int[] order) {
      return new Points(matrix.selectRows(order));
    }

    @Override
    public long bytes() {
      return matrix.bytes();
    }
  }
}
