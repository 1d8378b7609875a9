package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Qr;
import dev.kindred.measure.Features;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;

/**
 * Stimuli as points of a space that may be rotated freely: the responses up to a rotation of the
 * units, with at most n dimensions.
 *
 * @param points n×d, d ≤ min(n, p)
 * @param norm ‖X‖_F of the responses that the points stand for
 */
record Configuration(Matrix points, double norm) implements Reorderable {

  /** The responses, centred or as they are, and rotated into n dimensions where p exceeds n. */
  static Configuration of(Representation x, int minimumStimuli, boolean centre) {
    return of(x, minimumStimuli, centre, false);
  }

  private static Configuration of(
      Representation x, int minimumStimuli, boolean centre, boolean scalable) {
    Matrix points = Features.matrix(x, minimumStimuli, scalable);
    if (centre) {
      points.centreColumns();
    }
    Matrix reduced = reduce(points);
    return new Configuration(reduced, reduced.frobeniusNorm());
  }

  /** As {@link #of}, scaled to Frobenius norm 1. */
  static Configuration normalised(Representation x, int minimumStimuli, boolean centre) {
    Configuration configuration = of(x, minimumStimuli, centre, true);
    if (configuration.norm == 0) {
      throw constant(x, centre);
    }
    configuration.points.scale(1 / configuration.norm);
    return new Configuration(configuration.points, 1);
  }

  static InputException constant(Representation x, boolean centred) {
    return new InputException(
        x.id()
            + (centred
                ? ": every unit is constant; expected at least one that varies"
                : ": every response is zero; expected at least one that is not"));
  }

  /** The same rows of inner products in min(n, p) columns: XQ with Xᵀ = QR. Consumes X. */
  static Matrix reduce(Matrix x) {
    if (x.columns() <= x.rows()) {
      return x;
    }
    try (x;
        Matrix transposed = x.transposed();
        Matrix basis = Qr.orthonormal(transposed)) {
      return x.times(basis);
    }
  }

  @Override
  public Prepared reordered(int[] order) {
    return new Configuration(points.selectRows(order), norm);
  }

  @Override
  public long bytes() {
    return points.bytes();
  }
}
