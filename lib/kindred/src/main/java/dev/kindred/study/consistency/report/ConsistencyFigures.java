package dev.kindred.study.consistency.report;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.BoxFigure;
import dev.kindred.figure.ColorMap;
import dev.kindred.figure.ContactSheet;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.study.ClaimTables;
import dev.kindred.study.Verdict;
import dev.kindred.study.consistency.Consistency;
import dev.kindred.study.consistency.ConsistencyClaims;
import dev.kindred.study.consistency.ConsistencyInput;
import dev.kindred.study.consistency.PerformanceGap;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelMap;
import dev.kindred.study.models.ModelOrder;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import tech.tablesaw.api.Table;

/** The figures of the paper, by its numbers, from anyone's similarities. */
public final class ConsistencyFigures {
  private static final int MOST_NAMES = 30;
  private static final int PANEL = 330;
  private static final int PICTURES = 6;
  private static final String VERDICT = ": verdict";
  private static final List<String> SIZES = List.of("small", "medium", "large", "xlarge");

  private ConsistencyFigures() {}

  /** Some images of each data set; empty where the similarities come without images. */
  public static Optional<Figure> stimuli(ConsistencyInput input) {
    if (input.images().isEmpty()) {
      return Optional.empty();
    }
    ContactSheet sheet =
        ContactSheet.titled("The data sets, " + PICTURES + " images of each").columns(PICTURES);
    input
        .images()
        .forEach(
            (dataSet, set) -> {
              for (int k = 0; k < PICTURES; k++) {
                int i = (int) ((long) k * set.train().size() / PICTURES);
                sheet.add(set.train().image(i), k == 0 ? dataSet.name() : "");
              }
            });
    return Optional.of(sheet);
  }

  /**
   * Figure 2: similarity matrices of some data sets, mean and deviation, all in average-linkage
   * order of the mean.
   */
  public static Figure matrices(SimilaritySet similarities, List<Integer> dataSets) {
    return matrices(
        similarities, dataSets, new ModelTable(similarities.models(), Map.of()), List.of());
  }

  /** The same with a strip of colours for each of some attributes, and the tree above the mean. */
  public static Figure matrices(
      SimilaritySet similarities,
      List<Integer> dataSets,
      ModelTable models,
      List<String> attributes) {
    AverageLinkage tree = ModelOrder.tree(similarities.mean());
    int[] order = tree.order();
    List<HeatMap> maps = new ArrayList<>();
    for (int dataSet : dataSets) {
      maps.add(
          map(similarities.matrix(dataSet), order, name(similarities, dataSet))
              .colors(ColorMap.VIRIDIS)
              .range(0, 1)
              .values("similarity"));
    }
    HeatMap mean =
        map(similarities.mean(), order, "mean over data sets")
            .colors(ColorMap.VIRIDIS)
            .range(0, 1)
            .values("similarity");
    maps.add(attributes.isEmpty() ? mean : mean.dendrogram(tree));
    maps.add(
        map(similarities.standardDeviation(), order, "standard deviation")
            .colors(ColorMap.CIVIDIS)
            .values("deviation"));
    for (String attribute : attributes) {
      List<String> values = models.values(attribute);
      List<String> ordered = Arrays.stream(order).mapToObj(values::get).toList();
      maps.forEach(map -> map.strip(attribute, ordered));
    }
    return Panels.grid(2, maps)
        .lettered()
        .captioned(
            "Figure 2. Similarity matrices of some data sets, their mean and standard deviation over all data sets, ordered by average linkage of the mean");
  }

  private static HeatMap map(LabelledMatrix matrix, int[] order, String title) {
    HeatMap map = HeatMap.of(matrix).title(title).order(order, order).plotSize(260, 260);
    return matrix.rows().size() > MOST_NAMES ? map.hideNames() : map;
  }

