package dev.kindred.figure;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import java.awt.Color;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * A matrix as coloured cells with a colour bar, row names on the left and column names below; row 0
 * is at the top. A matrix with more cells than pixels is averaged. Missing values (NaN) are grey.
 *
 * <p>Configured by chained calls:
 *
 * <pre>{@code
 * HeatMap.of(similarities).title("CKA between layers").range(0, 1).annotate("%.2f")
 * }</pre>
 */
public final class HeatMap implements Figure {
  private static final Color OUTLINE = new Color(0xd55e00);

  private LabelledMatrix matrix;
  private String title = "";
  private String rowsTitle = "";
  private String columnsTitle = "";
  private String valueTitle;
  private ColorMap colors;
  private double low = Double.NaN;
  private double high = Double.NaN;
  private String annotation;
  private List<List<String>> letters = List.of();
  private final Map<Double, String> meanings = new LinkedHashMap<>();
  private boolean logarithmic;
  private boolean hideRowNames;
  private boolean hideColumnNames;
  private boolean stripLegend = true;
  private int longestName = Look.LONGEST_LABEL;
  private double plotWidth = Double.NaN;
  private double plotHeight = Double.NaN;
  private List<String> rowGroups = List.of();
  private List<String> columnGroups = List.of();
  private final List<HeatMapLayout.Outline> outlines = new ArrayList<>();
  private boolean[][] hatched = {};
  private String hatchMeaning = "";
  private final List<HeatMapMargins.Threshold> thresholds = new ArrayList<>();
  private final Map<String, List<String>> strips = new LinkedHashMap<>();
  private AverageLinkage tree;
  private boolean maxima;
  private boolean bar = true;
  private HeatMapLayout layout;

  private HeatMap(LabelledMatrix matrix) {
    this.matrix = Objects.requireNonNull(matrix);
    this.valueTitle = matrix.title();
    if (matrix.rows().isEmpty() || matrix.columns().isEmpty()) {
      throw new InputException(matrix.title() + ": a heat map needs at least one row and column");
    }
  }

  /** A heat map of {@code matrix}; the matrix's title labels the colour bar. */
  public static HeatMap of(LabelledMatrix matrix) {
    return new HeatMap(matrix);
  }

  /** Title above the picture. */
  public HeatMap title(String text) {
    title = Objects.requireNonNull(text);
    return changed();
  }

  /** What the rows are; beside their names. */
  public HeatMap rows(String text) {
    rowsTitle = Objects.requireNonNull(text);
    return changed();
  }

  /** What the columns are; below their names. */
  public HeatMap columns(String text) {
    columnsTitle = Objects.requireNonNull(text);
    return changed();
  }

  /** What the numbers are; beside the colour bar. */
  public HeatMap values(String text) {
    valueTitle = Objects.requireNonNull(text);
    return changed();
  }

  /**
   * The values at both ends of the colour bar; by default the least and the greatest value, or
   * their greater magnitude on both sides of zero where signs differ. Values beyond are drawn in
   * the end's colour and the bar's end says so.
   */
  public HeatMap range(double least, double greatest) {
    if (!(least < greatest) || Double.isInfinite(least) || Double.isInfinite(greatest)) {
      throw new InputException(
          "the range of a heat map runs upwards, not from " + least + " to " + greatest);
    }
    low = least;
    high = greatest;
    return changed();
  }

  /** The colours; by default viridis, or blue–red where values have both signs. */
  public HeatMap colors(ColorMap map) {
    colors = Objects.requireNonNull(map);
    return changed();
  }

  /**
   * Writes the value into every cell, in {@link String#format} notation such as {@code %.2f}. Cells
   * grow to hold the text as far as the notebook's width allows; where they stay smaller than it,
   * nothing is written.
   */
  public HeatMap annotate(String format) {
    annotation = Objects.requireNonNull(format);
    return changed();
  }

