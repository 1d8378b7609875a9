package dev.kindred.notebook;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.study.Verdict;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables and matrices as renderings, with three digits; of very long ones the first and the last
 * rows are shown. What is saved has every row and every digit.
 *
 * <p>A column of {@linkplain Verdict verdicts} gathers the rows of each under a heading in its
 * colour.
 */
final class Tables {
  /** Longer tables are shown in part. */
  static final int ROWS_SHOWN_WHOLE = 500;

  static final int FIRST_ROWS = 30;
  static final int LAST_ROWS = 10;
  private static final int COLUMNS_SHOWN = 60;

  /** Every number of a column has its own decimals. */
  private static final int ITS_OWN = -1;

  private static final String GAP = "…";

  /** Read on light and dark pages, and told apart by eyes that see no red or no green. */
  private static final Map<Verdict, String> COLOURS =
      Map.of(
          Verdict.REPRODUCED, "#009e73",
          Verdict.NOT_REPRODUCED, "#d55e00",
          Verdict.NOT_DECIDABLE, "#b8860b",
          Verdict.NOT_TESTABLE, "#808080");

  private Tables() {}

  static Rendering render(Table table) {
    int columns = Math.min(table.columnCount(), COLUMNS_SHOWN);
    List<String> headers = new ArrayList<>();
    boolean[] right = new boolean[columns];
    List<List<String>> cells = new ArrayList<>();
    for (int c = 0; c < columns; c++) {
      headers.add(table.column(c).name());
      right[c] = table.column(c) instanceof NumericColumn;
      cells.add(cells(table.column(c)));
    }
    List<List<String>> rows = new ArrayList<>();
    for (int r : shown(table.rowCount())) {
      rows.add(cells.stream().map(column -> r < 0 ? GAP : column.get(r)).toList());
    }
    StringWriter csv = new StringWriter();
    table.write().csv(csv);
    Grid grid =
        new Grid(
            table.name() == null ? "" : table.name(),
            headers,
            right,
            rows,
            Set.of(),
            Map.of(),
            note(table.rowCount(), table.columnCount(), columns),
            csv.toString());
    if (headers.stream().anyMatch(header -> header.endsWith(": verdict"))) {
      return withColours(grid).rendering();
    }
    Map<Verdict, List<List<String>>> groups = byVerdict(headers, rows);
    return (groups.isEmpty() ? grid : claims(grid, groups)).rendering();
  }

  /** Verdicts of several data beside each other, as {@code ClaimTables} makes them. */
  private static Grid withColours(Grid table) {
    Map<String, String> colours = new LinkedHashMap<>();
    COLOURS.forEach((verdict, colour) -> colours.put(verdict.toString(), colour));
    return new Grid(
        table.caption(),
        table.headers(),
        table.right(),
        table.rows(),
        Set.of(),
        colours,
        table.note(),
        table.csv());
  }

  /** The rows of every verdict that occurs; none without a column of verdicts. */
  private static Map<Verdict, List<List<String>>> byVerdict(
      List<String> headers, List<List<String>> rows) {
    int column = headers.indexOf("verdict");
    Map<Verdict, List<List<String>>> groups = new EnumMap<>(Verdict.class);
    for (Verdict verdict : Verdict.values()) {
      List<List<String>> group =
          rows.stream()
              .filter(row -> column >= 0 && row.get(column).equals(verdict.toString()))
              .toList();
      if (!group.isEmpty()) {
        groups.put(verdict, group);
      }
    }
    return groups;
  }

  private static String heading(Verdict verdict, List<?> group) {
    return verdict + " (" + group.size() + ")";
  }

