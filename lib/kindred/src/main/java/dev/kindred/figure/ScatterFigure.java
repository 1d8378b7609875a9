package dev.kindred.figure;

import dev.kindred.base.InputException;
import java.awt.Color;
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

  /** Adds a group of points with a text beside each that has room for it. */
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

  /** As {@link #named}, in grey: what the other points are seen against. Add it first. */
  public ScatterFigure behind(String name, double[] x, double[] y, List<String> names) {
    return add(name, new Series(x.clone(), y.clone(), null, names, false, Tone.MUTED));
  }

  /**
   * Adds named points with an interval about each x.
   *
   * @param low left ends
   * @param high right ends
   */
  public ScatterFigure intervals(
      String name, double[] x, double[] y, double[] low, double[] high, List<String> names) {
    Intervals ends = new Intervals(low.clone(), high.clone(), false);
    return add(name, new Series(x.clone(), y.clone(), null, names, false, Tone.OWN, ends, null));
  }

  /**
   * As {@link #named}, from light to dark and joined by a thin line: a path through time or depth.
   *
   * @param strengths how strong the colour of every point is, above 0 and at most 1
   */
  public ScatterFigure fading(
      String name, double[] x, double[] y, List<String> names, double[] strengths) {
    if (strengths.length != x.length) {
      throw new InputException(
          name + ": " + strengths.length + " strengths for " + x.length + " points");
    }
    for (double strength : strengths) {
      if (!(strength > 0 && strength <= 1)) {
        throw new InputException(
            name + ": expected strengths above 0 and at most 1, found " + strength);
      }
    }
    return add(
        name,
        new Series(x.clone(), y.clone(), null, names, false, Tone.OWN, null, strengths.clone()));
  }

  /** Draws no axes, and both in one unit: for maps, on which only distances mean something. */
  public ScatterFigure withoutAxes() {
    bare = true;
    return this;
  }

  @Override
  ScatterFigure self() {
    return this;
  }

  @Override
  void style(XYSeries drawn, Series data, int index) {
    drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Scatter);
    drawn.setMarker(Look.marker(Math.max(0, index)));
    Color color = data.tone() == Tone.MUTED ? Look.MUTED : Look.seriesColor(index);
    drawn.setMarkerColor(data.x().length > 200 ? Look.translucent(color) : color);
    if (data.strengths() != null) {
      drawn.setXYSeriesRenderStyle(XYSeries.XYSeriesRenderStyle.Line);
      drawn.setLineStyle(Look.THIN);
      drawn.setLineColor(Look.faint(color, Look.FAINT));
    }
  }

  @Override
  int markerSize() {
    return series.values().stream().mapToInt(data -> data.x().length).sum() > 500 ? 5 : 8;
  }

  @Override
  String kind() {
    return "Points";
  }
}