  /**
   * Writes letters or signs into cells, for those who do not tell the colours apart; they are
   * written where {@link #annotate} would write. Call after {@link #order}.
   *
   * @param ofCells a list for each row; an empty text for none
   */
  public HeatMap letters(List<List<String>> ofCells) {
    requireSize("rows of letters", ofCells.size(), "row", matrix.rows().size());
    for (List<String> row : ofCells) {
      requireSize("letters of a row", row.size(), "column", matrix.columns().size());
    }
    letters = ofCells.stream().map(List::copyOf).toList();
    return changed();
  }

  /**
   * What each value means, where there are but a few: a legend below the plot in place of the
   * colour bar.
   *
   * @param ofValues a few words for every value, in the order of the legend; NaN for what is
   *     missing
   */
  public HeatMap meanings(Map<Double, String> ofValues) {
    meanings.clear();
    meanings.putAll(ofValues);
    return changed();
  }

  /**
   * Row and column names are numbers (epochs, say), in ascending order, and lie on logarithmic
   * axes; a leading zero is drawn one step before the first positive number.
   */
  public HeatMap logAxes() {
    LogPositions.of(matrix.rows());
    LogPositions.of(matrix.columns());
    logarithmic = true;
    return changed();
  }

  /** Draws no row and column names, for groups of many. */
  public HeatMap hideNames() {
    hideRowNames = true;
    return hideColumnNames();
  }

  /** Draws no column names, where they are those of the rows. */
  public HeatMap hideColumnNames() {
    hideColumnNames = true;
    return changed();
  }

  /** Names up to that many logical pixels long are written in full; 230 by default. */
  public HeatMap longestName(int pixels) {
    longestName = pixels;
    return changed();
  }

  /** Size of the coloured part in logical pixels, in place of one derived from the matrix. */
  public HeatMap plotSize(int width, int height) {
    if (width < 20 || height < 20) {
      throw new InputException("the plot of a heat map has at least 20 × 20 pixels");
    }
    plotWidth = width;
    plotHeight = height;
    return changed();
  }

  /** Rows and columns in another order (or a subset), by index. Call before {@link #groups}. */
  public HeatMap order(int[] rowOrder, int[] columnOrder) {
    requireNoGroups();
    tree = null;
    matrix = matrix.select(rowOrder, columnOrder);
    if (hatched.length > 0) {
      boolean[][] before = hatched;
      hatched = new boolean[rowOrder.length][columnOrder.length];
      for (int i = 0; i < rowOrder.length; i++) {
        for (int j = 0; j < columnOrder.length; j++) {
          hatched[i][j] = before[rowOrder[i]][columnOrder[j]];
        }
      }
    }
    return changed();
  }

  /**
   * Rows and columns so that alike ones are neighbours: leaves of an average-linkage tree over the
   * Euclidean distances of rows (and of columns). A matrix with equal row and column names gets one
   * order for both. Call before {@link #groups}.
   */
  public HeatMap orderByLikeness() {
    int[] rowOrder = Likeness.tree(matrix.values()).order();
    int[] columnOrder =
        matrix.isSquare() ? rowOrder : Likeness.tree(Likeness.transpose(matrix.values())).order();
    return order(rowOrder, columnOrder);
  }

  /**
   * Rows and columns of a square matrix in the order of a tree's leaves, with the tree above. Call
   * before {@link #groups} and {@link #strip}.
   */
  public HeatMap dendrogram(AverageLinkage ofRows) {
    if (!matrix.isSquare()) {
      throw new InputException(matrix.title() + ": a tree needs a square matrix");
    }
    requireSize("leaves of a tree", ofRows.order().length, "row", matrix.rows().size());
    order(ofRows.order(), ofRows.order());
    tree = ofRows;
    return changed();
  }

