package dev.kindred.measure.kernel;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.CatalogueEntry;
import dev.kindred.measure.Features;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.kernel.tiles.Embedder;
import dev.kindred.measure.kernel.tiles.PairKernel;
import dev.kindred.representation.Representation;

/**
 * Frobenius norm of the difference of the two n×n matrices of Euclidean distances between stimuli
 * (Klabunde et al. 2023, section 3.3).
 */
public final class RsmNormDifference implements Measure {
  public static final CatalogueEntry ENTRY =
      CatalogueEntry.of("rsm-norm-difference", RsmNormDifference::new);

  private static final PairKernel DISTANCES =
      PairKernel.of(PairKernel.Form.DISTANCE, PairKernel.Rows.RAW);

  private final MeasureInfo info;

  private RsmNormDifference(Arguments arguments) {
    info =
        MeasureInfo.distance(arguments.specification(), Double.POSITIVE_INFINITY)
            .summary(
                "Frobenius norm of the difference of the matrices of Euclidean distances"
                    + " between stimuli.")
            .choice(
                "Where absolute distances mean something and have one scale, as between epochs"
                    + " of a network; not between networks of different scales, nor across numbers of"
                    + " stimuli.")
            .invariantTo(Invariance.ORTHOGONAL, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .minimumStimuli(2)
            .policy("constant columns add nothing; n < p and rank deficiency need no care")
            .source("Klabunde et al. 2023, section 3.3, with the Frobenius norm")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    try (Matrix features = Features.matrix(x, info)) {
      return new Distances(Embedder.pairs(features, DISTANCES, false));
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Matrix a = ((Distances) x).matrix;
    Matrix b = ((Distances) y).matrix;
    double[] first = new double[a.rows()];
    double[] second = new double[a.rows()];
    double squared = 0;
    for (int j = 0; j < a.columns(); j++) {
      a.readColumn(j, first);
      b.readColumn(j, second);
      for (int i = 0; i < first.length; i++) {
        double difference = first[i] - second[i];
        squared += difference * difference;
      }
    }
    return Math.sqrt(squared);
  }

  private record Distances(Matrix matrix) implements Prepared {
    @Override
    public long bytes() {
      return matrix.bytes();
    }
  }
}