  /**
   * Figures 2, 3 and 6 for the study's models and for controls: mean similarities, mean against
   * deviation, and R over all model pairs. What untrained networks show too has not been learnt.
   *
   * @param controls what the models are → their similarities on the same data sets
   */
  public static Figure controls(SimilaritySet trained, Map<String, SimilaritySet> controls) {
    Map<String, SimilaritySet> all = new LinkedHashMap<>();
    all.put("trained", trained);
    all.putAll(controls);
    List<HeatMap> maps = new ArrayList<>();
    ScatterFigure spread =
        ScatterFigure.titled("mean and deviation over data sets")
            .x("mean similarity")
            .y("standard deviation")
            .legend(Legend.BELOW)
            .size(460, 360);
    BoxFigure consistency =
        BoxFigure.titled("consistency, all model pairs (number of models)").y("R").size(540, 360);
    all.forEach(
        (name, set) -> {
          LabelledMatrix mean = set.mean();
          maps.add(
              map(mean, ModelOrder.averageLinkage(mean), name + ", mean")
                  .hideNames()
                  .colors(ColorMap.VIRIDIS)
                  .values("similarity"));
          PairSet pairs = set.allPairs();
          spread.named(name, pairs(set, mean), pairs(set, set.standardDeviation()), pairNames(set));
          double[] distribution = new Consistency(set).distribution(pairs);
          if (distribution.length > 0) {
            consistency.box(name + " (" + set.models().size() + ")", distribution);
          }
        });
    return Panels.grid(1, List.of(Panels.maps(maps.size(), maps), Panels.row(spread, consistency)));
  }

  /**
   * The claims under every measure, beyond the paper: 1 where a claim is reproduced, −1 where it is
   * not, 0 where it is not decided; empty where it cannot be tested.
   *
   * @param byMeasure claims beside each other, see {@link ClaimTables#beside}
   */
  public static Figure verdicts(Table byMeasure) {
    List<String> columns =
        byMeasure.columnNames().stream().filter(name -> name.endsWith(VERDICT)).toList();
    List<String> claims = byMeasure.stringColumn("claim").asList();
    double[][] values = new double[claims.size()][columns.size()];
    for (int j = 0; j < columns.size(); j++) {
      for (int i = 0; i < claims.size(); i++) {
        values[i][j] = sign(byMeasure.column(columns.get(j)).getString(i));
      }
    }
    return HeatMap.of(
            new LabelledMatrix(
                "Verdicts by measure",
                claims,
                columns.stream()
                    .map(name -> name.substring(0, name.length() - VERDICT.length()))
                    .toList(),
                values,
                Provenance.of("verdicts by measure")))
        .colors(ColorMap.BLUE_RED)
        .range(-1, 1)
        .values("1 reproduced, 0 not decidable, −1 not reproduced")
        .plotSize(36 * columns.size() + 40, 20 * claims.size());
  }

  private static double sign(String verdict) {
    if (verdict.equals(Verdict.REPRODUCED.toString())) {
      return 1;
    }
    if (verdict.equals(Verdict.NOT_REPRODUCED.toString())) {
      return -1;
    }
    return verdict.equals(Verdict.NOT_DECIDABLE.toString()) ? 0 : Double.NaN;
  }

  private static List<String> pairNames(SimilaritySet similarities) {
    return similarities.allPairs().names(similarities.models());
  }

  /**
   * Figure 3: mean against deviation, and the mean by other measures against the mean by this one.
   */
  public static Figure meanAndDeviation(
      SimilaritySet similarities, Map<String, SimilaritySet> others) {
    List<Figure> panels = new ArrayList<>();
    double[] mean = pairs(similarities, similarities.mean());
    panels.add(
        points("mean and deviation, n = " + similarities.allPairs().size())
            .x("mean similarity")
            .y("standard deviation over data sets")
            .named(
                "model pairs",
                mean,
                pairs(similarities, similarities.standardDeviation()),
                pairNames(similarities)));
    others.forEach(
        (name, other) -> {
          double[] y = pairs(similarities, other.mean());
          panels.add(
              points(name + ", " + correlation(mean, y))
                  .x("mean, headline measure")
                  .y("mean, " + name)
                  .named("model pairs", mean, y, pairNames(similarities)));
        });
    return Panels.grid(3, panels)
        .lettered()
        .captioned(
            "Figure 3. Mean over data sets against standard deviation, for every pair of models; and other measures against the headline measure");
  }

