package dev.kindred.figure;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** One figure of every kind and of every awkward shape, for tests and for looking at. */
final class Gallery {
  private Gallery() {}

  /** Cells below 0.45, all in the upper left. */
  static HeatMap hatched(LabelledMatrix matrix) {
    double[][] values = matrix.values();
    boolean[][] cells = new boolean[values.length][values[0].length];
    for (int i = 0; i < cells.length; i++) {
      for (int j = 0; j < cells[i].length; j++) {
        cells[i][j] = values[i][j] < 0.45;
      }
    }
    return HeatMap.of(matrix).hatch(cells, "chance explains it (p > .05)");
  }

  static Map<String, Figure> figures() {
    Map<String, Figure> figures = new LinkedHashMap<>();
    figures.put(
        "heat-map-annotated",
        HeatMap.of(layers(6, 8, false))
            .title("Linear CKA between the stages of two networks")
            .rows("network one")
            .columns("network two")
            .range(0, 1)
            .annotate("%.2f")
            .outline(2, 3));
    figures.put(
        "heat-map-square-grouped",
        HeatMap.of(models(24))
            .title("Similarity of 24 models, grouped by objective and by architecture")
            .groups(groups(24), groups(24))
            .frame(0, 8, 8, 16, Color.WHITE)
            .frame(16, 24, 16, 24, new Color(0x00e5ff)));
    figures.put(
        "heat-map-ordered", HeatMap.of(shuffled(models(24))).title("Reordered").orderByLikeness());
    figures.put("heat-map-tree", withTree());
    figures.put(
        "heat-map-maxima",
        HeatMap.of(signed(9, 14)).title("Alignment").rows("layer of A").columns("of B").maxima());
    figures.put(
        "heat-map-maxima-of-groups",
        HeatMap.of(models(24)).groups(groups(24), groups(24)).maxima());
    figures.put(
        "heat-map-threshold",
        HeatMap.of(epochs(200)).title("Epochs").logAxes().threshold(40, "perfect fit"));
    figures.put(
        "heat-maps-of-one-scale",
        Panels.maps(
            2,
            List.of(
                HeatMap.of(signed(4, 4)).title("a").plotSize(120, 120),
                HeatMap.of(signed(4, 5)).title("b").plotSize(120, 120),
                HeatMap.of(signed(5, 4)).title("c").plotSize(120, 120))));
    figures.put("heat-map-signed", HeatMap.of(signed(9, 14)).title("Differences").values("Δ CKA"));
    figures.put(
        "heat-map-epochs",
        HeatMap.of(epochs(200))
            .title("CKA between epochs on logarithmic axes")
            .rows("epoch")
            .columns("epoch")
            .values("CKA")
            .logAxes()
            .range(0, 1));
    figures.put("heat-map-large", HeatMap.of(epochs(1500)).title("1500 epochs").hideNames());
    figures.put(
        "heat-map-long-names", HeatMap.of(longNames()).title("Names that are longer than usual"));
    figures.put(
        "heat-map-one-row",
        HeatMap.of(layers(1, 30, false))
            .title("One row with a title that needs two lines or more"));
    figures.put("heat-map-one-cell", HeatMap.of(layers(1, 1, false)).annotate("%.3f"));
    figures.put("heat-map-tall", HeatMap.of(layers(60, 3, false)).rows("layer"));
    figures.put("heat-map-missing", HeatMap.of(layers(5, 5, true)).colors(ColorMap.CIVIDIS));
    figures.put("heat-map-clamped", HeatMap.of(layers(8, 8, false)).range(0.3, 0.6));
    figures.put(
        "heat-map-hatched", hatched(models(16)).title("Which similarities chance explains"));
    figures.put("heat-map-hatched-numbers", hatched(models(9)).range(0, 1).annotate("%.2f"));
    figures.put("lines", lines());
    figures.put("lines-logarithmic", lines().logX().logY().legend(XyFigure.Legend.BELOW));
    figures.put("lines-many", manyLines());
    figures.put("lines-one-legend", linesOfOneLegend());
    figures.put("scatter", scatter());
    figures.put("scatter-crowded", crowded());
    figures.put("scatter-many", manyPoints());
    figures.put("scatter-behind", behind());
    figures.put("scatter-map", behind().withoutAxes().size(240, 300));
    figures.put("scatter-intervals", intervals());
    figures.put("boxes", boxes());
    figures.put("boxes-of-many-pairs", boxesOfPairs());
    figures.put("boxes-with-intervals", boxesWithIntervals());
    figures.put(
        "boxes-logarithmic",
        BoxFigure.titled("Changes")
            .y("|difference|")
            .logY()
            .yRange(1e-4, 1)
            .size(440, 260)
            .box("1→5", new double[] {.1, .2, .3, .02})
            .box("5→10", new double[] {1e-4, .002, .01, .02}));
    figures.put("contact-sheet", contactSheet());
    figures.put(
        "panels",
        Panels.row(
                HeatMap.of(layers(5, 5, false)).title("Small").range(0, 1),
                LineFigure.titled("Beside it")
                    .size(360, 280)
                    .x("layer")
                    .y("CKA")
                    .line("one", range(6), new double[] {.1, .5, .7, .8, .85, .9}))
            .lettered());
    return figures;
  }

