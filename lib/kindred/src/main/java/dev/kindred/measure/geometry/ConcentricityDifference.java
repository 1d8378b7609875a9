package dev.kindred.measure.geometry;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;

/**
 * Difference of concentricities (Wang et al., 2020; Klabunde et al., survey 2023, section 3.6): the
 * concentricity is the mean cosine between a response and the mean response, 1/n Σ cos(xᵢ, x̄).
 *
 * <p>It says how narrow a cone the responses fill. A descriptive statistic: two representations may
 * agree in it and have nothing else in common.
 */
public final class ConcentricityDifference implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("concentricity-difference", ConcentricityDifference::new);

  private final MeasureInfo info;

  private ConcentricityDifference(Arguments arguments) {
    info =
        MeasureInfo.distance(arguments.specification(), 2)
            .summary("Difference of the mean cosine between responses and their mean.")
            .choice(
                "To describe how narrow a cone the responses fill; not as a similarity: two may"
                    + " agree in it and share nothing else.")
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(1)
            .float32Condition("with a mean response of zero, which has no direction")
            .policy("A response that is all zero, or a mean that is, counts as cosine 0.")
            .source("Wang et al. 2020; Klabunde et al. 2023, section 3.6")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    try (Matrix features = Features.transposed(x, info)) {
      int n = features.columns();
      int p = features.rows();
      double[] norms = features.columnNorms();
      double[] mean = new double[p];
      double[] row = new double[p];
      double largest = 0;
      for (double norm : norms) {
        largest = Math.max(largest, norm);
      }
      if (largest == 0) {
        return new Statistic(0);
      }
      // Relative to the longest response, so that squares stay in range.
      features.scale(1 / largest);
      for (int i = 0; i < n; i++) {
        features.readColumn(i, row);
        for (int j = 0; j < p; j++) {
          mean[j] += row[j] / n;
        }
      }
      double meanNorm = Math.sqrt(dot(mean, mean));
      double sum = 0;
      for (int i = 0; i < n; i++) {
        double length = norms[i] / largest;
        if (length > 0 && meanNorm > 0) {
          features.readColumn(i, row);
          sum += dot(row, mean) / length / meanNorm;
        }
      }
      return new Statistic(sum / n);
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += a[j] * b[j];
    }
    return sum;
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return Statistic.difference(x, y);
  }
}
