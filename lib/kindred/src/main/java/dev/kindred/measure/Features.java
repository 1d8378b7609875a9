package dev.kindred.measure;

import dev.kindred.base.InputException;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;
import java.nio.DoubleBuffer;
import java.util.Locale;

/**
 * A representation's numbers as a float64 matrix, checked.
 *
 * <p>Fourth powers of numbers from 2⁻²⁰⁰ to 2²⁰⁰ stay in the range of float64 with room for sums;
 * all of float32 lies there. For measures that {@linkplain Invariance#ISOTROPIC_SCALING do not
 * depend on the scale} float64 responses far from 1 are multiplied by a power of two, which is
 * exact; for others it is an error if the largest number is beyond.
 */
public final class Features {
  private static final int ROWS = 64;

  /** Largest exponent of two, of either sign, that responses may have. */
  private static final int RANGE = 200;

  /** Beyond this exponent of two, of either sign, responses that may be scaled are. */
  private static final int COMFORT = 32;

  private Features() {}

  /**
   * The n×p matrix, stimuli as rows, column-major, brought into range if {@code info} lets it.
   *
   * @throws InputException if there are too few rows, no columns, NaN or infinite numbers, or
   *     numbers out of range
   */
  public static Matrix matrix(Representation x, MeasureInfo info) {
    return matrix(x, info.minimumStimuli(), isFree(info));
  }

  /** As {@link #matrix(Representation, MeasureInfo)}; out of range is an error. */
  public static Matrix matrix(Representation x, int minimumStimuli) {
    return matrix(x, minimumStimuli, false);
  }

  /**
   * As {@link #matrix(Representation, MeasureInfo)}, for parts of a measure that do not depend on
   * the scale; {@code scalable} says whether the rest does not either.
   */
  public static Matrix matrix(Representation x, int minimumStimuli, boolean scalable) {
    require(x, minimumStimuli);
    int p = x.units();
    Matrix features = Matrix.zeros(x.stimuli(), p);
    // Runs of rows, so that a column gets whole cache lines at a time.
    int rows = Math.max(1, Math.min(x.stimuli(), Math.min(ROWS, Integer.MAX_VALUE / p)));
    double[] values = new double[rows * p];
    double[] column = new double[rows];
    double largest = 0;
    for (int from = 0; from < x.stimuli(); from += rows) {
      int count = Math.min(rows, x.stimuli() - from);
      x.read(from, from + count, DoubleBuffer.wrap(values));
      largest = Math.max(largest, largest(x, from, values, count * p));
      for (int j = 0; j < p; j++) {
        for (int i = 0; i < count; i++) {
          column[i] = values[i * p + j];
        }
        features.writeColumn(from, j, column, 0, count);
      }
    }
    return inRange(features, exponent(x, largest, scalable));
  }

  /** As {@link #matrix(Representation, MeasureInfo)}, as p×n: every stimulus is one column. */
  public static Matrix transposed(Representation x, MeasureInfo info) {
    return transposed(x, info.minimumStimuli(), isFree(info));
  }

  /** As {@link #matrix(Representation, int)}, as p×n: every stimulus is one column. */
  public static Matrix transposed(Representation x, int minimumStimuli) {
    return transposed(x, minimumStimuli, false);
  }

  /** As {@link #matrix(Representation, int, boolean)}, as p×n: every stimulus is one column. */
  public static Matrix transposed(Representation x, int minimumStimuli, boolean scalable) {
    require(x, minimumStimuli);
    Matrix features = Matrix.zeros(x.units(), x.stimuli());
    double largest = 0;
    for (int i = 0; i < x.stimuli(); i++) {
      double[] row = x.row(i);
      largest = Math.max(largest, largest(x, i, row, row.length));
      features.writeColumn(i, row);
    }
    return inRange(features, exponent(x, largest, scalable));
  }

  /**
   * The exponent e for which {@code info} has responses multiplied by 2⁻ᵉ; 0 for those in range, as
   * all of float32 is, which are not looked at.
   *
   * @throws InputException on NaN, infinite numbers and numbers out of range
   */
  public static int exponent(Representation x, MeasureInfo info) {
    if (x.precision() == ElementType.FLOAT32) {
      return 0;
    }
    double largest = 0;
    double[] row = new double[x.units()];
    for (int i = 0; i < x.stimuli(); i++) {
      x.read(i, i + 1, DoubleBuffer.wrap(row));
      largest = Math.max(largest, largest(x, i, row, row.length));
    }
    return exponent(x, largest, isFree(info));
  }

  /** Whether a measure says that it does not depend on the scale. */
  static boolean isFree(MeasureInfo info) {
    return info.invariances().contains(Invariance.ISOTROPIC_SCALING);
  }

  private static int exponent(Representation x, double largest, boolean scalable) {
    int exponent = Math.getExponent(largest);
    boolean tame = x.precision() == ElementType.FLOAT32;
    if (largest == 0 || tame || Math.abs(exponent) <= (scalable ? COMFORT : RANGE)) {
      return 0;
    }
    if (!scalable) {
      throw new InputException(
          String.format(
              Locale.ROOT,
              "%s: its largest number, %.1e, is out of the range %.0e to %.0e of measures that"
                  + " depend on the scale; multiply all responses by one factor",
              x.id(),
              largest,
              Math.scalb(1.0, -RANGE),
              Math.scalb(1.0, RANGE)));
    }
    return exponent;
  }

  private static Matrix inRange(Matrix features, int exponent) {
    if (exponent != 0) {
      double[] column = new double[features.rows()];
      for (int j = 0; j < features.columns(); j++) {
        features.readColumn(j, column);
        for (int i = 0; i < column.length; i++) {
          column[i] = Math.scalb(column[i], -exponent);
        }
        features.writeColumn(j, column);
      }
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

  /** The largest magnitude in rows that begin with {@code first}, all of them finite. */
  private static double largest(Representation x, int first, double[] values, int count) {
    int p = x.units();
    double largest = 0;
    for (int i = 0; i < count; i++) {
      double size = Math.abs(values[i]);
      if (!(size <= Double.MAX_VALUE)) {
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
      largest = Math.max(largest, size);
    }
    return largest;
  }
}