  /**
   * A strip of colours beside the rows, one for each value of an attribute, and above the columns
   * of a square matrix; a legend below names the colours.
   *
   * @param attribute its name; names differ
   * @param ofRows its value for every row in the drawn order
   */
  public HeatMap strip(String attribute, List<String> ofRows) {
    requireSize("values of " + attribute, ofRows.size(), "row", matrix.rows().size());
    if (strips.putIfAbsent(attribute, List.copyOf(ofRows)) != null) {
      throw new InputException("two strips are named " + attribute);
    }
    return changed();
  }

  /** Without the legend of the strips, where another map beside this one has it. */
  public HeatMap hideStripLegend() {
    stripLegend = false;
    return changed();
  }

  /**
   * A dashed line at a number on both axes, whose names are numbers (epochs): where training became
   * perfect, say.
   *
   * @param label a few words above the plot; empty for none
   */
  public HeatMap threshold(double number, String label) {
    thresholds.add(
        new HeatMapMargins.Threshold(
            HeatMapMargins.numbers(matrix.rows()),
            HeatMapMargins.numbers(matrix.columns()),
            number,
            Objects.requireNonNull(label)));
    return changed();
  }

  /**
   * The greatest value of every row on the right and of every column above. Where groups are named,
   * within each of them: in colour those of a row's own group, in grey those of the others, and a
   * line ends where the row's group does. Their scale is the range, where one is set.
   */
  public HeatMap maxima() {
    maxima = true;
    return changed();
  }

  /** Without the colour bar, where one stands for several maps; see {@link Panels#maps}. */
  HeatMap withoutBar() {
    bar = false;
    return changed();
  }

  /**
   * The group of every row and every column; rules are drawn where it changes and each run is
   * named. An empty list: none on that side.
   */
  public HeatMap groups(List<String> ofRows, List<String> ofColumns) {
    if (!ofRows.isEmpty()) {
      requireSize("row groups", ofRows.size(), "row", matrix.rows().size());
    }
    if (!ofColumns.isEmpty()) {
      requireSize("column groups", ofColumns.size(), "column", matrix.columns().size());
    }
    rowGroups = List.copyOf(ofRows);
    columnGroups = List.copyOf(ofColumns);
    return changed();
  }

  /** Draws a frame around one cell, by index in the drawn order. */
  public HeatMap outline(int row, int column) {
    return frame(row, row + 1, column, column + 1, OUTLINE);
  }

  /**
   * Draws a frame around a block of cells, by indices in the drawn order.
   *
   * @param endRow the row after the last one
   * @param endColumn the column after the last one
   * @param color of the frame, in a casing that shows it on every cell
   */
  public HeatMap frame(int row, int endRow, int column, int endColumn, Color color) {
    Objects.checkFromToIndex(row, endRow, matrix.rows().size());
    Objects.checkFromToIndex(column, endColumn, matrix.columns().size());
    outlines.add(new HeatMapLayout.Outline(row, endRow, column, endColumn, color));
    return changed();
  }

  /**
   * Hatches cells, such as those that chance explains; a line below the plot says what it means.
   *
   * @param cells one for each of the matrix, in the drawn order
   * @param meaning a few words
   */
  public HeatMap hatch(boolean[][] cells, String meaning) {
    requireSize("rows of hatched cells", cells.length, "row", matrix.rows().size());
    for (boolean[] row : cells) {
      requireSize("hatched cells of a row", row.length, "column", matrix.columns().size());
    }
    hatched = Arrays.stream(cells).map(boolean[]::clone).toArray(boolean[][]::new);
    hatchMeaning = Objects.requireNonNull(meaning);
    return changed();
  }

  /** The matrix in the drawn order. */
  public LabelledMatrix matrix() {
    return matrix;
  }

  @Override
  public int width() {
    return layout().width;
  }

  @Override
  public int height() {
    return layout().height;
  }

  @Override
  public void draw(Graphics2D graphics) {
    Look.paper(graphics, this);
    new HeatMapPainter(layout(), graphics).paint();
  }

