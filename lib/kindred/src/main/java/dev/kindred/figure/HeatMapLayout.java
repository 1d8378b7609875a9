package dev.kindred.figure;

import dev.kindred.base.LabelledMatrix;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where the parts of a {@link HeatMap} lie, in logical pixels. */
final class HeatMapLayout {
  /** Widest and highest coloured part that is chosen without being asked for. */
  private static final double WIDEST_PLOT = 560;

  private static final double HIGHEST_PLOT = 520;
  private static final double LARGEST_CELL = 44;
  private static final double SMALLEST_PLOT = 60;
  static final double COLUMN_TURN = Math.toRadians(-45);
  static final int BAR_WIDTH = 14;

  /** Width of the hatched sign in the legend. */
  static final int HATCH_SWATCH = 22;

  record Texts(String title, String rows, String columns, String values) {}

  /** Ends of the colours, and the least and greatest value that occur. */
  record Scale(double low, double high, double least, double greatest, ColorMap map) {
    double at(double value) {
      return (value - low) / (high - low);
    }
  }

  record Marks(
      List<String> rowGroups,
      List<String> columnGroups,
      List<Outline> outlines,
      InCells inCells,
      boolean hideRowNames,
      boolean hideColumnNames,
      int longestName,
      Hatch hatch) {}

  /** What is written into a cell; empty for nothing. */
  @FunctionalInterface
  interface InCells {
    String text(int row, int column);
  }

  /** A frame around the cells from a row and column on, up to others. */
  record Outline(int row, int endRow, int column, int endColumn, Color color) {
    /** What shows the colour on cells of any other. */
    Color casing() {
      return 0.2126 * color.getRed() + 0.7152 * color.getGreen() + 0.0722 * color.getBlue() > 160
          ? Look.INK
          : Color.WHITE;
    }
  }

  /** Cells that are hatched, none where there are no rows, and what that means. */
  record Hatch(boolean[][] cells, String meaning) {
    boolean isDrawn() {
      return cells.length > 0;
    }
  }

  /** One name beside the plot: its place in [0, 1] along the axis. */
  record Name(double at, String text) {}

  final LabelledMatrix matrix;
  final Texts texts;
  final Scale scale;
  final HeatMapMargins margins;
  final Marks marks;
  final double[] rowEdges;
  final double[] columnEdges;
  final double plotWidth;
  final double plotHeight;
  final double plotX;
  final double plotY;

  /** The usual font of names, or a smaller one where only that lets every row have its name. */
  final Font nameFont;

  final List<Name> rowNames;
  final List<Name> columnNames;
  final boolean columnsTurned;
  final double columnNamesHeight;
  final double rowNamesWidth;
  final List<Double> barTicks;
  final List<String> barLabels;
  final double barHeight;
  final double barLabelsWidth;
  final List<String> hatchLines;
  final double hatchY;
  final double[] thresholdRows;
  final double[] thresholdColumns;
  final List<List<Entry>> stripLegend;
  final double stripLegendY;
  final int width;
  final int height;

