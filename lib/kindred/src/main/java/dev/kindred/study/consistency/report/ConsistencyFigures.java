package dev.kindred.study.consistency.report;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Seeds;
import dev.kindred.figure.BoxFigure;
import dev.kindred.figure.ColorMap;
import dev.kindred.figure.ContactSheet;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.consistency.Consistency;
import dev.kindred.study.consistency.ConsistencyClaims;
import dev.kindred.study.consistency.ConsistencyInput;
import dev.kindred.study.consistency.ConsistencySummary;
import dev.kindred.study.consistency.ModelBlocks;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelMap;
import dev.kindred.study.models.ModelOrder;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.awt.Color;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;

/** The figures of the paper, by its numbers, from anyone's similarities. */
public final class ConsistencyFigures {
  private static final int PANEL = 298;
  private static final int PICTURES = 6;

  /** Points of a map that lie nearer than this share of it are moved apart. */
  private static final double NEAREST = 0.03;

  private static final Color STABLE = Color.WHITE;
  private static final Color VARIABLE = new Color(0x00e5ff);
  private static final List<String> SIZES = List.of("small", "medium", "large", "xlarge");

  private ConsistencyFigures() {}

  /** Some images of each data set; empty where the similarities come without images. */
  public static Optional<Figure> stimuli(ConsistencyInput input) {
    if (input.images().isEmpty()) {
      return Optional.empty();
    }
    ContactSheet sheet = ContactSheet.titled("").columns(PICTURES);
    input
        .images()
        .forEach(
            (dataSet, set) -> {
              for (int k = 0; k < PICTURES; k++) {
                int i = (int) ((long) k * set.train().size() / PICTURES);
                sheet.add(set.train().image(i), k == 0 ? dataSet.name() : "");
              }
            });
    return Optional.of(sheet.captioned("The data sets, " + PICTURES + " images of each"));
  }

  /**
   * Figure 1, the method, on the data at hand: the similarities of all models on two data sets, one
   * against the other, and the correlations of all pairs of data sets.
   */
  public static Figure method(SimilaritySet similarities, int first, int second) {
    PairSet all = similarities.comparedPairs();
    DrawnPairs drawn = DrawnPairs.of(all);
    int[] order = ModelOrder.averageLinkage(similarities.matrix(first));
    List<HeatMap> maps = new ArrayList<>();
    for (int dataSet : new int[] {first, second}) {
      maps.add(
          HeatMap.of(similarities.matrix(dataSet))
              .title("s on " + name(similarities, dataSet))
              .order(order, order)
              .hideNames()
              .values("similarity")
              .plotSize(150, 150));
    }
    double[] x = all.values(similarities.matrix(first));
    double[] y = all.values(similarities.matrix(second));
    ScatterFigure scatter =
        ScatterFigure.titled("the same pairs, " + correlation(x, y))
            .x(name(similarities, first))
            .y(name(similarities, second))
            .legend(Legend.NONE)
            .size(240, 260)
            .named("model pairs", drawn.of(x), drawn.of(y), drawn.of(pairNames(similarities)));
    List<Figure> panels = new ArrayList<>(List.of(HeatMaps.onOneScale(2, maps), scatter));
    double[] distribution = new Consistency(similarities).distribution(all);
    if (distribution.length > 0) {
      panels.add(
          BoxFigure.titled("R over all pairs")
              .y("r")
              .size(220, 260)
              .box(distribution.length + " pairs\nof data sets", distribution));
    }
    return Panels.grid(panels.size(), panels)
        .captioned(
            "Figure 1. The method: similarity of every two models on one data set and on another; one against the other, a point for each pair of models; and the correlation for every two data sets"
                + drawn.note());
  }