  /** Figure 11: mean against deviation after a transformation that stretches high similarities. */
  public static Figure transformed(SimilaritySet similarities) {
    List<Figure> panels = new ArrayList<>();
    Map<String, DoubleUnaryOperator> transforms =
        Map.of("arccos", s -> Math.acos(Math.max(-1, Math.min(1, s))), "tan", Math::tan);
    for (String name : List.of("arccos", "tan")) {
      SimilaritySet set = similarities.map(name, transforms.get(name));
      panels.add(
          points(name + " of the similarity")
              .x(name.equals("arccos") ? "mean (0: identical)" : "mean (1.56: identical)")
              .y("standard deviation over data sets")
              .named(
                  "model pairs",
                  pairs(set, set.mean()),
                  pairs(set, set.standardDeviation()),
                  pairNames(set)));
    }
    return Panels.grid(2, panels)
        .lettered()
        .captioned("Figure 11. The same after arccos and tan, which stretch the range near 1");
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
      double[][] plane = ModelMap.tsne(similarities.matrix(dataSet), perplexity, seed);
      for (String attribute : attributes) {
        ScatterFigure figure =
            ScatterFigure.titled(name(similarities, dataSet) + ": " + attribute)
                .size(PANEL, 300)
                .legend(Legend.BELOW);
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
    return Panels.grid(Math.min(attributes.size(), 2), panels)
        .captioned("Figure 4. t-SNE of 1 − similarity, coloured by attribute");
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
        PairSet.of(models, attribute).values().stream().filter(PairSet::isWithin).toList();
    List<Figure> all = new ArrayList<>();
    List<Figure> split = new ArrayList<>();
    for (int a = 0; a < dataSets.size(); a++) {
      for (int b = a + 1; b < dataSets.size(); b++) {
        LabelledMatrix first = similarities.matrix(dataSets.get(a));
        LabelledMatrix second = similarities.matrix(dataSets.get(b));
        String x = name(similarities, dataSets.get(a));
        String y = name(similarities, dataSets.get(b));
        double[] onFirst = similarities.allPairs().values(first);
        double[] onSecond = similarities.allPairs().values(second);
        all.add(
            points(correlation(onFirst, onSecond))
                .x(x)
                .y(y)
                .named("all", onFirst, onSecond, pairNames(similarities)));
        ScatterFigure figure =
            points("within one " + attribute).x(x).y(y).legend(Legend.BELOW).size(PANEL, 380);
        for (PairSet set : within) {
          double[] atX = set.values(first);
          double[] atY = set.values(second);
          figure.named(
              set.name() + " " + correlation(atX, atY), atX, atY, set.names(similarities.models()));
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
                + " (below)");
  }

  /**
   * Figures 6 and 13: R(Θ, Φ) of every set pair of some attributes, by median, with the band of all
   * pairs; sizes in their order. The number of model pairs stands in brackets.
   */
  public static Figure distributions(
      SimilaritySet similarities, ModelTable models, List<String> attributes) {
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
          BoxFigure.titled("Consistency by " + attribute)
              .y("R(Θ, Φ)")
              .yRange(least - 0.05, 1.02)
              .size(900, 340);
      Map<String, PairSet> sets = PairSet.of(models, attribute);
      if (all.length > 0) {
        figure.band(all);
      }
      Comparator<PairSet> order =
          Comparator.comparingDouble(
              attribute.equals("size") && SIZES.containsAll(models.values(attribute))
                  ? ConsistencyFigures::sizes
                  : set -> -consistency.median(set));
      sets.values().stream()
          .filter(set -> consistency.distribution(set).length > 0)
          .sorted(order)
          .forEach(
              set ->
                  figure.box(set.name() + " (" + set.size() + ")", consistency.distribution(set)));
      panels.add(figure);
    }
    return Panels.grid(1, panels)
        .captioned(
            "Figure 6. R(Θ, Φ) for every pair of sets, by median; in brackets the number of pairs of models; the grey band holds the middle half of R over all pairs of models, the dotted line its median");
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
            .mapToObj(d -> sets.get(d).category().replaceFirst("natural \\((.*)\\)", "$1"))
            .toList();
    List<HeatMap> maps = new ArrayList<>();
    for (PairSet pairs : pairSets) {
      maps.add(
          HeatMap.of(consistency.matrix(pairs))
              .title("Consistency, " + pairs.name())
              .order(order, order)
              .groups(categories, categories)
              .plotSize(330, 330)
              .colors(ColorMap.VIRIDIS)
              .values("R"));
    }
    return Panels.maps(maps.size(), maps)
        .captioned("Figure 7. Consistency of every two data sets, ruled by category");
  }

  /**
   * Figure 8: similarity against performance gap; groups by the accuracy of the better model. Data
   * sets without accuracies give way to the first ones that have them.
   */
  public static Figure gaps(
      SimilaritySet similarities, PerformanceGap gaps, List<Integer> dataSets) {
    List<Figure> panels = new ArrayList<>();
    PairSet all = similarities.allPairs();
    List<Integer> known = dataSets.stream().filter(gaps::isKnown).toList();
    if (known.isEmpty()) {
      known =
          java.util.stream.IntStream.range(0, similarities.dataSets().size())
              .filter(gaps::isKnown)
              .limit(dataSets.size())
              .boxed()
              .toList();
    }
    for (int dataSet : known) {
      double[] similarity = all.values(similarities.matrix(dataSet));
      double[] gap = all.values((i, j) -> gaps.gap(dataSet, i, j));
      double[] better = all.values((i, j) -> gaps.better(dataSet, i, j));
      ScatterFigure figure =
          points(name(similarities, dataSet) + ", " + r(gaps.correlation(dataSet)))
              .x("similarity")
              .y("accuracy gap")
              .legend(Legend.BELOW)
              .size(PANEL, 340);
      double[] limits = terciles(better);
      for (int third = 2; third >= 0; third--) {
        int group = third;
        int[] members =
            java.util.stream.IntStream.range(0, better.length)
                .filter(k -> tercile(better[k], limits) == group)
                .toArray();
        if (members.length > 0) {
          String name =
              String.format(
                  Locale.ROOT,
                  group == 2
                      ? "accuracy of the better model ≥ %2$.2f"
                      : group == 1 ? "%1$.2f to %2$.2f" : "below %1$.2f",
                  limits[0],
                  limits[1]);
          figure.points(name, pick(similarity, members), pick(gap, members));
        }
      }
      panels.add(figure);
    }
    return Panels.grid(3, panels)
        .captioned("Figure 8. Similarity against the gap in accuracy, for every pair of models");
  }

  private static double[] terciles(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new double[] {sorted[sorted.length / 3], sorted[2 * sorted.length / 3]};
  }

  private static int tercile(double value, double[] limits) {
    return value < limits[0] ? 0 : value < limits[1] ? 1 : 2;
  }

  private static double[] pick(double[] values, int[] members) {
    return Arrays.stream(members).mapToDouble(k -> values[k]).toArray();
  }

  /** Figure 15: the coefficient of every data set, by category. */
  public static Figure gapCorrelations(SimilaritySet similarities, PerformanceGap gaps) {
    ScatterFigure figure =
        ScatterFigure.titled("Similarity and performance gap, by category")
            .x("data set (by category)")
            .y("correlation r")
            .legend(Legend.BELOW)
            .size(900, 400)
            .horizontalLine(0, "");
    List<DataSet> sets = similarities.dataSets();
    int position = 1;
    for (String category : sets.stream().map(DataSet::category).distinct().sorted().toList()) {
      List<Double> x = new ArrayList<>();
      List<Double> y = new ArrayList<>();
      List<String> names = new ArrayList<>();
      for (int d = 0; d < sets.size(); d++) {
        if (sets.get(d).category().equals(category) && !Double.isNaN(gaps.correlation(d))) {
          x.add((double) position++);
          y.add(gaps.correlation(d));
          names.add(sets.get(d).name());
        }
      }
      if (!x.isEmpty()) {
        figure.points(category, doubles(x), doubles(y), names);
      }
    }
    return figure.captioned(
        "Figure 15. The correlation of similarity with the gap in accuracy, by data set");
  }

  /**
   * Figure 9: similarity matrices for growing samples (rows) and several measures (columns), on one
   * scale and in the order of the largest sample.
   */
  public static Figure sampleSizes(Map<Integer, Map<String, LabelledMatrix>> bySize) {
    int largest = bySize.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
    Map<String, LabelledMatrix> last = bySize.get(largest);
    int[] order = ModelOrder.averageLinkage(last.getOrDefault("linear", first(last)));
    List<HeatMap> maps = new ArrayList<>();
    bySize.forEach(
        (size, measures) ->
            measures.forEach(
                (name, matrix) ->
                    maps.add(
                        HeatMap.of(matrix)
                            .title(name + ", " + size + " a class")
                            .order(order, order)
                            .values("similarity")
                            .hideNames()
                            .plotSize(150, 150))));
    return Panels.maps(last.size(), maps)
        .captioned(
            "Figure 9. Similarity matrices for growing samples (down) and several measures (across), in the order of the largest sample");
  }

  private static LabelledMatrix first(Map<String, LabelledMatrix> matrices) {
    return matrices.values().iterator().next();
  }

  /**
   * Figure 10: |difference| of similarities between consecutive sample sizes, one panel for each
   * measure.
   */
  public static Figure sampleSizeChanges(Map<Integer, Map<String, LabelledMatrix>> bySize) {
    List<Integer> sizes = List.copyOf(bySize.keySet());
    Map<String, Map<String, double[]>> changes = new LinkedHashMap<>();
    for (String measure : bySize.get(sizes.get(0)).keySet()) {
      Map<String, double[]> steps = new LinkedHashMap<>();
      for (int s = 1; s < sizes.size(); s++) {
        LabelledMatrix before = bySize.get(sizes.get(s - 1)).get(measure);
        LabelledMatrix after = bySize.get(sizes.get(s)).get(measure);
        steps.put(
            sizes.get(s - 1) + "→" + sizes.get(s),
            PairSet.all(before.rows().size())
                .values((i, j) -> Math.abs(after.get(i, j) - before.get(i, j))));
      }
      changes.put(measure, steps);
    }
    double greatest =
        changes.values().stream()
            .flatMap(steps -> steps.values().stream())
            .flatMapToDouble(Arrays::stream)
            .max()
            .orElse(1);
    List<Figure> panels = new ArrayList<>();
    changes.forEach(
        (measure, steps) -> {
          BoxFigure figure =
              BoxFigure.titled(measure)
                  .y("|difference|")
                  .yRange(0, Math.nextUp(1.05 * greatest))
                  .size(PANEL, 280);
          steps.forEach(figure::box);
          panels.add(figure);
        });
    return Panels.grid(3, panels)
        .captioned("Figure 10. Change of the similarities from one sample size to the next");
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
              points(name + ", " + correlation(doubles(x), doubles(y)))
                  .x("consistency, headline measure")
                  .y("consistency, " + name)
                  .points("set pairs × data sets", doubles(x), doubles(y)));
        });
    return Panels.grid(Math.min(3, panels.size()), panels)
        .captioned(
            "Figure 12. Consistency by other measures against consistency by the headline measure, for every pair of sets and of data sets");
  }

  /** Figure 14: anchor models against the sets of an attribute. */
  public static Figure anchors(
      SimilaritySet similarities, ModelTable models, String attribute, List<String> anchors) {
    Consistency consistency = new Consistency(similarities);
    double least =
        anchors.stream()
            .mapToInt(models.models()::indexOf)
            .boxed()
            .flatMap(
                index ->
                    models.sets(attribute).values().stream()
                        .map(set -> ConsistencyClaims.anchor(index, set)))
            .flatMapToDouble(pairs -> Arrays.stream(consistency.distribution(pairs)))
            .min()
            .orElse(-1);
    List<Figure> panels = new ArrayList<>();
    for (String anchor : anchors) {
      int index = models.models().indexOf(anchor);
      BoxFigure figure =
          BoxFigure.titled(anchor + " (" + models.values(attribute).get(index) + ")")
              .y("R({anchor}, Φ)")
              .yRange(least - 0.05, 1.02)
              .size(PANEL, 300);
      models
          .sets(attribute)
          .forEach(
              (value, set) -> {
                double[] values = consistency.distribution(ConsistencyClaims.anchor(index, set));
                if (values.length > 0) {
                  figure.box(value, values);
                }
              });
      panels.add(figure);
    }
    return Panels.grid(3, panels)
        .captioned("Figure 14. Consistency of single models with the sets of an attribute");
  }

  private static ScatterFigure points(String title) {
    return ScatterFigure.titled(title).size(PANEL, 320).legend(Legend.NONE);
  }

  private static String name(SimilaritySet similarities, int dataSet) {
    return similarities.dataSets().get(dataSet).name();
  }

  private static double[] pairs(SimilaritySet similarities, LabelledMatrix matrix) {
    return similarities.allPairs().values(matrix);
  }

  private static double[] doubles(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static String correlation(double[] x, double[] y) {
    return x.length < 2 ? "r undefined" : r(Correlation.Method.PEARSON.coefficient(x, y));
  }

  private static String r(double value) {
    return Double.isNaN(value)
        ? "r undefined"
        : String.format(Locale.ROOT, "r = %.2f", value).replace('-', '−');
  }
}
