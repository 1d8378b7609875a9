package dev.kindred.figure;

import dev.kindred.base.InputException;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Distributions side by side on XChart's axes: a box from the lower to the upper quartile with the
 * median, whiskers to the outermost values within 1.5 box lengths, and points beyond (J. Tukey,
 * 1977; quartiles interpolated linearly, type 7 of Hyndman and Fan, 1996).
 */
public final class BoxFigure implements Figure {
  /** A name that is written upwards is shortened beyond this share of the height. */
  private static final double LONGEST_STANDING = 0.38;

  private static final BasicStroke DOTTED =
      new BasicStroke(
          1.3f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, new float[] {2, 4}, 0);

  final Map<String, double[]> boxes = new LinkedHashMap<>();
  final Map<String, double[]> intervals = new LinkedHashMap<>();

  /** Numbers of boxes after which there is a rule. */
  final List<Integer> rules = new ArrayList<>();

  String title = "";
  String yTitle = "";
  boolean logY;
  Double low;
  Double high;
  FiveNumbers band;
  int width = 680;
  int height = 400;

  private BoxFigure() {}

  /** A box figure without boxes. */
  public static BoxFigure titled(String title) {
    BoxFigure figure = new BoxFigure();
    figure.title = Objects.requireNonNull(title);
    return figure;
  }

