package dev.kindred.base;

import java.util.List;
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
