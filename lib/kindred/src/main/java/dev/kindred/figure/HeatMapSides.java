package dev.kindred.figure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;

/**
 * The greatest values of rows, drawn on the right of a heat map, and of columns, drawn above.
 *
 * @param low the least of them, or of their scale
 * @param high the greatest
 */
record HeatMapSides(List<Line> ofRows, List<Line> ofColumns, double low, double high) {
  /** What the lines show. */
  static final String WHAT = "max";

  /**
   * The greatest values of the rows of one group among the columns of one group, or of columns
   * among rows.
   *
   * @param group in which the greatest are looked for; empty where there are no groups
   * @param own whether it is the group of the rows themselves
   * @param from the first row
   * @param values of the rows from there on; NaN where a row has none
   */
  record Line(String group, boolean own, int from, double[] values) {}

  /** Neighbours of one group; {@code end} is the one after the last. */
  private record Part(String group, int from, int end) {}

  /**
   * @param rowGroups of every row; empty where there are none
   * @param columnGroups of every column; empty where there are none
   */
  static HeatMapSides of(double[][] values, List<String> rowGroups, List<String> columnGroups) {
    List<Part> rows = parts(rowGroups, values.length);
    List<Part> columns = parts(columnGroups, values[0].length);
    List<Line> ofRows = lines(values, rows, columns);
    List<Line> ofColumns = lines(Likeness.transpose(values), columns, rows);
    DoubleSummaryStatistics all =
        Stream.concat(ofRows.stream(), ofColumns.stream())
            .flatMapToDouble(line -> Arrays.stream(line.values()))
            .filter(Double::isFinite)
            .summaryStatistics();
    double low = all.getCount() == 0 ? 0 : all.getMin();
    double high = all.getCount() == 0 ? 1 : all.getMax();
    return new HeatMapSides(ofRows, ofColumns, low, high > low ? high : low + 1);
  }

  private static List<Part> parts(List<String> groups, int count) {
    if (groups.isEmpty()) {
      return List.of(new Part("", 0, count));
    }
    List<Part> parts = new ArrayList<>();
    int from = 0;
    for (int i = 1; i <= count; i++) {
      if (i == count || !groups.get(i).equals(groups.get(from))) {
        parts.add(new Part(groups.get(from), from, i));
        from = i;
      }
    }
    return parts;
  }

  /** Those of other groups first, so that a row's own are drawn over them. */
  private static List<Line> lines(double[][] rows, List<Part> parts, List<Part> others) {
    List<Line> lines = new ArrayList<>();
    for (Part part : parts) {
      for (Part other : others) {
        double[] greatest =
            Arrays.stream(rows, part.from, part.end)
                .mapToDouble(row -> greatest(row, other))
                .toArray();
        if (!Arrays.stream(greatest).allMatch(Double::isNaN)) {
          lines.add(new Line(other.group, part.group.equals(other.group), part.from, greatest));
        }
      }
    }
    lines.sort(Comparator.comparing(Line::own));
    return lines;
  }

  private static double greatest(double[] row, Part among) {
    return Arrays.stream(row, among.from, among.end)
        .filter(value -> !Double.isNaN(value))
        .max()
        .orElse(Double.NaN);
  }

  /** On a scale that holds them. */
  HeatMapSides on(double from, double to) {
    return new HeatMapSides(ofRows, ofColumns, Math.min(low, from), Math.max(high, to));
  }

  /** The two ends of the scale, round numbers. */
  List<Double> scale() {
    return Ticks.around(low, high, 5);
  }
}
