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

  /**
   * Pixels by which a cell reaches under the next, which is drawn later: where an edge falls within
   * a pixel, as on logarithmic axes or a zoomed page, the page would shine through.
   */
  private static final int OVERLAP = 1;

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
    VegaMarks marks = new VegaMarks(layout);
    if (picture) {
      layers.add(pictureLayer());
    } else {
      views.zoom(name);
    }
    layers.add(cells());
    if (!picture) {
      marks.inCells(layers);
    }
    new VegaMargins(layout).addTo(layers);
    marks.overCells(layers);
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
            calculate(told(), "value"),
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
        VegaJson.object("type", "rect", "clip", true, "x2Offset", OVERLAP, "y2Offset", OVERLAP),
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

  /** What the pointer is told of a cell: its number, or what it means. */
  private String told() {
    if (layout.margins.meanings.isEmpty()) {
      return "isNumber(datum.data) ? format(datum.data, '.4~g') : 'missing'";
    }
    JsonObject words = new JsonObject();
    layout.margins.meanings.forEach(
        (value, meaning) ->
            words.addProperty(
                Double.isNaN(value)
                    ? "missing"
                    : value == Math.rint(value)
                        ? String.valueOf(value.longValue())
                        : String.valueOf(value),
                meaning));
    return words + "[isNumber(datum.data) ? toString(datum.data) : 'missing']";
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
        layout.marks.longestName(),
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
}
