package dev.kindred.study.consistency.report;

import dev.kindred.base.Seeds;
import dev.kindred.figure.Figure;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.consistency.ConsistencyInput;
import dev.kindred.study.consistency.PerformanceGap;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Figures 8 and 15: similarity and performance. */
public final class PerformanceFigures {
  /** Data sets of a category in Figure 8, as in the paper. */
  private static final int OF_A_CATEGORY = 3;

  private static final int LINE = 20;

  private PerformanceFigures() {}

  /**
   * Figure 8: similarity against performance gap on up to three data sets of each category,
   * coloured by the accuracy of the better model.
   *
   * @param input tells the numbers of classes, and so what guessing gets
   */
  public static Figure gaps(
      SimilaritySet similarities, PerformanceGap gaps, ConsistencyInput input) {
    List<Figure> panels = new ArrayList<>();
    List<DataSet> sets = similarities.dataSets();
    for (String category : categories(sets)) {
      IntStream.range(0, sets.size())
          .filter(d -> sets.get(d).category().equals(category) && gaps.isKnown(d))
          .limit(OF_A_CATEGORY)
          .forEach(d -> panels.add(gaps(similarities, gaps, d, input.classes(sets.get(d)))));
    }
    return Panels.grid(OF_A_CATEGORY, panels)
        .captioned(
            "Figure 8. Similarity against the gap in accuracy, for every pair of models, on up to three data sets of each category. Colours: the accuracy of the better of the two models, in thirds of the pairs"
                + DrawnPairs.of(similarities.allPairs()).note());
  }

  private static List<String> categories(List<DataSet> sets) {
    return sets.stream().map(DataSet::category).distinct().sorted().toList();
  }

  private static Figure gaps(
      SimilaritySet similarities, PerformanceGap gaps, int dataSet, int classes) {
    PairSet all = similarities.allPairs();
    DrawnPairs drawn = DrawnPairs.of(all);
    double[] similarity = drawn.of(all.values(similarities.matrix(dataSet)));
    double[] gap = drawn.of(all.values((i, j) -> gaps.gap(dataSet, i, j)));
    double[] better = drawn.of(all.values((i, j) -> gaps.better(dataSet, i, j)));
    List<String> names = drawn.of(all.names(similarities.models()));
    DataSet set = similarities.dataSets().get(dataSet);
    String chance = classes > 0 ? String.format(Locale.ROOT, ", chance %.2f", 1.0 / classes) : "";
    ScatterFigure figure =
        ScatterFigure.titled(
                set.name() + ", " + ConsistencyFigures.r(gaps.correlation(dataSet)) + chance)
            .x("similarity")
            .y("accuracy gap")
            .legend(Legend.BELOW)
            .size(298, 300);
    double[] limits = terciles(better);
    for (int third = 2; third >= 0; third--) {
      int group = third;
      int[] members =
          IntStream.range(0, better.length)
              .filter(k -> tercile(better[k], limits) == group)
              .toArray();
      if (members.length > 0) {
        String name =
            String.format(
                Locale.ROOT,
                group == 2
                    ? "better one ≥ %2$.2f"
                    : group == 1 ? "%1$.2f to %2$.2f" : "below %1$.2f",
                limits[0],
                limits[1]);
        figure.named(
            name,
            pick(similarity, members),
            pick(gap, members),
            Arrays.stream(members).mapToObj(names::get).toList());
      }
    }
    return figure;
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

  /** Figure 15: the coefficient of every data set, by category, with its interval over models. */
  public static Figure correlations(
      SimilaritySet similarities, PerformanceGap gaps, int replicates, Seeds seeds) {
    List<DataSet> sets = similarities.dataSets();
    List<Interval> intervals = gaps.intervals(replicates, seeds);
    List<Integer> order =
        IntStream.range(0, sets.size())
            .filter(d -> !Double.isNaN(gaps.correlation(d)))
            .boxed()
            .sorted(
                Comparator.comparing((Integer d) -> sets.get(d).category())
                    .thenComparing(gaps::correlation))
            .toList();
    ScatterFigure figure =
        ScatterFigure.titled("")
            .x("correlation r of similarity and accuracy gap")
            .xRange(end(gaps, order, intervals, -1), end(gaps, order, intervals, 1))
            .verticalLine(0, "")
            .legend(Legend.BELOW)
            .size(760, 110 + LINE * order.size());
    for (String category : categories(sets)) {
      List<Integer> members =
          order.stream().filter(d -> sets.get(d).category().equals(category)).toList();
      if (!members.isEmpty()) {
        double[] x = members.stream().mapToDouble(gaps::correlation).toArray();
        figure.intervals(
            category,
            x,
            members.stream().mapToDouble(d -> order.size() - order.indexOf(d)).toArray(),
            ends(members, intervals, x, true),
            ends(members, intervals, x, false),
            members.stream().map(d -> sets.get(d).name()).toList());
      }
    }
    return figure
        .yNames(order.stream().map(d -> sets.get(d).name()).toList())
        .captioned(
            "Figure 15. The correlation of similarity with the gap in accuracy on every data set, with 95 % intervals over models; colours: the category of the data set");
  }

  /**
   * The end of the axis on one side: the next tenth that all intervals leave, and ±0.2 at least.
   */
  private static double end(
      PerformanceGap gaps, List<Integer> order, List<Interval> intervals, int side) {
    double[] x = order.stream().mapToDouble(gaps::correlation).toArray();
    double farthest =
        Arrays.stream(ends(order, intervals, x, side < 0)).map(end -> side * end).max().orElse(0);
    return side * Math.min(1, Math.max(0.2, Math.ceil(10 * farthest + 0.5) / 10));
  }

  /** An unknown interval is none. */
  private static double[] ends(
      List<Integer> members, List<Interval> intervals, double[] x, boolean low) {
    double[] ends = new double[x.length];
    Arrays.setAll(
        ends,
        k -> {
          Interval interval = intervals.get(members.get(k));
          return !Double.isFinite(interval.width()) ? x[k] : low ? interval.low() : interval.high();
        });
    return ends;
  }
}
