package dev.kindred.figure;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.font.FontRenderContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** The common look of all figures: fonts, inks, series colours, and the same for XChart. */
final class Look {
  static final Color PAPER = Color.WHITE;
  static final Color INK = new Color(0x222222);

  /** Contrast above 4.5 with white, and with the dark grey of notebooks' dark themes. */
  static final Color INK_ON_BOTH = new Color(0x767676);

  static final Color SOFT_INK = new Color(0x555555);
  static final Color RULE = new Color(0x8a8a8a);
  static final Color GRID = new Color(0xe6e6e6);

  /** Lines beside the one that counts. */
  static final Color OTHERS = new Color(0x9a9a9a);

  static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 15);
  static final Font LABEL = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
  static final Font TICK = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
  static final Font SMALL = new Font(Font.SANS_SERIF, Font.PLAIN, 11);

  /** Space between the parts of a figure and around it. */
  static final int GAP = 8;

  static final int MARGIN = 12;

  /** Text longer than this (logical pixels) is shortened in its middle. */
  static final int LONGEST_LABEL = 230;

  static final FontRenderContext METRICS = new FontRenderContext(null, true, true);

  /** Okabe and Ito's palette without its yellow, which is too faint on white. */
  private static final Color[] SERIES = {
    new Color(0x0072b2),
    new Color(0xd55e00),
    new Color(0x009e73),
    new Color(0xcc79a7),
    new Color(0xe69f00),
    new Color(0x56b4e9),
    new Color(0x808080)
  };

  static final int SERIES_COLORS = SERIES.length;

  private static final Marker[] MARKERS = {
    SeriesMarkers.CIRCLE,
    SeriesMarkers.SQUARE,
    SeriesMarkers.TRIANGLE_UP,
    SeriesMarkers.DIAMOND,
    SeriesMarkers.TRIANGLE_DOWN,
    SeriesMarkers.CROSS
  };

  private static final float[][] DASHES = {null, {7, 4}, {2, 3}, {9, 3, 2, 3}};

  /** Of lines that are not data. */
  static final BasicStroke DASHED =
      new BasicStroke(
          1.2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, new float[] {5, 4}, 0f);

  /** Of lines that join points, where these are what is seen. */
  static final BasicStroke THIN =
      new BasicStroke(1f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND);

  /** Points behind the others, no brighter than these on a dark page. */
  static final Color MUTED = new Color(0x8f8f8f);

  /** Of lines that are a faint shade of others. */
  static final double FAINT = 0.4;

  private Look() {}

  static void prepare(Graphics2D graphics) {
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
    graphics.setRenderingHint(
        RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  static void paper(Graphics2D graphics, Figure figure) {
    graphics.setColor(PAPER);
    graphics.fillRect(0, 0, figure.width(), figure.height());
  }

  static double width(String text, Font font) {
    return text.isEmpty() ? 0 : font.getStringBounds(text, METRICS).getWidth();
  }

  static double lineHeight(Font font) {
    return font.getLineMetrics("Åg", METRICS).getHeight();
  }

  static double ascent(Font font) {
    return font.getLineMetrics("Åg", METRICS).getAscent();
  }

  /** The text, its middle replaced by an ellipsis where it is wider than {@code space}. */
  static String fit(String text, Font font, double space) {
    if (width(text, font) <= space) {
      return text;
    }
    for (int kept = text.length() - 1; kept > 1; kept--) {
      String shorter =
          text.substring(0, (kept + 1) / 2) + "…" + text.substring(text.length() - kept / 2);
      if (width(shorter, font) <= space) {
        return shorter;
      }
    }
    return "…";
  }

  /** The text in lines no wider than {@code space}, broken at spaces; longer words are fitted. */
  static List<String> wrap(String text, Font font, double space) {
    List<String> lines = new ArrayList<>();
    String line = "";
    if (text.isBlank()) {
      return lines;
    }
    for (String word : text.strip().split("\\s+")) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (width(longer, font) <= space || line.isEmpty()) {
        line = longer;
      } else {
        lines.add(fit(line, font, space));
        line = word;
      }
    }
    if (!line.isEmpty()) {
      lines.add(fit(line, font, space));
    }
    return lines;
  }

  /** Draws one line of text; {@code anchor} is 0 for left, 0.5 for centred, 1 for right of x. */
  static void text(
      Graphics2D graphics, String text, Font font, double x, double baseline, double anchor) {
    graphics.setFont(font);
    graphics.drawString(text, (float) (x - anchor * width(text, font)), (float) baseline);
  }

  /** Draws a title at the upper left of a figure and returns the height that it takes. */
  static double title(Graphics2D graphics, String title, double width) {
    return title(graphics, title, width, INK);
  }

  static double title(Graphics2D graphics, String title, double width, Color ink) {
    graphics.setColor(ink);
    double baseline = MARGIN + ascent(TITLE);
    for (String line : titleLines(title, width)) {
      text(graphics, line, TITLE, MARGIN, baseline, 0);
      baseline += lineHeight(TITLE);
    }
    return titleHeight(title, width);
  }

  /** Height of a figure's title above what follows, the outer margin included; 0 for none. */
  static double titleHeight(String title, double width) {
    int lines = titleLines(title, width).size();
    return lines == 0 ? 0 : Math.ceil(MARGIN + lines * lineHeight(TITLE));
  }

  private static List<String> titleLines(String title, double width) {
    return wrap(title, TITLE, width - 2.0 * MARGIN);
  }

  /** As {@link #text}, turned by {@code radians} about (x, baseline). */
  static void turned(
      Graphics2D graphics,
      String text,
      Font font,
      double x,
      double baseline,
      double anchor,
      double radians) {
    Graphics2D turned = (Graphics2D) graphics.create();
    turned.rotate(radians, x, baseline);
    text(turned, text, font, x, baseline, anchor);
    turned.dispose();
  }

  static Color seriesColor(int series) {
    return SERIES[series % SERIES.length];
  }

  /** The colour on white paper at a strength of 0 to 1. */
  static Color faint(Color color, double strength) {
    return new Color(
        mixed(color.getRed(), strength),
        mixed(color.getGreen(), strength),
        mixed(color.getBlue(), strength));
  }

  private static int mixed(int channel, double strength) {
    return (int) Math.round(255 - strength * (255 - channel));
  }

  static Color translucent(Color color) {
    return new Color(color.getRed(), color.getGreen(), color.getBlue(), 130);
  }

  static Marker marker(int series) {
    return MARKERS[series % MARKERS.length];
  }

  /** Solid for the first round of colours, then dashed, so that colour is never the only sign. */
  static BasicStroke line(int series) {
    float[] dash = DASHES[(series / SERIES.length) % DASHES.length];
    return dash == null
        ? new BasicStroke(2f, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND)
        : new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 10f, dash, 0f);
  }

  /** Gives an XChart chart the common look. */
  static void apply(Chart<? extends AxesChartStyler, ?> chart) {
    AxesChartStyler styler = chart.getStyler();
    styler.setChartBackgroundColor(PAPER);
    styler.setPlotBackgroundColor(PAPER);
    styler.setPlotBorderVisible(false);
    styler.setYAxisLabelAlignment(AxesChartStyler.TextAlignment.Right);
    styler.setChartFontColor(INK);
    styler.setChartTitleVisible(false);
    styler.setChartPadding(MARGIN);
    styler.setAxisTitleFont(LABEL);
    styler.setAxisTickLabelsFont(TICK);
    styler.setAxisTickLabelsColor(INK);
    styler.setAxisTickMarksColor(RULE);
    styler.setPlotGridLinesColor(GRID);
    styler.setPlotGridLinesStroke(new BasicStroke(1f));
    styler.setPlotContentSize(0.94);
    styler.setPlotMargin(0);
    styler.setLegendFont(TICK);
    styler.setLegendBackgroundColor(PAPER);
    styler.setLegendBorderColor(PAPER);
    styler.setLegendPosition(Styler.LegendPosition.OutsideE);
    styler.setLegendPadding(6);
    styler.setMarkerSize(6);
    styler.setErrorBarsColorSeriesColor(true);
    styler.setAnnotationTextFont(SMALL);
    styler.setAnnotationTextFontColor(SOFT_INK);
    styler.setAnnotationLineColor(RULE);
    styler.setAnnotationLineStroke(DASHED);
    styler.setLocale(java.util.Locale.ROOT);
    styler.setAntiAlias(true);
  }

  /**
   * Makes XChart put its ticks at round numbers. Where the values of an axis are equally spaced it
   * labels each of them, digits and crowding regardless; one invisible point off the grid prevents
   * it. Few whole numbers (layers, stages) keep a label each.
   */
  static void roundTicks(XYChart chart, double[] x, double[] y) {
    double[] xs = Arrays.stream(x).filter(Double::isFinite).sorted().distinct().toArray();
    double[] ys = Arrays.stream(y).filter(Double::isFinite).sorted().distinct().toArray();
    if (xs.length == 0 || ys.length == 0) {
      return;
    }
    boolean few = xs.length <= 12 && Arrays.stream(xs).allMatch(v -> v == Math.rint(v));
    double[] pointX = {few ? xs[0] : offGrid(xs)};
    double[] pointY = {offGrid(ys)};
    XYSeries point = chart.addSeries("\u200b", pointX, pointY);
    point.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    point.setMarker(SeriesMarkers.NONE);
    point.setShowInLegend(false);
  }

  private static double offGrid(double[] sorted) {
    return sorted[0] + (sorted[sorted.length - 1] - sorted[0]) / Math.PI;
  }
}
