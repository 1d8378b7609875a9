package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.matrix.Panel;
import dev.kindred.representation.Representation;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;

/**
 * One model's features as a kernel wants them: rows treated, columns centred, and scaled by a power
 * of two to about unit size so that float32 products of products neither overflow nor vanish. Kept
 * in memory or made anew for each block of stimuli.
 *
 * <p>Means are taken and subtracted in float64 (or in two float32 parts, which is as good): a large
 * common mean costs no digits.
 */
final class TreatedFeatures implements AutoCloseable {
  private static final int CHUNK = 1 << 15;

  private final Representation x;
  private final int exponent;
  private final int from;
  private final int n;
  private final int p;
  private final PairKernel.Rows rows;
  private final boolean float32;
  private final double[] means;
  private final double[] rowMeans;
  private final double[] rowFactors;
  private final boolean centre;
  private double scale;
  private final float[] meansHigh;
  private final float[] meansLow;
  private double[] squaredNorms;
  private Panel cache;

  /**
   * Reads nothing yet, see {@link #read}.
   *
   * @param x the representation
   * @param exponent responses are divided by two to the power of this first, see {@link
   *     dev.kindred.measure.Features#exponent}
   * @param from first stimulus
   * @param to behind the last stimulus
   * @param rows treatment of rows
   * @param centre whether columns are centred
   * @param float32 precision of the blocks
   */
  TreatedFeatures(
      Representation x,
      int exponent,
      int from,
      int to,
      PairKernel.Rows rows,
      boolean centre,
      boolean float32) {
    this.x = x;
    this.exponent = exponent;
    this.from = from;
    this.n = to - from;
    this.p = x.units();
    this.rows = rows;
    this.float32 = float32;
    this.means = new double[p];
    boolean raw = rows == PairKernel.Rows.RAW;
    this.rowMeans = raw ? null : new double[n];
    this.rowFactors = raw ? null : new double[n];
    this.centre = centre;
    this.meansHigh = new float[p];
    this.meansLow = new float[p];
  }

  /**
   * Reads the representation once, for its means: before everything but its size.
   *
   * @throws InputException on NaN or infinite numbers
   */
  TreatedFeatures read() {
    double size = readMeans();
    if (!centre) {
      java.util.Arrays.fill(means, 0);
    }
    scale =
        rowFactors == null && centre && size > 0
            ? Math.scalb(1.0, -Math.getExponent(Math.sqrt(size)))
            : 1;
    for (int j = 0; j < p; j++) {
      meansHigh[j] = (float) means[j];
      double low = means[j] - meansHigh[j];
      // Below the rounding of the mean itself: a constant column stays exactly constant.
      meansLow[j] = Math.abs(low) > 1e-13 * Math.abs(means[j]) ? (float) low : 0;
    }
    return this;
  }

  int units() {
    return p;
  }

  /** The power of two by which features were multiplied. */
  double scale() {
    return scale;
  }

  /** Bytes that {@link #cache} would take. */
  long cacheBytes() {
    return (long) n * p * (float32 ? Float.BYTES : Double.BYTES);
  }

  /** Keeps the treated features in memory. */
  void cache() {
    if (cache == null) {
      Panel panel = new Panel(float32, (long) n * p);
      squaredNorms = new double[n];
      fill(0, n, panel.block(0, p), squaredNorms);
      cache = panel;
    }
  }

  boolean isCached() {
    return cache != null;
  }

  /** Squared norm of every stimulus's treated and scaled vector. */
  double[] squaredNorms() {
    if (squaredNorms == null) {
      int rowsAtOnce = Math.max(1, CHUNK / p);
      double[] norms = new double[n];
      try (Panel scratch = new Panel(float32, (long) rowsAtOnce * p)) {
        double[] part = new double[rowsAtOnce];
        for (int first = 0; first < n; first += rowsAtOnce) {
          int count = Math.min(rowsAtOnce, n - first);
          fill(first, count, scratch.block(0, p), part);
          System.arraycopy(part, 0, norms, first, count);
        }
      }
      squaredNorms = norms;
    }
    return squaredNorms;
  }

  /**
   * The stimuli {@code first} … {@code first + count − 1} as columns of length p.
   *
   * @param scratch room for p·count numbers, used unless the features are cached
   */
  Panel.Block block(int first, int count, Panel scratch) {
    if (cache != null) {
      return cache.block((long) first * p, p);
    }
    fill(first, count, scratch.block(0, p));
    return scratch.block(0, p);
  }

  /** Writes the stimuli {@code first} … {@code first + count − 1} as columns, one after another. */
  void fill(int first, int count, Panel.Block target) {
    fill(first, count, target, null);
  }

  @Override
  public void close() {
    if (cache != null) {
      cache.close();
      cache = null;
    }
  }