  @Override
  public String text() {
    double[] extremes = extremes();
    return String.format(
        Locale.ROOT,
        "Heat map%s: %s, %d × %d, values %.4g to %.4g%s",
        title.isEmpty() ? "" : " “" + title + "”",
        valueTitle,
        matrix.rows().size(),
        matrix.columns().size(),
        extremes[0],
        extremes[1],
        hatched.length == 0 ? "" : ", " + countHatched() + " cells hatched: " + hatchMeaning);
  }

  private int countHatched() {
    int count = 0;
    for (boolean[] row : hatched) {
      for (boolean cell : row) {
        count += cell ? 1 : 0;
      }
    }
    return count;
  }

  private HeatMap changed() {
    layout = null;
    return this;
  }

  HeatMapLayout layout() {
    if (layout == null) {
      double[] extremes = extremes();
      double[] ends = ends();
      boolean signed = ends[0] < 0 && ends[1] > 0;
      ColorMap map = colors != null ? colors : signed ? ColorMap.BLUE_RED : ColorMap.VIRIDIS;
      layout =
          new HeatMapLayout(
              matrix,
              new HeatMapLayout.Texts(title, rowsTitle, columnsTitle, valueTitle),
              new HeatMapLayout.Scale(ends[0], ends[1], extremes[0], extremes[1], map),
              new HeatMapMargins(
                  matrix, thresholds, strips, stripLegend, tree, sides(), bar, meanings),
              new HeatMapLayout.Marks(
                  rowGroups,
                  columnGroups,
                  outlines,
                  inCells(),
                  hideRowNames,
                  hideColumnNames,
                  longestName,
                  new HeatMapLayout.Hatch(hatched, hatchMeaning)),
              logarithmic,
              plotWidth,
              plotHeight);
    }
    return layout;
  }

  private HeatMapSides sides() {
    if (!maxima) {
      return null;
    }
    HeatMapSides sides = HeatMapSides.of(matrix.values(), rowGroups, columnGroups);
    return Double.isNaN(low) ? sides : sides.on(low, high);
  }

  private HeatMapLayout.InCells inCells() {
    if (!letters.isEmpty()) {
      return (row, column) -> letters.get(row).get(column);
    }
    return annotation == null
        ? null
        : (row, column) -> HeatMapLayout.number(annotation, matrix.get(row, column));
  }

  /** Both ends of the colours: the range, or those of the values. */
  double[] ends() {
    if (!Double.isNaN(low)) {
      return new double[] {low, high};
    }
    double[] extremes = extremes();
    double reach = Math.max(-extremes[0], extremes[1]);
    boolean signed = extremes[0] < 0 && extremes[1] > 0;
    double least = signed ? -reach : extremes[0];
    double greatest = signed ? reach : extremes[1];
    if (!(greatest > least)) {
      double half = least == 0 ? 0.5 : Math.abs(least) / 2;
      greatest = least + half;
      least -= half;
    }
    return new double[] {least, greatest};
  }

  private double[] extremes() {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < matrix.rows().size(); i++) {
      for (int j = 0; j < matrix.columns().size(); j++) {
        double value = matrix.get(i, j);
        if (Double.isFinite(value)) {
          least = Math.min(least, value);
          greatest = Math.max(greatest, value);
        }
      }
    }
    return least > greatest ? new double[] {0, 0} : new double[] {least, greatest};
  }

  private void requireNoGroups() {
    if (!rowGroups.isEmpty()
        || !columnGroups.isEmpty()
        || !strips.isEmpty()
        || !letters.isEmpty()
        || maxima) {
      throw new InputException(
          "order a heat map's rows and columns before naming their groups, strips, letters and"
              + " sides");
    }
  }

  private static void requireSize(String found, int count, String what, int expected) {
    if (count != expected) {
      throw new InputException(count + " " + found + " for " + expected + " " + what + "s");
    }
  }
}
