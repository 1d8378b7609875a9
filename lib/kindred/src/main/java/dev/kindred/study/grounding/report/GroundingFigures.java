package dev.kindred.study.grounding.report;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.ColorMap;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.LineFigure;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.RankSets;
import dev.kindred.study.grounding.FunctionGrounding;
import dev.kindred.study.grounding.GroundedPopulation;
import dev.kindred.study.grounding.GroundingStatistics;
import dev.kindred.study.grounding.GroundingSummary;
import dev.kindred.study.grounding.IntuitiveTests;
import dev.kindred.study.grounding.Scores;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import java.util.function.IntFunction;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.Table;

/** The figures of the text, by its numbers, and what goes beyond them. */
public final class GroundingFigures {
  private static final int MAP = 260;
  private static final int ROW = 17;
  private static final int COLUMN = 48;
  private static final int PANEL = 310;
  private static final double LEVEL = 0.05;

  /** Between the points of two measures at one depth. */
  private static final double BESIDE = 0.06;

  private GroundingFigures() {}

  /**
   * Figures 1 and 2: distances of every depth of one network from every depth of another that
   * differs in its seed alone; all in one scale of colours, from 0.
   */
  public static Figure maps(IntuitiveTests tests, List<String> measures) {
    List<HeatMap> maps = new ArrayList<>();
    double largest =
        measures.stream()
            .map(measure -> tests.map(index(tests.population(), measure), 0, 1))
            .flatMap(Arrays::stream)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    for (String measure : measures) {
      maps.add(
          HeatMap.of(
                  new LabelledMatrix(
                      measure,
                      tests.population().depths(),
                      tests.population().depths(),
                      tests.map(index(tests.population(), measure), 0, 1),
                      Provenance.of("drawn")))
              .title(measure)
              .rows("one seed")
              .columns("another seed")
              .values("distance")
              .colors(ColorMap.VIRIDIS)
              .range(0, largest)
              .annotate("%.2f")
              .plotSize(MAP, MAP));
    }
    return Panels.grid(2, maps).lettered();
  }

  private static int index(GroundedPopulation population, String measure) {
    return population.measures().indexOf(measure);
  }

  /**
   * The tests of specificity and sensitivity at each depth, with 95 % intervals over networks:
   * Wilson's of the share of pairs, and Student's, within 0 and 1, of the mean share of components.
   *
   * @param measures the measures that are drawn
   */
  public static Figure intuitive(IntuitiveTests tests, List<String> measures) {
    LineFigure specificity =
        byDepth(
                tests,
                "Specificity",
                "same depth is the nearest, share",
                measures,
                tests::specificity,
                tests::specificityInterval)
            .horizontalLine(tests.chance(), "by chance");
    LineFigure deletion =
        byDepth(
            tests,
            "Sensitivity: less is more sensitive",
            "share deleted unnoticed",
            measures,
            tests::deletion,
            (m, depth) -> tests.deletion(depth).interval(m));
    return Panels.row(specificity, deletion).lettered();
  }

  private static LineFigure byDepth(
      IntuitiveTests tests,
      String title,
      String y,
      List<String> measures,
      IntFunction<Scores> scores,
      BiFunction<Integer, Integer, Interval> intervals) {
    List<String> depths = tests.population().depths();
    LineFigure figure =
        LineFigure.titled(title)
            .x("depth (" + String.join(", ", depths) + ")")
            .y(y)
            .yRange(-0.02, 1.05)
            .legend(Legend.BELOW)
            .size(460, 360);
    for (String measure : measures) {
      int m = index(tests.population(), measure);
      double[] x = new double[depths.size()];
      double[] values = new double[x.length];
      double[] low = new double[x.length];
      double[] high = new double[x.length];
      for (int d = 0; d < x.length; d++) {
        Interval interval = intervals.apply(m, d);
        boolean isKnown = Double.isFinite(interval.width());
        // Beside each other: the same depths of measures that agree would hide one another.
        x[d] = d + 1 + BESIDE * (measures.indexOf(measure) - (measures.size() - 1) / 2.0);
        values[d] = scores.apply(d).values()[m];
        low[d] = isKnown ? interval.low() : Double.NaN;
        high[d] = isKnown ? interval.high() : Double.NaN;
      }
      figure.intervals(measure, x, values, low, high);
    }
    return figure;
  }

