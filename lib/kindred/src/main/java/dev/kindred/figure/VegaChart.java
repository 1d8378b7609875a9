package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Lines or points that tell series, name and numbers. A click on a legend entry leaves the others
 * pale; points of the same name are marked in all panels when one of them is pointed at.
 */
final class VegaChart {
  private static final List<String> SHAPES =
      List.of("circle", "square", "triangle-up", "diamond", "triangle-down", "cross");

  private static final int LEGEND_SIGN = 40;
  private static final int AROUND_HEIGHT = 70;

  /** An axis of whole numbers has no ticks between them, however far one zooms in. */
  private static final JsonObject WHOLE = VegaJson.object("tickMinStep", 1);

  /** Data of what is drawn once. */
  static final JsonObject ONE = VegaJson.object("values", VegaJson.array(new JsonObject()));

  private final XyFigure<?> chart;
  private final String name;
  private final VegaLite.Views views;
  private final boolean lines;
  private final List<String> names;

  VegaChart(XyFigure<?> chart, String name, VegaLite.Views views) {
    this.chart = chart;
    this.name = name;
    this.views = views;
    this.lines = chart instanceof LineFigure;
    this.names = List.copyOf(chart.series.keySet());
  }

  JsonObject view() {
    JsonArray layers = new JsonArray();
    if (lines) {
      layers.add(strokes());
    } else if (isFading()) {
      layers.add(paths());
    }
    if (chart.series.values().stream().anyMatch(data -> data.error() != null)) {
      layers.add(errors());
    }
    layers.add(points());
    labels(layers);
    chart.lines.forEach(line -> rule(layers, line));
    chart.diagonals.forEach(
        diagonal ->
            chart
                .ends(diagonal)
                .ifPresent(
                    ends -> {
                      layers.add(diagonal(ends));
                      if (!diagonal.label().isEmpty()) {
                        layers.add(label(diagonal, ends));
                      }
                    }));
    if (chart.hasIntervals(false)) {
      layers.add(intervals("x", x()));
    }
    if (chart.hasIntervals(true)) {
      layers.add(intervals("y", y()));
    }
    return VegaJson.object(
        "title",
        VegaLite.title(chart.title, chart.width),
        "width",
        plotWidth(),
        "height",
        plotHeight(),
        "data",
        VegaJson.object("values", data()),
        "transform",
        VegaJson.array(
            VegaJson.object(
                "calculate", VegaJson.array(names).toString() + "[datum.s]", "as", "series")),
        "layer",
        layers);
  }

  private int plotWidth() {
    return chart.width - legendWidth() - (chart.bare ? 2 * Look.MARGIN : XyFigure.AXIS_ROOM);
  }

  private int plotHeight() {
    return chart.height - AROUND_HEIGHT;
  }

  /** As many names beside each other as have room below the plot, or below all panels. */
  private int legendColumns() {
    double widest = names.stream().mapToDouble(n -> Look.width(n, Look.TICK)).max().orElse(0);
    int room = views.oneLegend().map(VegaLite.OneLegend::width).orElse(chart.width);
    return Math.max(1, (int) ((room - XyFigure.AXIS_ROOM) / (widest + LEGEND_SIGN)));
  }

  private int legendWidth() {
    double widest = names.stream().mapToDouble(n -> Look.width(n, Look.TICK)).max().orElse(0);
    return hasLegend() && chart.legend == XyFigure.Legend.RIGHT
        ? (int) Math.min(chart.width / 3.0, widest + LEGEND_SIGN)
        : 0;
  }

  private JsonArray data() {
    JsonArray rows = new JsonArray();
    int index = 0;
    for (XyFigure.Series data : chart.series.values()) {
      for (int i = 0; i < data.x().length; i++) {
        double error = data.error() == null ? Double.NaN : data.error()[i];
        rows.add(
            VegaJson.object(
                "s", index,
                "x", data.x()[i],
                "y", Double.isNaN(data.y()[i]) ? null : data.y()[i],
                "lo", Double.isNaN(error) ? null : data.y()[i] - error,
                "hi", Double.isNaN(error) ? null : data.y()[i] + error,
                "l", end(data, XyFigure.Intervals::low, i),
                "h", end(data, XyFigure.Intervals::high, i),
                "o", data.strengths() == null ? null : data.strengths()[i],
                "n", data.strengths() == null ? null : i,
                "point", data.hasNames() ? data.labels().get(i) : null,
                "at", chart.xNames.isEmpty() ? null : chart.xName(data.x()[i])));
      }
      index++;
    }
    return rows;
  }

  private static Double end(
      XyFigure.Series data, Function<XyFigure.Intervals, double[]> ends, int point) {
    double end = data.intervals() == null ? Double.NaN : ends.apply(data.intervals())[point];
    return Double.isFinite(end) ? end : null;
  }