  HeatMapLayout(
      LabelledMatrix matrix,
      Texts texts,
      Scale scale,
      HeatMapMargins margins,
      Marks marks,
      boolean logarithmic,
      double wantedWidth,
      double wantedHeight) {
    this.matrix = matrix;
    this.texts = texts;
    this.scale = scale;
    this.margins = margins;
    this.marks = marks;
    int rows = matrix.rows().size();
    int columns = matrix.columns().size();

    double[] size = plotSize(rows, columns, logarithmic);
    plotWidth = Double.isNaN(wantedWidth) ? size[0] : wantedWidth;
    plotHeight = Double.isNaN(wantedHeight) ? size[1] : wantedHeight;
    double usual = Look.lineHeight(Look.TICK);
    boolean dense = !logarithmic && rows * usual > plotHeight;
    nameFont =
        dense && rows * Look.lineHeight(Look.SMALL) <= plotHeight + 1e-9 ? Look.SMALL : Look.TICK;
    double line = Look.lineHeight(nameFont);
    if (logarithmic) {
      LogPositions ofRows = LogPositions.of(matrix.rows());
      LogPositions ofColumns = LogPositions.of(matrix.columns());
      rowEdges = ofRows.edges();
      columnEdges = ofColumns.edges();
      rowNames = names(ofRows.ticks(line / plotHeight), marks.hideRowNames);
      columnNames = names(ofColumns.ticks(3 * line / plotWidth), marks.hideColumnNames);
      columnsTurned = false;
    } else {
      rowEdges = evenEdges(rows);
      columnEdges = evenEdges(columns);
      rowNames = names(matrix.rows(), line / plotHeight, marks.hideRowNames);
      double widest = widest(names(matrix.columns(), 0, marks.hideColumnNames), nameFont);
      columnsTurned = widest > plotWidth / columns - 4;
      double nearest = columnsTurned ? line / Math.sin(-COLUMN_TURN) : 0;
      columnNames = names(matrix.columns(), nearest / plotWidth, marks.hideColumnNames);
    }
    rowNamesWidth = rowNames.isEmpty() ? 0 : widest(rowNames, nameFont) + Look.GAP;
    columnNamesHeight = columnNamesHeight(line);

    double left =
        Look.MARGIN
            + band(texts.rows, Look.LABEL)
            + band(marks.rowGroups)
            + rowNamesWidth
            + margins.left();
    plotX = Math.ceil(Math.max(left, Look.MARGIN + overhang()));
    barTicks = Ticks.linear(scale.low, scale.high, 5);
    barLabels = barLabels(barTicks);
    barHeight = Math.max(plotHeight, 90);
    barLabelsWidth = barLabels.stream().mapToDouble(l -> Look.width(l, Look.TICK)).max().orElse(0);
    double right =
        margins.right()
            + (margins.bar
                ? 2.5 * Look.GAP
                    + BAR_WIDTH
                    + Look.GAP
                    + barLabelsWidth
                    + band(texts.values, Look.LABEL)
                : 0)
            + Look.MARGIN;
    double rightOverhang = columnsTurned || columnNames.isEmpty() ? 0 : lastNameOverhang();
    width = (int) Math.ceil(plotX + plotWidth + Math.max(right, rightOverhang + Look.MARGIN));

    double titleHeight = Look.titleHeight(texts.title, width);
    plotY = Math.ceil((titleHeight == 0 ? Look.MARGIN : titleHeight + Look.GAP) + margins.top());
    double below = columnNamesHeight + band(marks.columnGroups) + band(texts.columns, Look.LABEL);
    double bottom = plotY + Math.max(plotHeight + below, margins.bar ? barHeight + 4 : 0);
    thresholdRows = thresholds(margins, logarithmic, true);
    thresholdColumns = thresholds(margins, logarithmic, false);
    hatchLines =
        marks.hatch.isDrawn()
            ? Look.wrap(
                "hatched: " + marks.hatch.meaning,
                Look.TICK,
                width - 2.0 * Look.MARGIN - HATCH_SWATCH - Look.GAP)
            : List.of();
    hatchY = bottom + Look.GAP;
    double legend = hatchLines.isEmpty() ? 0 : Look.GAP + hatchLines.size() * (usual + 2);
    stripLegendY = bottom + legend + Look.GAP;
    stripLegend = stripLegend(width - 2.0 * Look.MARGIN);
    legend += stripLegend.isEmpty() ? 0 : Look.GAP + stripLegend.size() * (usual + 2);
    height = (int) Math.ceil(bottom + legend + Look.MARGIN);
  }

  /** A legend's entry: a colour and its name, or an attribute's name without a colour. */
  record Entry(Color color, String text) {
    double width() {
      return Look.width(text, Look.TICK) + (color == null ? Look.GAP : 12 + 1.5 * Look.GAP);
    }
  }

  /** Entries of all strips and meanings in lines that are no wider than {@code space}. */
  private List<List<Entry>> stripLegend(double space) {
    List<List<Entry>> lines = new ArrayList<>();
    if (margins.stripLegend) {
      for (HeatMapMargins.Strip strip : margins.strips) {
        List<Entry> entries = new ArrayList<>(List.of(new Entry(null, strip.attribute() + ":")));
        strip.colors().forEach((value, color) -> entries.add(entry(color, value, space)));
        addLines(entries, space, lines);
      }
    }
    List<Entry> meanings = new ArrayList<>();
    margins.meanings.forEach(
        (value, words) -> meanings.add(entry(scale.map.color(scale.at(value)), words, space)));
    addLines(meanings, space, lines);
    return lines;
  }

  private static Entry entry(Color color, String text, double space) {
    return new Entry(color, Look.fit(text, Look.TICK, space - 30));
  }

  private static void addLines(List<Entry> entries, double space, List<List<Entry>> lines) {
    double used = Double.POSITIVE_INFINITY;
    for (Entry entry : entries) {
      if (used + entry.width() > space) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.get(lines.size() - 1).add(entry);
      used += entry.width();
    }
  }

  private double[] thresholds(HeatMapMargins margins, boolean logarithmic, boolean ofRows) {
    LogPositions positions =
        logarithmic ? LogPositions.of(ofRows ? matrix.rows() : matrix.columns()) : null;
    return margins.thresholds.stream()
        .mapToDouble(
            line ->
                positions != null
                    ? positions.at(line.number())
                    : HeatMapMargins.Threshold.even(
                        ofRows ? line.rows() : line.columns(), line.number()))
        .toArray();
  }

  /** Thickness of a band for one line of text, or 0 for none. */
  static double band(String text, Font font) {
    return text.isBlank() ? 0 : Look.lineHeight(font) + Look.GAP;
  }

  static double band(List<String> groups) {
    return groups.isEmpty() ? 0 : Look.lineHeight(Look.LABEL) + Look.GAP;
  }