  /** Distances beside differences of accuracy: a row for each task, a column for each measure. */
  public static Figure subtasks(
      GroundingStatistics statistics, int population, List<String> measures) {
    List<Figure> panels = new ArrayList<>();
    List<String> tasks = statistics.tasks(population);
    for (int task = 0; task < tasks.size(); task++) {
      Scores scores = statistics.task(population, task);
      for (String measure : measures) {
        int m = statistics.results().measures().indexOf(measure);
        GroundingStatistics.Points points = statistics.points(population, task, m);
        int[] defined =
            IntStream.range(0, points.gaps().length)
                .filter(i -> Double.isFinite(points.distances()[i]))
                .toArray();
        panels.add(
            ScatterFigure.titled(tasks.get(task) + ": ρ = " + rounded(scores.values()[m]))
                .x(measure)
                .y("difference of accuracy")
                .size(PANEL, 250)
                .points(
                    "pairs",
                    Arrays.stream(defined).mapToDouble(i -> points.distances()[i]).toArray(),
                    Arrays.stream(defined).mapToDouble(i -> points.gaps()[i]).toArray()));
      }
    }
    return Panels.grid(measures.size(), panels);
  }

  /** Two digits; no minus before 0. */
  private static String rounded(double rho) {
    return String.format(Locale.ROOT, "%.2f", Math.round(100 * rho) / 100.0 + 0.0);
  }

  /**
   * The table as a heat map: ρ of every measure on every task, hatched where networks that change
   * places have such a ρ too often, in (a) and (b) with the depth and the deletion that they keep;
   * beside it half the width of its 95 % interval. Measures in the order of the ranking.
   */
  public static Figure table(GroundingStatistics statistics, int population) {
    List<String> tasks = statistics.tasks(population);
    List<Integer> order = GroundingSummary.order(statistics.overall().ranks().ranks());
    List<String> names = order.stream().map(statistics.results().measures()::get).toList();
    double[][] rho = new double[order.size()][tasks.size()];
    double[][] half = new double[order.size()][tasks.size()];
    boolean[][] chance = new boolean[order.size()][tasks.size()];
    for (int task = 0; task < tasks.size(); task++) {
      Scores scores = statistics.task(population, task);
      for (int i = 0; i < order.size(); i++) {
        int m = order.get(i);
        Interval interval = scores.interval(m);
        rho[i][task] = scores.values()[m];
        half[i][task] = Double.isFinite(interval.width()) ? interval.width() / 2 : Double.NaN;
        chance[i][task] = !(statistics.falseDiscovery(population, task, m) <= LEVEL);
      }
    }
    int height = Math.max(120, ROW * order.size());
    return Panels.row(
            HeatMap.of(matrix("ρ", names, tasks, rho))
                .title(statistics.results().populations().get(population).name())
                .rows("measure")
                .columns("task")
                .values("ρ")
                .colors(ColorMap.BLUE_RED)
                .range(-1, 1)
                .annotate("%.2f")
                .hatch(
                    chance,
                    "(a), (b): no more than depth or deletion tells; others: could be chance")
                .plotSize(COLUMN * tasks.size(), height),
            HeatMap.of(matrix("half interval", names, tasks, half))
                .title("± (95 %), same rows and columns")
                .values("half of the interval")
                .colors(ColorMap.CIVIDIS)
                .annotate("%.2f")
                .hideNames()
                .plotSize(COLUMN * tasks.size(), height))
        .lettered();
  }

  private static LabelledMatrix matrix(
      String title, List<String> rows, List<String> columns, double[][] values) {
    return new LabelledMatrix(title, rows, columns, values, Provenance.of("drawn"));
  }

  /**
   * Mean ρ over the subtasks with its interval, and ranks with those that cannot be told apart. In
   * grey the mean without (c), and as a dashed line the same of what sees no response.
   */
  public static Figure ranking(GroundingStatistics statistics) {
    Scores overall = statistics.overall();
    double[] without = statistics.besideStandIns().values();
    RankSets ranks = overall.ranks();
    List<Integer> order =
        GroundingSummary.order(ranks.ranks()).stream()
            .filter(m -> !Double.isNaN(overall.values()[m]))
            .toList();
    List<String> names = order.stream().map(statistics.results().measures()::get).toList();
    return Panels.row(
            intervals(
                    "Mean ρ with 95 % interval; grey: without (c)",
                    names,
                    i -> overall.interval(order.get(i)).low(),
                    i -> overall.values()[order.get(i)],
                    i -> overall.interval(order.get(i)).high())
                .x("mean ρ; dashed: without responses")
                .size(540, rankingHeight(names.size()))
                .behind(
                    "mean without (c)",
                    order.stream().mapToDouble(m -> without[m]).toArray(),
                    IntStream.range(0, names.size()).mapToDouble(i -> names.size() - i).toArray(),
                    names)
                .verticalLine(without[without.length - 1], ""),
            intervals(
                    "Ranks that cannot be told apart",
                    names,
                    i -> ranks.lowest()[order.get(i)],
                    i -> ranks.ranks()[order.get(i)],
                    i -> ranks.highest()[order.get(i)])
                .x("rank"))
        .lettered();
  }

