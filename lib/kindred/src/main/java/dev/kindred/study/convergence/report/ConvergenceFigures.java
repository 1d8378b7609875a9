package dev.kindred.study.convergence.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.LineFigure;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.network.Pooling;
import dev.kindred.study.convergence.AlignmentFamily;
import dev.kindred.study.convergence.AlignmentTable;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.convergence.ConvergenceData;
import dev.kindred.study.convergence.LayerMaps;
import dev.kindred.study.convergence.ShiftCorrelations;
import dev.kindred.study.convergence.ShiftCorrelations.With;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** The figures of the paper, by its numbers, for units of one kind or of two side by side. */
public final class ConvergenceFigures {
  private static final int PANEL_WIDTH = 460;
  private static final int PANEL_HEIGHT = 300;
  private static final int LEGEND_ROW = 20;
  private static final int COLUMNS = 2;
  private static final int MAP = 140;
  private static final int MAPS_IN_A_ROW = 3;

  /** The colour of the first moment; the last one is 1. */
  private static final double FIRST_MOMENT = 0.15;

  private static final String ALIGNMENT = "held-out correlation";
  private static final String PROCRUSTES_ALIGNMENT = "Procrustes alignment";

  private final ConvergenceData data;
  private final List<Pooling> poolings;

  /** Those of several networks: a single one has no other seed to be aligned with. */
  private final List<Integer> groups;

  /**
   * @param poolings kinds of units, a panel for each, side by side
   */
  public ConvergenceFigures(ConvergenceData data, Pooling... poolings) {
    this.data = data;
    this.poolings = List.of(poolings);
    this.groups = data.seeded();
  }

  /** A kind of units in a word or two. */
  public static String name(Pooling pooling) {
    return switch (pooling) {
      case POOLED -> "pooled";
      case CENTRE_PIXEL -> "centre pixel";
      case FLATTENED -> "every pixel";
    };
  }

  /** How a panel is made: of a group of networks, with units of one kind. */
  private interface GroupFigure {
    Figure of(int group, Pooling pooling);
  }

  private Figure eachGroup(GroupFigure figure) {
    List<Figure> panels = new ArrayList<>();
    for (int group : groups) {
      for (Pooling pooling : poolings) {
        panels.add(figure.of(group, pooling));
      }
    }
    return Panels.grid(COLUMNS, panels);
  }

  /** The tenth below the least alignment of any panel: all have one scale, up to 1. */
  private double floor(AlignmentTable table) {
    double least = 1;
    for (Pooling pooling : poolings) {
      for (int group : groups) {
        for (int layer = 0; layer < layers(group); layer++) {
          for (int moment = 0; moment <= data.end(); moment++) {
            for (int set = 0; set < data.sets().size(); set++) {
              double value = procrustes(table, pooling, group, layer, moment, set);
              least = Double.isFinite(value) ? Math.min(least, value) : least;
            }
          }
        }
      }
    }
    return Math.floor(10 * least) / 10;
  }

  private Figure eachPooling(java.util.function.Function<Pooling, Figure> figure) {
    return Panels.grid(COLUMNS, poolings.stream().map(figure).toList());
  }

  /**
   * Figure 1: the three families over depth between seeds, trained and, faint, untrained, ±
   * standard deviation over folds; and two controls: permutation after a random rotation of one
   * side, and Procrustes with shuffled stimuli.
   */
  public Figure overDepth() {
    return eachGroup(
        (group, pooling) -> {
          LineFigure figure = overLayers(group, pooling).y(ALIGNMENT).yRange(-0.1, 1.03);
          for (AlignmentFamily family : AlignmentFamily.values()) {
            Profile trained = profile(family, group, pooling, data.end(), Control.NONE);
            Profile untrained = profile(family, group, pooling, 0, Control.NONE);
            String name = name(family);
            figure.line(name, depths(group), trained.means(), trained.deviations());
            figure.faint(
                name + ", untrained", depths(group), untrained.means(), untrained.deviations());
          }
          Profile rotated =
              profile(AlignmentFamily.MATCHING, group, pooling, data.end(), Control.ROTATED);
          Profile shuffled =
              profile(AlignmentFamily.PROCRUSTES, group, pooling, data.end(), Control.SHUFFLED);
          return figure
              .line("permutation, rotated", depths(group), rotated.means(), rotated.deviations())
              .line("Procrustes, shuffled", depths(group), shuffled.means(), shuffled.deviations())
              .size(PANEL_WIDTH, PANEL_HEIGHT + 3 * LEGEND_ROW);
        });
  }