  private JsonObject x() {
    if (chart.bare) {
      return bare("x", 0);
    }
    JsonObject x = axis("x", chart.xTitle, chart.logX, chart.xLow, chart.xHigh);
    if (!chart.xNames.isEmpty()) {
      JsonObject names =
          names(chart.xNames, "datum.value-1", IntStream.rangeClosed(1, chart.xNames.size()));
      names.addProperty("labelLimit", chart.xNameRoom());
      names.addProperty("labelOverlap", false);
      x.add("axis", names);
    } else if (!chart.logX && chart.isWhole(XyFigure.Series::x)) {
      x.add("axis", WHOLE.deepCopy());
    }
    return x;
  }

  /** Names in place of the numbers at some places of an axis. */
  private static JsonObject names(List<String> names, String index, IntStream places) {
    return VegaJson.object(
        "values",
        places.boxed().toList(),
        "labelExpr",
        VegaJson.array(names) + "[" + index + "]",
        "labelLimit",
        Look.LONGEST_LABEL);
  }

  /** An axis that is not drawn, in the unit of the other one. */
  private JsonObject bare(String field, int end) {
    double[] ends = chart.equalRanges(plotWidth(), plotHeight());
    JsonObject axis = axis(field, "", false, ends[end], ends[end + 1]);
    axis.addProperty("axis", false);
    return axis;
  }

  private JsonObject y() {
    if (chart.bare) {
      return bare("y", 2);
    }
    JsonObject y = axis("y", chart.yTitle, chart.logY, chart.yLow, chart.yHigh);
    if (!chart.yNames.isEmpty()) {
      int count = chart.yNames.size();
      JsonObject names =
          names(
              chart.yNames, count + "-datum.value", IntStream.range(0, count).map(i -> count - i));
      names.addProperty("grid", false);
      y.add("axis", names);
    } else if (!chart.logY && chart.isWhole(XyFigure.Series::y)) {
      y.add("axis", WHOLE.deepCopy());
    }
    return y;
  }

  private static JsonObject axis(String field, String title, boolean log, Double low, Double high) {
    return VegaJson.object(
        "field",
        field,
        "type",
        "quantitative",
        "title",
        title,
        "scale",
        VegaJson.object(
            "type",
            log ? "log" : null,
            "zero",
            log ? null : Boolean.FALSE,
            "nice",
            low == null && high == null, // Pixels, so that a point at the end is whole.
            "padding",
            low == null && high == null ? 8 : null,
            "domainMin",
            low,
            "domainMax",
            high));
  }

  private JsonObject color() {
    List<String> colors = new ArrayList<>();
    chart
        .colors()
        .forEach(
            (series, i) -> {
              String color = VegaLite.hex((i < 0 ? Look.MUTED : Look.seriesColor(i)).getRGB());
              boolean faint = chart.series.get(series).tone() == XyFigure.Tone.FAINT;
              // Translucent, and so faint on dark pages, too.
              colors.add(
                  faint ? color + String.format("%02x", Math.round(255 * Look.FAINT)) : color);
            });
    return VegaJson.object(
        "field",
        "series",
        "type",
        "nominal",
        "scale",
        VegaJson.object("domain", names, "range", colors),
        "legend",
        names.size() > 1 ? legend() : false);
  }

  private Object legend() {
    XyFigure.Legend legend = views.oneLegend().isPresent() ? XyFigure.Legend.BELOW : chart.legend;
    String place =
        switch (legend) {
          case RIGHT -> "right";
          case BELOW -> "bottom";
          case UPPER_LEFT -> "top-left";
          case UPPER_RIGHT -> "top-right";
          case LOWER_LEFT -> "bottom-left";
          case LOWER_RIGHT -> "bottom-right";
          case NONE -> "none";
        };
    return place.equals("none")
        ? false
        : VegaJson.object(
            "orient",
            place,
            "title",
            "",
            "labelLimit",
            220,
            "columns",
            legend == XyFigure.Legend.BELOW ? legendColumns() : null,
            "symbolOpacity",
            1);
  }

  private JsonObject shape() {
    List<String> shapes = new ArrayList<>();
    chart.colors().values().forEach(i -> shapes.add(SHAPES.get(Math.max(0, i) % SHAPES.size())));
    return VegaJson.object(
        "field",
        "series",
        "type",
        "nominal",
        "scale",
        VegaJson.object("domain", names, "range", shapes),
        "legend",
        names.size() > 1 ? legend() : false);
  }

  /** Full, or pale where another series has been chosen in the legend. */
  private JsonObject chosen(double full, double otherwise) {
    return hasLegend()
        ? VegaJson.object(
            "condition",
            VegaJson.object("param", views.chosen(name), "value", full),
            "value",
            otherwise)
        : constant(full);
  }

