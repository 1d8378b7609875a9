package dev.kindred.measure;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;

/** README's example of a measure: the smaller total variance over the larger one. */
final class VarianceRatio implements Measure {
  static final CatalogueEntry ENTRY = CatalogueEntry.of("variance-ratio", VarianceRatio::new);

  private record Total(double variance) implements Prepared {
    @Override
    public long bytes() {
      return Double.BYTES;
    }
  }

  private final MeasureInfo info;

  private VarianceRatio(Arguments arguments) {
    info =
        MeasureInfo.similarity(arguments.specification(), 0, 1)
            .summary("The smaller total variance over the larger one.")
            .choice("To see that a measure of one's own fits in; not for science.")
            .invariantTo(Invariance.ORTHOGONAL, Invariance.PERMUTATION, Invariance.TRANSLATION)
            .minimumStimuli(2)
            .policy("No variation over stimuli is a ratio of 0.")
            .source("README")
            .build();
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    try (Matrix centred = Features.matrix(x, info.minimumStimuli()).centreColumns()) {
      return new Total(Math.pow(centred.frobeniusNorm(), 2));
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    double a = ((Total) x).variance();
    double b = ((Total) y).variance();
    return Math.max(a, b) == 0 ? 0 : Math.min(a, b) / Math.max(a, b);
  }
}