  /**
   * Figure 2: similarity matrices of some data sets, mean and deviation, all in average-linkage
   * order of the mean, with a strip of colours for each of some attributes, the tree above the
   * mean, and frames around the blocks that vary least and most.
   */
  public static Figure matrices(
      SimilaritySet similarities,
      List<Integer> dataSets,
      ModelTable models,
      List<String> attributes) {
    AverageLinkage tree = ModelOrder.tree(similarities.mean());
    int[] order = tree.order();
    List<HeatMap> maps = new ArrayList<>();
    for (int dataSet : dataSets) {
      maps.add(map(similarities.matrix(dataSet), name(similarities, dataSet)).order(order, order));
    }
    maps.add(map(similarities.mean(), "mean over data sets").dendrogram(tree));
    Panels onOneScale = HeatMaps.onOneScale(2, maps);
    HeatMap deviation =
        map(similarities.standardDeviation(), "standard deviation")
            .order(order, order)
            .colors(ColorMap.CIVIDIS)
            .values("deviation");
    maps.add(deviation);
    for (String attribute : attributes) {
      List<String> values = models.values(attribute);
      List<String> ordered = Arrays.stream(order).mapToObj(values::get).toList();
      maps.forEach(map -> map.strip(attribute, ordered));
    }
    maps.subList(0, maps.size() - 1).forEach(HeatMap::hideStripLegend);
    ModelBlocks blocks = new ModelBlocks(similarities, tree);
    blocks.stable().ifPresent(block -> maps.forEach(map -> frame(map, block, STABLE)));
    blocks.variable().ifPresent(block -> maps.forEach(map -> frame(map, block, VARIABLE)));
    return onOneScale
        .and(deviation)
        .captioned(
            "Figure 2. Similarity matrices of some data sets, their mean and standard deviation over all data sets, ordered by average linkage of the mean. Frames: of the blocks that six branches of the tree make, that which varies least over data sets (white) and most (cyan)");
  }

  private static void frame(HeatMap map, ModelBlocks.Block block, Color color) {
    map.frame(block.row(), block.endRow(), block.column(), block.endColumn(), color);
    if (block.row() != block.column()) {
      map.frame(block.column(), block.endColumn(), block.row(), block.endRow(), color);
    }
  }

  private static HeatMap map(LabelledMatrix matrix, String title) {
    return HeatMap.of(matrix).title(title).plotSize(270, 270).hideNames().values("similarity");
  }

  private static List<String> pairNames(SimilaritySet similarities) {
    return similarities.comparedPairs().names(similarities.models());
  }

  /**
   * Figure 3: mean against deviation, and the mean by other measures against the mean by this one.
   */
  public static Figure meanAndDeviation(
      SimilaritySet similarities, Map<String, SimilaritySet> others) {
    List<Figure> panels = new ArrayList<>();
    DrawnPairs drawn = DrawnPairs.of(similarities.comparedPairs());
    List<String> names = drawn.of(pairNames(similarities));
    double[] mean = pairs(similarities, similarities.mean());
    panels.add(
        points("n = " + mean.length)
            .x("mean similarity")
            .y("standard deviation")
            .named(
                "model pairs",
                drawn.of(mean),
                drawn.of(pairs(similarities, similarities.standardDeviation())),
                names));
    others.forEach(
        (name, other) -> {
          double[] y = pairs(similarities, other.mean());
          panels.add(
              points(correlation(mean, y) + ", n = " + mean.length)
                  .x("mean, headline measure")
                  .y("mean, " + name)
                  .diagonal(0, "y = x")
                  .named("model pairs", drawn.of(mean), drawn.of(y), names));
        });
    return Panels.grid(3, panels)
        .lettered()
        .captioned(
            "Figure 3. Mean over data sets against standard deviation, for every pair of models; and other measures against the headline measure"
                + drawn.note());
  }

