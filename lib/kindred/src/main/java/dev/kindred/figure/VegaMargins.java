package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kindred.base.AverageLinkage;
import dev.kindred.base.LabelledMatrix;
import java.util.List;

/** What stands around the plot of a heat map, as layers of its view and as views beside it. */
final class VegaMargins {
  /** Square pixels of a point on a line beside the plot. */
  private static final int POINT = 12;

  private final HeatMapLayout layout;
  private final HeatMapMargins margins;

  VegaMargins(HeatMapLayout layout) {
    this.layout = layout;
    this.margins = layout.margins;
  }

  void addTo(JsonArray layers) {
    thresholds(layers);
    for (int s = 0; s < margins.strips.size(); s++) {
      strip(layers, s, true);
      if (margins.stripsAbove) {
        strip(layers, s, false);
      }
    }
    if (margins.tree != null) {
      tree(layers);
    }
    if (!layout.stripLegend.isEmpty()) {
      legend(layers);
    }
  }

  /** Below the plot, where the picture has it. */
  private void legend(JsonArray layers) {
    JsonArray signs = new JsonArray();
    JsonArray texts = new JsonArray();
    double y = layout.stripLegendY - layout.plotY;
    for (List<HeatMapLayout.Entry> line : layout.stripLegend) {
      double x = Look.MARGIN - layout.plotX;
      for (HeatMapLayout.Entry entry : line) {
        double text = x;
        if (entry.color() != null) {
          JsonObject sign = VegaJson.object("x", right(x), "x2", right(x + 11));
          sign.add("y", VegaJson.number(down(y)));
          sign.add("y2", VegaJson.number(down(y + 11)));
          sign.addProperty("c", VegaLite.hex(entry.color().getRGB()));
          signs.add(sign);
          text += 15;
        }
        texts.add(VegaJson.object("x", right(text), "y", down(y), "t", entry.text()));
        x += entry.width();
      }
      y += Look.lineHeight(Look.TICK) + 2;
    }
    JsonObject colors = layer(signs, VegaJson.object("type", "rect", "clip", false));
    colors
        .getAsJsonObject("encoding")
        .add("color", VegaJson.object("field", "c", "type", "nominal", "scale", false));
    layers.add(colors);
    JsonObject mark = VegaJson.object("type", "text", "align", "left", "baseline", "top");
    mark.addProperty("clip", false);
    mark.addProperty("color", VegaLite.INK);
    JsonObject encoding = new JsonObject();
    for (String axis : List.of("x", "y")) {
      encoding.add(axis, VegaJson.object("field", axis, "type", "quantitative"));
    }
    encoding.add("text", VegaJson.object("field", "t", "type", "nominal"));
    layers.add(
        VegaJson.object(
            "data", VegaJson.object("values", texts), "mark", mark, "encoding", encoding));
  }

  private double right(double pixels) {
    return pixels / layout.plotWidth;
  }

  private double down(double pixels) {
    return pixels / layout.plotHeight;
  }

  private void thresholds(JsonArray layers) {
    for (int i = 0; i < margins.thresholds.size(); i++) {
      double x = layout.thresholdColumns[i];
      double y = layout.thresholdRows[i];
      JsonArray lines =
          VegaJson.array(
              VegaJson.object("x", x, "x2", x, "y", 0, "y2", 1),
              VegaJson.object("x", 0, "x2", 1, "y", y, "y2", y));
      JsonObject light = VegaJson.object("type", "rule", "clip", true, "strokeWidth", 2.6);
      light.addProperty("color", "#ffffff");
      layers.add(layer(lines, light));
      JsonObject dark = VegaJson.object("type", "rule", "clip", true, "strokeWidth", 1.2);
      dark.addProperty("color", "#222222");
      dark.add("strokeDash", VegaJson.array(5, 4));
      layers.add(layer(lines.deepCopy(), dark));
      String label = margins.thresholds.get(i).label();
      if (!label.isBlank()) {
        JsonObject text = VegaJson.object("type", "text", "text", label, "clip", false);
        text.addProperty("color", VegaLite.INK);
        text.addProperty("baseline", "bottom");
        JsonObject encoding = VegaJson.object("x", VegaJson.object("datum", x));
        encoding.add("y", VegaJson.object("value", -margins.stripsHeight() - 3));
        layers.add(VegaJson.object("data", VegaChart.ONE, "mark", text, "encoding", encoding));
      }
    }
  }

