package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import dev.kindred.base.LabelledMatrix;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A heat map whose cells tell their names and value. Cells are one list of numbers, row by row;
 * names and edges are looked up by the place in it. Where there are very many, a picture of them is
 * shown, and the pointer asks a coarser grid.
 */
final class VegaHeatMap {
  /** More cells than this are drawn as a picture. */
  private static final int MOST_CELLS = 10_000;

  /** Rows and columns of the grid that tells names over a picture. */
  private static final int HOVER_CELLS = 100;

  private final HeatMapLayout layout;
  private final LabelledMatrix matrix;
  private final String name;
  private final VegaLite.Views views;
  private final boolean picture;

  VegaHeatMap(HeatMapLayout layout, String name, VegaLite.Views views) {
    this.layout = layout;
    this.matrix = layout.matrix;
    this.name = name;
    this.views = views;
    this.picture = (long) matrix.rows().size() * matrix.columns().size() > MOST_CELLS;
  }

  JsonObject view() {
    JsonArray layers = new JsonArray();
    if (picture) {
      layers.add(pictureLayer());
    } else {
      views.zoom(name);
    }
    layers.add(cells());
    if (!picture) {
      annotations(layers);
      hatches(layers);
    }
    new VegaMargins(layout).addTo(layers);
    groups(layers);
    outlines(layers);
    List<String> below = new ArrayList<>();
    if (layout.marks.hatch().isDrawn()) {
      below.addAll(
          Look.wrap("hatched: " + layout.marks.hatch().meaning(), Look.TICK, layout.width));
    }
    Object title = VegaLite.title(layout.texts.title(), layout.width);
    JsonObject view = new JsonObject();
    if (title != null || !below.isEmpty()) {
      JsonObject texts = VegaJson.object("text", title == null ? "" : title);
      if (!below.isEmpty()) {
        texts.add("subtitle", VegaJson.array(below));
      }
      view.add("title", texts);
    }
    view.addProperty("width", wholePixels(layout.plotWidth, layout.columnEdges));
    view.addProperty("height", wholePixels(layout.plotHeight, layout.rowEdges));
    keepAllNames(layers);
    view.add("layer", layers);
    return new VegaMargins(layout).around(view);
  }

  /** About the size; where cells are equal, whole pixels for each, or the page shines between. */
  static long wholePixels(double size, double[] edges) {
    int cells = edges.length - 1;
    boolean equal = Math.abs(edges[1] * cells - 1) < 1e-9;
    return equal && size / cells >= 1 ? cells * Math.round(size / cells) : Math.round(size);
  }

  /**
   * The layout has chosen the names that have room. Where the layers' axes differ in anything,
   * Vega-Lite thins the names out once more, so all layers have those of the cells.
   */
  private void keepAllNames(JsonArray layers) {
    for (JsonElement layer : layers) {
      JsonObject encoding = layer.getAsJsonObject().getAsJsonObject("encoding");
      for (String axis : List.of("x", "y")) {
        JsonObject channel = encoding.getAsJsonObject(axis);
        if (channel != null && channel.has("field") && !channel.has("axis")) {
          channel.add("axis", (axis.equals("x") ? xAxis() : yAxis()).get("axis"));
        }
      }
    }
  }

