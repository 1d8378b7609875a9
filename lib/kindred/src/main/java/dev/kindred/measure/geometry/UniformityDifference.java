package dev.kindred.measure.geometry;

import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Difference of uniformities (Wang and Isola, ICML 2020, section 4.1.2; as a measure Gwilliam and
 * Shrivastava 2022): the uniformity is
 *
 * <pre>log( 1/n² Σᵢⱼ exp(−t‖xᵢ − xⱼ‖²) ),   t = 2,</pre>
 *
 * pairs i = j included, lower for responses that spread evenly over the sphere.
 *
 * <p>Made for responses of length 1 ({@code rows=unit}); on raw responses of large scale every pair
 * but i = j vanishes and the value is −log n for both sides, difference 0.
 */
public final class UniformityDifference implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of(
          "uniformity-difference",
          UniformityDifference::new,
          Parameter.choice("rows", "responses scaled to length 1, or as they are", "unit", "raw"));

  private static final double T = 2;
  private static final int BLOCK = 256;

  private final boolean unit;
  private final MeasureInfo info;

  private UniformityDifference(Arguments arguments) {
    unit = arguments.is("rows", "unit");
    Set<Invariance> invariances = EnumSet.of(Invariance.ORTHOGONAL, Invariance.PERMUTATION);
    invariances.add(unit ? Invariance.ISOTROPIC_SCALING : Invariance.TRANSLATION);
    info =
        MeasureInfo.distance(arguments.specification(), Double.POSITIVE_INFINITY)
            .summary("Difference of how evenly responses spread over the sphere.")
            .choice(
                "To describe contrastive embeddings, with rows of length 1; not as a"
                    + " similarity: two may agree in it and share nothing else.")
            .invariantTo(invariances)
            .minimumStimuli(1)
            .policy("Defined for all finite responses; zero responses stay at the origin.")
            .source("Wang and Isola 2020, section 4.1.2")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    try (Matrix features = Features.transposed(x, info)) {
      if (unit) {
        double[] norms = features.columnNorms();
        Arrays.setAll(norms, i -> norms[i] > 0 ? 1 / norms[i] : 0);
        features.scaleColumns(norms);
      } else {
        centre(features);
      }
      int n = features.columns();
      double[] squares = features.columnNorms();
      Arrays.setAll(squares, i -> squares[i] * squares[i]);
      double[] sums = new double[n];
      for (int from = 0; from < n; from += BLOCK) {
        int first = from;
        int to = Math.min(n, from + BLOCK);
        try (Matrix block = features.columns(from, to);
            Matrix products = features.transposeTimes(block)) {
          Parallel.forEach(
              to - from,
              b -> {
                double[] product = products.column(b);
                int i = first + b;
                double sum = 1;
                for (int j = 0; j < n; j++) {
                  if (j != i) {
                    double distance = squares[i] + squares[j] - 2 * product[j];
                    sum += Math.exp(-T * Math.max(0, distance));
                  }
                }
                sums[i] = sum;
              });
        }
      }
      return new Statistic(Math.log(Arrays.stream(sums).sum() / n / n));
    }
  }

  /** Distances do not change, and lose no digits to a common mean. */
  private static void centre(Matrix features) {
    try (Matrix rows = features.transposed()) {
      rows.centreColumns();
      double[] row = new double[features.rows()];
      for (int i = 0; i < features.columns(); i++) {
        for (int j = 0; j < row.length; j++) {
          row[j] = rows.get(i, j);
        }
        features.writeColumn(i, row);
      }
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return Statistic.difference(x, y);
  }
}
