package dev.kindred.study.consistency.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.BoxFigure;
import dev.kindred.figure.ColorMap;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.study.ClaimTables;
import dev.kindred.study.Verdict;
import dev.kindred.study.consistency.Consistency;
import dev.kindred.study.consistency.SimilaritySet;
import dev.kindred.study.models.ModelOrder;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.Table;

/** Beyond the paper: what is there without learning, and under other measures. */
public final class ControlFigures {
  private static final String VERDICT = ": verdict";

  private ControlFigures() {}

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
            .size(440, 340);
    BoxFigure consistency = BoxFigure.titled("consistency, all model pairs").y("R").size(440, 340);
    all.forEach(
        (name, set) -> {
          LabelledMatrix mean = set.mean();
          int[] order = ModelOrder.averageLinkage(mean);
          maps.add(
              HeatMap.of(mean)
                  .title(name + ", mean")
                  .order(order, order)
                  .hideNames()
                  .plotSize(230, 230)
                  .values("similarity"));
          PairSet pairs = set.allPairs();
          DrawnPairs drawn = DrawnPairs.of(pairs);
          spread.named(
              name,
              drawn.of(pairs.values(mean)),
              drawn.of(pairs.values(set.standardDeviation())),
              drawn.of(pairs.names(set.models())));
          double[] distribution = new Consistency(set).distribution(pairs);
          if (distribution.length > 0) {
            consistency.box(name + "\n" + set.models().size() + " models", distribution);
          }
        });
    return Panels.grid(
            1, List.of(HeatMaps.onOneScale(maps.size(), maps), Panels.row(spread, consistency)))
        .captioned(
            "Figures 2, 3 and 6 with controls: the same networks before they were trained, and networks that were trained on random labels"
                + DrawnPairs.of(trained.allPairs()).note());
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
        .colors(ColorMap.RED_BLUE)
        .range(-1, 1)
        .values("1 reproduced, 0 not decidable, −1 not reproduced")
        .longestName(500)
        .plotSize(Math.max(140, 24 * columns.size()), 20 * claims.size())
        .captioned(
            "The verdict on every claim under every measure; grey: the claim cannot be tested here");
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
}
