package dev.kindred.figure;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Figures as Vega-Lite 5 specifications, which JupyterLab draws without a network: names and values
 * are told where the pointer is, the wheel zooms, a click on the legend selects.
 *
 * <p>The ground is transparent and the ink can be read on light and dark pages.
 */
final class VegaLite {
  private static final String SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json";

  static final String INK = hex(Look.INK_ON_BOTH.getRGB());

  /** Points of one name under the pointer, in all panels of a figure. */
  static final String POINTED = "pointed";

  private VegaLite() {}

  /** The whole specification; empty for pictures that have none. */
  static Optional<String> document(Figure figure) {
    Views views = new Views();
    return views.of(figure).map(view -> document(view, views).toString());
  }

  private static JsonObject document(JsonObject view, Views views) {
    JsonObject document = VegaJson.object("$schema", SCHEMA);
    view.entrySet().forEach(entry -> document.add(entry.getKey(), entry.getValue()));
    if (!views.linked.isEmpty()) {
      JsonObject select = VegaJson.object("type", "point", "fields", List.of("point"));
      select.addProperty("on", "pointerover");
      select.addProperty("clear", "pointerout");
      views.params.add(VegaJson.object("name", POINTED, "select", select, "views", views.linked));
    }
    document.add("params", views.params);
    JsonObject config = VegaJson.object("background", "transparent");
    config.add("view", VegaJson.object("stroke", "#8a8a8a"));
    // JupyterLab chooses Vega's theme when it draws, and not again when a person changes its own.
    JsonObject axis = VegaJson.object("labelColor", INK, "titleColor", INK, "gridColor", "#8a8a8a");
    axis.addProperty("gridOpacity", 0.25);
    axis.addProperty("tickColor", "#8a8a8a");
    axis.addProperty("domainColor", "#8a8a8a");
    config.add("axis", axis);
    config.add("legend", VegaJson.object("labelColor", INK, "titleColor", INK));
    JsonObject title = VegaJson.object("anchor", "start", "fontSize", 14, "color", INK);
    title.addProperty("subtitleColor", INK);
    config.add("title", title);
    document.add("config", config);
    VegaData.compact(document);
    return document;
  }

  /**
   * A legend of several views.
   *
   * @param view whose selection all follow
   * @param width of all views, in pixels
   */
  record OneLegend(String view, int width) {}

  /** Makes views, with names that differ within one document. */
  static final class Views {
    /**
     * Selections, each of one view. They stand in the document and not in the views: Vega-Lite
     * loses those of the views where the document has one of its own.
     */
    private final JsonArray params = new JsonArray();

    /** Views whose points have names, which are selected together. */
    private final List<String> linked = new ArrayList<>();

    private OneLegend oneLegend;
    private int count;

    Optional<JsonObject> of(Figure figure) {
      if (figure instanceof HeatMap map) {
        return Optional.of(new VegaHeatMap(map.layout(), next(), this).view());
      }
      if (figure instanceof XyFigure<?> chart) {
        String name = next();
        if (chart.hasNames()) {
          linked.add(name);
        }
        return Optional.of(new VegaChart(chart, name, this).view());
      }
      if (figure instanceof BoxFigure boxes) {
        return Optional.of(new VegaBoxes(boxes).view());
      }
      return figure instanceof Panels panels ? panels(panels) : Optional.empty();
    }

    /** The wheel zooms and a drag pans. */
    void zoom(String view) {
      params.add(
          VegaJson.object(
              "name",
              view + "_zoom",
              "select",
              "interval",
              "bind",
              "scales",
              "views",
              List.of(view)));
    }

    /** A click on a series in the legend selects it. */
    void chooseSeries(String view) {
      if (oneLegend != null && !oneLegend.view().equals(view)) {
        return;
      }
      JsonObject select = VegaJson.object("type", "point", "fields", List.of("series"));
      params.add(
          VegaJson.object(
              "name", chosen(view), "select", select, "bind", "legend", "views", List.of(view)));
    }

    /** The selection that a view follows: its own, or that of the one legend. */
    String chosen(String view) {
      return oneLegend().map(OneLegend::view).orElse(view) + "_chosen";
    }

    /** The legend of all the views that are being made, where they have one together. */
    Optional<OneLegend> oneLegend() {
      return Optional.ofNullable(oneLegend);
    }

    private Optional<JsonObject> panels(Panels panels) {
      OneLegend around = oneLegend;
      if (panels.hasOneLegend()) {
        oneLegend = new OneLegend("view" + count, panels.width());
      }
      Optional<JsonObject> view = grid(panels, oneLegend == null ? "independent" : "shared");
      oneLegend = around;
      return view;
    }

    private Optional<JsonObject> grid(Panels panels, String scales) {
      JsonArray rows = new JsonArray();
      JsonArray row = new JsonArray();
      for (Figure figure : panels.figures()) {
        Optional<JsonObject> view = of(figure);
        if (view.isEmpty()) {
          return Optional.empty();
        }
        if (panels.isLettered()) {
          letter(view.get(), Panels.letter(rows.size() * panels.columns() + row.size()));
        }
        row.add(view.get());
        if (row.size() == panels.columns()) {
          rows.add(beside(row, scales));
          row = new JsonArray();
        }
      }
      if (row.size() > 0) {
        rows.add(beside(row, scales));
      }
      return Optional.of(
          rows.size() == 1
              ? rows.get(0).getAsJsonObject()
              : VegaJson.object("vconcat", rows, "resolve", resolve(scales)));
    }

    /** Puts a letter before the first line of the title. */
    private static void letter(JsonObject view, String letter) {
      JsonObject title =
          view.get("title") instanceof JsonObject whole
              ? whole
              : VegaJson.object("text", view.has("title") ? view.get("title") : "");
      JsonArray lines =
          title.get("text") instanceof JsonArray some ? some : VegaJson.array(List.of(""));
      lines.set(0, new JsonPrimitive((letter + "  " + lines.get(0).getAsString()).strip()));
      title.add("text", lines);
      view.add("title", title);
    }

    private static JsonObject beside(JsonArray views, String scales) {
      return VegaJson.object("hconcat", views, "resolve", resolve(scales));
    }

    private static JsonObject resolve(String scales) {
      return VegaJson.object("scale", VegaJson.object("color", scales, "shape", scales));
    }

    private String next() {
      return "view" + count++;
    }
  }

  /** A title in lines no wider than the figure; nothing for none. */
  static Object title(String text, double width) {
    List<String> lines = Look.wrap(text, Look.TITLE, width);
    return lines.isEmpty() ? null : lines;
  }

  static String hex(int rgb) {
    return String.format("#%06x", rgb & 0xffffff);
  }
}