  /** Figure 11: mean against deviation after a transformation that stretches high similarities. */
  public static Figure transformed(SimilaritySet similarities) {
    List<Figure> panels = new ArrayList<>();
    DrawnPairs drawn = DrawnPairs.of(similarities.comparedPairs());
    Map<String, DoubleUnaryOperator> transforms =
        Map.of("arccos", s -> Math.acos(Math.max(-1, Math.min(1, s))), "tan", Math::tan);
    for (String name : List.of("arccos", "tan")) {
      SimilaritySet set = similarities.map(name, transforms.get(name));
      panels.add(
          points(name + ", n = " + similarities.comparedPairs().size())
              .x(
                  name.equals("arccos")
                      ? "mean arccos (left: alike, 0 is identical)"
                      : "mean tan (right: alike, 1.56 is identical)")
              .y("standard deviation over data sets")
              .size(440, 320)
              .named(
                  "model pairs",
                  drawn.of(pairs(set, set.mean())),
                  drawn.of(pairs(set, set.standardDeviation())),
                  drawn.of(pairNames(set))));
    }
    return Panels.grid(2, panels)
        .lettered()
        .captioned(
            "Figure 11. The same after arccos and tan, which stretch high similarities; arccos turns the axis round: alike models lie on the left"
                + drawn.note());
  }

  /**
   * Figure 4: models on a plane by t-SNE, one row for each data set, one column for each attribute.
   */
  public static Figure maps(
      SimilaritySet similarities,
      List<Integer> dataSets,
      ModelTable models,
      List<String> attributes,
      double perplexity,
      long seed) {
    List<Figure> panels = new ArrayList<>();
    for (int dataSet : dataSets) {
      double[][] plane = apart(ModelMap.tsne(similarities.matrix(dataSet), perplexity, seed));
      boolean last = dataSet == dataSets.get(dataSets.size() - 1);
      int width = Math.max(200, 896 / attributes.size());
      for (String attribute : attributes) {
        ScatterFigure figure =
            ScatterFigure.titled(name(similarities, dataSet) + ": " + attribute)
                .size(width, 240)
                .withoutAxes()
                .legend(Legend.NONE);
        if (last) {
          figure.legendAdded();
        }
        models
            .sets(attribute)
            .forEach(
                (value, set) ->
                    figure.named(
                        value,
                        column(plane, set, 0),
                        column(plane, set, 1),
                        Arrays.stream(set).mapToObj(similarities.models()::get).toList()));
        panels.add(figure);
      }
    }
    return Panels.grid(attributes.size(), panels)
        .captioned(
            "Figure 4. t-SNE of 1 − similarity, a row for each data set, a column for each attribute; models that coincide are drawn side by side");
  }

  /** Points that coincide moved a little apart, around the first of them. */
  static double[][] apart(double[][] plane) {
    double reach = 0;
    for (int axis = 0; axis < 2; axis++) {
      int along = axis;
      DoubleSummaryStatistics range =
          Arrays.stream(plane).mapToDouble(point -> point[along]).summaryStatistics();
      reach = Math.max(reach, range.getMax() - range.getMin());
    }
    double nearest = NEAREST * reach;
    double[][] apart = new double[plane.length][];
    for (int i = 0; i < plane.length; i++) {
      int before = 0;
      for (int j = 0; j < i; j++) {
        double distance = Math.hypot(plane[i][0] - plane[j][0], plane[i][1] - plane[j][1]);
        before += distance < nearest ? 1 : 0;
      }
      // A sunflower: the golden angle, and a radius that grows with the root of the number.
      double radius = nearest * Math.sqrt(before);
      double angle = before * Math.PI * (3 - Math.sqrt(5));
      apart[i] =
          new double[] {
            plane[i][0] + radius * Math.cos(angle), plane[i][1] + radius * Math.sin(angle)
          };
    }
    return apart;
  }

  private static double[] column(double[][] plane, int[] rows, int column) {
    double[] values = new double[rows.length];
    Arrays.setAll(values, i -> plane[rows[i]][column]);
    return values;
  }

