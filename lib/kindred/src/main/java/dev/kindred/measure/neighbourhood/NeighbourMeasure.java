package dev.kindred.measure.neighbourhood;

import dev.kindred.measure.Arguments;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * What measures of the k nearest neighbours share. Neighbours are those by inner product, which
 * keeps its order under rotations and scaling, on responses of length 1 (by cosine) or as they are.
 */
abstract class NeighbourMeasure implements Measure {
  /** What is said of ties where the value is exactly the expectation. */
  static final String EXPECTATION =
      "Ties are broken at random, independently in both representations: the value is the"
          + " expectation, exact, so that with itself a representation with ties has less than 1. ";

  static final String ZEROS_AND_K =
      "A response that is all zero is at cosine 0 from all. k must be below n.";

  private final int k;
  private final boolean unit;
  private final MeasureInfo info;

  /**
   * @param unit whether responses are scaled to length 1
   * @param greatest upper end of the range; the lower is 0
   * @param texts adds what is said of the measure
   */
  NeighbourMeasure(
      Arguments arguments,
      boolean unit,
      double greatest,
      UnaryOperator<MeasureInfo.Builder> texts) {
    this.k = arguments.integer("k");
    this.unit = unit;
    this.info =
        texts
            .apply(MeasureInfo.similarity(arguments.specification(), 0, greatest))
            .invariantTo(
                Invariance.ORTHOGONAL, Invariance.ISOTROPIC_SCALING, Invariance.PERMUTATION)
            .minimumStimuli(k + 1)
            .float32Condition("with near ties, which rounding breaks or makes")
            .build();
  }

  final int k() {
    return k;
  }

  @Override
  public final MeasureInfo info() {
    return info;
  }

  @Override
  public final Prepared prepare(Representation x) {
    return Neighbours.of(x, k, unit, false);
  }

  /** Mean over stimuli of a score of the neighbours that two sides have in common. */
  static double mean(Prepared x, Prepared y, ToDoubleFunction<CommonNeighbours> score) {
    Neighbours first = (Neighbours) x;
    CommonNeighbours common = new CommonNeighbours(first, (Neighbours) y);
    double sum = 0;
    for (int i = 0; i < first.stimuli(); i++) {
      sum += score.applyAsDouble(common.at(i));
    }
    return sum / first.stimuli();
  }
}