  /** Adds a distribution; names differ, numbers are finite. A line break in a name is kept. */
  public BoxFigure box(String name, double[] values) {
    if (values.length == 0) {
      throw new InputException(name + ": a box needs at least one value");
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new InputException(name + ": a value is " + value);
      }
    }
    if (boxes.putIfAbsent(name, values.clone()) != null) {
      throw new InputException("two boxes are named " + name);
    }
    return this;
  }

  /** Whether there is no box yet. */
  public boolean isEmpty() {
    return boxes.isEmpty();
  }

  /** Draws an interval, such as the median's, beside the box of a name. */
  public BoxFigure interval(String name, double least, double greatest) {
    if (!boxes.containsKey(name) || !(least <= greatest)) {
      throw new InputException(
          "an interval needs a box and two ascending ends, found "
              + name
              + ", "
              + least
              + " and "
              + greatest);
    }
    intervals.put(name, new double[] {least, greatest});
    return this;
  }

  /** Draws a dotted line between the boxes so far and the next one, which must come. */
  public BoxFigure rule() {
    rules.add(boxes.size());
    return this;
  }

  /** Logarithmic vertical axis; every value must be positive. */
  public BoxFigure logY() {
    logY = true;
    return this;
  }

  /**
   * Draws the quartiles of a reference distribution as a grey band, its median as a dotted line.
   */
  public BoxFigure band(double[] reference) {
    band = FiveNumbers.of(reference.clone());
    return this;
  }

  /** Title of the vertical axis, with its unit. */
  public BoxFigure y(String text) {
    yTitle = Objects.requireNonNull(text);
    return this;
  }

  /** Ends of the vertical axis. */
  public BoxFigure yRange(double least, double greatest) {
    if (!(least < greatest)) {
      throw new InputException(
          "the vertical axis runs upwards, not from " + least + " to " + greatest);
    }
    low = least;
    high = greatest;
    return this;
  }

  /** Size in logical pixels; 680 × 400 by default. */
  public BoxFigure size(int newWidth, int newHeight) {
    if (newWidth < 160 || newHeight < 120) {
      throw new InputException("a chart has at least 160 × 120 pixels");
    }
    width = newWidth;
    height = newHeight;
    return this;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void draw(Graphics2D graphics) {
    if (boxes.isEmpty()) {
      throw new InputException("Boxes " + title + ": there is no box to draw");
    }
    Look.paper(graphics, this);
    Graphics2D plot = (Graphics2D) graphics.create();
    plot.translate(0, Look.title(graphics, title, width));
    XYChart axes = axes();
    axes.paint(plot, axes.getWidth(), axes.getHeight());
    double step = axes.getScreenXFromChart(2) - axes.getScreenXFromChart(1);
    if (band != null) {
      drawBand(plot, axes);
    }
    for (int after : rules) {
      double x = axes.getScreenXFromChart(after + 0.5);
      plot.setColor(Look.RULE);
      plot.setStroke(DOTTED);
      double top = axes.getScreenYFromChart(high == null ? greatest() : high);
      plot.draw(new Line2D.Double(x, top, x, axes.getHeight() - Look.MARGIN));
    }
    int position = 1;
    for (Map.Entry<String, double[]> box : boxes.entrySet()) {
      double x = axes.getScreenXFromChart(position++);
      double boxWidth = Math.min(60, 0.55 * step);
      drawBox(plot, axes, x, boxWidth, FiveNumbers.of(box.getValue()));
      if (intervals.containsKey(box.getKey())) {
        drawInterval(plot, axes, x + boxWidth / 2 + 5, intervals.get(box.getKey()));
      }
      drawName(plot, box.getKey(), x, axes.getHeight() - Look.MARGIN + 4);
    }
    plot.dispose();
  }

  private void drawBand(Graphics2D graphics, XYChart axes) {
    double left = axes.getScreenXFromChart(0.5);
    double right = axes.getScreenXFromChart(boxes.size() + 0.5);
    double top = axes.getScreenYFromChart(band.upperQuartile());
    double bottom = axes.getScreenYFromChart(band.lowerQuartile());
    graphics.setColor(new Color(0, 0, 0, 26));
    graphics.fill(new Rectangle2D.Double(left, top, right - left, bottom - top));
    graphics.setColor(Look.SOFT_INK);
    graphics.setStroke(DOTTED);
    double median = axes.getScreenYFromChart(band.median());
    graphics.draw(new Line2D.Double(left, median, right, median));
  }

  private static void drawBox(
      Graphics2D graphics, XYChart axes, double x, double boxWidth, FiveNumbers numbers) {
    double top = axes.getScreenYFromChart(numbers.upperQuartile());
    double bottom = axes.getScreenYFromChart(numbers.lowerQuartile());
    double median = axes.getScreenYFromChart(numbers.median());
    double left = x - boxWidth / 2;
    Rectangle2D box = new Rectangle2D.Double(left, top, boxWidth, bottom - top);
    graphics.setColor(new Color(0xcfe3f0));
    graphics.fill(box);
    graphics.setColor(Look.seriesColor(0));
    graphics.setStroke(new BasicStroke(1.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(box);
    for (double[] whisker :
        new double[][] {
          {bottom, axes.getScreenYFromChart(numbers.lowerWhisker())},
          {top, axes.getScreenYFromChart(numbers.upperWhisker())}
        }) {
      graphics.draw(new Line2D.Double(x, whisker[0], x, whisker[1]));
      double cap = boxWidth / 4;
      graphics.draw(new Line2D.Double(x - cap, whisker[1], x + cap, whisker[1]));
    }
    graphics.setStroke(new BasicStroke(2.5f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.setColor(Look.seriesColor(1));
    graphics.draw(new Line2D.Double(left, median, left + boxWidth, median));
    graphics.setStroke(new BasicStroke(1.2f));
    graphics.setColor(Look.seriesColor(0));
    for (double value : numbers.outliers()) {
      double y = axes.getScreenYFromChart(value);
      graphics.draw(new Ellipse2D.Double(x - 2.5, y - 2.5, 5, 5));
    }
  }

  private static void drawInterval(Graphics2D graphics, XYChart axes, double x, double[] interval) {
    double bottom = axes.getScreenYFromChart(interval[0]);
    double top = axes.getScreenYFromChart(interval[1]);
    graphics.setColor(Look.INK);
    graphics.setStroke(new BasicStroke(1.6f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
    graphics.draw(new Line2D.Double(x, bottom, x, top));
    graphics.draw(new Line2D.Double(x - 3, bottom, x + 3, bottom));
    graphics.draw(new Line2D.Double(x - 3, top, x + 3, top));
  }

  private double greatest() {
    return boxes.values().stream().flatMapToDouble(Arrays::stream).max().orElse(1);
  }

  /** Across below its box; upwards where the boxes stand too close for that. */
  private void drawName(Graphics2D graphics, String name, double x, double top) {
    List<String> lines = nameLines(name);
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.setColor(Look.INK);
    turned.translate(x, top);
    double baseline = Look.ascent(Look.TICK);
    if (namesStand()) {
      turned.rotate(-Math.PI / 2);
      baseline -= lines.size() * Look.lineHeight(Look.TICK) / 2;
    }
    for (String line : lines) {
      String fitting = Look.fit(line, Look.TICK, namesStand() ? longestStanding() : step() - 6);
      Look.text(turned, fitting, Look.TICK, 0, baseline, namesStand() ? 1 : 0.5);
      baseline += Look.lineHeight(Look.TICK);
    }
    turned.dispose();
  }

  /** About the distance from one box to the next. */
  private double step() {
    return (width - 130.0) / boxes.size();
  }

  /** The lines of a name, after a dash on the next where the boxes stand too close for one. */
  List<String> nameLines(String name) {
    return namesStand() ? List.of(name.split("\n")) : brokenLines(name);
  }

  private List<String> brokenLines(String name) {
    List<String> lines = new ArrayList<>();
    for (String line : name.split("\n")) {
      int dash = line.indexOf('–');
      if (dash < 0 || Look.width(line, Look.TICK) <= step() - 6) {
        lines.add(line);
      } else {
        lines.add(line.substring(0, dash + 1));
        lines.add(line.substring(dash + 1));
      }
    }
    return lines;
  }

  static String inOneLine(String name) {
    return name.replace('\n', ' ');
  }

  /** Whether some name is far too long to be read across: it would lose more than a third. */
  boolean namesStand() {
    return widest(this::brokenLines) > 1.5 * (step() - 6)
        && step() > 2 * Look.lineHeight(Look.TICK);
  }

  private double widest(Function<String, List<String>> lines) {
    return boxes.keySet().stream()
        .flatMap(name -> lines.apply(name).stream())
        .mapToDouble(line -> Look.width(line, Look.TICK))
        .max()
        .orElse(0);
  }

  private double longestStanding() {
    return LONGEST_STANDING * height;
  }

  private double nameHeight() {
    int lines = boxes.keySet().stream().mapToInt(name -> nameLines(name).size()).max().orElse(1);
    return namesStand()
        ? Math.min(longestStanding(), widest(this::nameLines))
        : lines * Look.lineHeight(Look.TICK);
  }

  /** XChart's axes around an empty plot; its own boxes have fixed colours. */
  private XYChart axes() {
    int free = (int) (height - Look.titleHeight(title, width) - nameHeight() - Look.GAP);
    XYChart chart = new XYChartBuilder().width(width).height(free).build();
    Look.apply(chart);
    chart.setYAxisTitle(yTitle);
    XYStyler styler = chart.getStyler();
    styler.setYAxisTitleVisible(!yTitle.isBlank()).setXAxisTitleVisible(false);
    styler.setXAxisTicksVisible(false).setPlotGridVerticalLinesVisible(false);
    styler.setYAxisLogarithmic(logY);
    styler.setYAxisLogarithmicDecadeOnly(logY);
    styler.setXAxisMin(0.5).setXAxisMax(boxes.size() + 0.5).setYAxisMin(low).setYAxisMax(high);
    styler.setLegendVisible(false);
    if (!logY) {
      styler.setYAxisTickLabelsFormattingFunction(Ticks::label);
    }
    double[] values = boxes.values().stream().flatMapToDouble(Arrays::stream).toArray();
    if (logY && Arrays.stream(values).anyMatch(value -> value <= 0)) {
      throw new InputException("Boxes " + title + ": a logarithmic axis needs positive numbers");
    }
    double[] positions = new double[values.length];
    Arrays.fill(positions, 1);
    chart
        .addSeries("values", positions, values)
        .setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter)
        .setMarker(SeriesMarkers.NONE);
    Look.roundTicks(chart, positions, values);
    return chart;
  }

  @Override
  public String text() {
    return String.format(
        Locale.ROOT,
        "Boxes%s: %s of %s",
        title.isEmpty() ? "" : " “" + title + "”",
        yTitle.isEmpty() ? "values" : yTitle,
        boxes.keySet().stream().map(BoxFigure::inOneLine).collect(Collectors.joining(", ")));
  }
}