  /** Widths of two seeds are equal: the plan is a permutation. */
  private static String name(AlignmentFamily family) {
    return family == AlignmentFamily.MATCHING ? "permutation" : family.toString();
  }

  /** Over layers: means over pairs of seeds, and means of the standard deviations over folds. */
  private record Profile(double[] means, double[] deviations) {}

  private Profile profile(
      AlignmentFamily family, int group, Pooling pooling, int moment, Control control) {
    double[][] layers =
        IntStream.range(0, layers(group))
            .mapToObj(
                layer ->
                    data.ofLayer(data.depth(), family, group, layer, moment, 0, pooling, control))
            .toArray(double[][]::new);
    return new Profile(column(layers, 0), column(layers, 1));
  }

  /**
   * Figure 2: layer × layer maps of all pairs of groups that have any, other seeds, with the
   * greatest value of every row and column.
   *
   * @param pooling which units, one kind a figure
   */
  public Figure maps(AlignmentFamily family, Pooling pooling) {
    List<HeatMap> maps = new ArrayList<>();
    for (int first = 0; first < data.groups().size(); first++) {
      for (int second = first; second < data.groups().size(); second++) {
        List<double[][]> ofPairs =
            LayerMaps.maps(data, pooling, family, Control.NONE, first, second);
        if (!ofPairs.isEmpty()) {
          maps.add(map(family, first, second, ofPairs));
        }
      }
    }
    return Panels.maps(MAPS_IN_A_ROW, maps);
  }