  /**
   * Where cells begin, and the last ends; over a picture, where blocks of cells do, each at least a
   * hundredth of the plot wide, so that on a logarithmic axis the first cells stand alone.
   */
  private int[] blocks(double[] edges) {
    int count = edges.length - 1;
    List<Integer> starts = new ArrayList<>();
    double last = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < count; i++) {
      if (!picture || edges[i] - last > 1.0 / HOVER_CELLS - 1e-9) {
        starts.add(i);
        last = edges[i];
      }
    }
    starts.add(count);
    return starts.stream().mapToInt(start -> start).toArray();
  }

  private JsonObject cells() {
    int[] rows = blocks(layout.rowEdges);
    int[] columns = blocks(layout.columnEdges);
    JsonArray values = new JsonArray();
    for (int i = 0; i < rows.length - 1; i++) {
      for (int j = 0; j < columns.length - 1; j++) {
        double value = mean(rows[i], rows[i + 1], columns[j], columns[j + 1]);
        // In a list of plain numbers Vega takes no null.
        values.add(Double.isFinite(value) ? VegaJson.number(value) : new JsonPrimitive(""));
      }
    }
    int width = columns.length - 1;
    JsonArray transforms =
        VegaJson.array(
            VegaJson.object(
                "window", VegaJson.array(VegaJson.object("op", "row_number", "as", "n"))),
            // Of what is missing Vega-Lite would draw nothing.
            calculate("isNumber(datum.data) ? datum.data : " + layout.scale.low(), "shade"),
            calculate("isNumber(datum.data) ? format(datum.data, '.4~g') : 'missing'", "value"),
            calculate("floor((datum.n-1)/" + width + ")", "i"),
            calculate("(datum.n-1)%" + width, "j"),
            calculate(lookup(names(matrix.rows(), rows), "i", 0), "row"),
            calculate(lookup(names(matrix.columns(), columns), "j", 0), "column"),
            calculate(lookup(at(layout.rowEdges, rows), "i", 0), "y"),
            calculate(lookup(at(layout.rowEdges, rows), "i", 1), "y2"),
            calculate(lookup(at(layout.columnEdges, columns), "j", 0), "x"),
            calculate(lookup(at(layout.columnEdges, columns), "j", 1), "x2"));
    return VegaJson.object(
        "name",
        name,
        "data",
        VegaJson.object("values", values),
        "transform",
        transforms,
        "mark",
        VegaJson.object("type", "rect", "clip", true),
        "encoding",
        VegaJson.object(
            "x", xAxis(),
            "x2", VegaJson.object("field", "x2"),
            "y", yAxis(),
            "y2", VegaJson.object("field", "y2"),
            "color", color(),
            "opacity", picture ? VegaJson.object("value", 0) : null,
            "tooltip",
                VegaJson.array(
                    tip("row", layout.texts.rows().isBlank() ? "row" : layout.texts.rows()),
                    tip(
                        "column",
                        layout.texts.columns().isBlank() ? "column" : layout.texts.columns()),
                    VegaJson.object(
                        "field", "value",
                        "type", "nominal",
                        "title",
                            (picture ? "mean " : "")
                                + (layout.texts.values().isBlank()
                                    ? "value"
                                    : layout.texts.values())))));
  }

  private static JsonObject tip(String field, String title) {
    return VegaJson.object("field", field, "type", "nominal", "title", title);
  }

  private static JsonObject calculate(String expression, String as) {
    return VegaJson.object("calculate", expression, "as", as);
  }

  private static String lookup(String literal, String index, int plus) {
    return literal + "[datum." + index + (plus == 0 ? "" : "+" + plus) + "]";
  }

  private static String names(List<String> all, int[] starts) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < starts.length - 1; i++) {
      int last = starts[i + 1] - 1;
      names.add(
          last == starts[i] ? all.get(starts[i]) : all.get(starts[i]) + " – " + all.get(last));
    }
    return VegaJson.array(names).toString();
  }

  private static String at(double[] edges, int[] starts) {
    double[] some = new double[starts.length];
    for (int i = 0; i < some.length; i++) {
      some[i] = edges[starts[i]];
    }
    return VegaJson.array(some).toString();
  }

  private double mean(int row, int rowEnd, int column, int columnEnd) {
    double sum = 0;
    int count = 0;
    for (int i = row; i < rowEnd; i++) {
      for (int j = column; j < columnEnd; j++) {
        if (!Double.isNaN(matrix.get(i, j))) {
          sum += matrix.get(i, j);
          count++;
        }
      }
    }
    return count == 0 ? Double.NaN : sum / count;
  }

  private JsonObject xAxis() {
    return VegaJson.object(
        "field",
        "x",
        "type",
        "quantitative",
        "scale",
        VegaJson.object("domain", List.of(0, 1), "nice", false),
        "axis",
        axis(
            layout.columnNames,
            layout.texts.columns(),
            layout.columnsTurned ? -45 : 0,
            layout.marks.columnGroups(),
            0));
  }

  private JsonObject yAxis() {
    return VegaJson.object(
        "field",
        "y",
        "type",
        "quantitative",
        "scale",
        VegaJson.object("domain", List.of(1, 0), "nice", false),
        "axis",
        axis(
            layout.rowNames,
            layout.texts.rows(),
            0,
            layout.marks.rowGroups(),
            layout.margins.left()));
  }

  private JsonObject axis(
      List<HeatMapLayout.Name> names,
      String title,
      int angle,
      List<String> groups,
      double outwards) {
    double[] places = names.stream().mapToDouble(HeatMapLayout.Name::at).toArray();
    String texts = VegaJson.array(names.stream().map(HeatMapLayout.Name::text).toList()).toString();
    String all = VegaJson.array(places).toString();
    return VegaJson.object(
        "values",
        places,
        "labelExpr",
        texts + "[indexof(" + all + ",datum.value)]",
        "labelAngle",
        angle,
        "labelLimit",
        Look.LONGEST_LABEL,
        "labelOverlap",
        false,
        "labelPadding",
        4 + outwards,
        "grid",
        false,
        "ticks",
        false,
        "domain",
        false,
        "titlePadding",
        groups.isEmpty() ? null : Look.lineHeight(Look.LABEL) + 2.0 * Look.GAP,
        "title",
        title);
  }

  private JsonObject color() {
    List<String> colors = new ArrayList<>();
    for (int i = 0; i <= 20; i++) {
      colors.add(VegaLite.hex(layout.scale.map().rgb(i / 20.0)));
    }
    return VegaJson.object(
        "condition",
        VegaJson.object(
            "test", "!isNumber(datum.data)", "value", VegaLite.hex(ColorMap.MISSING.getRGB())),
        "field",
        "shade",
        "type",
        "quantitative",
        "scale",
        VegaJson.object(
            "domain",
            List.of(layout.scale.low(), layout.scale.high()),
            "range",
            colors,
            "nice",
            false,
            "clamp",
            true),
        "legend",
        layout.margins.bar
            ? VegaJson.object(
                "title", layout.texts.values(),
                "titleLimit", layout.barHeight,
                "type", "gradient",
                "gradientLength", layout.barHeight,
                "values", layout.barTicks)
            : false);
  }

  private JsonObject pictureLayer() {
    String png = Base64.getEncoder().encodeToString(HeatMapPainter.cellsAsPng(layout));
    return VegaJson.object(
        "data",
            VegaJson.object(
                "values", VegaJson.array(VegaJson.object("url", "data:image/png;base64," + png))),
        "mark",
            VegaJson.object(
                "type",
                "image",
                "width",
                Math.round(layout.plotWidth),
                "height",
                Math.round(layout.plotHeight),
                "align",
                "left",
                "baseline",
                "top",
                "aspect",
                false),
        "encoding",
            VegaJson.object(
                "x", VegaJson.object("value", 0),
                "y", VegaJson.object("value", 0),
                "url", VegaJson.object("field", "url", "type", "nominal")));
  }

  private void annotations(JsonArray layers) {
    if (layout.marks.annotation() == null) {
      return;
    }
    JsonArray texts = new JsonArray();
    for (int i = 0; i < matrix.rows().size(); i++) {
      for (int j = 0; j < matrix.columns().size(); j++) {
        String text = layout.annotation(i, j);
        double width = layout.plotWidth * (layout.columnEdges[j + 1] - layout.columnEdges[j]);
        double height = layout.plotHeight * (layout.rowEdges[i + 1] - layout.rowEdges[i]);
        if (!text.isEmpty()
            && Look.width(text, Look.SMALL) <= width - 2
            && Look.lineHeight(Look.SMALL) <= height) {
          texts.add(
              VegaJson.object(
                  "x", middle(layout.columnEdges, j),
                  "y", middle(layout.rowEdges, i),
                  "t", text,
                  "c",
                      VegaLite.hex(
                          layout.scale.map().inkOn(layout.scale.at(matrix.get(i, j))).getRGB())));
        }
      }
    }
    if (texts.size() > 0) {
      layers.add(
          VegaJson.object(
              "data", VegaJson.object("values", texts),
              "mark", VegaJson.object("type", "text", "fontSize", 11, "clip", true),
              "encoding",
                  VegaJson.object(
                      "x", place("x"),
                      "y", place("y"),
                      "text", VegaJson.object("field", "t", "type", "nominal"),
                      "color", literal("c"))));
    }
  }

  private static double middle(double[] edges, int i) {
    return (edges[i] + edges[i + 1]) / 2;
  }

  private static JsonObject place(String field) {
    return VegaJson.object("field", field, "type", "quantitative");
  }

  private static JsonObject literal(String field) {
    return VegaJson.object("field", field, "type", "nominal", "scale", false);
  }

  private void hatches(JsonArray layers) {
    if (!layout.marks.hatch().isDrawn()) {
      return;
    }
    JsonArray lines = new JsonArray();
    for (int i = 0; i < matrix.rows().size(); i++) {
      for (int j = 0; j < matrix.columns().size(); j++) {
        if (layout.marks.hatch().cells()[i][j]) {
          String ink =
              VegaLite.hex(layout.scale.map().inkOn(layout.scale.at(matrix.get(i, j))).getRGB());
          // Three strokes from the lower left to the upper right.
          for (double[] part : new double[][] {{0, 0.5, 0.5, 0}, {0, 1, 1, 0}, {0.5, 1, 1, 0.5}}) {
            lines.add(
                VegaJson.object(
                    "x", within(layout.columnEdges, j, part[0]),
                    "y", within(layout.rowEdges, i, part[1]),
                    "x2", within(layout.columnEdges, j, part[2]),
                    "y2", within(layout.rowEdges, i, part[3]),
                    "c", ink));
          }
        }
      }
    }
    layers.add(segments(lines, 1, literal("c"), 0.6));
  }

  private static double within(double[] edges, int i, double share) {
    return edges[i] + share * (edges[i + 1] - edges[i]);
  }

  private static JsonObject segments(
      JsonArray data, double width, JsonObject color, double opacity) {
    return VegaJson.object(
        "data", VegaJson.object("values", data),
        "mark",
            VegaJson.object(
                "type", "rule", "strokeWidth", width, "strokeOpacity", opacity, "clip", true),
        "encoding",
            VegaJson.object(
                "x", place("x"),
                "y", place("y"),
                "x2", VegaJson.object("field", "x2"),
                "y2", VegaJson.object("field", "y2"),
                "color", color));
  }

  private void groups(JsonArray layers) {
    JsonArray rules = new JsonArray();
    JsonArray beside = new JsonArray();
    JsonArray below = new JsonArray();
    for (int[] run : HeatMapLayout.runs(layout.marks.rowGroups())) {
      double from = layout.rowEdges[run[0]];
      double to = layout.rowEdges[run[1]];
      if (run[0] > 0) {
        rules.add(VegaJson.object("x", 0, "x2", 1, "y", from, "y2", from));
      }
      beside.add(
          VegaJson.object(
              "at",
              (from + to) / 2,
              "t",
              Look.fit(
                  layout.marks.rowGroups().get(run[0]),
                  Look.LABEL,
                  (to - from) * layout.plotHeight)));
    }
    for (int[] run : HeatMapLayout.runs(layout.marks.columnGroups())) {
      double from = layout.columnEdges[run[0]];
      double to = layout.columnEdges[run[1]];
      if (run[0] > 0) {
        rules.add(VegaJson.object("x", from, "x2", from, "y", 0, "y2", 1));
      }
      below.add(
          VegaJson.object(
              "at",
              (from + to) / 2,
              "t",
              Look.fit(
                  layout.marks.columnGroups().get(run[0]),
                  Look.LABEL,
                  (to - from) * layout.plotWidth)));
    }
    if (rules.size() > 0) {
      layers.add(segments(rules, 3, VegaJson.object("value", "#ffffff"), 1));
      layers.add(segments(rules.deepCopy(), 1, VegaJson.object("value", "#222222"), 1));
    }
    if (beside.size() > 0) {
      double left = -layout.margins.left() - layout.rowNamesWidth - Look.GAP;
      layers.add(
          VegaJson.object(
              "data", VegaJson.object("values", beside),
              "mark",
                  VegaJson.object(
                      "type",
                      "text",
                      "angle",
                      270,
                      "baseline",
                      "bottom",
                      "clip",
                      false,
                      "fontSize",
                      12,
                      "color",
                      VegaLite.INK),
              "encoding",
                  VegaJson.object(
                      "x", VegaJson.object("value", left),
                      "y", place("at"),
                      "text", VegaJson.object("field", "t", "type", "nominal"))));
    }
    if (below.size() > 0) {
      double bottom = layout.plotHeight + layout.columnNamesHeight + Look.GAP;
      layers.add(
          VegaJson.object(
              "data", VegaJson.object("values", below),
              "mark",
                  VegaJson.object(
                      "type",
                      "text",
                      "baseline",
                      "top",
                      "clip",
                      false,
                      "fontSize",
                      12,
                      "color",
                      VegaLite.INK),
              "encoding",
                  VegaJson.object(
                      "x", place("at"),
                      "y", VegaJson.object("value", bottom),
                      "text", VegaJson.object("field", "t", "type", "nominal"))));
    }
  }

  private void outlines(JsonArray layers) {
    JsonArray cells = new JsonArray();
    for (int[] cell : layout.marks.outlines()) {
      cells.add(
          VegaJson.object(
              "x", layout.columnEdges[cell[1]],
              "x2", layout.columnEdges[cell[1] + 1],
              "y", layout.rowEdges[cell[0]],
              "y2", layout.rowEdges[cell[0] + 1]));
    }
    if (cells.size() == 0) {
      return;
    }
    layers.add(
        VegaJson.object(
            "data", VegaJson.object("values", cells),
            "mark",
                VegaJson.object(
                    "type", "rect", "filled", false, "stroke", "#d55e00", "strokeWidth", 2.5),
            "encoding",
                VegaJson.object(
                    "x", place("x"),
                    "x2", VegaJson.object("field", "x2"),
                    "y", place("y"),
                    "y2", VegaJson.object("field", "y2"))));
  }
}
