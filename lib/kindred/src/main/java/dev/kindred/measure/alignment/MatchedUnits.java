package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;

/** Standardised units (columns centred, norm 1), for measures of correlations between units. */
record MatchedUnits(Matrix units) implements Reorderable {

  /**
   * @param keepConstant keep constant units as zero columns, which correlate with nothing, or drop
   *     them
   */
  static MatchedUnits of(Representation x, int minimumStimuli, boolean keepConstant) {
    Matrix features = Features.matrix(x, minimumStimuli, true);
    boolean[] constant = Units.constant(features);
    int constantUnits = Units.count(constant);
    if (constantUnits == constant.length) {
      features.close();
      throw Configuration.constant(x, true);
    }
    if (constantUnits > 0 && !keepConstant) {
      try (Matrix all = features) {
        features = Units.varying(all);
      }
    }
    return new MatchedUnits(Units.standardise(features));
  }

  /** p·q correlations, row by row. */
  double[] correlations(MatchedUnits other) {
    return Units.correlations(units, other.units);
  }

  int count() {
    return units.columns();
  }

  @Override
  public Prepared reordered(int[] order) {
    return new MatchedUnits(units.selectRows(order));
  }

  @Override
  public long bytes() {
    return units.bytes();
  }
}