  /** Positions are those of the plot; outside they go on in the same units. */
  private static JsonObject layer(JsonArray data, JsonObject mark) {
    JsonObject encoding = new JsonObject();
    for (String axis : List.of("x", "y")) {
      encoding.add(axis, VegaJson.object("field", axis, "type", "quantitative"));
      encoding.add(axis + "2", VegaJson.object("field", axis + "2"));
    }
    return VegaJson.object(
        "data", VegaJson.object("values", data), "mark", mark, "encoding", encoding);
  }

  private void strip(JsonArray layers, int index, boolean beside) {
    HeatMapMargins.Strip strip = margins.strips.get(index);
    double outwards = 3 + (margins.strips.size() - index) * HeatMapMargins.STRIP;
    double room = beside ? layout.plotWidth : layout.plotHeight;
    JsonArray data = new JsonArray();
    for (int i = 0; i < strip.values().size(); i++) {
      double from = layout.rowEdges[i];
      double to = layout.rowEdges[i + 1];
      double near = -(outwards - HeatMapMargins.STRIP + 1) / room;
      double far = -outwards / room;
      LabelledMatrix matrix = layout.matrix;
      JsonObject cell =
          beside
              ? VegaJson.object("x", far, "x2", near, "y", from, "y2", to)
              : VegaJson.object("x", from, "x2", to, "y", far, "y2", near);
      cell.addProperty("name", matrix.rows().get(i));
      cell.addProperty("value", strip.values().get(i));
      cell.addProperty("c", VegaLite.hex(strip.colors().get(strip.values().get(i)).getRGB()));
      data.add(cell);
    }
    JsonObject layer = layer(data, VegaJson.object("type", "rect", "clip", false));
    JsonObject encoding = layer.getAsJsonObject("encoding");
    encoding.add("color", VegaJson.object("field", "c", "type", "nominal", "scale", false));
    encoding.add(
        "tooltip",
        VegaJson.array(
            VegaJson.object("field", "name", "type", "nominal", "title", "row"),
            VegaJson.object("field", "value", "type", "nominal", "title", strip.attribute())));
    layers.add(layer);
  }

  private void tree(JsonArray layers) {
    List<AverageLinkage.Branch> branches = margins.tree.branches();
    double highest = branches.stream().mapToDouble(AverageLinkage.Branch::height).max().orElse(1);
    double base = -(margins.stripsHeight() + 3) / layout.plotHeight;
    double scale = highest > 0 ? HeatMapMargins.TREE / highest / layout.plotHeight : 0;
    double leaves = branches.size() + 1;
    JsonArray lines = new JsonArray();
    for (AverageLinkage.Branch branch : branches) {
      double left = (branch.left() + 0.5) / leaves;
      double right = (branch.right() + 0.5) / leaves;
      double top = base - scale * branch.height();
      lines.add(line(left, base - scale * branch.leftHeight(), left, top, branch));
      lines.add(line(left, top, right, top, branch));
      lines.add(line(right, base - scale * branch.rightHeight(), right, top, branch));
    }
    JsonObject rule = VegaJson.object("type", "rule", "clip", false, "color", VegaLite.INK);
    JsonObject layer = layer(lines, rule);
    layer
        .getAsJsonObject("encoding")
        .add(
            "tooltip",
            VegaJson.array(
                VegaJson.object(
                    "field", "distance",
                    "type", "quantitative",
                    "format", ".4~g",
                    "title", "joined at distance")));
    layers.add(layer);
  }

  private static JsonObject line(
      double x, double y, double x2, double y2, AverageLinkage.Branch branch) {
    return VegaJson.object("x", x, "y", y, "x2", x2, "y2", y2, "distance", branch.height());
  }

