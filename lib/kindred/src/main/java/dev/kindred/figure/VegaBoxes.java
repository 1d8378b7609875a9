package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonNull;
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

  VegaBoxes(BoxFigure figure) {
    this.figure = figure;
    for (Map.Entry<String, double[]> box : figure.boxes.entrySet()) {
      FiveNumbers numbers = FiveNumbers.of(box.getValue());
      JsonObject row = Json.object("box", box.getKey(), "n", box.getValue().length);
      row.add("low", Json.number(numbers.lowerWhisker()));
      row.add("q1", Json.number(numbers.lowerQuartile()));
      row.add("median", Json.number(numbers.median()));
      row.add("q3", Json.number(numbers.upperQuartile()));
      row.add("high", Json.number(numbers.upperWhisker()));
      boxes.add(row);
      for (double value : numbers.outliers()) {
        beyond.add(Json.object("box", box.getKey(), "value", value));
      }
    }
  }

  JsonObject view() {
    double width = WIDTH * (figure.width - AROUND) / figure.boxes.size();
    JsonObject box = Json.object("type", "bar", "width", width, "fill", "#56a4d0", "stroke", INK);
    box.addProperty("fillOpacity", 0.35);
    JsonObject median = Json.object("type", "tick", "orient", "horizontal", "thickness", 2.5);
    median.addProperty("size", width);
    median.addProperty("color", VegaLite.hex(Look.seriesColor(1).getRGB()));
    JsonObject whisker = Json.object("type", "rule", "color", INK);
    JsonArray five =
        Json.array(
            Json.object("field", "box", "type", "nominal", "title", "of"),
            number("median", "median"),
            number("q1", "lower quartile"),
            number("q3", "upper quartile"),
            number("low", "lower whisker"),
            number("high", "upper whisker"),
            Json.object("field", "n", "type", "quantitative", "title", "values"));
    layer(boxes, box, "q1", "q3", five);
    layer(boxes, whisker, "low", "q1", five);
    layer(boxes, whisker, "q3", "high", five);
    layer(boxes, median, "median", null, five);
    if (beyond.size() > 0) {
      JsonArray one =
          Json.array(
              Json.object("field", "box", "type", "nominal", "title", "of"),
              number("value", figure.yTitle.isBlank() ? "value" : figure.yTitle));
      JsonObject point = Json.object("type", "point", "size", 22, "color", INK);
      layer(beyond, point, "value", null, one);
    }
    if (figure.band != null) {
      band(Json.object("type", "rect", "color", "#8a8a8a", "opacity", 0.2), true);
      band(Json.object("type", "rule", "strokeDash", List.of(2, 4), "color", VegaLite.INK), false);
    }
    JsonObject view = Json.object("title", VegaLite.title(figure.title, figure.width));
    view.addProperty("width", figure.width - AROUND);
    view.addProperty("height", figure.height - AROUND);
    view.add("layer", layers);
    return view;
  }

  private void layer(JsonArray data, JsonObject mark, String from, String to, JsonArray tips) {
    JsonObject axis = Json.object("title", JsonNull.INSTANCE, "labelLimit", 160);
    axis.addProperty("labelAngle", figure.boxes.size() > 6 ? -45 : 0);
    JsonObject x = Json.object("field", "box", "type", "nominal", "sort", JsonNull.INSTANCE);
    x.add("axis", axis);
    JsonObject y = Json.object("field", from, "type", "quantitative");
    y.add("title", Json.array(figure.yTitle.isBlank() ? "" : figure.yTitle));
    y.add("scale", Json.object("zero", false, "domainMin", figure.low, "domainMax", figure.high));
    JsonObject encoding = Json.object("x", x, "y", y, "tooltip", tips.deepCopy());
    if (to != null) {
      encoding.add("y2", Json.object("field", to));
    }
    JsonObject layer = Json.object("data", Json.object("values", data.deepCopy()));
    layer.add("mark", mark.deepCopy());
    layer.add("encoding", encoding);
    layers.add(layer);
  }

  private static JsonObject number(String field, String title) {
    return Json.object("field", field, "type", "quantitative", "format", ".4~g", "title", title);
  }

  /** The middle half of the reference, or its median. */
  private void band(JsonObject mark, boolean half) {
    JsonObject encoding =
        Json.object(
            "y", Json.object("datum", half ? figure.band.lowerQuartile() : figure.band.median()));
    if (half) {
      encoding.add("y2", Json.object("datum", figure.band.upperQuartile()));
    }
    layers.add(Json.object("data", VegaChart.ONE, "mark", mark, "encoding", encoding));
  }
}
