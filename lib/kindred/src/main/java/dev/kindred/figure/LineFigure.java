package dev.kindred.figure;

import java.awt.Color;
import java.util.List;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over a common axis: accuracy over epochs, similarity over layers. NaN leaves a gap. */
public final class LineFigure extends XyFigure<LineFigure> {
  /** Lines with more points than this have no markers. */
  private static final int MARKERS_UP_TO = 40;

  private LineFigure() {}

  /** A line figure without lines. */
  public static LineFigure titled(String title) {
    return new LineFigure().title(title);
  }

  /**
   * Adds a line.
   *
   * @param name its name in the legend; names differ
   * @param x ascending numbers
   * @param y as many numbers
   */
  public LineFigure line(String name, double[] x, double[] y) {
    return add(name, x, y, null, List.of(), false);
  }

  /** Adds a line with error bars of {@code y ± error}. */
  public LineFigure line(String name, double[] x, double[] y, double[] error) {
    return add(name, x, y, error, List.of(), false);
  }

  /**
   * Adds a line with an interval about each y.
   *
   * @param low lower ends; NaN for none
   * @param high upper ends
   */
  public LineFigure intervals(String name, double[] x, double[] y, double[] low, double[] high) {
    Intervals ends = new Intervals(low.clone(), high.clone(), true);
    return add(
        name, new Series(x.clone(), y.clone(), null, List.of(), false, Tone.OWN, ends, null));
  }

  /** Adds a line with error bars, in a faint shade of the line before it. */
  public LineFigure faint(String name, double[] x, double[] y, double[] error) {
    return add(name, new Series(x.clone(), y.clone(), error.clone(), List.of(), false, Tone.FAINT));
  }

  @Override
  LineFigure self() {
    return this;
  }

  @Override
  void style(XYSeries drawn, Series data, int index) {
    drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
    Color color = Look.seriesColor(index);
    Color shade = data.tone() == Tone.FAINT ? Look.faint(color, Look.FAINT) : color;
    drawn.setLineColor(shade);
    drawn.setLineStyle(Look.line(index));
    drawn.setMarkerColor(shade);
    drawn.setMarker(data.x().length > MARKERS_UP_TO ? SeriesMarkers.NONE : Look.marker(index));
  }

  @Override
  String kind() {
    return "Lines";
  }
}