  /** The view with lines above and on the right; the view itself where there are none. */
  JsonObject around(JsonObject heatMap) {
    if (margins.sides == null) {
      return heatMap;
    }
    JsonObject title = new JsonObject();
    if (heatMap.has("title")) {
      title.add("title", heatMap.remove("title"));
    }
    title.addProperty("spacing", 6);
    title.add(
        "vconcat",
        VegaJson.array(
            side(false),
            VegaJson.object("hconcat", VegaJson.array(heatMap, side(true)), "spacing", 6)));
    return title;
  }

  /** Those of other groups below, thin and grey; a row's own above. */
  private JsonObject side(boolean ofRows) {
    List<HeatMapSides.Line> lines = ofRows ? margins.sides.ofRows() : margins.sides.ofColumns();
    JsonObject thin = VegaJson.object("type", "line", "strokeWidth", 1);
    thin.addProperty("color", VegaLite.hex(Look.OTHERS.getRGB()));
    JsonObject strong = VegaJson.object("type", "line", "strokeWidth", 2);
    strong.add("point", VegaJson.object("size", POINT));
    strong.addProperty("color", VegaLite.hex(Look.seriesColor(0).getRGB()));
    JsonArray layers = new JsonArray();
    List<HeatMapSides.Line> others = lines.stream().filter(line -> !line.own()).toList();
    if (!others.isEmpty()) {
      layers.add(side(ofRows, others, thin));
    }
    layers.add(side(ofRows, lines.stream().filter(HeatMapSides.Line::own).toList(), strong));
    JsonObject view = VegaJson.object("layer", layers);
    view.addProperty(
        "width",
        ofRows
            ? HeatMapMargins.SIDE
            : VegaHeatMap.wholePixels(layout.plotWidth, layout.columnEdges));
    view.addProperty(
        "height",
        ofRows ? VegaHeatMap.wholePixels(layout.plotHeight, layout.rowEdges) : HeatMapMargins.SIDE);
    return view;
  }

  private JsonObject side(boolean ofRows, List<HeatMapSides.Line> lines, JsonObject mark) {
    double[] edges = ofRows ? layout.rowEdges : layout.columnEdges;
    List<String> names = ofRows ? layout.matrix.rows() : layout.matrix.columns();
    JsonArray data = new JsonArray();
    for (int l = 0; l < lines.size(); l++) {
      HeatMapSides.Line line = lines.get(l);
      for (int i = 0; i < line.values().length; i++) {
        int at = line.from() + i;
        JsonObject point =
            VegaJson.object("at", (edges[at] + edges[at + 1]) / 2, "name", names.get(at));
        point.add("value", VegaJson.number(line.values()[i]));
        if (!line.group().isEmpty()) {
          point.addProperty("group", line.group());
          point.addProperty("line", l);
        }
        data.add(point);
      }
    }
    JsonObject along = VegaJson.object("field", "at", "type", "quantitative", "axis", false);
    along.add(
        "scale",
        VegaJson.object(
            "domain", ofRows ? VegaJson.array(1, 0) : VegaJson.array(0, 1), "nice", false));
    JsonObject across = VegaJson.object("field", "value", "type", "quantitative");
    across.addProperty("title", HeatMapSides.WHAT);
    across.add("scale", VegaJson.object("domain", margins.sides.scale(), "nice", false));
    across.add("axis", VegaJson.object("tickCount", 2, "grid", true));
    JsonObject encoding = VegaJson.object(ofRows ? "y" : "x", along, ofRows ? "x" : "y", across);
    encoding.add("order", VegaJson.object("field", "at", "type", "quantitative"));
    JsonArray tooltip =
        VegaJson.array(
            VegaJson.object("field", "name", "type", "nominal", "title", ofRows ? "row" : "column"),
            VegaJson.object(
                "field",
                "value",
                "type",
                "quantitative",
                "format",
                ".4~g",
                "title",
                HeatMapSides.WHAT));
    if (lines.stream().anyMatch(line -> !line.group().isEmpty())) {
      encoding.add("detail", VegaJson.object("field", "line", "type", "nominal"));
      tooltip.add(VegaJson.object("field", "group", "type", "nominal", "title", "among"));
    }
    encoding.add("tooltip", tooltip);
    return VegaJson.object(
        "data", VegaJson.object("values", data), "mark", mark, "encoding", encoding);
  }
}