  /** Runs of equal neighbours as [first, end). */
  static List<int[]> runs(List<String> groups) {
    List<int[]> runs = new ArrayList<>();
    for (int from = 0; from < groups.size(); ) {
      int to = from + 1;
      while (to < groups.size() && groups.get(to).equals(groups.get(from))) {
        to++;
      }
      runs.add(new int[] {from, to});
      from = to;
    }
    return runs;
  }

  /** A value in {@link String#format} notation; empty where it is missing. */
  static String number(String format, double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    String text = String.format(Locale.ROOT, format, value);
    boolean roundsToZero = text.matches("-[0.]+");
    return roundsToZero ? text.substring(1) : text.replace('-', '−');
  }

  private double[] plotSize(int rows, int columns, boolean logarithmic) {
    if (logarithmic) {
      return new double[] {440, 440.0 * Math.min(1, Math.max(0.4, (double) rows / columns))};
    }
    double cellWidth = Math.min(LARGEST_CELL, WIDEST_PLOT / columns);
    double cellHeight = Math.min(LARGEST_CELL, HIGHEST_PLOT / rows);
    if (matrix.isSquare()) {
      cellWidth = Math.min(cellWidth, cellHeight);
      cellHeight = cellWidth;
    }
    if (marks.inCells != null && (long) rows * columns <= 2500) {
      double widest = 0;
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          widest = Math.max(widest, Look.width(marks.inCells.text(i, j), Look.SMALL));
        }
      }
      cellWidth = Math.min(Math.max(cellWidth, widest + 6), WIDEST_PLOT / columns);
      cellHeight = Math.max(cellHeight, Math.min(cellWidth, Look.lineHeight(Look.SMALL) + 6));
    }
    // Whole device pixels a cell keep cells equally large, as long as they are larger than that.
    double cell = cellWidth * Figure.DENSITY;
    double columnsWide = cell >= 2 ? Math.floor(cell) / Figure.DENSITY * columns : WIDEST_PLOT;
    cell = cellHeight * Figure.DENSITY;
    double rowsHigh =
        cell >= 2
            ? Math.floor(cell) / Figure.DENSITY * rows
            : matrix.isSquare() ? columnsWide : HIGHEST_PLOT;
    return new double[] {
      Math.max(SMALLEST_PLOT, columnsWide), Math.max(Math.min(SMALLEST_PLOT, 30), rowsHigh)
    };
  }

  private static double[] evenEdges(int n) {
    double[] edges = new double[n + 1];
    for (int i = 0; i <= n; i++) {
      edges[i] = (double) i / n;
    }
    return edges;
  }

  private static List<Name> names(List<LogPositions.Tick> ticks, boolean hidden) {
    return hidden
        ? List.of()
        : ticks.stream().map(tick -> new Name(tick.at(), tick.label())).toList();
  }

  /** Every k-th name, so that two are at least {@code nearest} apart. */
  private List<Name> names(List<String> all, double nearest, boolean hidden) {
    if (hidden) {
      return List.of();
    }
    int n = all.size();
    int step = Math.max(1, (int) Math.ceil(nearest * n - 1e-9));
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < n; i += step) {
      names.add(new Name((i + 0.5) / n, Look.fit(all.get(i), nameFont, marks.longestName)));
    }
    return names;
  }

  private static double widest(List<Name> names, Font font) {
    return names.stream().mapToDouble(name -> Look.width(name.text(), font)).max().orElse(0);
  }

  private double columnNamesHeight(double line) {
    if (columnNames.isEmpty()) {
      return 0;
    }
    return columnsTurned
        ? Look.GAP + (widest(columnNames, nameFont) + line) * Math.sin(-COLUMN_TURN)
        : Look.GAP + line;
  }

  /** How far turned column names reach to the left of the plot. */
  private double overhang() {
    double most = 0;
    for (Name name : columnNames) {
      double reach =
          Look.width(name.text(), nameFont) * (columnsTurned ? Math.cos(COLUMN_TURN) : 0.5);
      most = Math.max(most, reach + 4 - name.at() * plotWidth);
    }
    return most;
  }

  private double lastNameOverhang() {
    double most = 0;
    for (Name name : columnNames) {
      double reach = Look.width(name.text(), nameFont) / 2;
      most = Math.max(most, reach - (1 - name.at()) * plotWidth);
    }
    return most;
  }

  /** Labels of the ticks; an end beyond which there are values says so. */
  private List<String> barLabels(List<Double> ticks) {
    List<String> labels = new ArrayList<>(Ticks.labels(ticks));
    double slack = 1e-9 * (scale.high - scale.low);
    int last = labels.size() - 1;
    if (scale.greatest > scale.high + slack && ticks.get(last) >= scale.high - slack) {
      labels.set(last, "≥ " + labels.get(last));
    }
    if (scale.least < scale.low - slack && ticks.get(0) <= scale.low + slack) {
      labels.set(0, "≤ " + labels.get(0));
    }
    return labels;
  }
}
