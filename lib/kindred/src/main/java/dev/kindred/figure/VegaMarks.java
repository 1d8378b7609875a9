package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.kindred.base.LabelledMatrix;
import java.util.List;

/** What is drawn on the cells of a heat map: texts, hatches, groups and outlines. */
final class VegaMarks {
  private final HeatMapLayout layout;
  private final LabelledMatrix matrix;

  VegaMarks(HeatMapLayout layout) {
    this.layout = layout;
    this.matrix = layout.matrix;
  }

  /** What stands in single cells, for which they must be large enough. */
  void inCells(JsonArray layers) {
    annotations(layers);
    hatches(layers);
  }

  /** What joins cells or singles them out. */
  void overCells(JsonArray layers) {
    groups(layers);
    outlines(layers);
  }

  private void annotations(JsonArray layers) {
    if (layout.marks.inCells() == null) {
      return;
    }
    JsonArray texts = new JsonArray();
    for (int i = 0; i < matrix.rows().size(); i++) {
      for (int j = 0; j < matrix.columns().size(); j++) {
        String text = layout.marks.inCells().text(i, j);
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
    for (int[] run : HeatMapLayout.runs(layout.marks.rowGroups())) {
      double at = layout.rowEdges[run[0]];
      if (run[0] > 0) {
        rules.add(VegaJson.object("x", 0, "x2", 1, "y", at, "y2", at));
      }
    }
    for (int[] run : HeatMapLayout.runs(layout.marks.columnGroups())) {
      double at = layout.columnEdges[run[0]];
      if (run[0] > 0) {
        rules.add(VegaJson.object("x", at, "x2", at, "y", 0, "y2", 1));
      }
    }
    if (rules.size() > 0) {
      layers.add(segments(rules, 3, VegaJson.object("value", "#ffffff"), 1));
      layers.add(segments(rules.deepCopy(), 1, VegaJson.object("value", "#222222"), 1));
    }
    double left = -layout.margins.left() - layout.rowNamesWidth - Look.GAP;
    groupNames(
        layers,
        names(layout.marks.rowGroups(), layout.rowEdges, layout.plotHeight),
        VegaJson.object("type", "text", "angle", 270, "baseline", "bottom"),
        VegaJson.object("value", left),
        place("at"));
    double bottom = layout.plotHeight + layout.columnNamesHeight + Look.GAP;
    groupNames(
        layers,
        names(layout.marks.columnGroups(), layout.columnEdges, layout.plotWidth),
        VegaJson.object("type", "text", "baseline", "top"),
        place("at"),
        VegaJson.object("value", bottom));
  }

  /** The name of every run of equal groups, in its middle. */
  private static JsonArray names(List<String> groups, double[] edges, double pixels) {
    JsonArray names = new JsonArray();
    for (int[] run : HeatMapLayout.runs(groups)) {
      double from = edges[run[0]];
      double to = edges[run[1]];
      String name = Look.fit(groups.get(run[0]), Look.LABEL, (to - from) * pixels);
      names.add(VegaJson.object("at", (from + to) / 2, "t", name));
    }
    return names;
  }

  private static void groupNames(
      JsonArray layers, JsonArray names, JsonObject mark, JsonObject x, JsonObject y) {
    if (names.size() > 0) {
      mark.addProperty("clip", false);
      mark.addProperty("fontSize", 12);
      mark.addProperty("color", VegaLite.INK);
      JsonObject text = VegaJson.object("field", "t", "type", "nominal");
      layers.add(
          VegaJson.object(
              "data", VegaJson.object("values", names),
              "mark", mark,
              "encoding", VegaJson.object("x", x, "y", y, "text", text)));
    }
  }

  private void outlines(JsonArray layers) {
    JsonArray cells = new JsonArray();
    for (HeatMapLayout.Outline outline : layout.marks.outlines()) {
      cells.add(
          VegaJson.object(
              "x", layout.columnEdges[outline.column()],
              "x2", layout.columnEdges[outline.endColumn()],
              "y", layout.rowEdges[outline.row()],
              "y2", layout.rowEdges[outline.endRow()],
              "c", VegaLite.hex(outline.color().getRGB())));
    }
    if (cells.size() == 0) {
      return;
    }
    layers.add(
        VegaJson.object(
            "data", VegaJson.object("values", cells),
            "mark", VegaJson.object("type", "rect", "filled", false, "strokeWidth", 2.5),
            "encoding",
                VegaJson.object(
                    "x", place("x"),
                    "x2", VegaJson.object("field", "x2"),
                    "y", place("y"),
                    "y2", VegaJson.object("field", "y2"),
                    "stroke", literal("c"))));
  }
}