  private boolean isFading() {
    return chart.series.values().stream().anyMatch(data -> data.strengths() != null);
  }

  /** Every point as strong as its data say, or pale where another series has been chosen. */
  private JsonObject fading() {
    JsonObject strength =
        VegaJson.object("field", "o", "type", "quantitative", "scale", false, "legend", false);
    if (!hasLegend()) {
      return strength;
    }
    strength.addProperty("param", views.chosen(name));
    return VegaJson.object("condition", strength, "value", 0.08);
  }

  private boolean hasLegend() {
    return names.size() > 1
        && (chart.legend != XyFigure.Legend.NONE || views.oneLegend().isPresent());
  }

  private JsonObject strokes() {
    return VegaJson.object(
        "mark", VegaJson.object("type", "line", "clip", true, "strokeWidth", 2),
        "encoding",
            VegaJson.object(
                "x", x(),
                "y", y(),
                "color", color(),
                "opacity", chosen(1, 0.12)));
  }

  /** Thin lines from point to point in their order, whatever their x. */
  private JsonObject paths() {
    return VegaJson.object(
        "transform", VegaJson.array(VegaJson.object("filter", "isValid(datum.n)")),
        "mark", VegaJson.object("type", "line", "clip", true, "strokeWidth", 1),
        "encoding",
            VegaJson.object(
                "x", x(),
                "y", y(),
                "order", VegaJson.object("field", "n", "type", "quantitative"),
                "color", color(),
                "opacity", chosen(Look.FAINT, 0.08)));
  }

  private JsonObject errors() {
    return VegaJson.object(
        "mark", VegaJson.object("type", "rule", "clip", true),
        "encoding",
            VegaJson.object(
                "x", x(),
                "y", from("lo", y()),
                "y2", VegaJson.object("field", "hi"),
                "color", color(),
                "opacity", chosen(1, 0.12)));
  }

  /** An axis for another field. */
  private static JsonObject from(String field, JsonObject axis) {
    axis.addProperty("field", field);
    return axis;
  }

  private JsonObject points() {
    long count = chart.series.values().stream().mapToLong(data -> data.x().length).sum();
    double usual = lines ? (count > 40L * names.size() ? 14 : 40) : count > 400 ? 28 : 60;
    List<Object> tips = new ArrayList<>();
    if (chart.hasNames()) {
      tips.add(VegaJson.object("field", "point", "type", "nominal", "title", "name"));
    }
    if (names.size() > 1) {
      tips.add(VegaJson.object("field", "series", "type", "nominal", "title", "series"));
    }
    if (!chart.bare) {
      tips.add(
          chart.xNames.isEmpty()
              ? number("x", chart.xTitle)
              : VegaJson.object("field", "at", "type", "nominal", "title", chart.xTitle));
    }
    if (!chart.bare && chart.yNames.isEmpty()) {
      tips.add(number("y", chart.yTitle));
    }
    if (chart.hasIntervals(false) || chart.hasIntervals(true)) {
      tips.add(number("l", "from"));
      tips.add(number("h", "to"));
    }
    JsonObject encoding =
        VegaJson.object("x", x(), "y", y(), "color", color(), "shape", shape(), "tooltip", tips);
    encoding.add(
        "opacity", isFading() ? fading() : chosen(count > 200 && !lines ? 0.5 : 0.9, 0.08));
    encoding.add("size", chart.hasNames() ? pointed(5 * usual, usual) : constant(usual));
    views.zoom(name);
    if (hasLegend()) {
      views.chooseSeries(name);
    }
    JsonObject mark = VegaJson.object("type", "point", "filled", true, "clip", true);
    return VegaJson.object("name", name, "mark", mark, "encoding", encoding);
  }

  private static JsonObject constant(double value) {
    return VegaJson.object("value", value);
  }

  private static JsonObject pointed(double there, double otherwise) {
    return VegaJson.object(
        "condition",
        VegaJson.object("param", VegaLite.POINTED, "empty", false, "value", there),
        "value",
        otherwise);
  }

  private static JsonObject number(String field, String title) {
    return VegaJson.object(
        "field",
        field,
        "type",
        "quantitative",
        "format",
        ".4~g",
        "title",
        title.isBlank() ? field : title);
  }

