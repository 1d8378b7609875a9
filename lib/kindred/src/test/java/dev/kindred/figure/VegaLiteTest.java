package dev.kindred.figure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pointer is told: every number and name of a figure stands in its specification. */
class VegaLiteTest {
  private static LabelledMatrix matrix(int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i][j] = (i + 1.0) / (j + 2.0);
      }
    }
    return new LabelledMatrix(
        "CKA", names("row", rows), names("column", columns), values, Provenance.of("test"));
  }

  private static List<String> names(String kind, int count) {
    return IntStream.range(0, count).mapToObj(i -> kind + " \"" + i + "\"").toList();
  }

  private static JsonObject specification(Figure figure) {
    return JsonParser.parseString(figure.vegaLite().orElseThrow()).getAsJsonObject();
  }

  private static JsonObject layer(JsonObject view, int index) {
    return view.getAsJsonArray("layer").get(index).getAsJsonObject();
  }

  private static JsonArray values(JsonObject view) {
    return view.getAsJsonObject("data").getAsJsonArray("values");
  }

  private static List<String> tips(JsonObject layer) {
    List<String> titles = new ArrayList<>();
    for (JsonElement tip : layer.getAsJsonObject("encoding").getAsJsonArray("tooltip")) {
      titles.add(tip.getAsJsonObject().get("title").getAsString());
    }
    return titles;
  }

  private static List<String> params(JsonObject document) {
    List<String> names = new ArrayList<>();
    document
        .getAsJsonArray("params")
        .forEach(param -> names.add(param.getAsJsonObject().get("name").getAsString()));
    return names;
  }

  @Test
  void cellsOfAHeatMapTellNamesAndValue() {
    LabelledMatrix matrix = matrix(2, 3);
    matrix.values()[0][1] = Double.NaN;
    double[][] missing = matrix.values();
    missing[0][1] = Double.NaN;
    LabelledMatrix gap =
        new LabelledMatrix("CKA", matrix.rows(), matrix.columns(), missing, Provenance.of("test"));
    JsonObject document =
        specification(HeatMap.of(gap).rows("layer of one").columns("layer of two"));
    JsonObject cells = layer(document, 0);

    assertThat(document.get("$schema").getAsString()).endsWith("vega-lite/v5.json");
    assertThat(values(cells)).hasSize(6);
    assertThat(values(cells).get(0).getAsDouble()).isEqualTo(0.5);
    assertThat(values(cells).get(1).getAsString()).isEmpty();
    assertThat(values(cells).get(5).getAsDouble()).isEqualTo(0.5);
    assertThat(values(cells).get(2).getAsDouble()).isCloseTo(0.25, within(1e-5));
    assertThat(cells.get("transform").toString())
        .contains("[\\\"row \\\\\\\"0\\\\\\\"\\\",\\\"row \\\\\\\"1\\\\\\\"\\\"][datum.i]");
    assertThat(tips(cells)).containsExactly("layer of one", "layer of two", "CKA");
    assertThat(cells.get("mark").toString()).as("no seams").contains("x2Offset", "y2Offset");
    assertThat(params(document)).containsExactly("view0_zoom");
    assertThat(document.getAsJsonObject("config").get("background").getAsString())
        .isEqualTo("transparent");
  }

  @Test
  void marksOfAHeatMapAreThere() {
    boolean[][] hatched = {{false, true}, {false, false}};
    JsonObject document =
        specification(
            HeatMap.of(matrix(2, 2))
                .title("Layers")
                .annotate("%.2f")
                .hatch(hatched, "explained by chance")
                .groups(List.of("a", "b"), List.of())
                .outline(1, 1));
    String text = document.toString();

    assertThat(text).contains("\"t\":\"0.50\"").contains("hatched: explained by chance");
    // Annotations, three strokes of one hatched cell, a rule in its casing, names, an outline.
    assertThat(document.getAsJsonArray("layer")).hasSize(7);
    assertThat(values(layer(document, 2))).hasSize(3);
    assertThat(values(layer(document, 3)).toString())
        .isEqualTo("[{\"x\":0,\"x2\":1,\"y\":0.5,\"y2\":0.5}]");
  }

  @Test
  void treeStripsThresholdsAndMaximaAreThereToo() {
    String tree = specification(Gallery.withTree()).toString();
    assertThat(tree).contains("joined at distance", "\"value\":\"small\"", "\"title\":\"size\"");

    JsonObject sides = specification(HeatMap.of(matrix(2, 3)).title("Layers").maxima());
    assertThat(sides.get("title").toString()).contains("Layers");
    JsonArray rows = sides.getAsJsonArray("vconcat");
    assertThat(values(layer(rows.get(0).getAsJsonObject(), 0)).get(0).toString())
        .isEqualTo("{\"at\":0.166667,\"name\":\"column \\\"0\\\"\",\"value\":1}");
    assertThat(rows.get(1).getAsJsonObject().getAsJsonArray("hconcat")).hasSize(2);

    LabelledMatrix epochs =
        new LabelledMatrix(
            "CKA",
            List.of("1", "10", "100"),
            List.of("1", "10", "100"),
            new double[3][3],
            Provenance.of("test"));
    assertThat(specification(HeatMap.of(epochs).logAxes().threshold(10, "perfect fit")).toString())
        .contains("{\"x\":0.5,\"x2\":0.5,\"y\":0,\"y2\":1}", "\"text\":\"perfect fit\"");
  }

  @Test
  void manyCellsAreAPictureAndTellTheirBlock() {
    JsonObject document = specification(HeatMap.of(matrix(150, 300)));

    assertThat(document.toString()).contains("data:image/png;base64,");
    JsonObject cells = layer(document, 1);
    List<String> blocks =
        cells.getAsJsonObject("data").get("values").getAsString().lines().toList();
    assertThat(blocks).hasSize(1 + 75 * 100).startsWith("data");
    assertThat(tips(cells)).containsExactly("row", "column", "mean CKA");
    assertThat(cells.toString()).contains("row \\\\\\\"0\\\\\\\" – row \\\\\\\"1\\\\\\\"");
    double mean = 0;
    for (int i = 0; i < 2; i++) {
      for (int j = 0; j < 3; j++) {
        mean += (i + 1.0) / (j + 2.0) / 6;
      }
    }
    assertThat(Double.parseDouble(blocks.get(1))).isCloseTo(mean, within(1e-5));
    assertThat(params(document)).isEmpty();
  }

  @Test
  void aChartTellsSeriesAndNumbersAndItsLegendSelects() {
    double[] x = {1, 2, 3};
    JsonObject document =
        specification(
            LineFigure.titled("Depth")
                .line(
                    "linear", x, new double[] {0.9, Double.NaN, 0.7}, new double[] {0.1, 0.1, 0.2})
                .line("Procrustes", x, new double[] {0.8, 0.7, 0.6})
                .x("layer")
                .y("r")
                .horizontalLine(0.1, "chance"));

    assertThat(values(document)).hasSize(6);
    assertThat(values(document).get(0).toString())
        .isEqualTo("{\"s\":0,\"x\":1,\"y\":0.9,\"lo\":0.8,\"hi\":1}");
    assertThat(values(document).get(1).getAsJsonObject().has("y")).isFalse();
    assertThat(document.getAsJsonArray("transform").toString())
        .contains("[\\\"linear\\\",\\\"Procrustes\\\"][datum.s]");
    assertThat(tips(layer(document, 2))).containsExactly("series", "layer", "r");
    assertThat(params(document)).containsExactly("view0_zoom", "view0_chosen");
    assertThat(document.toString()).contains("\"datum\":0.1").contains("\"text\":\"chance\"");
  }

  private static List<String> axes(JsonObject view, String axis) {
    List<String> axes = new ArrayList<>();
    for (JsonElement layer : view.getAsJsonArray("layer")) {
      JsonObject channel =
          layer.getAsJsonObject().getAsJsonObject("encoding").getAsJsonObject(axis);
      axes.add(channel.has("axis") ? channel.get("axis").toString() : "usual");
    }
    return axes;
  }

  /** Between layer 1 and layer 2 there is no layer 1.5. */
  @Test
  void anAxisOfWholeNumbersHasNoTicksBetweenThem() {
    double[] whole = {1, 2, 4};
    double[] share = {.1, .5, 1};
    JsonObject lines =
        specification(LineFigure.titled("").line("a", whole, share, new double[] {0, 0, .1}));
    assertThat(axes(lines, "x")).hasSize(3).containsOnly("{\"tickMinStep\":1}");
    assertThat(axes(lines, "y")).containsOnly("usual");
    JsonObject turned = specification(ScatterFigure.titled("").points("a", share, whole));
    assertThat(axes(turned, "x")).containsOnly("usual");
    assertThat(axes(turned, "y")).containsOnly("{\"tickMinStep\":1}");
    assertThat(axes(specification(LineFigure.titled("").line("a", whole, share).logX()), "x"))
        .containsOnly("usual");
  }

  @Test
  void anAxisOfNamesTellsThem() {
    LineFigure figure =
        LineFigure.titled("Depth")
            .line("a", new double[] {1, 2}, new double[] {.5, .4})
            .x("layer")
            .xNames(List.of("stem", "block"));
    JsonObject document = specification(figure);
    assertThat(axes(document, "x").get(0))
        .contains("\"values\":[1,2]", "[\\\"stem\\\",\\\"block\\\"][datum.value-1]");
    assertThat(values(document).get(1).toString()).contains("\"at\":\"block\"");
    assertThat(tips(layer(document, 1))).containsExactly("layer", "y");
    assertThat(figure.csv().orElseThrow()).contains("x name", ",stem\n", ",block\n");
    assertThat(figure.xName(1.5)).isEmpty();
    assertThat(figure.xName(3)).isEmpty();
  }

  @Test
  void intervalsAboutNumbersOfALineAreUpright() {
    LineFigure figure =
        LineFigure.titled("")
            .intervals(
                "r",
                new double[] {1, 2},
                new double[] {.5, Double.NaN},
                new double[] {-.1, Double.NaN},
                new double[] {.8, Double.NaN});
    JsonObject document = specification(figure);
    JsonObject rules = layer(document, 2).getAsJsonObject("encoding");
    assertThat(rules.getAsJsonObject("y").get("field").getAsString()).isEqualTo("l");
    assertThat(rules.getAsJsonObject("y2").get("field").getAsString()).isEqualTo("h");
    assertThat(rules.getAsJsonObject("x").get("field").getAsString()).isEqualTo("x");
    assertThat(values(document).get(0).toString()).contains("\"l\":-0.1,\"h\":0.8");
    assertThat(values(document).get(1).toString()).doesNotContain("\"l\"");
    assertThat(figure.csv().orElseThrow()).contains("0.5,-0.1,0.8\n");
  }

  @Test
  void oneLegendSelectsInAllPanels() {
    JsonObject document = specification(Gallery.figures().get("lines-one-legend"));
    assertThat(document.getAsJsonObject("resolve").toString())
        .isEqualTo("{\"scale\":{\"color\":\"shared\",\"shape\":\"shared\"}}");
    assertThat(params(document)).containsExactly("view0_zoom", "view0_chosen", "view1_zoom");
    for (JsonElement panel : document.getAsJsonArray("hconcat")) {
      assertThat(panel.toString())
          .contains("\"param\":\"view0_chosen\"", "\"orient\":\"bottom\"")
          .doesNotContain("view1_chosen");
    }
  }

  @Test
  void maximaOfGroupsAreLinesThatTellWhere() {
    JsonObject sides =
        specification(
            HeatMap.of(matrix(2, 3)).groups(List.of("a", "a"), List.of("a", "b", "b")).maxima());
    JsonObject above = sides.getAsJsonArray("vconcat").get(0).getAsJsonObject();
    assertThat(layer(above, 0).toString()).contains("\"strokeWidth\":1", "\"title\":\"among\"");
    assertThat(values(layer(above, 0)).toString())
        .contains("\"at\":0.5,", "\"group\":\"a\",\"line\":0");
    assertThat(layer(above, 1).toString()).contains("\"strokeWidth\":2", "\"group\":\"a\"");
    assertThat(above.has("width")).isTrue();
  }

  @Test
  void pointsOfOneNameAreLinkedAcrossPanels() {
    double[] x = {1, 2};
    List<String> names = List.of("resnet", "vit");
    JsonObject document =
        specification(
            Panels.row(
                ScatterFigure.titled("map").named("all", x, x, names),
                ScatterFigure.titled("accuracy").named("all", x, x, names),
                ScatterFigure.titled("unnamed").points("all", x, x)));

    assertThat(document.getAsJsonArray("hconcat")).hasSize(3);
    JsonObject linked = document.getAsJsonArray("params").get(3).getAsJsonObject();
    assertThat(linked.get("name").getAsString()).isEqualTo("pointed");
    assertThat(linked.getAsJsonArray("views").toString()).isEqualTo("[\"view0\",\"view1\"]");
    assertThat(values(document.getAsJsonArray("hconcat").get(1).getAsJsonObject()).toString())
        .contains("\"point\":\"vit\"");
  }

  @Test
  void lettersStandBeforeTitles() {
    double[] x = {1, 2};
    JsonArray panels =
        specification(
                Panels.row(
                        ScatterFigure.titled("map").points("all", x, x),
                        HeatMap.of(matrix(2, 2)).title("cells"),
                        ScatterFigure.titled("").points("all", x, x))
                    .lettered())
            .getAsJsonArray("hconcat");
    assertThat(panels)
        .extracting(panel -> panel.getAsJsonObject().get("title").toString())
        .containsExactly(
            "{\"text\":[\"a  map\"]}", "{\"text\":[\"b  cells\"]}", "{\"text\":[\"c\"]}");
  }

  @Test
  void boxesTellTheirFiveNumbers() {
    JsonObject document =
        specification(BoxFigure.titled("R").box("SSL", new double[] {1, 2, 3, 4, 5, 100}).y("R"));

    assertThat(values(layer(document, 0)).toString())
        .isEqualTo(
            "[{\"box\":\"SSL\",\"n\":6,\"low\":1,\"q1\":2.25,\"median\":3.5,\"q3\":4.75,\"high\":5}]");
    assertThat(document.toString()).contains("{\"box\":\"SSL\",\"value\":100}");
  }

  /** A kernel's Gson leaves null out, and Vega-Lite then does what it does without being told. */
  @ParameterizedTest
  @MethodSource("dev.kindred.figure.GalleryTest#figures")
  void noNullIsWritten(Map.Entry<String, Figure> figure) {
    figure
        .getValue()
        .vegaLite()
        .ifPresent(text -> assertThat(text).doesNotContain(":null", ",null", ":NaN", ",NaN"));
  }

  @Test
  void picturesHaveNoneAndNoGround() {
    ContactSheet sheet =
        ContactSheet.titled("Stimuli")
            .add(new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB), "cat");

    assertThat(sheet.vegaLite()).isEmpty();
    assertThat(Panels.row(sheet, HeatMap.of(matrix(2, 2))).vegaLite()).isEmpty();
    assertThat(sheet.image().getRGB(1, sheet.image().getHeight() - 1) >>> 24).isZero();
  }
}
