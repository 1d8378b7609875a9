package dev.kindred.notebook;

import dev.kindred.base.LabelledMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/** Tables and matrices as renderings; of long ones the first and the last rows are shown. */
final class Tables {
  /** Longer tables are shown in part. */
  static final int ROWS_SHOWN_WHOLE = 60;

  static final int FIRST_ROWS = 30;
  static final int LAST_ROWS = 10;
  private static final int COLUMNS_SHOWN = 60;
  private static final String GAP = "…";

  private Tables() {}

  static Rendering render(Table table) {
    int columns = Math.min(table.columnCount(), COLUMNS_SHOWN);
    List<String> headers = new ArrayList<>();
    boolean[] right = new boolean[columns];
    for (int c = 0; c < columns; c++) {
      headers.add(table.column(c).name());
      right[c] = table.column(c) instanceof NumericColumn;
    }
    List<List<String>> rows = new ArrayList<>();
    for (int r : shown(table.rowCount())) {
      int row = r;
      rows.add(
          IntStream.range(0, columns)
              .mapToObj(c -> row < 0 ? GAP : cell(table.column(c), row))
              .toList());
    }
    return rendering(
        table.name() == null ? "" : table.name(),
        headers,
        right,
        rows,
        note(table.rowCount(), table.columnCount(), columns));
  }

  static Rendering render(LabelledMatrix matrix) {
    int columns = Math.min(matrix.columns().size(), COLUMNS_SHOWN);
    List<String> headers = new ArrayList<>();
    headers.add("");
    headers.addAll(matrix.columns().subList(0, columns));
    boolean[] right = new boolean[columns + 1];
    java.util.Arrays.fill(right, 1, right.length, true);
    List<List<String>> rows = new ArrayList<>();
    for (int r : shown(matrix.rows().size())) {
      List<String> row = new ArrayList<>();
      row.add(r < 0 ? GAP : matrix.rows().get(r));
      for (int c = 0; c < columns; c++) {
        row.add(r < 0 ? GAP : number(matrix.get(r, c)));
      }
      rows.add(row);
    }
    String note = note(matrix.rows().size(), matrix.columns().size(), columns);
    return rendering(matrix.title(), headers, right, rows, note);
  }

  static Rendering rendering(
      String caption, List<String> headers, boolean[] right, List<List<String>> rows, String note) {
    return Rendering.html(
        Html.table(caption, headers, right, rows, note),
        Html.plain(caption, headers, right, rows, note));
  }

  /** Six significant digits, without trailing noise; missing values are empty. */
  static String number(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    double size = Math.abs(value);
    if (size >= 1e6 || size < 1e-4) {
      return String.format(Locale.ROOT, "%.5e", value);
    }
    int decimals = Math.max(0, 5 - (int) Math.floor(Math.log10(size)));
    return String.format(Locale.ROOT, "%." + Math.min(decimals, 6) + "f", value);
  }

  private static String cell(Column<?> column, int row) {
    if (column.isMissing(row)) {
      return "";
    }
    Object value = column.get(row);
    return value instanceof Double || value instanceof Float
        ? number(((Number) value).doubleValue())
        : String.valueOf(value);
  }

  /** Rows to show; −1 stands for those left out. */
  private static int[] shown(int rows) {
    if (rows <= ROWS_SHOWN_WHOLE) {
      return IntStream.range(0, rows).toArray();
    }
    return IntStream.concat(
            IntStream.concat(IntStream.range(0, FIRST_ROWS), IntStream.of(-1)),
            IntStream.range(rows - LAST_ROWS, rows))
        .toArray();
  }

  private static String note(int rows, int columns, int columnsShown) {
    boolean whole = rows <= ROWS_SHOWN_WHOLE && columns == columnsShown;
    return whole ? "" : rows + " rows × " + columns + " columns";
  }
}