  private static Grid claims(Grid table, Map<Verdict, List<List<String>>> groups) {
    List<List<String>> rows = new ArrayList<>();
    Map<String, String> colours = new LinkedHashMap<>();
    groups.forEach(
        (verdict, group) -> {
          rows.add(List.of(heading(verdict, group)));
          rows.addAll(group);
          colours.put(heading(verdict, group), COLOURS.get(verdict));
        });
    COLOURS.forEach((verdict, colour) -> colours.put(verdict.toString(), colour));
    String counts =
        groups.entrySet().stream()
            .map(group -> group.getValue().size() + " " + group.getKey())
            .collect(Collectors.joining(", "));
    return new Grid(
        table.caption() + ": " + counts,
        table.headers(),
        table.right(),
        rows,
        Set.of(),
        colours,
        table.note(),
        table.csv());
  }

  static Rendering render(LabelledMatrix matrix) {
    int columns = Math.min(matrix.columns().size(), COLUMNS_SHOWN);
    List<String> headers = new ArrayList<>();
    headers.add("");
    headers.addAll(matrix.columns().subList(0, columns));
    boolean[] right = new boolean[columns + 1];
    Arrays.fill(right, 1, right.length, true);
    int decimals =
        decimals(Arrays.stream(matrix.values()).flatMapToDouble(Arrays::stream).toArray());
    List<List<String>> rows = new ArrayList<>();
    for (int r : shown(matrix.rows().size())) {
      List<String> row = new ArrayList<>();
      row.add(r < 0 ? GAP : matrix.rows().get(r));
      for (int c = 0; c < columns; c++) {
        row.add(r < 0 ? GAP : number(matrix.get(r, c), decimals));
      }
      rows.add(row);
    }
    String note = note(matrix.rows().size(), matrix.columns().size(), columns);
    return new Grid(matrix.title(), headers, right, rows, Set.of(), Map.of(), note, matrix.csv())
        .rendering();
  }

  /** Three significant digits; missing values are empty. */
  static String number(double value) {
    return number(value, decimals(value));
  }

  /**
   * Decimals with which the numbers of a column stand below each other and the largest has three
   * digits; numbers up to 1, such as similarities, have three. {@link #ITS_OWN} where that would
   * leave too few digits to the smallest.
   */
  private static int decimals(double... values) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).map(Math::abs).toArray();
    if (Arrays.stream(finite).allMatch(value -> value == Math.rint(value))) {
      return 0;
    }
    double largest = Arrays.stream(finite).max().orElse(0);
    if (largest <= 1) {
      return 3;
    }
    double least = Arrays.stream(finite).filter(value -> value > 0).min().orElse(largest);
    return values.length > 1 && least < largest / 20 ? ITS_OWN : digits(largest);
  }

  private static int digits(double size) {
    return Math.max(0, 2 - (int) Math.floor(Math.log10(size)));
  }

  private static String number(double value, int decimals) {
    if (Double.isNaN(value)) {
      return "";
    }
    if (decimals == ITS_OWN) {
      return number(value);
    }
    double size = Math.abs(value);
    boolean lost = size > 0 && size < 0.5 * Math.pow(10, -decimals);
    return String.format(Locale.ROOT, lost || size >= 1e15 ? "%.2e" : "%." + decimals + "f", value);
  }

  private static List<String> cells(Column<?> column) {
    boolean fractions =
        column.size() > 0 && column.type().equals(tech.tablesaw.api.ColumnType.DOUBLE);
    fractions |= column.size() > 0 && column.type().equals(tech.tablesaw.api.ColumnType.FLOAT);
    double[] numbers = fractions ? ((NumericColumn<?>) column).asDoubleArray() : new double[0];
    int decimals = decimals(numbers);
    List<String> cells = new ArrayList<>();
    for (int row = 0; row < column.size(); row++) {
      if (column.isMissing(row)) {
        cells.add("");
      } else {
        cells.add(
            numbers.length > 0 ? number(numbers[row], decimals) : String.valueOf(column.get(row)));
      }
    }
    return cells;
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
    if (rows == 0) {
      return "none";
    }
    boolean whole = rows <= ROWS_SHOWN_WHOLE && columns == columnsShown;
    return whole ? "" : rows + " rows × " + columns + " columns";
  }
}