  /** Fills means and row statistics; returns the mean squared norm around the means, roughly. */
  private double readMeans() {
    double[] row = new double[p];
    double[] origin = new double[p];
    double[] sums = new double[p];
    double sampledSquares = 0;
    int sampled = 0;
    int stride = Math.max(1, n / 64);
    int rowsAtOnce = Math.max(1, CHUNK / p);
    double[] chunk = new double[rowsAtOnce * p];
    for (int first = 0; first < n; first += rowsAtOnce) {
      Progress.checkCancelled();
      int count = Math.min(rowsAtOnce, n - first);
      readDoubles(first, count, chunk);
      for (int i = 0; i < count; i++) {
        System.arraycopy(chunk, i * p, row, 0, p);
        if (rowFactors != null) {
          treatRow(first + i, row);
        }
        if (first + i == 0) {
          System.arraycopy(row, 0, origin, 0, p);
        }
        // Sums around the first row: exact for constant columns, and no digits go to a mean.
        for (int j = 0; j < sums.length; j++) {
          sums[j] += row[j] - origin[j];
        }
        if ((first + i) % stride == 0) {
          for (int j = 0; j < p; j++) {
            double difference = row[j] - origin[j];
            sampledSquares += difference * difference;
          }
          sampled++;
        }
      }
    }
    double shift = 0;
    for (int j = 0; j < p; j++) {
      double mean = sums[j] / n;
      if (!Double.isFinite(mean)) {
        x.requireFinite();
        throw new InputException(x.id() + ": the numbers of column " + j + " overflow float64");
      }
      shift += mean * mean;
      means[j] = origin[j] + mean;
    }
    double spread = sampledSquares / sampled - shift;
    return spread > 0 ? spread : sampledSquares / sampled;
  }

  /** Notes a row's mean and the factor to unit norm, and treats it. */
  private void treatRow(int i, double[] row) {
    double before = row[0];
    double sum = 0;
    boolean constant = true;
    for (double value : row) {
      sum += value;
      constant &= value == before;
    }
    if (rows == PairKernel.Rows.STANDARDISED) {
      rowMeans[i] = constant ? before : sum / p;
      for (int j = 0; j < p; j++) {
        row[j] -= rowMeans[i];
      }
    }
    double largest = 0;
    for (double value : row) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest > 0 && largest <= Double.MAX_VALUE) {
      double squares = 0;
      for (double value : row) {
        double scaled = value / largest;
        squares += scaled * scaled;
      }
      rowFactors[i] = 1 / (largest * Math.sqrt(squares));
    } else {
      rowFactors[i] = Double.isNaN(largest) || largest > 0 ? Double.NaN : 0;
    }
    for (int j = 0; j < p; j++) {
      row[j] *= rowFactors[i];
    }
  }

  private void fill(int first, int count, Panel.Block target, double[] norms) {
    int rowsAtOnce = Math.max(1, CHUNK / p);
    boolean floats =
        float32 && rowFactors == null && exponent == 0 && x.precision() == ElementType.FLOAT32;
    float[] floatChunk = floats ? new float[rowsAtOnce * p] : null;
    double[] doubleChunk = floats ? null : new double[rowsAtOnce * p];
    for (int done = 0; done < count; done += rowsAtOnce) {
      int part = Math.min(rowsAtOnce, count - done);
      if (floats) {
        fillFloats(first + done, part, floatChunk, norms, done);
        target.panel().write(target.offset() + (long) done * p, floatChunk, 0, part * p);
      } else {
        fillDoubles(first + done, part, doubleChunk, norms, done);
        target.panel().write(target.offset() + (long) done * p, doubleChunk, part * p);
      }
    }
  }

  private void fillFloats(int first, int count, float[] chunk, double[] norms, int offset) {
    x.read(from + first, from + first + count, FloatBuffer.wrap(chunk));
    float factor = (float) scale;
    float[] row = new float[p];
    for (int i = 0; i < count; i++) {
      System.arraycopy(chunk, i * p, row, 0, p);
      // All arrays from their first number: only then does the compiler use vector instructions.
      for (int j = 0; j < row.length; j++) {
        row[j] = ((row[j] - meansHigh[j]) - meansLow[j]) * factor;
      }
      System.arraycopy(row, 0, chunk, i * p, p);
      if (norms != null) {
        norms[offset + i] = squaredNorm(row);
      }
    }
  }

  private void fillDoubles(int first, int count, double[] chunk, double[] norms, int offset) {
    readDoubles(first, count, chunk);
    for (int i = 0; i < count; i++) {
      int start = i * p;
      double shift = rowMeans == null ? 0 : rowMeans[first + i];
      double factor = rowFactors == null ? 1 : rowFactors[first + i];
      double norm = 0;
      for (int j = 0; j < p; j++) {
        double value = ((chunk[start + j] - shift) * factor - means[j]) * scale;
        value = float32 ? (float) value : value;
        chunk[start + j] = value;
        norm += value * value;
      }
      if (norms != null) {
        norms[offset + i] = norm;
      }
    }
  }

  private void readDoubles(int first, int count, double[] chunk) {
    x.read(from + first, from + first + count, DoubleBuffer.wrap(chunk));
    for (int i = 0; exponent != 0 && i < count * p; i++) {
      chunk[i] = Math.scalb(chunk[i], -exponent);
    }
  }

  /** Four sums side by side, so that additions do not wait for each other. */
  static double squaredNorm(float[] values) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < values.length; i += 4) {
      a += (double) values[i] * values[i];
      b += (double) values[i + 1] * values[i + 1];
      c += (double) values[i + 2] * values[i + 2];
      d += (double) values[i + 3] * values[i + 3];
    }
    for (; i < values.length; i++) {
      a += (double) values[i] * values[i];
    }
    return a + b + (c + d);
  }
}