  /**
   * Figure 5: similarities on one data set against another, all pairs above, by objective below.
   */
  public static Figure between(
      SimilaritySet similarities, List<Integer> dataSets, ModelTable models, String attribute) {
    List<PairSet> within =
        PairSet.of(models, attribute).values().stream()
            .filter(PairSet::isWithin)
            .map(similarities::compared)
            .filter(set -> set.size() > 1)
            .toList();
    List<String> values = models.values(attribute);
    PairSet across =
        similarities
            .comparedPairs()
            .where("different", (i, j) -> !values.get(i).equals(values.get(j)));
    List<Figure> all = new ArrayList<>();
    List<Figure> split = new ArrayList<>();
    DrawnPairs drawn = DrawnPairs.of(similarities.comparedPairs());
    for (int a = 0; a < dataSets.size(); a++) {
      for (int b = a + 1; b < dataSets.size(); b++) {
        LabelledMatrix first = similarities.matrix(dataSets.get(a));
        LabelledMatrix second = similarities.matrix(dataSets.get(b));
        String x = name(similarities, dataSets.get(a));
        String y = name(similarities, dataSets.get(b));
        double[] onFirst = similarities.comparedPairs().values(first);
        double[] onSecond = similarities.comparedPairs().values(second);
        all.add(
            points(correlation(onFirst, onSecond) + ", n = " + onFirst.length)
                .x(x)
                .y(y)
                .named(
                    "all",
                    drawn.of(onFirst),
                    drawn.of(onSecond),
                    drawn.of(pairNames(similarities))));
        ScatterFigure figure =
            points("within one " + attribute).x(x).y(y).legend(Legend.BELOW).size(PANEL, 370);
        if (across.size() > 0) {
          DrawnPairs some = DrawnPairs.share(across, similarities.comparedPairs());
          figure.behind(
              "of different ones",
              some.of(across.values(first)),
              some.of(across.values(second)),
              some.of(across.names(similarities.models())));
        }
        for (PairSet set : within) {
          double[] atX = set.values(first);
          double[] atY = set.values(second);
          DrawnPairs some = DrawnPairs.share(set, similarities.comparedPairs());
          figure.named(
              set.name() + " " + correlation(atX, atY),
              some.of(atX),
              some.of(atY),
              some.of(set.names(similarities.models())));
        }
        split.add(figure);
      }
    }
    List<Figure> panels = new ArrayList<>(all);
    if (!within.isEmpty()) {
      panels.addAll(split);
    }
    return Panels.grid(Math.max(1, all.size()), panels)
        .captioned(
            "Figure 5. Similarities on one data set against another: all pairs of models (above), and pairs within one "
                + attribute
                + " in front of other pairs in grey (below)"
                + drawn.noteWithShares());
  }

