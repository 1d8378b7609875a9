package dev.kindred.study.consistency.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.figure.BoxFigure;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.Panels;
import dev.kindred.study.consistency.ConsistencyInput;
import dev.kindred.study.models.ModelOrder;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Figures 9 and 10: how many images are enough. */
public final class SampleSizeFigures {
  /** Smaller differences are drawn there. */
  private static final double LEAST = 1e-3;

  private SampleSizeFigures() {}

  /**
   * Figure 9: similarity matrices for growing samples (rows) and several measures (columns), on one
   * scale and in the order of the largest sample.
   *
   * @param bySize images per class → measure → similarities
   * @param input tells what the samples were drawn from
   */
  public static Figure matrices(
      Map<Integer, Map<String, LabelledMatrix>> bySize, ConsistencyInput input) {
    int largest = bySize.keySet().stream().mapToInt(Integer::intValue).max().orElseThrow();
    Map<String, LabelledMatrix> last = bySize.get(largest);
    int[] order =
        ModelOrder.averageLinkage(last.getOrDefault("linear", last.values().iterator().next()));
    List<HeatMap> maps = new ArrayList<>();
    bySize.forEach(
        (size, measures) ->
            measures.forEach(
                (name, matrix) -> {
                  boolean firstColumn = maps.size() % last.size() == 0;
                  maps.add(
                      HeatMap.of(matrix)
                          .title(maps.size() < last.size() ? name : "")
                          .rows(firstColumn ? size + " per class" : "")
                          .order(order, order)
                          .values("similarity")
                          .hideNames()
                          .plotSize(132, 132));
                }));
    return HeatMaps.onOneScale(last.size(), maps)
        .captioned(
            "Figure 9. Similarity matrices for growing samples of "
                + drawnFrom(input)
                + " (down) and several measures (across), in the order of the largest sample");
  }

  private static String drawnFrom(ConsistencyInput input) {
    return input
        .sampled()
        .map(
            set ->
                set.name()
                    + (input.classes(set) > 0 ? " (" + input.classes(set) + " classes)" : ""))
        .orElse("one data set");
  }

  /**
   * Figure 10: |difference| of similarities between consecutive sample sizes, one panel for each
   * measure, on a logarithmic axis.
   */
  public static Figure changes(
      Map<Integer, Map<String, LabelledMatrix>> bySize, ConsistencyInput input) {
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
                .values((i, j) -> Math.max(LEAST, Math.abs(after.get(i, j) - before.get(i, j)))));
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
                  .logY()
                  .yRange(LEAST, Math.max(10 * LEAST, greatest))
                  .size(440, 260);
          steps.forEach(figure::box);
          panels.add(figure);
        });
    return Panels.grid(2, panels)
        .captioned(
            "Figure 10. Change of the similarity of two models from one sample size to the next, in images per class of "
                + drawnFrom(input)
                + "; changes below 0.001 are drawn there");
  }
}
