package dev.kindred.base.matrix;

import java.lang.ref.Reference;
import java.util.List;
import java.util.Objects;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.indexer.DoubleIndexer;

/**
 * A dense float64 matrix outside the Java heap, stored column by column as LAPACK has it. Its
 * memory is returned by {@link #close}, or when the matrix is garbage; close large temporaries.
 *
 * <p>Products split into blocks of fixed size over the cores. Reading from several threads is safe;
 * writing is not.
 */
public final class Matrix implements AutoCloseable {
  private final int rows;
  private final int columns;
  private final NativeMemory memory;
  private final DoublePointer pointer;
  private final DoubleIndexer index;

  private Matrix(int rows, int columns) {
    if (rows < 0 || columns < 0) {
      throw new IllegalArgumentException("a matrix of " + rows + " × " + columns);
    }
    this.rows = rows;
    this.columns = columns;
    this.memory = NativeMemory.allocate((long) rows * columns * Double.BYTES);
    this.pointer = new DoublePointer(memory.pointer());
    this.index = DoubleIndexer.create(pointer.capacity(Math.max(1, (long) rows * columns)));
  }

  /** All zero. */
  public static Matrix zeros(int rows, int columns) {
    Matrix matrix = new Matrix(rows, columns);
    Pointer.memset(matrix.memory.pointer(), 0, matrix.memory.bytes());
    return matrix;
  }

  public static Matrix identity(int n) {
    Matrix matrix = zeros(n, n);
    for (int i = 0; i < n; i++) {
      matrix.set(i, i, 1);
    }
    return matrix;
  }

  /** A copy of {@code values}, one array a row. */
  public static Matrix ofRows(double[][] values) {
    int columns = values.length == 0 ? 0 : values[0].length;
    Matrix matrix = new Matrix(values.length, columns);
    for (int i = 0; i < values.length; i++) {
      if (values[i].length != columns) {
        throw new IllegalArgumentException(
            "row 0 has " + columns + " values, row " + i + " has " + values[i].length);
      }
      for (int j = 0; j < columns; j++) {
        matrix.set(i, j, values[i][j]);
      }
    }
    return matrix;
  }

  /** A copy of rows·columns numbers, column by column. */
  public static Matrix ofColumnMajor(int rows, int columns, double[] values) {
    Objects.checkFromToIndex(0, (long) rows * columns, values.length);
    Matrix matrix = new Matrix(rows, columns);
    matrix.pointer.put(values, 0, rows * columns);
    return matrix;
  }

  public int rows() {
    return rows;
  }

  public int columns() {
    return columns;
  }

  /** Bytes of native memory held. */
  public long bytes() {
    return memory.bytes();
  }