  /**
   * Figures 6 and 13: R(Θ, Φ) of every set pair of some attributes, by median, with the band of all
   * pairs; sizes in their order. Beside each box stands the 95 % bootstrap interval of its median
   * over models and data sets: values of R depend on each other, and a box alone says nothing of
   * what other models would give.
   *
   * @param measure what the similarities are by, for the titles
   * @param replicates of the bootstrap; 0 for no intervals
   */
  public static Figure distributions(
      String measure,
      SimilaritySet similarities,
      ModelTable models,
      List<String> attributes,
      int replicates,
      Seeds seeds) {
    Consistency consistency = new Consistency(similarities);
    double[] all = consistency.distribution(similarities.allPairs());
    double least =
        attributes.stream()
            .flatMap(attribute -> PairSet.of(models, attribute).values().stream())
            .flatMapToDouble(set -> Arrays.stream(consistency.distribution(set)))
            .min()
            .orElse(-1);
    List<Figure> panels = new ArrayList<>();
    for (String attribute : attributes) {
      BoxFigure figure =
          BoxFigure.titled("Consistency by " + attribute + ", " + measure)
              .y("R(Θ, Φ)")
              .yRange(least - 0.05, 1.02);
      if (all.length > 0) {
        figure.band(all);
      }
      Comparator<PairSet> order =
          Comparator.comparingDouble(
              attribute.equals("size") && SIZES.containsAll(models.values(attribute))
                  ? ConsistencyFigures::sizes
                  : set -> -consistency.median(set));
      List<PairSet> sets =
          PairSet.of(models, attribute).values().stream()
              .filter(set -> consistency.distribution(set).length > 0)
              .sorted(order)
              .toList();
      // Names of many sets stand, and need room below the boxes.
      figure.size(890, sets.size() > 12 ? 530 : 330);
      List<Interval> intervals =
          replicates == 0
              ? List.of()
              : ConsistencySummary.medians(similarities, sets, replicates, seeds);
      for (int k = 0; k < sets.size(); k++) {
        String name = sets.get(k).name() + "\nn = " + similarities.compared(sets.get(k)).size();
        figure.box(name, consistency.distribution(sets.get(k)));
        if (!intervals.isEmpty() && Double.isFinite(intervals.get(k).width())) {
          figure.interval(name, intervals.get(k).low(), intervals.get(k).high());
        }
      }
      if (!sets.isEmpty()) {
        panels.add(figure);
      }
    }
    return Panels.grid(1, panels)
        .captioned(
            "Figure 6. R(Θ, Φ) for every pair of sets, by median, sizes in their order; n: pairs of models that are no copies. Bars beside the boxes: 95 % intervals of the medians over models and data sets. The grey band holds the middle half of R over all pairs of models, the dotted line its median");
  }

  /** Pairs of the smallest sizes first. */
  private static double sizes(PairSet set) {
    String[] names = set.name().split("–", 2);
    int first = SIZES.indexOf(names[0]);
    int second = SIZES.indexOf(names[1]);
    return 10 * Math.min(first, second) + Math.max(first, second);
  }

  /** Figure 7: data set × data set consistency for some pair sets, ruled by category. */
  public static Figure dataSets(SimilaritySet similarities, List<PairSet> pairSets) {
    Consistency consistency = new Consistency(similarities);
    List<DataSet> sets = similarities.dataSets();
    int[] order =
        java.util.stream.IntStream.range(0, sets.size())
            .boxed()
            .sorted(Comparator.comparing((Integer d) -> sets.get(d).category()))
            .mapToInt(Integer::intValue)
            .toArray();
    List<String> categories =
        Arrays.stream(order)
            .mapToObj(d -> sets.get(d).category().replaceFirst("natural \\((.*)-domain\\)", "$1"))
            .toList();
    List<HeatMap> maps = new ArrayList<>();
    int side = Math.min(360, Math.max(220, 14 * sets.size()));
    for (PairSet pairs : pairSets) {
      boolean firstColumn = maps.size() % 2 == 0;
      HeatMap map =
          HeatMap.of(consistency.matrix(pairs))
              .title(pairs.name().equals("all") ? "all models" : pairs.name())
              .order(order, order)
              .groups(firstColumn ? categories : List.of(), categories)
              .plotSize(side, side)
              .hideColumnNames()
              .values("R");
      maps.add(firstColumn ? map : map.hideNames());
    }
    return HeatMaps.onOneScale(Math.min(2, maps.size()), maps)
        .captioned(
            "Figure 7. Consistency of every two data sets, ruled by category: over all pairs of models; over the pairs of objectives that were the most and the least consistent in the paper, and those that are here, where they are others. Columns in the order of the rows; multi and single: natural images of several domains, and of one");
  }

