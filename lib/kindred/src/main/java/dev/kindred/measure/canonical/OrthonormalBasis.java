package dev.kindred.measure.canonical;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.ColumnSpace;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.measure.RoundingError;
import dev.kindred.representation.Representation;

/**
 * An orthonormal basis of the space that a representation's units span, as many columns as its
 * numerical rank r.
 *
 * @param q n×r, orthonormal columns
 * @param units number of units
 */
record OrthonormalBasis(Matrix q, int units) implements Reorderable {

  /** Of the responses with column means removed. */
  static OrthonormalBasis centred(Representation x, int minimumStimuli) {
    try (Matrix features = Features.matrix(x, minimumStimuli, true)) {
      double error = RoundingError.norm(x, features);
      Matrix q = ColumnSpace.basis(features.centreColumns(), error);
      if (q.columns() == 0) {
        throw constant(x.id());
      }
      return new OrthonormalBasis(q, x.units());
    }
  }

  /** Of the responses as they are. */
  static OrthonormalBasis raw(Representation x, int minimumStimuli) {
    try (Matrix features = Features.matrix(x, minimumStimuli, true)) {
      Matrix q = ColumnSpace.basis(features, RoundingError.norm(x, features));
      if (q.columns() == 0) {
        throw new InputException(
            x.id() + ": every response is zero; expected at least one that is not");
      }
      return new OrthonormalBasis(q, x.units());
    }
  }

  static InputException constant(String id) {
    return new InputException(id + ": every unit is constant; expected at least one that varies");
  }

  @Override
  public Prepared reordered(int[] order) {
    return new OrthonormalBasis(q.selectRows(order), units);
  }

  @Override
  public long bytes() {
    return q.bytes();
  }
}
