package dev.kindred.study.convergence.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.LineFigure;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.network.Pooling;
import dev.kindred.study.convergence.AlignmentFamily;
import dev.kindred.study.convergence.AlignmentTable;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.convergence.ConvergenceData;
import dev.kindred.study.convergence.LayerMaps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of the paper, by its numbers, for units of one kind: pooled or at the centre. */
public final class ConvergenceFigures {
  private static final int PANEL_WIDTH = 440;
  private static final int PANEL_HEIGHT = 330;
  private static final int COLUMNS = 2;
  private static final int MAP = 170;
  private static final int MAPS_IN_A_ROW = 3;
  private static final String ALIGNMENT = "held-out correlation";
  private static final String LAYER = "layer";
  private static final String PROCRUSTES_ALIGNMENT = "Procrustes alignment";

  private final ConvergenceData data;
  private final Pooling pooling;

  public ConvergenceFigures(ConvergenceData data, Pooling pooling) {
    this.data = data;
    this.pooling = pooling;
  }

  /**
   * Figure 1: the three families over depth between seeds, trained and untrained, ± standard
   * deviation over folds; and permutation after a random rotation of one side.
   */
  public Figure overDepth() {
    return eachGroup(
        group -> {
          LineFigure figure = panel(group).x(LAYER).y(ALIGNMENT);
          for (AlignmentFamily family : AlignmentFamily.values()) {
            // Widths are equal: the plan is a permutation.
            String name = family == AlignmentFamily.MATCHING ? "permutation" : family.toString();
            add(figure, name, family, group, data.end(), Control.NONE);
            add(figure, name + ", untrained", family, group, 0, Control.NONE);
          }
          add(
              figure,
              "permutation, rotated",
              AlignmentFamily.MATCHING,
              group,
              data.end(),
              Control.ROTATED);
          return figure;
        });
  }

  private void add(
      LineFigure figure,
      String name,
      AlignmentFamily family,
      int group,
      int moment,
      Control control) {
    double[][] layers =
        overLayers(
            group,
            layer -> data.ofLayer(data.depth(), family, group, layer, moment, 0, pooling, control));
    figure.line(name, depths(group), column(layers, 0), column(layers, 1));
  }

  /**
   * Figure 2: layer × layer maps of all pairs of groups, other seeds, with the greatest value of
   * every row and column.
   */
  public Figure maps(AlignmentFamily family) {
    List<HeatMap> maps = new ArrayList<>();
    for (int first = 0; first < data.groups().size(); first++) {
      for (int second = first; second < data.groups().size(); second++) {
        maps.add(map(family, first, second));
      }
    }
    return Panels.maps(MAPS_IN_A_ROW, maps);
  }

