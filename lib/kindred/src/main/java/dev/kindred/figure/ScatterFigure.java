package dev.kindred.figure;

import java.util.List;
import org.knowm.xchart.XYSeries;

/** Points: one measure against another, models on a plane. */
public final class ScatterFigure extends XyFigure<ScatterFigure> {
  private ScatterFigure() {}

  /** A scatter figure without points. */
  public static ScatterFigure titled(String title) {
    return new ScatterFigure().title(title);
  }

  /**
   * Adds a group of points with one colour and marker.
   *
   * @param name its name in the legend; names differ
   */
  public ScatterFigure points(String name, double[] x, double[] y) {
    return add(name, x, y, null, List.of(), false);
  }

  /** Adds a group of points with a text above each. */
  public ScatterFigure points(String name, double[] x, double[] y, List<String> labels) {
    return add(name, x, y, null, labels, true);
  }

  /**
   * Adds a group of points whose names are told when one is pointed at, and not drawn. Points of
   * one name are marked together, in all panels of a figure.
   */
  public ScatterFigure named(String name, double[] x, double[] y, List<String> names) {
    return add(name, x, y, null, names, false);
  }

  @Override
  ScatterFigure self() {
    return this;
  }

  @Override
  void style(XYSeries drawn, Series data, int index) {
    drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    drawn.setMarker(Look.marker(index));
    drawn.setMarkerColor(
        data.x().length > 200
            ? Look.translucent(Look.seriesColor(index))
            : Look.seriesColor(index));
  }

  @Override
  int markerSize() {
    return 8;
  }

  @Override
  String kind() {
    return "Points";
  }
}