  /** The mean of maps. */
  private HeatMap map(AlignmentFamily family, int first, int second, List<double[][]> maps) {
    ConvergenceData.Group rows = data.groups().get(first);
    ConvergenceData.Group columns = data.groups().get(second);
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

  /**
   * Figure 3: Procrustes alignment of every layer against accuracy; each point is a moment of
   * training, lighter to darker.
   */
  public Figure training() {
    int moments = data.moments().size();
    double[] strengths =
        IntStream.range(0, moments)
            .mapToDouble(m -> FIRST_MOMENT + (1 - FIRST_MOMENT) * m / Math.max(1, moments - 1))
            .toArray();
    strengths[moments - 1] = 1;
    List<String> names = data.moments().stream().map(String::valueOf).toList();
    double floor = floor(data.training());
    return eachGroup(
        (group, pooling) -> {
          ScatterFigure figure =
              points(data.groups().get(group).name() + ", " + name(pooling))
                  .x("accuracy")
                  .y(PROCRUSTES_ALIGNMENT)
                  .yRange(floor, 1.02);
          double[] accuracies =
              IntStream.range(0, moments).mapToDouble(m -> data.accuracyAt(group, m)).toArray();
          for (int layer = 0; layer < layers(group); layer++) {
            int at = layer;
            figure.fading(
                data.groups().get(group).layers().get(layer),
                accuracies,
                IntStream.range(0, moments)
                    .mapToDouble(m -> procrustes(data.training(), pooling, group, at, m, 0))
                    .toArray(),
                names,
                strengths);
          }
          return figure;
        });
  }

  /**
   * Figure 4: alignment over depth on the usual stimuli and, faint, on the shifted, ± standard
   * error over shifts; depth from 0 at the first layer to 1 at the last, all groups in one panel.
   */
  public Figure shifts() {
    return eachPooling(
        pooling -> {
          LineFigure figure =
              overDepth(name(pooling)).y(PROCRUSTES_ALIGNMENT).yRange(0, 1.02).xRange(-0.03, 1.03);
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          for (int group : groups) {
            String name = data.groups().get(group).name();
            double[][] shifted =
                IntStream.range(0, layers(group))
                    .mapToObj(layer -> meanAndError(shifts.alignment(group, layer)))
                    .toArray(double[][]::new);
            figure
                .line(
                    name,
                    relativeDepths(group),
                    IntStream.range(0, layers(group))
                        .mapToDouble(
                            layer ->
                                procrustes(data.shifted(), pooling, group, layer, data.end(), 0))
                        .toArray())
                .faint(
                    name + ", shifted",
                    relativeDepths(group),
                    column(shifted, 0),
                    column(shifted, 1));
          }
          return figure.size(PANEL_WIDTH, PANEL_HEIGHT + 3 * LEGEND_ROW);
        });
  }

  private static double[] meanAndError(double[] values) {
    double[] known = Arrays.stream(values).filter(Double::isFinite).toArray();
    double mean = Arrays.stream(known).average().orElse(Double.NaN);
    double squares = Arrays.stream(known).map(v -> (v - mean) * (v - mean)).sum();
    return new double[] {mean, Math.sqrt(squares / (known.length - 1.0) / known.length)};
  }

  /**
   * Figure 5 a: alignment of the first and the last layer against accuracy on the shifted stimuli,
   * a point a shift.
   */
  public Figure accuracies() {
    double floor = floor(data.shifted());
    return eachGroup(
        (group, pooling) -> {
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          ScatterFigure figure =
              points(data.groups().get(group).name() + ", " + name(pooling))
                  .x("accuracy")
                  .y(PROCRUSTES_ALIGNMENT)
                  .yRange(floor, 1.02);
          for (int layer : new int[] {0, layers(group) - 1}) {
            figure.named(
                data.groups().get(group).layers().get(layer),
                shifts.other(group, With.ACCURACY),
                shifts.alignment(group, layer),
                data.sets().subList(1, data.sets().size()));
          }
          return figure;
        });
  }

  /** Figure 5 b: the correlation of both over depth. */
  public Figure correlations() {
    return eachPooling(
        pooling -> {
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          LineFigure figure =
              overDepth(name(pooling))
                  .y("correlation with accuracy")
                  .yRange(-1, 1.03)
                  .xRange(-0.03, 1.03)
                  .horizontalLine(0, "");
          for (int group : groups) {
            figure.line(
                data.groups().get(group).name(),
                relativeDepths(group),
                IntStream.range(0, layers(group))
                    .mapToDouble(layer -> shifts.of(group, layer, With.ACCURACY).r())
                    .toArray());
          }
          return figure.size(PANEL_WIDTH, PANEL_HEIGHT + LEGEND_ROW);
        });
  }

  /** What a shift takes of the last layer's alignment, against how far it moves the images. */
  public Figure severity() {
    return againstShifts(With.DISTANCE, "root mean squared change of pixels", true);
  }

  /** The last layer's alignment on every shift, against how alike the networks err there. */
  public Figure errors() {
    return againstShifts(With.ERROR_CONSISTENCY, "error consistency (Cohen's kappa)", false);
  }

  private Figure againstShifts(With what, String x, boolean loss) {
    return eachPooling(
        pooling -> {
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          ScatterFigure figure =
              points(name(pooling))
                  .x(x)
                  .y(loss ? "loss of alignment, last layer" : "alignment, last layer");
          for (int group : groups) {
            int last = layers(group) - 1;
            double usual = procrustes(data.shifted(), pooling, group, last, data.end(), 0);
            figure.named(
                data.groups().get(group).name(),
                shifts.other(group, what),
                Arrays.stream(shifts.alignment(group, last))
                    .map(value -> loss ? usual - value : value)
                    .toArray(),
                data.sets().subList(1, data.sets().size()));
          }
          return figure;
        });
  }

  private static ScatterFigure points(String title) {
    return ScatterFigure.titled(title)
        .legend(Legend.BELOW)
        .size(PANEL_WIDTH, PANEL_HEIGHT + LEGEND_ROW);
  }

  private LineFigure overLayers(int group, Pooling pooling) {
    return LineFigure.titled(data.groups().get(group).name() + ", " + name(pooling))
        .x("layer (" + String.join(", ", data.groups().get(group).layers()) + ")")
        .legend(Legend.BELOW);
  }

  private static LineFigure overDepth(String title) {
    return LineFigure.titled(title).x("relative depth").legend(Legend.BELOW);
  }

  private double procrustes(
      AlignmentTable table, Pooling pooling, int group, int layer, int moment, int set) {
    return data.ofLayer(
            table, AlignmentFamily.PROCRUSTES, group, layer, moment, set, pooling, Control.NONE)[0];
  }

  private int layers(int group) {
    return data.groups().get(group).layers().size();
  }

  private double[] depths(int group) {
    return IntStream.rangeClosed(1, layers(group)).mapToDouble(layer -> layer).toArray();
  }

  private double[] relativeDepths(int group) {
    int last = layers(group) - 1;
    return IntStream.rangeClosed(0, last).mapToDouble(layer -> (double) layer / last).toArray();
  }

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }
}
