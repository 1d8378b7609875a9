package dev.kindred.figure;

import java.awt.Graphics2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Names of series below a plot, in as many centred lines as they need; XChart has one line only.
 */
final class LegendRow {
  private static final int SIGN = 22;
  private static final int BETWEEN = 14;

  private final List<String> names;
  private final double space;
  private final List<List<Integer>> lines = new ArrayList<>();

  /**
   * @param names of the series, in their order
   * @param width of the figure, in logical pixels
   */
  LegendRow(List<String> names, int width) {
    this.space = width - 2.0 * Look.MARGIN;
    this.names = names.stream().map(n -> Look.fit(n, Look.TICK, space - SIGN)).toList();
    double used = Double.POSITIVE_INFINITY;
    for (int i = 0; i < names.size(); i++) {
      if (used + entryWidth(i) > space) {
        lines.add(new ArrayList<>());
        used = 0;
      }
      lines.get(lines.size() - 1).add(i);
      used += entryWidth(i) + BETWEEN;
    }
  }

  double height() {
    return Math.ceil(lines.size() * lineHeight() + Look.GAP);
  }

  private static double lineHeight() {
    return Look.lineHeight(Look.TICK) + 2;
  }

  private double entryWidth(int entry) {
    return SIGN + Look.width(names.get(entry), Look.TICK);
  }

  /** Draws the lines below {@code top}; the series in the order of their names. */
  void draw(Graphics2D graphics, double top, List<XYSeries> series) {
    double baseline = top + Look.ascent(Look.TICK);
    for (List<Integer> line : lines) {
      double width = (line.size() - 1) * BETWEEN;
      for (int entry : line) {
        width += entryWidth(entry);
      }
      double x = Look.MARGIN + Math.max(0, (space - width) / 2);
      for (int entry : line) {
        drawSign(graphics, series.get(entry), x, baseline - 4);
        graphics.setColor(Look.INK);
        Look.text(graphics, names.get(entry), Look.TICK, x + SIGN, baseline, 0);
        x += entryWidth(entry) + BETWEEN;
      }
      baseline += lineHeight();
    }
  }

  private static void drawSign(Graphics2D graphics, XYSeries series, double x, double y) {
    boolean points =
        series
                .getXYSeriesRenderStyle()
                .filter(XYSeries.XYSeriesRenderStyle.Scatter::equals)
                .isPresent()
            || series.getLineStyle() == SeriesLines.NONE;
    if (!points) {
      graphics.setColor(series.getLineColor());
      graphics.setStroke(series.getLineStyle());
      graphics.draw(new Line2D.Double(x, y, x + SIGN - 5.0, y));
    }
    if (series.getMarker() != null && series.getMarker() != SeriesMarkers.NONE) {
      graphics.setColor(series.getMarkerColor());
      series.getMarker().paint(graphics, x + (SIGN - 5) / 2.0, y, 8);
    }
  }
}