  private HeatMap map(AlignmentFamily family, int first, int second) {
    ConvergenceData.Group rows = data.groups().get(first);
    ConvergenceData.Group columns = data.groups().get(second);
    List<double[][]> maps = LayerMaps.maps(data, pooling, family, Control.NONE, first, second);
    double[][] mean = new double[rows.layers().size()][columns.layers().size()];
    for (double[][] map : maps) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean[i].length; j++) {
          mean[i][j] += map[i][j] / maps.size();
        }
      }
    }
    return HeatMap.of(
            new LabelledMatrix(
                rows.name() + " and " + columns.name(),
                rows.layers(),
                columns.layers(),
                mean,
                Provenance.of("drawn")))
        .rows(rows.name())
        .columns(columns.name())
        .values(family.toString())
        .plotSize(MAP, MAP)
        .maxima();
  }

  /** Figure 3: Procrustes alignment of every layer against accuracy; each point is a moment. */
  public Figure training() {
    return eachGroup(
        group -> {
          ScatterFigure figure =
              ScatterFigure.titled(data.groups().get(group).name())
                  .x("accuracy")
                  .y(PROCRUSTES_ALIGNMENT)
                  .size(PANEL_WIDTH, PANEL_HEIGHT);
          double[] accuracies =
              IntStream.rangeClosed(0, data.end())
                  .mapToDouble(moment -> data.accuracyAt(group, moment))
                  .toArray();
          List<String> names = data.moments().stream().map(String::valueOf).toList();
          for (int layer = 0; layer < layers(group); layer++) {
            int at = layer;
            figure.named(
                data.groups().get(group).layers().get(layer),
                accuracies,
                IntStream.rangeClosed(0, data.end())
                    .mapToDouble(moment -> procrustes(data.training(), group, at, moment, 0))
                    .toArray(),
                names);
          }
          return figure;
        });
  }

  /** Figure 4: alignment over depth on the usual stimuli and on the shifted, ± standard error. */
  public Figure shifts() {
    return eachGroup(
        group -> {
          double[][] shifted =
              overLayers(
                  group,
                  layer -> {
                    double[] ofSets =
                        Arrays.stream(shiftNumbers())
                            .mapToDouble(
                                set -> procrustes(data.shifted(), group, layer, data.end(), set))
                            .filter(Double::isFinite)
                            .toArray();
                    double mean = Arrays.stream(ofSets).average().orElse(Double.NaN);
                    double squares = Arrays.stream(ofSets).map(v -> (v - mean) * (v - mean)).sum();
                    return new double[] {
                      mean, Math.sqrt(squares / (ofSets.length - 1.0) / ofSets.length)
                    };
                  });
          double[][] usual =
              overLayers(
                  group,
                  layer -> new double[] {procrustes(data.shifted(), group, layer, data.end(), 0)});
          return panel(group)
              .x(LAYER)
              .y(PROCRUSTES_ALIGNMENT)
              .line("within distribution", depths(group), column(usual, 0))
              .line(
                  "mean of the shifts ± s.e.",
                  depths(group),
                  column(shifted, 0),
                  column(shifted, 1));
        });
  }

  /**
   * Figure 5: alignment of the first and the last layer against accuracy on the shifted stimuli, a
   * point a shift; and the correlation of both over depth.
   */
  public Figure accuracies() {
    List<Figure> panels = new ArrayList<>();
    for (int group = 0; group < data.groups().size(); group++) {
      panels.add(againstAccuracy(group));
    }
    LineFigure overDepth =
        LineFigure.titled("correlation over shifts")
            .x("relative depth")
            .y("correlation of alignment with accuracy")
            .yRange(-1, 1)
            .size(PANEL_WIDTH, PANEL_HEIGHT);
    for (int group = 0; group < data.groups().size(); group++) {
      int of = group;
      int last = layers(group) - 1;
      overDepth.line(
          data.groups().get(group).name(),
          IntStream.rangeClosed(0, last).mapToDouble(layer -> (double) layer / last).toArray(),
          IntStream.rangeClosed(0, last).mapToDouble(layer -> correlation(of, layer)).toArray());
    }
    panels.add(overDepth);
    return Panels.grid(COLUMNS, panels);
  }

  private Figure againstAccuracy(int group) {
    ScatterFigure figure =
        ScatterFigure.titled(data.groups().get(group).name())
            .x("accuracy")
            .y(PROCRUSTES_ALIGNMENT)
            .size(PANEL_WIDTH, PANEL_HEIGHT);
    for (int layer : new int[] {0, layers(group) - 1}) {
      figure.named(
          data.groups().get(group).layers().get(layer),
          ofShifts(set -> data.accuracy(group, set)),
          ofShifts(set -> procrustes(data.shifted(), group, layer, data.end(), set)),
          data.sets().subList(1, data.sets().size()));
    }
    return figure;
  }

  private double correlation(int group, int layer) {
    double[] alignment = ofShifts(set -> procrustes(data.shifted(), group, layer, data.end(), set));
    int[] known =
        IntStream.range(0, alignment.length).filter(i -> Double.isFinite(alignment[i])).toArray();
    double[] accuracies = ofShifts(set -> data.accuracy(group, set));
    return known.length < 3
        ? Double.NaN
        : Correlation.Method.PEARSON.coefficient(
            Arrays.stream(known).mapToDouble(i -> alignment[i]).toArray(),
            Arrays.stream(known).mapToDouble(i -> accuracies[i]).toArray());
  }

  /** What a shift takes of the last layer's alignment, against what it takes of accuracy. */
  public Figure severity() {
    ScatterFigure byAccuracy =
        ScatterFigure.titled("by loss of accuracy")
            .x("loss of accuracy")
            .y("loss of alignment, last layer")
            .size(PANEL_WIDTH, PANEL_HEIGHT);
    ScatterFigure byDistance =
        ScatterFigure.titled("by distance of images")
            .x("root mean squared change of pixels")
            .y("loss of alignment, last layer")
            .size(PANEL_WIDTH, PANEL_HEIGHT);
    List<String> names = data.sets().subList(1, data.sets().size());
    for (int group = 0; group < data.groups().size(); group++) {
      int of = group;
      int last = layers(group) - 1;
      double[] losses =
          ofShifts(
              set ->
                  procrustes(data.shifted(), of, last, data.end(), 0)
                      - procrustes(data.shifted(), of, last, data.end(), set));
      String name = data.groups().get(group).name();
      byAccuracy.named(
          name, ofShifts(set -> data.accuracy(of, 0) - data.accuracy(of, set)), losses, names);
      byDistance.named(name, ofShifts(set -> data.behaviour().distances()[set]), losses, names);
    }
    return Panels.row(byAccuracy, byDistance);
  }

  private interface GroupFigure {
    Figure of(int group);
  }

  private Figure eachGroup(GroupFigure figure) {
    return Panels.grid(
        COLUMNS, IntStream.range(0, data.groups().size()).mapToObj(figure::of).toList());
  }

  private LineFigure panel(int group) {
    return LineFigure.titled(data.groups().get(group).name()).size(PANEL_WIDTH, PANEL_HEIGHT);
  }

  private double procrustes(AlignmentTable table, int group, int layer, int moment, int set) {
    return data.ofLayer(
            table, AlignmentFamily.PROCRUSTES, group, layer, moment, set, pooling, Control.NONE)[0];
  }

  private int[] shiftNumbers() {
    return IntStream.range(1, data.sets().size()).toArray();
  }

  private double[] ofShifts(java.util.function.IntToDoubleFunction value) {
    return Arrays.stream(shiftNumbers()).mapToDouble(value).toArray();
  }

  private int layers(int group) {
    return data.groups().get(group).layers().size();
  }

  private double[] depths(int group) {
    return IntStream.rangeClosed(1, layers(group)).mapToDouble(layer -> layer).toArray();
  }

  private double[][] overLayers(int group, java.util.function.IntFunction<double[]> values) {
    return IntStream.range(0, layers(group)).mapToObj(values).toArray(double[][]::new);
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }
}
