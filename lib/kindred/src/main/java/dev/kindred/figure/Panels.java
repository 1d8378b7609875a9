package dev.kindred.figure;

import dev.kindred.base.InputException;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Several figures in a grid, as in a paper's figure with panels a, b, c. */
public final class Panels implements Figure {
  private static final int LETTER_SPACE = 22;

  private final List<Figure> figures;
  private final int columns;
  private boolean lettered;
  private boolean oneLegend;

  private Panels(int columns, List<Figure> figures) {
    this.columns = columns;
    this.figures = List.copyOf(figures);
    if (columns < 1 || figures.isEmpty()) {
      throw new InputException("panels need at least one column and one figure");
    }
  }

  /** Figures side by side. */
  public static Panels row(Figure... figures) {
    return new Panels(figures.length, List.of(figures));
  }

  /** Figures row by row, {@code columns} in each. */
  public static Panels grid(int columns, List<? extends Figure> figures) {
    return new Panels(columns, List.copyOf(figures));
  }

  /**
   * Heat maps on one scale, row by row, with one colour bar, at the end of the first row.
   *
   * @param columns maps in each row
   * @param maps their ranges are made one, of the least and the greatest value of all
   */
  public static Panels maps(int columns, List<HeatMap> maps) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (HeatMap map : maps) {
      double[] ends = map.ends();
      low = Math.min(low, ends[0]);
      high = Math.max(high, ends[1]);
    }
    List<Figure> drawn = new ArrayList<>();
    for (int i = 0; i < maps.size(); i++) {
      HeatMap map = maps.get(i).range(low, high);
      drawn.add(i == Math.min(columns, maps.size()) - 1 ? map : map.withoutBar());
    }
    return new Panels(columns, drawn);
  }

  /** One more figure, after the others. */
  public Panels and(Figure figure) {
    List<Figure> more = new ArrayList<>(figures);
    more.add(figure);
    Panels panels = new Panels(columns, more);
    panels.lettered = lettered;
    return oneLegend ? panels.oneLegend() : panels;
  }

  /** Writes a, b, c, … above the panels. */
  public Panels lettered() {
    lettered = true;
    return this;
  }

  /**
   * One legend below all panels, in place of one in each.
   *
   * @throws InputException if the panels are not charts of series of the same names
   */
  public Panels oneLegend() {
    for (Figure figure : figures) {
      if (!(figure instanceof XyFigure<?> chart) || !names(chart).equals(names(firstChart()))) {
        throw new InputException(
            "one legend needs charts of the same series, and not " + figure.text());
      }
      chart.legend(XyFigure.Legend.NONE);
    }
    oneLegend = true;
    return this;
  }

  private static List<String> names(XyFigure<?> chart) {
    return List.copyOf(chart.series.keySet());
  }

  boolean hasOneLegend() {
    return oneLegend;
  }

  boolean isLettered() {
    return lettered;
  }

  /** The letter of a panel, counted from 0. */
  static String letter(int panel) {
    return String.valueOf((char) ('a' + panel % 26));
  }

  @Override
  public int width() {
    int width = 0;
    for (int column = 0; column < columns; column++) {
      width += columnWidth(column);
    }
    return width;
  }

  @Override
  public int height() {
    int height = 0;
    for (int row = 0; row * columns < figures.size(); row++) {
      height += rowHeight(row);
    }
    return height + legendHeight();
  }

  private int legendHeight() {
    return drawsLegend() ? (int) firstChart().legendRow(width()).height() + Look.GAP : 0;
  }

  private boolean drawsLegend() {
    return oneLegend && firstChart().series.size() > 1;
  }

  private XyFigure<?> firstChart() {
    return (XyFigure<?>) figures.get(0);
  }

  @Override
  public void draw(Graphics2D graphics) {
    Look.paper(graphics, this);
    int y = 0;
    for (int row = 0; row * columns < figures.size(); row++) {
      int x = 0;
      for (int column = 0; column < columns && index(row, column) < figures.size(); column++) {
        Figure figure = figures.get(index(row, column));
        Graphics2D part = (Graphics2D) graphics.create();
        part.translate(x, y + letterSpace());
        figure.draw(part);
        part.dispose();
        if (lettered) {
          graphics.setColor(Look.INK);
          String letter = letter(index(row, column));
          Look.text(graphics, letter, Look.TITLE, x + 4.0, y + 4 + Look.ascent(Look.TITLE), 0);
        }
        x += columnWidth(column);
      }
      y += rowHeight(row);
    }
    if (drawsLegend()) {
      firstChart().drawLegend(graphics, y, width());
    }
  }

  List<Figure> figures() {
    return figures;
  }

  int columns() {
    return columns;
  }

  @Override
  public String text() {
    return figures.stream().map(Figure::text).collect(Collectors.joining("; "));
  }

  private int index(int row, int column) {
    return row * columns + column;
  }

  private int letterSpace() {
    return lettered ? LETTER_SPACE : 0;
  }

  private int columnWidth(int column) {
    int width = 0;
    for (int i = column; i < figures.size(); i += columns) {
      width = Math.max(width, figures.get(i).width());
    }
    return width;
  }

  private int rowHeight(int row) {
    int height = 0;
    for (int i = row * columns; i < Math.min(figures.size(), (row + 1) * columns); i++) {
      height = Math.max(height, figures.get(i).height());
    }
    return height + letterSpace();
  }
}