  /** Names at the same place beside their points are a layer. */
  private void labels(JsonArray layers) {
    DoubleUnaryOperator x = share(chart.xEnds(), chart.logX);
    DoubleUnaryOperator y = share(chart.yEnds(), chart.logY);
    Map<PointNames.Place, JsonArray> texts = new EnumMap<>(PointNames.Place.class);
    PointNames.of(
            chart,
            value -> x.applyAsDouble(value) * plotWidth(),
            value -> (1 - y.applyAsDouble(value)) * plotHeight(),
            new Rectangle2D.Double(0, 0, plotWidth(), plotHeight()))
        .forEach(
            (series, places) -> {
              XyFigure.Series data = chart.series.get(series);
              for (int i = 0; i < places.size(); i++) {
                if (places.get(i).isPresent()) {
                  texts
                      .computeIfAbsent(places.get(i).get(), place -> new JsonArray())
                      .add(
                          VegaJson.object(
                              "x", data.x()[i], "y", data.y()[i], "t", data.labels().get(i)));
                }
              }
            });
    texts.forEach((place, some) -> layers.add(labels(place, some)));
  }

  /** How far between the ends of an axis a value is, from 0 to 1. */
  private static DoubleUnaryOperator share(double[] ends, boolean log) {
    return log
        ? value -> Math.log(value / ends[0]) / Math.log(ends[1] / ends[0])
        : value -> (value - ends[0]) / (ends[1] - ends[0]);
  }

  private JsonObject labels(PointNames.Place place, JsonArray texts) {
    JsonObject mark = VegaJson.object("type", "text", "fontSize", 11, "clip", true);
    mark.addProperty("color", VegaLite.INK);
    mark.addProperty("dx", place.dx());
    mark.addProperty("dy", place.dy());
    mark.addProperty("align", List.of("right", "center", "left").get(1 + place.across));
    mark.addProperty("baseline", List.of("bottom", "middle", "top").get(1 + place.down));
    return VegaJson.object(
        "data", VegaJson.object("values", texts),
        "mark", mark,
        "encoding",
            VegaJson.object(
                "x", x(), "y", y(), "text", VegaJson.object("field", "t", "type", "nominal")));
  }

  /** Lines from one end of every interval to the other. */
  private JsonObject intervals(String along, JsonObject axis) {
    JsonObject encoding = VegaJson.object("x", x(), "y", y());
    encoding.add(along, from("l", axis));
    encoding.add(along + "2", VegaJson.object("field", "h"));
    encoding.add("color", color());
    encoding.add("opacity", chosen(1, 0.12));
    return VegaJson.object(
        "mark",
        VegaJson.object("type", "rule", "clip", true, "strokeWidth", 1.5),
        "encoding",
        encoding);
  }

  private JsonObject diagonal(double[] ends) {
    JsonObject mark = VegaJson.object("type", "line", "strokeDash", List.of(5, 4));
    mark.addProperty("color", "#8a8a8a");
    mark.addProperty("clip", true);
    return VegaJson.object(
        "data",
        VegaJson.object(
            "values",
            VegaJson.array(
                VegaJson.object("x", ends[0], "y", ends[1]),
                VegaJson.object("x", ends[2], "y", ends[3]))),
        "mark",
        mark,
        "encoding",
        VegaJson.object("x", x(), "y", y()));
  }

  private JsonObject label(XyFigure.Diagonal diagonal, double[] ends) {
    boolean before = diagonal.above() > 0;
    JsonObject mark = VegaJson.object("type", "text", "text", diagonal.label(), "fontSize", 11);
    mark.addProperty("color", VegaLite.INK);
    mark.addProperty("align", before ? "right" : "left");
    mark.addProperty("baseline", before ? "bottom" : "top");
    mark.addProperty("dx", before ? -4 : 4);
    JsonObject place =
        VegaJson.object(
            "x", ends[0] + (ends[2] - ends[0]) / 4, "y", ends[1] + (ends[3] - ends[1]) / 4);
    return VegaJson.object(
        "data",
        VegaJson.object("values", VegaJson.array(place)),
        "mark",
        mark,
        "encoding",
        VegaJson.object("x", x(), "y", y()));
  }

  /** A dashed line with its text. */
  private static void rule(JsonArray layers, XyFigure.Line line) {
    String along = line.vertical() ? "x" : "y";
    String across = line.vertical() ? "y" : "x";
    JsonObject at = VegaJson.object("datum", line.value());
    JsonObject rule =
        VegaJson.object("type", "rule", "strokeDash", List.of(5, 4), "color", "#8a8a8a");
    layers.add(VegaJson.object("data", ONE, "mark", rule, "encoding", VegaJson.object(along, at)));
    if (!line.label().isEmpty()) {
      JsonObject text =
          VegaJson.object(
              "type", "text", "text", line.label(), "fontSize", 11, "color", VegaLite.INK);
      text.addProperty("align", "left");
      text.addProperty("baseline", line.vertical() ? "top" : "bottom");
      text.addProperty("dx", 4);
      text.addProperty("dy", line.vertical() ? 2 : -3);
      JsonObject encoding =
          VegaJson.object(along, at.deepCopy(), across, VegaJson.object("value", 0));
      layers.add(VegaJson.object("data", ONE, "mark", text, "encoding", encoding));
    }
  }
}