  public double get(int row, int column) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    double value = index.get((long) column * rows + row);
    Reference.reachabilityFence(this);
    return value;
  }

  public void set(int row, int column, double value) {
    Objects.checkIndex(row, rows);
    Objects.checkIndex(column, columns);
    index.put((long) column * rows + row, value);
    Reference.reachabilityFence(this);
  }

  /** A copy of one column. */
  public double[] column(int column) {
    double[] values = new double[rows];
    readColumn(column, values);
    return values;
  }

  /** Copies one column into the beginning of {@code target}. */
  public void readColumn(int column, double[] target) {
    Objects.checkIndex(column, columns);
    at(column).get(target, 0, rows);
    Reference.reachabilityFence(this);
  }

  /** Overwrites one column with the beginning of {@code values}. */
  public void writeColumn(int column, double[] values) {
    Objects.checkIndex(column, columns);
    at(column).put(values, 0, rows);
    Reference.reachabilityFence(this);
  }

  /**
   * Overwrites part of one column.
   *
   * @param row first row
   * @param column which column
   * @param values the numbers
   * @param from the first of {@code values}
   * @param count how many
   */
  public void writeColumn(int row, int column, double[] values, int from, int count) {
    Objects.checkFromIndexSize(row, count, rows);
    Objects.checkIndex(column, columns);
    memory.pointer();
    index.put((long) column * rows + row, values, from, count);
    Reference.reachabilityFence(this);
  }

  /** A copy of one row. */
  public double[] row(int row) {
    double[] values = new double[columns];
    for (int j = 0; j < columns; j++) {
      values[j] = get(row, j);
    }
    return values;
  }

  /** A copy of columns {@code from} (inclusive) to {@code to} (exclusive). */
  public Matrix columns(int from, int to) {
    Objects.checkFromToIndex(from, to, columns);
    Matrix part = new Matrix(rows, to - from);
    if (rows > 0 && to > from) {
      Pointer.memcpy(part.pointer, at(from), (long) rows * (to - from) * Double.BYTES);
    }
    Reference.reachabilityFence(this);
    return part;
  }

  /** A copy of rows {@code row} … and columns {@code column} …, so many of each. */
  public Matrix block(int row, int column, int height, int width) {
    Objects.checkFromIndexSize(row, height, rows);
    Objects.checkFromIndexSize(column, width, columns);
    Matrix part = new Matrix(height, width);
    for (int j = 0; j < width; j++) {
      for (int i = 0; i < height; i++) {
        part.index.put((long) j * height + i, index.get((long) (column + j) * rows + row + i));
      }
    }
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(part);
    return part;
  }

  /** [A₁ A₂ …]: a copy of the columns of matrices with equal numbers of rows. */
  public static Matrix beside(List<Matrix> parts) {
    int rows = parts.isEmpty() ? 0 : parts.get(0).rows;
    Matrix result = new Matrix(rows, parts.stream().mapToInt(Matrix::columns).sum());
    int column = 0;
    for (Matrix part : parts) {
      if (part.rows != rows) {
        throw new IllegalArgumentException(part + " beside a matrix of " + rows + " rows");
      }
      if (part.rows > 0 && part.columns > 0) {
        Pointer.memcpy(
            result.at(column), part.pointer(), (long) rows * part.columns * Double.BYTES);
      }
      column += part.columns;
      Reference.reachabilityFence(part);
    }
    Reference.reachabilityFence(result);
    return result;
  }

  /** A copy of the given rows in that order; a row may be taken twice. */
  public Matrix selectRows(int[] order) {
    Matrix selected = new Matrix(order.length, columns);
    double[] source = new double[rows];
    double[] target = new double[order.length];
    for (int j = 0; j < columns; j++) {
      readColumn(j, source);
      for (int i = 0; i < order.length; i++) {
        target[i] = source[order[i]];
      }
      selected.writeColumn(j, target);
    }
    return selected;
  }

  /** A copy of the given columns in that order; a column may be taken twice. */
  public Matrix selectColumns(int[] order) {
    Matrix selected = new Matrix(rows, order.length);
    double[] values = new double[rows];
    for (int j = 0; j < order.length; j++) {
      readColumn(order[j], values);
      selected.writeColumn(j, values);
    }
    return selected;
  }

  public Matrix copy() {
    return columns(0, columns);
  }

  public Matrix transposed() {
    Matrix result = new Matrix(columns, rows);
    // Blocks of 64 × 64 keep both sides' lines in the first-level cache.
    int block = 64;
    for (int j0 = 0; j0 < columns; j0 += block) {
      int j1 = Math.min(columns, j0 + block);
      for (int i0 = 0; i0 < rows; i0 += block) {
        int i1 = Math.min(rows, i0 + block);
        for (int j = j0; j < j1; j++) {
          for (int i = i0; i < i1; i++) {
            result.index.put((long) i * columns + j, index.get((long) j * rows + i));
          }
        }
      }
    }
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(result);
    return result;
  }

  /** Multiplies every number by {@code factor}, in place. Returns this. */
  public Matrix scale(double factor) {
    return forEachColumn(
        (j, values) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] *= factor;
          }
        });
  }

  /** Multiplies column j by {@code factors[j]}, in place. Returns this. */
  public Matrix scaleColumns(double[] factors) {
    requireLength(factors, columns);
    return forEachColumn(
        (j, values) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] *= factors[j];
          }
        });
  }

  /** Multiplies row i by {@code factors[i]}, in place. Returns this. */
  public Matrix scaleRows(double[] factors) {
    requireLength(factors, rows);
    return forEachColumn(
        (j, values) -> {
          for (int i = 0; i < values.length; i++) {
            values[i] *= factors[i];
          }
        });
  }

  /** Adds {@code factor}·{@code other}, in place. Returns this. */
  public Matrix add(double factor, Matrix other) {
    requireShape(other);
    double[] addend = new double[rows];
    return forEachColumn(
        (j, values) -> {
          other.readColumn(j, addend);
          for (int i = 0; i < values.length; i++) {
            values[i] += factor * addend[i];
          }
        });
  }

  /** Adds {@code factor}·xyᵀ, in place. Returns this. */
  public Matrix addOuter(double factor, Column x, Column y) {
    if (x.matrix().rows() != rows || y.matrix().rows() != columns) {
      throw new IllegalArgumentException(
          "an outer product of columns of " + x.matrix() + " and " + y.matrix() + " into " + this);
    }
    Blas.ger(factor, x, y, this);
    return this;
  }

  /** Adds {@code amount} to the diagonal, in place. Returns this. */
  public Matrix addToDiagonal(double amount) {
    for (int i = 0; i < Math.min(rows, columns); i++) {
      set(i, i, get(i, i) + amount);
    }
    return this;
  }

  /** Mean of every column. */
  public double[] columnMeans() {
    double[] means = new double[columns];
    readColumns(
        (j, values) -> {
          double sum = 0;
          for (double value : values) {
            sum += value;
          }
          means[j] = sum / values.length;
        });
    return means;
  }

  /** Euclidean norm of every column, without overflow. */
  public double[] columnNorms() {
    double[] norms = new double[columns];
    readColumns((j, values) -> norms[j] = norm(values));
    return norms;
  }

  /**
   * Subtracts its mean from every column, in place. A column whose numbers are all equal becomes
   * exactly zero. Returns this.
   */
  public Matrix centreColumns() {
    return forEachColumn((j, values) -> centre(values));
  }

  /** ‖A‖_F, without overflow. */
  public double frobeniusNorm() {
    return norm(columnNorms());
  }

  /** ‖A‖²_F as a plain sum of squares: numbers beyond 1e150 overflow. */
  public double sumOfSquares() {
    return Blas.sumOfSquares(this);
  }

  /** Sum of the diagonal. */
  public double trace() {
    double sum = 0;
    for (int i = 0; i < Math.min(rows, columns); i++) {
      sum += get(i, i);
    }
    return sum;
  }

  /** Σ aᵢⱼ bᵢⱼ. */
  public double dot(Matrix other) {
    requireShape(other);
    double[] second = new double[rows];
    double[] sums = new double[columns];
    readColumns(
        (j, values) -> {
          other.readColumn(j, second);
          double sum = 0;
          for (int i = 0; i < values.length; i++) {
            sum += values[i] * second[i];
          }
          sums[j] = sum;
        });
    double total = 0;
    for (double sum : sums) {
      total += sum;
    }
    return total;
  }

  /** AB. */
  public Matrix times(Matrix b) {
    return product(this, false, b, false);
  }

  /** AᵀB, without forming Aᵀ. */
  public Matrix transposeTimes(Matrix b) {
    return product(this, true, b, false);
  }

  /** ABᵀ, without forming Bᵀ. */
  public Matrix timesTransposed(Matrix b) {
    return product(this, false, b, true);
  }

  /** AAᵀ, both triangles: for rows that are stimuli, their Gram matrix. */
  public Matrix gram() {
    Matrix result = new Matrix(rows, rows);
    Blas.syrk(this, false, result);
    return result;
  }

  /** AᵀA, both triangles. */
  public Matrix scatter() {
    Matrix result = new Matrix(columns, columns);
    Blas.syrk(this, true, result);
    return result;
  }

  /** The columns as arrays. */
  public double[][] toColumns() {
    double[][] values = new double[columns][];
    for (int j = 0; j < columns; j++) {
      values[j] = column(j);
    }
    return values;
  }

  /** The rows as arrays. */
  public double[][] toRows() {
    double[][] values = new double[rows][];
    for (int i = 0; i < rows; i++) {
      values[i] = row(i);
    }
    return values;
  }

  @Override
  public void close() {
    memory.close();
  }

  @Override
  public String toString() {
    return rows + " × " + columns;
  }

  /** Address of the first number; the caller keeps this matrix reachable while it is used. */
  DoublePointer pointer() {
    memory.pointer();
    return pointer;
  }

  /** Address of one number. */
  DoublePointer pointer(int row, int column) {
    memory.pointer();
    return pointer.getPointer((long) column * rows + row);
  }

  private DoublePointer at(int column) {
    return pointer(0, column);
  }

  private static Matrix product(Matrix a, boolean transposeA, Matrix b, boolean transposeB) {
    Matrix result = new Matrix(transposeA ? a.columns : a.rows, transposeB ? b.rows : b.columns);
    Blas.gemm(a, transposeA, b, transposeB, result);
    return result;
  }

  private interface ColumnWork {
    void accept(int column, double[] values);
  }

  private void readColumns(ColumnWork work) {
    double[] values = new double[rows];
    for (int j = 0; j < columns; j++) {
      readColumn(j, values);
      work.accept(j, values);
    }
  }

  private Matrix forEachColumn(ColumnWork work) {
    double[] values = new double[rows];
    for (int j = 0; j < columns; j++) {
      readColumn(j, values);
      work.accept(j, values);
      writeColumn(j, values);
    }
    return this;
  }

  private static void centre(double[] values) {
    double sum = 0;
    boolean constant = true;
    for (double value : values) {
      sum += value;
      constant &= value == values[0];
    }
    double mean = constant && values.length > 0 ? values[0] : sum / values.length;
    for (int i = 0; i < values.length; i++) {
      values[i] -= mean;
    }
  }

  private static double norm(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double value : values) {
      double scaled = value / largest;
      sum += scaled * scaled;
    }
    return largest * Math.sqrt(sum);
  }

  private static void requireLength(double[] factors, int expected) {
    if (factors.length != expected) {
      throw new IllegalArgumentException(factors.length + " factors for " + expected);
    }
  }

  private void requireShape(Matrix other) {
    if (rows != other.rows || columns != other.columns) {
      throw new IllegalArgumentException("shapes differ: " + this + " and " + other);
    }
  }
}
