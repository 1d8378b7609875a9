package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import java.util.Map;

/** Boxes that tell their five numbers, and points beyond that tell theirs. */
final class VegaBoxes {
  /** What axes and titles take beside the plot. */
  private static final int AROUND = 90;

  /** Width of a box as a share of its place. */
  private static final double WIDTH = 0.55;

  private static final String INK = VegaLite.hex(Look.seriesColor(0).getRGB());

  private final BoxFigure figure;
  private final JsonArray layers = new JsonArray();
  private final JsonArray boxes = new JsonArray();
  private final JsonArray beyond = new JsonArray();
  private final JsonArray intervals = new JsonArray();

  VegaBoxes(BoxFigure figure) {
    this.figure = figure;
    for (Map.Entry<String, double[]> box : figure.boxes.entrySet()) {
      FiveNumbers numbers = FiveNumbers.of(box.getValue());
      JsonObject row = VegaJson.object("box", box.getKey(), "n", box.getValue().length);
      row.add("low", VegaJson.number(numbers.lowerWhisker()));
      row.add("q1", VegaJson.number(numbers.lowerQuartile()));
      row.add("median", VegaJson.number(numbers.median()));
      row.add("q3", VegaJson.number(numbers.upperQuartile()));
      row.add("high", VegaJson.number(numbers.upperWhisker()));
      boxes.add(row);
      double[] interval = figure.intervals.get(box.getKey());
      if (interval != null) {
        row.addProperty(
            "interval", Ticks.label(round(interval[0])) + " to " + Ticks.label(round(interval[1])));
        intervals.add(VegaJson.object("box", box.getKey(), "from", interval[0], "to", interval[1]));
      }
      for (double value : numbers.outliers()) {
        beyond.add(VegaJson.object("box", box.getKey(), "value", value));
      }
    }
  }

  private static double round(double value) {
    return Math.rint(1e3 * value) / 1e3;
  }

  JsonObject view() {
    double width = WIDTH * (figure.width - AROUND) / figure.boxes.size();
    JsonObject box =
        VegaJson.object("type", "bar", "width", width, "fill", "#56a4d0", "stroke", INK);
    box.addProperty("fillOpacity", 0.35);
    JsonObject median = VegaJson.object("type", "tick", "orient", "horizontal", "thickness", 2.5);
    median.addProperty("size", width);
    median.addProperty("color", VegaLite.hex(Look.seriesColor(1).getRGB()));
    JsonObject whisker = VegaJson.object("type", "rule", "color", INK);
    JsonArray five =
        VegaJson.array(
            VegaJson.object("field", "box", "type", "nominal", "title", "of"),
            number("median", "median"),
            number("q1", "lower quartile"),
            number("q3", "upper quartile"),
            number("low", "lower whisker"),
            number("high", "upper whisker"),
            VegaJson.object("field", "n", "type", "quantitative", "title", "values"));
    if (intervals.size() > 0) {
      five.add(VegaJson.object("field", "interval", "type", "nominal", "title", "interval"));
    }
    layer(boxes, box, "q1", "q3", five);
    layer(boxes, whisker, "low", "q1", five);
    layer(boxes, whisker, "q3", "high", five);
    layer(boxes, median, "median", null, five);
    if (intervals.size() > 0) {
      JsonObject beside = VegaJson.object("type", "rule", "strokeWidth", 1.6);
      beside.addProperty("color", VegaLite.INK);
      beside.addProperty("xOffset", width / 2 + 5);
      JsonArray ends =
          VegaJson.array(
              VegaJson.object("field", "box", "type", "nominal", "title", "of"),
              number("from", "interval from"),
              number("to", "to"));
      layer(intervals, beside, "from", "to", ends);
    }
    for (int after : figure.rules) {
      rule(after);
    }
    if (beyond.size() > 0) {
      JsonArray one =
          VegaJson.array(
              VegaJson.object("field", "box", "type", "nominal", "title", "of"),
              number("value", figure.yTitle.isBlank() ? "value" : figure.yTitle));
      JsonObject point = VegaJson.object("type", "point", "size", 22, "color", INK);
      layer(beyond, point, "value", null, one);
    }
    if (figure.band != null) {
      band(VegaJson.object("type", "rect", "color", "#8a8a8a", "opacity", 0.2), true);
      band(
          VegaJson.object("type", "rule", "strokeDash", List.of(2, 4), "color", VegaLite.INK),
          false);
    }
    JsonObject view = VegaJson.object("title", VegaLite.title(figure.title, figure.width));
    view.addProperty("width", figure.width - AROUND);
    view.addProperty("height", figure.height - AROUND);
    view.add("layer", layers);
    return view;
  }

  private void layer(JsonArray data, JsonObject mark, String from, String to, JsonArray tips) {
    JsonObject axis = VegaJson.object("title", "", "labelLimit", 260);
    axis.addProperty("labelAngle", figure.namesStand() ? -45 : 0);
    JsonObject lines = new JsonObject();
    figure
        .boxes
        .keySet()
        .forEach(
            name ->
                lines.add(
                    name,
                    figure.namesStand()
                        ? VegaJson.array(BoxFigure.inOneLine(name))
                        : VegaJson.array(figure.nameLines(name))));
    axis.addProperty("labelExpr", lines + "[datum.label]");
    JsonObject x = VegaJson.object("field", "box", "type", "nominal");
    x.add("sort", VegaJson.array(figure.boxes.keySet()));
    x.add("axis", axis);
    JsonObject y = VegaJson.object("field", from, "type", "quantitative");
    y.add("title", VegaJson.array(figure.yTitle.isBlank() ? "" : figure.yTitle));
    y.add(
        "scale",
        VegaJson.object(
            "type",
            figure.logY ? "log" : null,
            "zero",
            figure.logY ? null : Boolean.FALSE,
            "domainMin",
            figure.low,
            "domainMax",
            figure.high));
    JsonObject encoding = VegaJson.object("x", x, "y", y, "tooltip", tips.deepCopy());
    if (to != null) {
      encoding.add("y2", VegaJson.object("field", to));
    }
    JsonObject layer = VegaJson.object("data", VegaJson.object("values", data.deepCopy()));
    layer.add("mark", mark.deepCopy());
    layer.add("encoding", encoding);
    layers.add(layer);
  }

  private static JsonObject number(String field, String title) {
    return VegaJson.object(
        "field", field, "type", "quantitative", "format", ".4~g", "title", title);
  }

  /** Before the box that follows so many. */
  private void rule(int after) {
    JsonObject mark = VegaJson.object("type", "rule", "strokeDash", List.of(2, 4));
    mark.addProperty("color", "#8a8a8a");
    mark.addProperty("xOffset", -(figure.width - AROUND) / 2.0 / figure.boxes.size());
    String next = List.copyOf(figure.boxes.keySet()).get(after);
    JsonObject encoding = VegaJson.object("x", VegaJson.object("datum", next, "type", "nominal"));
    layers.add(VegaJson.object("data", VegaChart.ONE, "mark", mark, "encoding", encoding));
  }

  /** The middle half of the reference, or its median. */
  private void band(JsonObject mark, boolean half) {
    JsonObject encoding =
        VegaJson.object(
            "y",
            VegaJson.object("datum", half ? figure.band.lowerQuartile() : figure.band.median()));
    if (half) {
      encoding.add("y2", VegaJson.object("datum", figure.band.upperQuartile()));
    }
    layers.add(VegaJson.object("data", VegaChart.ONE, "mark", mark, "encoding", encoding));
  }
}
