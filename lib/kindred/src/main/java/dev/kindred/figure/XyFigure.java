package dev.kindred.figure;

import dev.kindred.base.InputException;
import java.awt.BasicStroke;
import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.knowm.xchart.AnnotationLine;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;

/**
 * Numbers over numbers, drawn by XChart in the common look; what {@link LineFigure} and {@link
 * ScatterFigure} share.
 *
 * @param <F> the figure itself, for chained calls
 */
public abstract sealed class XyFigure<F extends XyFigure<F>> implements Figure
    permits LineFigure, ScatterFigure {
  /** Where names of series stand when there is more than one. */
  public enum Legend {
    /** On the right of the plot. */
    RIGHT,
    /** Below the plot. */
    BELOW,
    /** In the plot's upper left corner. */
    UPPER_LEFT,
    /** In the plot's upper right corner. */
    UPPER_RIGHT,
    /** In the plot's lower left corner. */
    LOWER_LEFT,
    /** In the plot's lower right corner. */
    LOWER_RIGHT,
    /** Not at all. */
    NONE
  }

  /**
   * One series: equally many x and y, error half-widths or null, a name for every point or none.
   *
   * @param drawsNames whether names are written above points, or only told to the pointer
   * @param tone which colour it has
   * @param intervals about x or y, or null
   * @param strengths how strong the colour of every point is, above 0 and at most 1, or null
   */
  record Series(
      double[] x,
      double[] y,
      double[] error,
      List<String> labels,
      boolean drawsNames,
      Tone tone,
      Intervals intervals,
      double[] strengths) {
    Series(
        double[] x,
        double[] y,
        double[] error,
        List<String> labels,
        boolean drawsNames,
        Tone tone) {
      this(x, y, error, labels, drawsNames, tone, null, null);
    }

    boolean hasIntervals(boolean upright) {
      return intervals != null && intervals.upright() == upright;
    }

    boolean hasNames() {
      return !labels.isEmpty();
    }

    double leastX() {
      return Arrays.stream(x).min().orElse(0);
    }
  }

  /**
   * An interval for every point; NaN ends for none.
   *
   * @param upright about y, otherwise about x
   */
  record Intervals(double[] low, double[] high, boolean upright) {}

  /** Which colour a series has. */
  enum Tone {
    /** The next one. */
    OWN,
    /** That of the series before it, faint. */
    FAINT,
    /** Grey. */
    MUTED
  }

  record Line(double value, boolean vertical, String label) {}

  /** The line y = x + above. */
  record Diagonal(double above, String label) {}

  final Map<String, Series> series = new LinkedHashMap<>();
  final List<Line> lines = new ArrayList<>();
  final List<Diagonal> diagonals = new ArrayList<>();
  String title = "";
  String xTitle = "";
  String yTitle = "";
  List<String> xNames = List.of();
  List<String> yNames = List.of();
  boolean bare;
  boolean logX;
  boolean logY;
  Double xLow;
  Double xHigh;
  Double yLow;
  Double yHigh;
  Legend legend = Legend.RIGHT;
  private int firstColor;

  /** Those that are drawn; null for all that have room. */
  private Set<String> drawnNames;

  private boolean legendAdded;
  int width = 680;
  int height = 400;

  /** What the vertical axis, its title and the margins take of the width. */
  static final int AXIS_ROOM = 90;

  XyFigure() {}

  abstract F self();

  /**
   * Draws one series' lines and markers.
   *
   * @param index place of its colour; of a muted one −1
   */
  abstract void style(XYSeries drawn, Series data, int index);

  abstract String kind();

  int markerSize() {
    return 6;
  }

  /** Title above the picture. */
  public F title(String text) {
    title = Objects.requireNonNull(text);
    return self();
  }

  /**
   * Gives the first series the colour and the sign of another number: where another figure has
   * those before it.
   *
   * @param number 0 for the first
   */
  public F colorsFrom(int number) {
    firstColor = number;
    return self();
  }

  /** Draws the names of these points alone; all others are told when one is pointed at. */
  public F drawNames(Set<String> names) {
    drawnNames = Set.copyOf(names);
    return self();
  }

  boolean draws(String pointName) {
    return drawnNames == null || drawnNames.contains(pointName);
  }

  /** Title of the horizontal axis, with its unit. */
  public F x(String text) {
    xTitle = Objects.requireNonNull(text);
    return self();
  }

  /** Title of the vertical axis, with its unit. */
  public F y(String text) {
    yTitle = Objects.requireNonNull(text);
    return self();
  }

  /** Logarithmic horizontal axis; every x must be positive. */
  public F logX() {
    logX = true;
    return self();
  }

  /** Logarithmic vertical axis; every y must be positive. */
  public F logY() {
    logY = true;
    return self();
  }

  /** Ends of the horizontal axis. */
  public F xRange(double least, double greatest) {
    requireRange("horizontal", least, greatest);
    xLow = least;
    xHigh = greatest;
    return self();
  }

  /** Ends of the vertical axis. */
  public F yRange(double least, double greatest) {
    requireRange("vertical", least, greatest);
    yLow = least;
    yHigh = greatest;
    return self();
  }

  /** Names in place of numbers on the horizontal axis, the first at 1. */
  public F xNames(List<String> names) {
    xNames = List.copyOf(names);
    return self();
  }

  /**
   * Names in place of numbers on the vertical axis: the first at the top, at the height of the
   * number of names, the last at 1.
   */
  public F yNames(List<String> names) {
    yNames = List.copyOf(names);
    return yRange(0, yNames.size() + 1);
  }

  /** Where the names of the series stand; by default on the right. */
  public F legend(Legend place) {
    legend = Objects.requireNonNull(place);
    return self();
  }

  /** Adds the height of the legend below to that of the figure, so that plots are of one size. */
  public F legendAdded() {
    legendAdded = true;
    return legend(Legend.BELOW);
  }

  /** Size in logical pixels; 680 × 400 by default. */
  public F size(int newWidth, int newHeight) {
    if (newWidth < 160 || newHeight < 120) {
      throw new InputException("a chart has at least 160 × 120 pixels");
    }
    width = newWidth;
    height = newHeight;
    return self();
  }

  /** A dashed line at one y, such as chance level; an empty label draws none. */
  public F horizontalLine(double y, String label) {
    lines.add(new Line(y, false, Objects.requireNonNull(label)));
    return self();
  }

  /** A dashed line at one x, such as the end of warm-up; an empty label draws none. */
  public F verticalLine(double x, String label) {
    lines.add(new Line(x, true, Objects.requireNonNull(label)));
    return self();
  }

  /** A dashed line y = x + {@code above}, as far as the points reach; an empty label draws none. */
  public F diagonal(double above, String label) {
    diagonals.add(new Diagonal(above, Objects.requireNonNull(label)));
    return self();
  }

  /** Whether some points have names. */
  boolean hasNames() {
    return series.values().stream().anyMatch(Series::hasNames);
  }

  F add(
      String name,
      double[] x,
      double[] y,
      double[] error,
      List<String> labels,
      boolean drawsNames) {
    double[] errors = error == null ? null : error.clone();
    return add(
        name, new Series(x.clone(), y.clone(), errors, List.copyOf(labels), drawsNames, Tone.OWN));
  }

  F add(String name, Series data) {
    double[] x = data.x();
    double[] y = data.y();
    double[] error = data.error();
    List<String> labels = data.labels();
    if (x.length != y.length) {
      throw new InputException(name + ": " + x.length + " x values for " + y.length + " y values");
    }
    if (error != null && error.length != y.length) {
      throw new InputException(
          name + ": " + error.length + " error bars for " + y.length + " values");
    }
    if (!labels.isEmpty() && labels.size() != y.length) {
      throw new InputException(name + ": " + labels.size() + " labels for " + y.length + " points");
    }
    Intervals intervals = data.intervals();
    if (intervals != null
        && (intervals.low().length != x.length || intervals.high().length != x.length)) {
      throw new InputException(
          name
              + ": "
              + intervals.low().length
              + " and "
              + intervals.high().length
              + " ends of intervals for "
              + x.length
              + " points");
    }
    for (double value : x) {
      if (!Double.isFinite(value)) {
        throw new InputException(name + ": an x value is " + value);
      }
    }
    if (series.putIfAbsent(name, data) != null) {
      throw new InputException("two series are named " + name);
    }
    return self();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height
        + (legendAdded ? (int) Math.ceil(rowBelow().map(LegendRow::height).orElse(0.0)) : 0);
  }

  private Optional<LegendRow> rowBelow() {
    return legend == Legend.BELOW && series.size() > 1
        ? Optional.of(legendRow((int) (width - namesWidth())))
        : Optional.empty();
  }

  @Override
  public void draw(Graphics2D graphics) {
    Look.paper(graphics, this);
    Optional<LegendRow> row = rowBelow();
    XYChart chart = chart(row.map(LegendRow::height).orElse(0.0));
    Graphics2D plot = (Graphics2D) graphics.create();
    plot.translate(namesWidth(), Look.title(graphics, title, width));
    chart.paint(plot, chart.getWidth(), chart.getHeight());
    row.ifPresent(r -> r.draw(plot, chart.getHeight() - Look.GAP / 2.0, drawn(chart)));
    drawNames(plot, chart);
    Map<String, Integer> colors = colors();
    series.forEach((name, data) -> drawIntervals(plot, chart, data, colors.get(name)));
    drawLabels(plot, chart);
    lines.forEach(line -> drawLabel(plot, chart, line));
    diagonals.forEach(diagonal -> drawDiagonal(plot, chart, diagonal));
    plot.dispose();
  }

  /** The names of the series, for a legend of a width. */
  LegendRow legendRow(int room) {
    return new LegendRow(List.copyOf(series.keySet()), room);
  }

  /** Draws the legend alone, below {@code top}. */
  void drawLegend(Graphics2D graphics, double top, int room) {
    legendRow(room).draw(graphics, top, drawn(chart(0)));
  }

  private List<XYSeries> drawn(XYChart chart) {
    return List.copyOf(chart.getSeriesCollection()).subList(0, series.size());
  }

  /** Place of every series among the colours, −1 for muted ones. */
  Map<String, Integer> colors() {
    Map<String, Integer> colors = new LinkedHashMap<>();
    int next = firstColor;
    for (Map.Entry<String, Series> entry : series.entrySet()) {
      colors.put(
          entry.getKey(),
          switch (entry.getValue().tone()) {
            case OWN -> next++;
            case FAINT -> Math.max(0, next - 1);
            case MUTED -> -1;
          });
    }
    return colors;
  }

  /** Both ends of a diagonal, x and y, inside the ranges of both axes; empty where it passes by. */
  Optional<double[]> ends(Diagonal diagonal) {
    double[] x = xEnds();
    double[] y = yEnds();
    double from = Math.max(x[0], y[0] - diagonal.above());
    double to = Math.min(x[1], y[1] - diagonal.above());
    return from < to
        ? Optional.of(new double[] {from, from + diagonal.above(), to, to + diagonal.above()})
        : Optional.empty();
  }

  /** Both ends of the horizontal axis, or of the points. */
  double[] xEnds() {
    return range(Series::x, xLow, xHigh);
  }

  /** Both ends of the vertical axis, or of the points. */
  double[] yEnds() {
    return range(Series::y, yLow, yHigh);
  }

  private double[] range(Function<Series, double[]> numbers, Double low, Double high) {
    DoubleSummaryStatistics found =
        Arrays.stream(all(numbers)).filter(Double::isFinite).summaryStatistics();
    return new double[] {low == null ? found.getMin() : low, high == null ? found.getMax() : high};
  }

  /** Whether some points have intervals about y, or about x. */
  boolean hasIntervals(boolean upright) {
    return series.values().stream().anyMatch(data -> data.hasIntervals(upright));
  }

  /** Whether a line at one y, or at one x, lies beyond all points. */
  private boolean hasLineBeyond(boolean upright) {
    double[] ends = range(upright ? Series::y : Series::x, null, null);
    return lines.stream()
        .filter(line -> line.vertical() != upright)
        .anyMatch(line -> line.value() < ends[0] || line.value() > ends[1]);
  }

  /** Least and greatest number of points, ends of intervals and lines, with a little room. */
  private double[] wholeRange(boolean upright) {
    double least = Double.POSITIVE_INFINITY;
    double greatest = Double.NEGATIVE_INFINITY;
    for (Line line : lines) {
      if (line.vertical() != upright) {
        least = Math.min(least, line.value());
        greatest = Math.max(greatest, line.value());
      }
    }
    for (Series data : series.values()) {
      List<double[]> all = new ArrayList<>(List.of(upright ? data.y() : data.x()));
      if (data.hasIntervals(upright)) {
        all.add(data.intervals().low());
        all.add(data.intervals().high());
      }
      for (double[] numbers : all) {
        for (double number : numbers) {
          least = Double.isFinite(number) ? Math.min(least, number) : least;
          greatest = Double.isFinite(number) ? Math.max(greatest, number) : greatest;
        }
      }
    }
    double room = (upright ? logY : logX) ? 0 : 0.04 * (greatest - least);
    return new double[] {least - room, greatest + room};
  }

  /** The label stands at a quarter of the line, on the side away from y = x. */
  private void drawDiagonal(Graphics2D graphics, XYChart chart, Diagonal diagonal) {
    ends(diagonal)
        .ifPresent(
            ends -> {
              double left = chart.getScreenXFromChart(ends[0]);
              double bottom = chart.getScreenYFromChart(ends[1]);
              double right = chart.getScreenXFromChart(ends[2]);
              double top = chart.getScreenYFromChart(ends[3]);
              graphics.setColor(Look.SOFT_INK);
              graphics.setStroke(Look.DASHED);
              graphics.draw(new Line2D.Double(left, bottom, right, top));
              boolean before = diagonal.above() > 0;
              double at = left + (right - left) / 4;
              Look.text(
                  graphics,
                  diagonal.label(),
                  Look.SMALL,
                  before
                      ? Math.max(at - 6, Look.MARGIN + Look.width(diagonal.label(), Look.SMALL))
                      : at + 6,
                  bottom + (top - bottom) / 4 + (before ? 0 : Look.ascent(Look.SMALL)),
                  before ? 1 : 0);
            });
  }

  /**
   * Ends of axes on which both have the same unit and the points fill a plot of a size: least and
   * greatest x, least and greatest y.
   */
  double[] equalRanges(double plotWidth, double plotHeight) {
    double[] x = range(Series::x, null, null);
    double[] y = range(Series::y, null, null);
    double unit = Math.max((x[1] - x[0]) / plotWidth, (y[1] - y[0]) / plotHeight);
    double half = unit > 0 ? 0.54 * unit : 0.5 / plotWidth; // a little room around the outermost
    double middleX = (x[0] + x[1]) / 2;
    double middleY = (y[0] + y[1]) / 2;
    return new double[] {
      middleX - half * plotWidth,
      middleX + half * plotWidth,
      middleY - half * plotHeight,
      middleY + half * plotHeight
    };
  }

  /** The name of a place on the horizontal axis; empty between two. */
  String xName(double place) {
    boolean isOne = place == Math.rint(place) && place >= 1 && place <= xNames.size();
    return isOne ? xNames.get((int) place - 1) : "";
  }

  /** What a name on the horizontal axis may take. */
  double xNameRoom() {
    return (width - AXIS_ROOM) / (double) xNames.size() - 4;
  }

  /**
   * How far the last name on the horizontal axis reaches beyond what XChart leaves at the right.
   */
  private double lastNameOverhang() {
    String last = xNames.isEmpty() ? "" : xNames.get(xNames.size() - 1);
    return Math.max(0, Math.min(xNameRoom(), Look.width(last, Look.TICK)) / 2 - Look.MARGIN);
  }

  /** Whether all numbers of an axis are whole, so that it needs no ticks between them. */
  boolean isWhole(Function<Series, double[]> numbers) {
    return Arrays.stream(all(numbers)).filter(Double::isFinite).allMatch(v -> v == Math.rint(v));
  }

  private double namesWidth() {
    return yNames.stream().mapToDouble(name -> Look.width(name, Look.TICK)).max().orElse(0);
  }

  /** To the left of the axis: XChart places its own labels at round numbers only. */
  private void drawNames(Graphics2D graphics, XYChart chart) {
    graphics.setColor(Look.INK);
    for (int i = 0; i < yNames.size(); i++) {
      double y = chart.getScreenYFromChart(yNames.size() - i) + Look.ascent(Look.TICK) / 2.5;
      Look.text(graphics, yNames.get(i), Look.TICK, Look.MARGIN, y, 1);
    }
  }

  private static void drawIntervals(Graphics2D graphics, XYChart chart, Series data, int color) {
    Intervals ends = data.intervals();
    if (ends == null) {
      return;
    }
    graphics.setColor(Look.seriesColor(color));
    graphics.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    for (int i = 0; i < data.x().length; i++) {
      if (ends.low()[i] < ends.high()[i]) {
        double x = chart.getScreenXFromChart(data.x()[i]);
        double y = chart.getScreenYFromChart(data.y()[i]);
        graphics.draw(
            ends.upright()
                ? new Line2D.Double(
                    x,
                    chart.getScreenYFromChart(ends.low()[i]),
                    x,
                    chart.getScreenYFromChart(ends.high()[i]))
                : new Line2D.Double(
                    chart.getScreenXFromChart(ends.low()[i]),
                    y,
                    chart.getScreenXFromChart(ends.high()[i]),
                    y));
      }
    }
  }

  private void drawLabels(Graphics2D graphics, XYChart chart) {
    graphics.setColor(Look.SOFT_INK);
    double left = chart.getScreenXFromChart(xEnds()[0]);
    double bottom = chart.getScreenYFromChart(yEnds()[0]);
    Rectangle2D plot =
        new Rectangle2D.Double(
            left - Look.MARGIN,
            Look.MARGIN,
            chart.getWidth() - left,
            bottom - Look.MARGIN + Look.lineHeight(Look.SMALL) / 2);
    PointNames.of(this, chart::getScreenXFromChart, chart::getScreenYFromChart, plot)
        .forEach((name, places) -> drawLabels(graphics, chart, series.get(name), places));
  }

  private static void drawLabels(
      Graphics2D graphics, XYChart chart, Series data, List<Optional<PointNames.Place>> places) {
    for (int i = 0; i < places.size(); i++) {
      if (places.get(i).isPresent()) {
        PointNames.Place place = places.get(i).get();
        // Of a text's height, as much is above its baseline as is usual.
        double up = Look.lineHeight(Look.SMALL) * (1 - place.down) / 2;
        Look.text(
            graphics,
            data.labels().get(i),
            Look.SMALL,
            chart.getScreenXFromChart(data.x()[i]) + place.dx(),
            chart.getScreenYFromChart(data.y()[i]) + place.dy() - up + Look.ascent(Look.SMALL),
            (1 - place.across) / 2.0);
      }
    }
  }

  private void drawLabel(Graphics2D graphics, XYChart chart, Line line) {
    graphics.setColor(Look.SOFT_INK);
    if (line.vertical()) {
      double x = chart.getScreenXFromChart(line.value()) + 4;
      double top = Look.MARGIN + Look.ascent(Look.SMALL);
      Look.text(graphics, line.label(), Look.SMALL, x, top, 0);
    } else {
      double least = series.values().stream().mapToDouble(Series::leastX).min().orElse(0);
      double left = chart.getScreenXFromChart(xLow == null ? least : xLow);
      double y = chart.getScreenYFromChart(line.value()) - 4;
      Look.text(graphics, line.label(), Look.SMALL, left, y, 0);
    }
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s%s: %s over %s; %s",
        kind(),
        title.isEmpty() ? "" : " “" + title + "”",
        yTitle.isEmpty() ? "y" : yTitle,
        xTitle.isEmpty() ? "x" : xTitle,
        String.join(", ", series.keySet()));
  }

  private XYChart chart(double legendHeight) {
    if (series.isEmpty()) {
      throw new InputException(kind() + " " + title + ": there is no series to draw");
    }
    int used = (int) Math.ceil(Look.titleHeight(title, width) + legendHeight);
    XYChart chart =
        new XYChartBuilder()
            .width(width - (int) Math.ceil(namesWidth() + lastNameOverhang()))
            .height(height() - used)
            .build();
    Look.apply(chart);
    chart.setXAxisTitle(xTitle);
    chart.setYAxisTitle(yTitle);
    XYStyler styler = chart.getStyler();
    styler.setXAxisTitleVisible(!xTitle.isBlank()).setYAxisTitleVisible(!yTitle.isBlank());
    if (!xNames.isEmpty()) {
      styler.setXAxisTickLabelsFormattingFunction(
          place -> Look.fit(xName(place), Look.TICK, xNameRoom()));
    } else if (!logX) {
      styler.setXAxisTickLabelsFormattingFunction(Ticks::label);
    }
    if (!logY) {
      styler.setYAxisTickLabelsFormattingFunction(Ticks::label);
    }
    styler.setXAxisLogarithmic(logX).setYAxisLogarithmic(logY);
    styler.setXAxisLogarithmicDecadeOnly(decades(Series::x));
    styler.setYAxisLogarithmicDecadeOnly(decades(Series::y));
    styler.setXAxisMin(xLow).setXAxisMax(xHigh).setYAxisMin(yLow).setYAxisMax(yHigh);
    // XChart looks at the points alone, and draws a line beyond them anywhere.
    if (hasIntervals(false) || hasLineBeyond(false)) {
      double[] ends = wholeRange(false);
      styler.setXAxisMin(xLow == null ? ends[0] : xLow);
      styler.setXAxisMax(xHigh == null ? ends[1] : xHigh);
    }
    if (hasIntervals(true) || hasLineBeyond(true)) {
      double[] ends = wholeRange(true);
      styler.setYAxisMin(yLow == null ? ends[0] : yLow);
      styler.setYAxisMax(yHigh == null ? ends[1] : yHigh);
    }
    styler.setXAxisMaxLabelCount(Math.max(xNames.size(), Math.max(2, width / 60)));
    styler.setMarkerSize(markerSize());
    place(styler);
    if (bare) {
      double[] ends =
          equalRanges(chart.getWidth() - 2.0 * Look.MARGIN, chart.getHeight() - 2.0 * Look.MARGIN);
      styler.setXAxisMin(ends[0]).setXAxisMax(ends[1]).setYAxisMin(ends[2]).setYAxisMax(ends[3]);
      styler.setAxisTicksVisible(false).setPlotGridLinesVisible(false).setPlotBorderVisible(true);
      styler.setPlotBorderColor(Look.GRID);
    }
    Map<String, Integer> colors = colors();
    for (Map.Entry<String, Series> entry : series.entrySet()) {
      Series data = entry.getValue();
      requirePositive(entry.getKey(), data);
      String name = Look.fit(entry.getKey(), Look.TICK, width / 3.0);
      XYSeries drawn =
          data.error() == null
              ? chart.addSeries(unique(chart, name), data.x(), data.y())
              : chart.addSeries(unique(chart, name), data.x(), data.y(), data.error());
      style(drawn, data, colors.get(entry.getKey()));
    }
    series.forEach((name, data) -> fade(chart, data, colors.get(name)));
    Look.roundTicks(chart, all(Series::x), all(Series::y));
    if (!yNames.isEmpty()) {
      styler.setYAxisTicksVisible(false).setPlotGridHorizontalLinesVisible(false);
    }
    for (Line line : lines) {
      chart.addAnnotation(new AnnotationLine(line.value(), line.vertical(), false));
    }
    return chart;
  }

  /** XChart has one colour for a series: each point is drawn over by one of its own. */
  private static void fade(XYChart chart, Series data, int color) {
    for (int i = 0; data.strengths() != null && i < data.x().length; i++) {
      if (!Double.isFinite(data.y()[i])) {
        continue;
      }
      XYSeries point =
          chart.addSeries(
              unique(chart, "\u200b\u200b"),
              new double[] {data.x()[i]},
              new double[] {data.y()[i]});
      point.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
      point.setMarker(Look.marker(color));
      point.setMarkerColor(Look.faint(Look.seriesColor(color), data.strengths()[i]));
      point.setShowInLegend(false);
    }
  }

  /** Whether a logarithmic axis is long enough to be labelled at powers of ten alone. */
  private boolean decades(Function<Series, double[]> numbers) {
    DoubleSummaryStatistics range =
        Arrays.stream(all(numbers)).filter(Double::isFinite).summaryStatistics();
    return range.getMax() / range.getMin() >= 100;
  }

  private double[] all(Function<Series, double[]> numbers) {
    return series.values().stream().map(numbers).flatMapToDouble(Arrays::stream).toArray();
  }

  private void place(Styler styler) {
    styler.setLegendVisible(series.size() > 1 && legend != Legend.NONE && legend != Legend.BELOW);
    styler.setLegendPosition(
        switch (legend) {
          case RIGHT, BELOW, NONE -> Styler.LegendPosition.OutsideE;
          case UPPER_LEFT -> Styler.LegendPosition.InsideNW;
          case UPPER_RIGHT -> Styler.LegendPosition.InsideNE;
          case LOWER_LEFT -> Styler.LegendPosition.InsideSW;
          case LOWER_RIGHT -> Styler.LegendPosition.InsideSE;
        });
    styler.setLegendLayout(Styler.LegendLayout.Vertical);
  }

  /** Shortened names may become equal; XChart tells series apart by name. */
  private static String unique(XYChart chart, String name) {
    String unique = name;
    for (int i = 2; chart.getSeries(unique) != null; i++) {
      unique = name + " (" + i + ")";
    }
    return unique;
  }

  private void requirePositive(String name, Series data) {
    for (int i = 0; i < data.x().length; i++) {
      if (logX && data.x()[i] <= 0) {
        throw new InputException(
            name + ": a logarithmic axis needs positive numbers, and x is " + data.x()[i]);
      }
      if (logY && data.y()[i] <= 0) {
        throw new InputException(
            name + ": a logarithmic axis needs positive numbers, and y is " + data.y()[i]);
      }
    }
  }

  private static void requireRange(String axis, double least, double greatest) {
    if (!(least < greatest)) {
      throw new InputException(
          "the " + axis + " axis runs upwards, not from " + least + " to " + greatest);
    }
  }
}