  /**
   * Figure 12: consistency by another measure against that by the headline one, for all set pairs.
   */
  public static Figure measures(
      SimilaritySet similarities,
      Map<String, SimilaritySet> others,
      ModelTable models,
      List<String> attributes) {
    Consistency headline = new Consistency(similarities);
    List<Figure> panels = new ArrayList<>();
    others.forEach(
        (name, other) -> {
          Consistency second = new Consistency(other);
          List<Double> x = new ArrayList<>();
          List<Double> y = new ArrayList<>();
          for (String attribute : attributes) {
            for (PairSet pairs : PairSet.of(models, attribute).values()) {
              LabelledMatrix a = headline.matrix(pairs);
              LabelledMatrix b = second.matrix(pairs);
              for (int i = 0; i < a.rows().size(); i++) {
                for (int j = 0; j < i; j++) {
                  if (!Double.isNaN(a.get(i, j)) && !Double.isNaN(b.get(i, j))) {
                    x.add(a.get(i, j));
                    y.add(b.get(i, j));
                  }
                }
              }
            }
          }
          panels.add(
              HeatMaps.density(
                  doubles(x),
                  doubles(y),
                  name + ", " + correlation(doubles(x), doubles(y)) + ", n = " + x.size(),
                  "R, headline measure",
                  "R, " + name));
        });
    return Panels.grid(Math.min(2, Math.max(1, panels.size())), panels)
        .captioned(
            "Figure 12. Consistency by other measures against consistency by the headline measure: how many pairs of sets and of data sets lie in each square of 0.05, named by its lower end");
  }

  /**
   * Figure 14: anchor models against the sets of an attribute, by some measures beside each other.
   *
   * @param byMeasure name of a measure → similarities of the same models
   */
  public static Figure anchors(
      Map<String, SimilaritySet> byMeasure,
      ModelTable models,
      String attribute,
      List<String> anchors) {
    Map<String, Consistency> consistency = new LinkedHashMap<>();
    byMeasure.forEach((name, set) -> consistency.put(name, new Consistency(set)));
    double least =
        consistency.values().stream()
            .flatMapToDouble(
                by ->
                    anchors.stream()
                        .flatMap(anchor -> anchorPairs(models, attribute, anchor))
                        .flatMapToDouble(pairs -> Arrays.stream(by.distribution(pairs))))
            .min()
            .orElse(-1);
    List<Figure> panels = new ArrayList<>();
    for (String anchor : anchors) {
      int index = models.models().indexOf(anchor);
      BoxFigure figure =
          BoxFigure.titled(anchor + " (" + models.values(attribute).get(index) + ")")
              .y("R({anchor}, Φ)")
              .yRange(least - 0.05, 1.02)
              .size(445, 290);
      consistency.forEach(
          (measure, by) -> {
            if (!figure.isEmpty()) {
              figure.rule();
            }
            models
                .sets(attribute)
                .forEach(
                    (value, set) -> {
                      double[] values = by.distribution(ConsistencyClaims.anchor(index, set));
                      if (values.length > 0) {
                        figure.box(value + "\n" + measure, values);
                      }
                    });
          });
      if (!figure.isEmpty()) {
        panels.add(figure);
      }
    }
    return Panels.grid(2, panels)
        .captioned(
            "Figure 14. Consistency of single models, the anchors, with the sets of an attribute, by "
                + String.join(" and ", byMeasure.keySet()));
  }

  private static Stream<PairSet> anchorPairs(ModelTable models, String attribute, String anchor) {
    int index = models.models().indexOf(anchor);
    return models.sets(attribute).values().stream()
        .map(set -> ConsistencyClaims.anchor(index, set));
  }

  private static ScatterFigure points(String title) {
    return ScatterFigure.titled(title).size(PANEL, 300).legend(Legend.NONE);
  }

  private static String name(SimilaritySet similarities, int dataSet) {
    return similarities.dataSets().get(dataSet).name();
  }

  private static double[] pairs(SimilaritySet similarities, LabelledMatrix matrix) {
    return similarities.comparedPairs().values(matrix);
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String correlation(double[] x, double[] y) {
    return x.length < 2 ? "r undefined" : r(Correlation.Method.PEARSON.coefficient(x, y));
  }

  static String r(double value) {
    return Double.isNaN(value)
        ? "r undefined"
        : String.format(Locale.ROOT, "r = %.2f", value).replace('-', '−');
  }
}
