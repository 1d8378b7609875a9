package dev.kindred.notebook;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * Tables and matrices as renderings, with three digits; of very long ones the first and the last
 * rows are shown. What is saved has every row and every digit.
 *
 * <p>A column of {@linkplain Verdict verdicts} gathers the rows of each under a heading in its
 * colour; claims that are not in the paper come last, and theirs are in other words. What is saved
 * has one word for both.
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

  private static final String VERDICT = "verdict";
  private static final String ADJUSTED = "verdict (Holm)";
  private static final String SMALLEST = "smallest decidable effect";

  /** What the column of that name holds, for those who meet it. */
  private static final String OF_SMALLEST =
      "Smallest decidable effect, of what is not decided: the value that 80 of 100 such studies would"
          + " find.";

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
    List<Group> groups = byVerdict(headers, rows);
    return (groups.isEmpty() ? grid : claims(grid, groups)).rendering();
  }

  /** Verdicts of several data beside each other, as {@code ClaimTables} makes them. */
  private static Grid withColours(Grid table) {
    List<String> headers = table.headers();
    List<List<String>> rows =
        table.rows().stream()
            .map(
                row ->
                    IntStream.range(0, row.size())
                        .mapToObj(
                            i ->
                                isOwn(headers, row) && headers.get(i).endsWith(": verdict")
                                    ? ofOwnClaim(row.get(i))
                                    : row.get(i))
                        .toList())
            .toList();
    return claims(table, table.caption(), rows, colours(), table.note());
  }

  private static Map<String, String> colours() {
    Map<String, String> colours = new LinkedHashMap<>();
    COLOURS.forEach(
        (verdict, colour) -> {
          colours.put(verdict.toString(), colour);
          colours.put(verdict.ofOwnClaim(), colour);
        });
    return colours;
  }

  /** Whether a row is of a claim that is not in the paper. */
  private static boolean isOwn(List<String> headers, List<String> row) {
    int column = headers.indexOf("published");
    return column >= 0 && row.get(column).equals(Claim.NOT_IN_THE_PAPER);
  }

  private static String ofOwnClaim(String text) {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.toString().equals(text))
        .map(Verdict::ofOwnClaim)
        .findFirst()
        .orElse(text);
  }

  /**
   * Rows of one verdict.
   *
   * @param own of claims that are not in the paper
   * @param adjusted how many have it after allowing for the number of claims; empty where that is
   *     not told or nothing is decided
   */
  private record Group(
      Verdict verdict, boolean own, List<List<String>> rows, OptionalInt adjusted) {
    String heading() {
      return (own ? Claim.NOT_IN_THE_PAPER + ", " + verdict.ofOwnClaim() : verdict)
          + " ("
          + rows.size()
          + ")";
    }

    String count() {
      String words = own ? verdict.ofOwnClaim() : verdict.toString();
      if (own && verdict.isDecision() && rows.size() != 1) {
        words = verdict == Verdict.REPRODUCED ? "hold" : "do not hold";
      }
      return rows.size() + " " + words;
    }
  }

  /** The rows of every verdict that occurs; none without a column of verdicts. */
  private static List<Group> byVerdict(List<String> headers, List<List<String>> rows) {
    List<Group> groups = new ArrayList<>();
    int column = headers.indexOf(VERDICT);
    for (boolean own : new boolean[] {false, true}) {
      for (Verdict verdict : Verdict.values()) {
        List<List<String>> group =
            rows.stream()
                .filter(row -> column >= 0 && row.get(column).equals(verdict.toString()))
                .filter(row -> isOwn(headers, row) == own)
                .toList();
        if (!group.isEmpty()) {
          groups.add(new Group(verdict, own, group, adjusted(headers, group, verdict)));
        }
      }
    }
    return groups;
  }

  private static OptionalInt adjusted(
      List<String> headers, List<List<String>> rows, Verdict verdict) {
    int column = headers.indexOf(ADJUSTED);
    return column < 0 || !verdict.isDecision()
        ? OptionalInt.empty()
        : OptionalInt.of(
            (int) rows.stream().filter(row -> row.get(column).equals(verdict.toString())).count());
  }

  private static Grid claims(Grid table, List<Group> groups) {
    List<List<String>> rows = new ArrayList<>();
    Map<String, String> colours = colours();
    for (Group group : groups) {
      rows.add(List.of(group.heading()));
      group.rows().forEach(row -> rows.add(shown(table.headers(), row, group)));
      colours.put(group.heading(), COLOURS.get(group.verdict()));
    }
    boolean hasSmallest = table.headers().contains(SMALLEST);
    return claims(
        table,
        table.caption() + ": " + counts(groups),
        rows,
        colours,
        hasSmallest ? (table.note() + " " + OF_SMALLEST).strip() : table.note());
  }

  /** A row's cells; what could have been decided is of interest where nothing was. */
  private static List<String> shown(List<String> headers, List<String> row, Group group) {
    List<String> cells = new ArrayList<>(row);
    for (String header : List.of(VERDICT, ADJUSTED)) {
      int column = headers.indexOf(header);
      if (group.own() && column >= 0) {
        cells.set(column, ofOwnClaim(row.get(column)));
      }
    }
    int column = headers.indexOf(SMALLEST);
    if (column >= 0 && group.verdict().isDecision()) {
      cells.set(column, "");
    }
    return cells;
  }

  /** How many claims there are of each verdict, and how many after allowing for their number. */
  private static String counts(List<Group> groups) {
    StringBuilder counts = new StringBuilder();
    boolean isExplained = false;
    boolean own = false;
    for (Group group : groups) {
      if (group.own() && !own) {
        counts.append(counts.isEmpty() ? "" : "; ").append(Claim.NOT_IN_THE_PAPER).append(": ");
      } else {
        counts.append(counts.isEmpty() ? "" : ", ");
      }
      own = group.own();
      counts.append(group.count());
      if (group.adjusted().isPresent()) {
        counts.append(" (").append(group.adjusted().getAsInt());
        counts.append(isExplained ? ")" : " after allowing for the number of claims)");
        isExplained = true;
      }
    }
    return counts.toString();
  }

  private static Grid claims(
      Grid table,
      String caption,
      List<List<String>> rows,
      Map<String, String> colours,
      String note) {
    return new Grid(
        caption, table.headers(), table.right(), rows, Set.of(), colours, note, table.csv());
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