  /**
   * The same of networks of one's own.
   *
   * @param ranking as {@link FunctionGrounding#ranking} makes it
   */
  public static Figure ranking(Table ranking) {
    Table defined = ranking.where(ranking.doubleColumn("rho").isNotMissing());
    List<String> names = defined.stringColumn("measure").asList();
    return Panels.row(
            intervals(
                    "ρ, 95 % intervals",
                    names,
                    defined.doubleColumn("rho_low")::get,
                    defined.doubleColumn("rho")::get,
                    defined.doubleColumn("rho_high")::get)
                .x("ρ")
                .verticalLine(0, ""),
            intervals(
                    "Ranks that cannot be told apart",
                    names,
                    defined.doubleColumn("rank_low")::get,
                    defined.doubleColumn("rank")::get,
                    defined.doubleColumn("rank_high")::get)
                .x("rank"))
        .lettered();
  }

  /** A point a row, with an interval where it has one. */
  private static ScatterFigure intervals(
      String title,
      List<String> names,
      IntToDoubleFunction low,
      IntToDoubleFunction value,
      IntToDoubleFunction high) {
    double[][] x = new double[3][names.size()];
    double[] y = new double[names.size()];
    for (int i = 0; i < names.size(); i++) {
      y[i] = names.size() - i;
      x[1][i] = value.applyAsDouble(i);
      x[0][i] = Double.isFinite(low.applyAsDouble(i)) ? low.applyAsDouble(i) : x[1][i];
      x[2][i] = Double.isFinite(high.applyAsDouble(i)) ? high.applyAsDouble(i) : x[1][i];
    }
    return ScatterFigure.titled(title)
        .yNames(names)
        .intervals("measures", x[1], y, x[0], x[2], names)
        .legend(Legend.NONE)
        .size(400, rankingHeight(names.size()));
  }

  private static int rankingHeight(int rows) {
    return Math.max(240, 110 + ROW * rows);
  }

  /** Which measures order pairs of representations alike: their correlations, and their tree. */
  public static Figure clusters(GroundingStatistics statistics) {
    int[] compared = statistics.compared();
    AverageLinkage tree = statistics.tree();
    List<String> names =
        Arrays.stream(compared).mapToObj(statistics.results().measures()::get).toList();
    double[][] agreement = statistics.agreement();
    double[][] values = new double[compared.length][compared.length];
    for (int a = 0; a < compared.length; a++) {
      for (int b = 0; b < compared.length; b++) {
        values[a][b] = agreement[compared[a]][compared[b]];
      }
    }
    int side = Math.max(160, 14 * compared.length);
    return HeatMap.of(matrix("agreement", names, names, values))
        .title("How far measures agree")
        .rows("measure")
        .columns("another measure")
        .values("rank correlation of distances")
        .dendrogram(tree)
        .plotSize(side, side);
  }

  /** Mean ρ against the processor time of comparing two networks. */
  public static Figure price(GroundingStatistics statistics) {
    Scores overall = statistics.overall();
    List<String> measures = statistics.results().measures();
    List<String> ofText = FunctionGrounding.textMeasures();
    ScatterFigure figure =
        ScatterFigure.titled("Accuracy against price")
            .x("milliseconds for two networks that are new, one processor")
            .y("mean ρ over the subtasks")
            .logX()
            .legend(Legend.BELOW)
            .size(760, 480);
    double[] prices =
        IntStream.range(0, measures.size())
            .mapToDouble(m -> price(statistics, m))
            .sorted()
            .toArray();
    figure.xRange(prices[0] / 2, 2 * prices[prices.length - 1]);
    int[] others =
        IntStream.range(0, measures.size())
            .filter(m -> !ofText.contains(measures.get(m)) && !Double.isNaN(overall.values()[m]))
            .toArray();
    if (others.length > 0) {
      figure.behind(
          "others",
          Arrays.stream(others).mapToDouble(m -> price(statistics, m)).toArray(),
          Arrays.stream(others).mapToDouble(m -> overall.values()[m]).toArray(),
          Arrays.stream(others).mapToObj(measures::get).toList());
    }
    // Each in a colour of its own: there is no room for names among so many points.
    for (String name : ofText) {
      int m = measures.indexOf(name);
      if (m >= 0 && !Double.isNaN(overall.values()[m])) {
        double[] x = {price(statistics, m)};
        figure.named(name, x, new double[] {overall.values()[m]}, List.of(name));
      }
    }
    return figure;
  }

  /** In milliseconds; above 0, for a logarithmic axis. */
  private static double price(GroundingStatistics statistics, int measure) {
    return Math.max(1e-3, 1000 * GroundingSummary.price(statistics, measure));
  }
}