  static LabelledMatrix layers(int rows, int columns, boolean missing) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        double distance = (i + 0.5) / rows - (j + 0.5) / columns;
        values[i][j] =
            missing && i == 1 && j == 3 ? Double.NaN : Math.exp(-4 * distance * distance);
      }
    }
    return matrix(
        "CKA (linear, unbiased)", names("stage ", rows), names("block ", columns), values);
  }

  static LabelledMatrix models(int count) {
    double[][] values = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        values[i][j] = i == j ? 1 : i / 8 == j / 8 ? 0.8 - 0.01 * Math.abs(i - j) : 0.3;
      }
    }
    List<String> names = names("model-", count);
    return matrix("CKA", names, names, values);
  }

  static LabelledMatrix shuffled(LabelledMatrix matrix) {
    List<Integer> order =
        new ArrayList<>(IntStream.range(0, matrix.rows().size()).boxed().toList());
    Collections.shuffle(order, new java.util.Random(7));
    int[] indices = order.stream().mapToInt(i -> i).toArray();
    return matrix.select(indices, indices);
  }

  private static ScatterFigure behind() {
    double[] x = {.1, .2, .4, .8};
    return ScatterFigure.titled("Before others")
        .x("one")
        .y("other")
        .size(300, 320)
        .diagonal(0, "y = x")
        .diagonal(0.1, "accepted above")
        .behind("others", x, new double[] {.2, .6, .1, .7}, names("pair ", 4))
        .named("first", x, new double[] {.1, .3, .4, .9}, names("pair ", 4))
        .legend(XyFigure.Legend.BELOW);
  }

  private static ScatterFigure intervals() {
    double[] x = {-.5, .1, .4};
    return ScatterFigure.titled("")
        .x("r")
        .xRange(-1, 1)
        .intervals(
            "a",
            x,
            new double[] {3, 2, 1},
            new double[] {-.7, .1, .2},
            new double[] {-.2, .1, .9},
            List.of("scenes", "cells", "digits"))
        .yNames(List.of("scenes", "cells", "digits"));
  }

  /** Names of two and three lines. */
  private static BoxFigure boxesWithIntervals() {
    BoxFigure figure = BoxFigure.titled("By objective").y("R").size(420, 300);
    for (String name : List.of("SSL–SSL\nn = 36", "Img-Txt–Img-Txt\nn = 81", "Sup–SSL\nn = 9")) {
      figure.box(name, new double[] {.1, .4, .5, .55, .9}).interval(name, .3, .7);
    }
    return figure.rule().box("all", new double[] {.2, .3});
  }

  private static LabelledMatrix signed(int rows, int columns) {
    double[][] values = new double[rows][columns];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < columns; j++) {
        values[i][j] = 0.2 * Math.sin(i + 0.5 * j);
      }
    }
    return matrix("difference", names("row ", rows), names("a column ", columns), values);
  }

  static LabelledMatrix epochs(int count) {
    double[][] values = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < count; j++) {
        double ratio = Math.log(i + 1.0) - Math.log(j + 1.0);
        values[i][j] = Math.exp(-0.5 * ratio * ratio);
      }
    }
    List<String> names = IntStream.range(0, count).mapToObj(String::valueOf).toList();
    return matrix("CKA", names, names, values);
  }

  private static LabelledMatrix longNames() {
    List<String> names =
        List.of(
            "resnet18/imagenet-1k/supervised/seed-0/layer4.1.conv2.output-after-relu",
            "vit-b16",
            "an unusual name, with ünïcödé and 数字");
    double[][] values = {{1, .2, .3}, {.2, 1, .4}, {.3, .4, 1}};
    return matrix("Procrustes", names, names, values);
  }

  private static LineFigure lines() {
    double[] x = range(30);
    LineFigure figure =
        LineFigure.titled("Test error over epochs")
            .x("epoch")
            .y("error")
            .horizontalLine(0.2, "chance");
    for (int k = 0; k < 3; k++) {
      double[] y = new double[x.length];
      for (int i = 0; i < y.length; i++) {
        y[i] = 0.1 + 0.6 / (1 + x[i] * (k + 1) / 5);
      }
      figure.line("width " + (16 << k), x, y);
    }
    return figure;
  }

  private static LineFigure manyLines() {
    LineFigure figure =
        LineFigure.titled("Ten lines, one of them with a very long name, and error bars")
            .x("layer")
            .y("accuracy of a linear probe")
            .yRange(0, 1);
    for (int k = 0; k < 10; k++) {
      double[] y = new double[8];
      double[] error = new double[8];
      for (int i = 0; i < y.length; i++) {
        y[i] = (i + k) / 20.0;
        error[i] = 0.02;
      }
      String name = k == 3 ? "contrastive language-image pre-training, seed 3" : "objective " + k;
      figure.line(name, range(8), y, error);
    }
    return figure;
  }

  private static Panels linesOfOneLegend() {
    List<LineFigure> panels = new ArrayList<>();
    for (String title : List.of("pooled", "centre pixel")) {
      double[] y = {.9, .7, Double.NaN, .4};
      panels.add(
          LineFigure.titled(title)
              .x("layer")
              .xNames(List.of("embedding", "a block with a long name", "block2", "block3"))
              .size(400, 240)
              .intervals(
                  "correlation",
                  range(4),
                  y,
                  new double[] {.5, .1, Double.NaN, -.2},
                  new double[] {.95, .75, Double.NaN, .9})
              .line("alignment", range(4), new double[] {.3, .3, .2, .1})
              .faint("untrained", range(4), new double[] {.2, .1, .1, .1}, new double[4]));
    }
    return Panels.grid(2, panels).oneLegend();
  }

  /** Points whose names have little room. */
  static ScatterFigure crowded() {
    double[] x = {.1, .12, .13, .14, .15, .2, .8, .81, .82, .9};
    double[] y = {.5, .52, .5, .48, .9, .5, .8, .79, .8, .4};
    return ScatterFigure.titled("Crowded")
        .size(420, 300)
        .points("first", x, y, names("a name ", x.length))
        .named("second", new double[] {.11, .5}, new double[] {.54, .5}, names("other ", 2));
  }

  private static ScatterFigure scatter() {
    return ScatterFigure.titled("Two measures on the same models")
        .x("linear CKA")
        .y("Procrustes similarity")
        .points(
            "supervised",
            new double[] {.2, .5, .9},
            new double[] {.25, .45, .8},
            List.of("A", "B", "last model"))
        .points("self-supervised", new double[] {.3, .6}, new double[] {.5, .7})
        .verticalLine(0.4, "threshold");
  }

  private static ScatterFigure manyPoints() {
    SplittableRandom random = new Seeds(3).stream("points");
    double[] x = random.doubles(2000).map(v -> 1000 * v * v).toArray();
    double[] y = random.doubles(2000).map(v -> v - 0.5).toArray();
    return ScatterFigure.titled("Two thousand points").points("all", x, y).size(420, 420);
  }

  private static BoxFigure boxes() {
    SplittableRandom random = new Seeds(4).stream("boxes");
    BoxFigure figure = BoxFigure.titled("Consistency by pair of data sets").y("Pearson r");
    for (String name :
        List.of("single-object", "multi-object", "domain-specific and long", "all")) {
      double centre = random.nextDouble();
      figure.box(name, random.doubles(40).map(v -> centre + v * v * v - v / 2).toArray());
    }
    return figure;
  }

  /** Names that have no room across. */
  private static BoxFigure boxesOfPairs() {
    SplittableRandom random = new Seeds(5).stream("pairs");
    List<String> sets =
        List.of("cifar-10", "tiny-imagenet-part", "mnist", "omniglot", "flowers-17", "aerial");
    BoxFigure figure = BoxFigure.titled("By pair of training data").y("R(Θ, Φ)").size(900, 340);
    for (int i = 0; i < sets.size(); i++) {
      for (int j = i; j < sets.size(); j++) {
        figure.box(sets.get(i) + "–" + sets.get(j), random.doubles(30).toArray());
      }
    }
    return figure;
  }

  static HeatMap withTree() {
    LabelledMatrix matrix = models(24);
    double[][] distances = matrix.values();
    for (int i = 0; i < 24; i++) {
      for (int j = 0; j < 24; j++) {
        distances[i][j] = i == j ? 0 : 1 - (matrix.get(i, j) + matrix.get(j, i)) / 2;
      }
    }
    AverageLinkage tree = AverageLinkage.of(distances);
    List<String> sizes = new ArrayList<>();
    for (int model : tree.order()) {
      sizes.add(model % 2 == 0 ? "small" : "large");
    }
    return HeatMap.of(matrix).title("Models").dendrogram(tree).strip("size", sizes);
  }

  private static ContactSheet contactSheet() {
    ContactSheet sheet = ContactSheet.titled("Stimuli: eleven pictures of three sizes").columns(8);
    for (int i = 0; i < 11; i++) {
      int width = i % 3 == 0 ? 32 : i % 3 == 1 ? 48 : 300;
      BufferedImage image = new BufferedImage(width, 32 * (1 + i % 3), BufferedImage.TYPE_INT_RGB);
      var graphics = image.createGraphics();
      graphics.setColor(Color.getHSBColor(i / 11f, 0.6f, 0.8f));
      graphics.fillOval(4, 4, width - 8, image.getHeight() - 8);
      graphics.dispose();
      sheet.add(image, i == 4 ? "a caption that is too long" : "class " + i);
    }
    return sheet;
  }

  static LabelledMatrix matrix(
      String title, List<String> rows, List<String> columns, double[][] values) {
    return new LabelledMatrix(title, rows, columns, values, Provenance.of("test"));
  }

  private static List<String> names(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
  }

  private static List<String> groups(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> List.of("supervised", "self-supervised", "image–text").get(i / 8))
        .toList();
  }

  private static double[] range(int count) {
    return IntStream.rangeClosed(1, count).asDoubleStream().toArray();
  }
}
