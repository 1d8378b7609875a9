package dev.kindred.measure;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;
import java.nio.DoubleBuffer;

/** A representation's numbers as a float64 matrix, checked. */
public final class Features {
  private static final int ROWS = 64;

  private Features() {}

  /**
   * The n×p matrix, stimuli as rows, column-major.
   *
   * @throws InputException if there are fewer than {@code minimumStimuli} rows, no columns, or NaN
   *     or infinite numbers
   */
  public static Matrix matrix(Representation x, int minimumStimuli) {
    require(x, minimumStimuli);
    int p = x.units();
    Matrix features = Matrix.zeros(x.stimuli(), p);
    // Runs of rows, so that a column gets whole cache lines at a time.
    int rows = Math.max(1, Math.min(x.stimuli(), Math.min(ROWS, Integer.MAX_VALUE / p)));
    double[] values = new double[rows * p];
    double[] column = new double[rows];
    for (int from = 0; from < x.stimuli(); from += rows) {
      int count = Math.min(rows, x.stimuli() - from);
      x.read(from, from + count, DoubleBuffer.wrap(values));
      requireFinite(x, from, values, count * p);
      for (int j = 0; j < p; j++) {
        for (int i = 0; i < count; i++) {
          column[i] = values[i * p + j];
        }
        features.writeColumn(from, j, column, 0, count);
      }
    }
    return features;
  }

  /** As {@link #matrix}, as p×n: every stimulus is one contiguous column. */
  public static Matrix transposed(Representation x, int minimumStimuli) {
    require(x, minimumStimuli);
    Matrix features = Matrix.zeros(x.units(), x.stimuli());
    for (int i = 0; i < x.stimuli(); i++) {
      double[] row = x.row(i);
      requireFinite(x, i, row, row.length);
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

  /** Rows that begin with {@code first}. */
  private static void requireFinite(Representation x, int first, double[] values, int count) {
    int p = x.units();
    for (int i = 0; i < count; i++) {
      if (!Double.isFinite(values[i])) {
        throw new InputException(
            x.id()
                + ": value "
                + values[i]
                + " at row "
                + (first + i / p)
                + ", column "
                + i % p
                + "; all must be finite");
      }
    }
  }
}
