package dev.kindred.base;

import dev.kindred.base.array.NpyEncoder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A matrix of numbers with a name for every row and column: similarities between models, between
 * layers, between epochs. Immutable.
 */
public final class LabelledMatrix {
  private final String title;
  private final List<String> rows;
  private final List<String> columns;
  private final double[][] values;
  private final Provenance provenance;

  /**
   * @param title what the numbers are, such as {@code cka[kernel=linear]}
   * @param rows row names
   * @param columns column names
   * @param values {@code rows.size()} × {@code columns.size()} numbers; copied
   * @param provenance where the numbers come from
   */
  public LabelledMatrix(
      String title,
      List<String> rows,
      List<String> columns,
      double[][] values,
      Provenance provenance) {
    this.title = Objects.requireNonNull(title);
    this.rows = List.copyOf(rows);
    this.columns = List.copyOf(columns);
    this.provenance = Objects.requireNonNull(provenance);
    if (values.length != rows.size()) {
      throw new InputException(
          title + ": " + rows.size() + " row names for " + values.length + " rows of values");
    }
    this.values = new double[values.length][];
    for (int i = 0; i < values.length; i++) {
      if (values[i].length != columns.size()) {
        throw new InputException(
            title
                + ": row "
                + rows.get(i)
                + " has "
                + values[i].length
                + " values for "
                + columns.size()
                + " column names");
      }
      this.values[i] = values[i].clone();
    }
  }

  public String title() {
    return title;
  }

  public List<String> rows() {
    return rows;
  }

  public List<String> columns() {
    return columns;
  }

  public Provenance provenance() {
    return provenance;
  }

  public double get(int row, int column) {
    return values[row][column];
  }

  /** The value at two names; the first of equal names counts. */
  public double get(String row, String column) {
    return values[index(rows, row)][index(columns, column)];
  }

  /** A copy of the values, row by row. */
  public double[][] values() {
    double[][] copy = new double[values.length][];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = values[i].clone();
    }
    return copy;
  }

  /** True if rows and columns have the same names in the same order. */
  public boolean isSquare() {
    return rows.equals(columns);
  }

  /** The matrix with rows and columns taken in the given order (or a subset of them). */
  public LabelledMatrix select(int[] rowOrder, int[] columnOrder) {
    double[][] selected = new double[rowOrder.length][columnOrder.length];
    for (int i = 0; i < rowOrder.length; i++) {
      for (int j = 0; j < columnOrder.length; j++) {
        selected[i][j] = values[rowOrder[i]][columnOrder[j]];
      }
    }
    return new LabelledMatrix(
        title, names(rows, rowOrder), names(columns, columnOrder), selected, provenance);
  }

  /**
   * The matrix as CSV, quoted as RFC 4180 says: the title and the column names first, then each row
   * with its name; numbers have 17 significant digits, which give back the same float64.
   */
  public String csv() {
    StringBuilder csv = new StringBuilder(quoted(title));
    columns.forEach(name -> csv.append(',').append(quoted(name)));
    csv.append('\n');
    for (int i = 0; i < values.length; i++) {
      csv.append(quoted(rows.get(i)));
      for (double value : values[i]) {
        csv.append(',').append(Numbers.text(value));
      }
      csv.append('\n');
    }
    return csv.toString();
  }

  private static String quoted(String text) {
    return text.matches("[^\",\r\n]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /**
   * Writes a {@code .csv} file with the names, or a {@code .npy} file with the numbers alone
   * (float64, C order); a file of that name is replaced once the new one is whole.
   *
   * @return {@code file}
   * @throws InputException if the name ends otherwise
   */
  public Path save(Path file) throws IOException {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".csv")) {
      AtomicFile.write(file, csv().getBytes(StandardCharsets.UTF_8));
    } else if (name.endsWith(".npy")) {
      AtomicFile.write(file, npy());
    } else {
      throw new InputException(
          file + ": a matrix is saved as .csv or .npy, not as " + file.getFileName());
    }
    return file;
  }

  private byte[] npy() {
    byte[] header = NpyEncoder.header("<f8", rows.size(), columns.size());
    ByteBuffer bytes =
        ByteBuffer.allocate(header.length + rows.size() * columns.size() * Double.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(header);
    for (double[] row : values) {
      for (double value : row) {
        bytes.putDouble(value);
      }
    }
    return bytes.array();
  }

  private static List<String> names(List<String> names, int[] order) {
    return java.util.Arrays.stream(order).mapToObj(names::get).toList();
  }

  private int index(List<String> names, String name) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new InputException(title + ": no entry is named " + name + "; there are " + names);
    }
    return index;
  }

  @Override
  public String toString() {
    return title + ": " + rows.size() + " × " + columns.size();
  }
}
