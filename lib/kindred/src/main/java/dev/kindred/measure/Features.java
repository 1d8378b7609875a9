package dev.kindred.measure;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;

/** A representation's numbers as a float64 matrix, checked. */
public final class Features {
  private Features() {}

  /**
   * The n×p matrix, stimuli as rows, column-major.
   *
   * @throws InputException if there are fewer than {@code minimumStimuli} rows, no columns, or NaN
   *     or infinite numbers
   */
  public static Matrix matrix(Representation x, int minimumStimuli) {
    try (Matrix transposed = transposed(x, minimumStimuli)) {
      return transposed.transposed();
    }
  }

  /** As {@link #matrix}, as p×n: every stimulus is one contiguous column. */
  public static Matrix transposed(Representation x, int minimumStimuli) {
    require(x, minimumStimuli);
    Matrix features = Matrix.zeros(x.units(), x.stimuli());
    for (int i = 0; i < x.stimuli(); i++) {
      double[] row = x.row(i);
      requireFinite(x, i, row);
      features.writeColumn(i, row);
    }
    return features;
  }

  /** Fails if there are too few stimuli or no units. */
  public static void require(Representation x, int minimumStimuli) {
    if (x.stimuli() < minimumStimuli) {
      throw new InputException(
          x.id() + " has " + x.stimuli() + " stimuli; expected at least " + minimumStimuli);
    }
    if (x.units() == 0) {
      throw new InputException(x.id() + " has no units; expected at least one column");
    }
  }

  private static void requireFinite(Representation x, int stimulus, double[] row) {
    for (int j = 0; j < row.length; j++) {
      if (!Double.isFinite(row[j])) {
        throw new InputException(
            x.id()
                + ": value "
                + row[j]
                + " at row "
                + stimulus
                + ", column "
                + j
                + "; all must be finite");
      }
    }
  }
}
