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
import dev.kindred.study.consistency.WithoutLearning;
import dev.kindred.study.models.ModelOrder;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tech.tablesaw.api.Table;

/** Beyond the paper: what is there without learning, and under other measures. */
public final class ControlFigures {
  private static final String VERDICT = ": verdict";

  /** Beyond the verdicts, whose colours would else be nearly black. */
  private static final double END = 1.5;

  private ControlFigures() {}

  /**
   * Figures 2, 3 and 6 for the study's models and for controls: mean similarities, mean against
   * deviation, and R over all model pairs and by architecture. What untrained networks show too has
   * not been learnt.
   *
   * @param controls what the models are → their similarities on the same data sets
   * @param models of the study
   */
  public static Figure controls(
      SimilaritySet trained, Map<String, SimilaritySet> controls, ModelTable models) {
    Map<String, SimilaritySet> all = new LinkedHashMap<>();
    all.put("trained", trained);
    new TreeMap<>(controls)
        .descendingMap()
        .forEach(
            (name, set) -> {
              all.put(name, set);
              WithoutLearning.counterparts(trained, set)
                  .ifPresent(truth -> all.put("true labels", truth));
            });
    int[] common = ModelOrder.averageLinkage(trained.mean());
    List<HeatMap> maps = new ArrayList<>();
    ScatterFigure spread =
        ScatterFigure.titled("mean and deviation over data sets")
            .x("mean similarity")
            .y("standard deviation")
            .legend(Legend.BELOW)
            .size(900, 340);
    BoxFigure consistency = BoxFigure.titled("consistency, all model pairs").y("R").size(440, 340);
    BoxFigure apart = BoxFigure.titled("consistency by architecture").y("R").size(440, 340);
    all.forEach(
        (name, set) -> {
          LabelledMatrix mean = set.mean();
          int[] order =
              set.models().size() == common.length ? common : ModelOrder.averageLinkage(mean);
          maps.add(
              HeatMap.of(mean)
                  .title(name + ", mean")
                  .order(order, order)
                  .hideNames()
                  .plotSize(190, 190)
                  .values("similarity"));
          PairSet pairs = set.allPairs();
          DrawnPairs drawn = DrawnPairs.of(pairs);
          spread.named(
              name,
              drawn.of(pairs.values(mean)),
              drawn.of(pairs.values(set.standardDeviation())),
              drawn.of(pairs.names(set.models())));
          String label = name.replace(" ", "\n") + "\n" + set.models().size() + " models";
          Consistency of = new Consistency(set);
          box(consistency, label, of, List.of(pairs));
          if (WithoutLearning.hasArchitectures(models)) {
            box(apart, label, of, WithoutLearning.ofArchitectures(set.models(), models));
          }
        });
    List<Figure> rows = new ArrayList<>();
    rows.add(HeatMaps.onOneScale(maps.size(), maps));
    rows.add(spread);
    rows.add(
        WithoutLearning.hasArchitectures(models) ? Panels.row(consistency, apart) : consistency);
    return Panels.grid(1, rows)
        .captioned(
            "Figures 2, 3 and 6 with controls: the same networks before they were trained, networks that were trained on random labels, and"
                + " the same on true ones. By architecture: of CNN–CNN, CNN–TX and TX–TX pairs, each by itself"
                + DrawnPairs.of(trained.allPairs()).note());
  }

  private static void box(
      BoxFigure figure, String label, Consistency consistency, Collection<PairSet> sets) {
    double[] distribution =
        sets.stream()
            .flatMapToDouble(set -> Arrays.stream(consistency.distribution(set)))
            .toArray();
    if (distribution.length > 0) {
      figure.box(label, distribution);
    }
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
    Map<Double, String> meanings = new LinkedHashMap<>();
    meanings.put(1.0, "+ reproduced");
    meanings.put(0.0, "? not decidable");
    meanings.put(-1.0, "− not reproduced");
    meanings.put(Double.NaN, "cannot be tested here");
    return HeatMap.of(
            new LabelledMatrix(
                "Verdicts by measure",
                claims.stream().map(ControlFigures::plain).toList(),
                columns.stream()
                    .map(name -> plain(name.substring(0, name.length() - VERDICT.length())))
                    .toList(),
                values,
                Provenance.of("verdicts by measure")))
        .letters(
            Arrays.stream(values)
                .map(row -> Arrays.stream(row).mapToObj(ControlFigures::letter).toList())
                .toList())
        .meanings(meanings)
        .colors(ColorMap.RED_BLUE)
        .range(-END, END)
        .longestName(500)
        .plotSize(Math.max(140, 34 * columns.size()), 22 * claims.size())
        .captioned(
            "The verdict on every claim under every measure, before any allowance for the number of claims. No measure is compared with itself");
  }

  /** The measures by the names that people give them. */
  private static String plain(String text) {
    return text.replaceAll("calibrated cka\\[[^]]*]", "calibrated CKA")
        .replaceAll("cka\\[kernel=rbf,sigma=([\\d.]+)[^]]*]", "RBF CKA $1")
        .replace("cka[rows=unit]", "linear CKA")
        .replaceAll("procrustes\\[[^]]*]", "Procrustes")
        .replace("soft-matching", "soft matching")
        .replaceAll("\\brsa\\b", "RSA")
        .replaceAll("\\bcknna\\b", "CKNNA");
  }

  private static String letter(double verdict) {
    return Double.isNaN(verdict) ? "" : verdict == 0 ? "?" : verdict > 0 ? "+" : "−";
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
