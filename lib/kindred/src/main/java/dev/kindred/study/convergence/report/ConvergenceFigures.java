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
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.AlignmentFamily;
import dev.kindred.study.convergence.AlignmentTable;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.convergence.ConvergenceData;
import dev.kindred.study.convergence.LayerMaps;
import dev.kindred.study.convergence.RelatedShifts;
import dev.kindred.study.convergence.ShiftCorrelations;
import dev.kindred.study.convergence.ShiftCorrelations.With;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The figures of the paper, by its numbers, for units of one kind or of two side by side. */
public final class ConvergenceFigures {
  private static final int PANEL_WIDTH = 460;
  private static final int PANEL_HEIGHT = 260;
  private static final int LEGEND_ROW = 20;

  /** Room for the names of seventeen shifts. */
  private static final int NAMED_PANEL_HEIGHT = 380;

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

  private Panels eachGroup(GroupFigure figure) {
    List<Figure> panels = new ArrayList<>();
    for (int group : groups) {
      for (Pooling pooling : poolings) {
        panels.add(figure.of(group, pooling));
      }
    }
    return Panels.grid(COLUMNS, panels);
  }

  /** The tenth below the least value of any panel: all have one scale, up to 1. */
  private static double floor(DoubleStream values) {
    return Math.floor(10 * values.filter(Double::isFinite).min().orElse(0)) / 10;
  }

  /** Some numbers of a layer. */
  private interface LayerValues {
    DoubleStream of(int group, Pooling pooling, int layer);
  }

  /** Those of every layer that has a panel. */
  private DoubleStream eachLayer(LayerValues values) {
    return groups.stream()
        .flatMapToDouble(
            group ->
                poolings.stream()
                    .flatMapToDouble(
                        pooling ->
                            IntStream.range(0, layers(group))
                                .boxed()
                                .flatMapToDouble(layer -> values.of(group, pooling, layer))));
  }

  private Figure eachPooling(Function<Pooling, Figure> figure) {
    return Panels.grid(COLUMNS, poolings.stream().map(figure).toList());
  }

  /**
   * Figure 1: the three families over depth between seeds, trained and, faint, untrained, ±
   * standard deviation over folds; and three controls: permutation after a random rotation of one
   * side, of all axes and about the mean over units, and Procrustes with shuffled stimuli.
   */
  public Figure overDepth() {
    return eachGroup(
            (group, pooling) -> {
              LineFigure figure =
                  overLayers(title(group, pooling), group).y(ALIGNMENT).yRange(-0.1, 1.03);
              for (AlignmentFamily family : AlignmentFamily.values()) {
                Profile trained = profile(family, group, pooling, data.end(), Control.NONE);
                Profile untrained = profile(family, group, pooling, 0, Control.NONE);
                String name = name(family);
                figure.line(name, depths(group), trained.means(), trained.deviations());
                figure.faint(
                    name + ", untrained", depths(group), untrained.means(), untrained.deviations());
              }
              for (Control control :
                  List.of(Control.ROTATED, Control.ROTATED_ABOUT_MEAN, Control.SHUFFLED)) {
                AlignmentFamily family =
                    control == Control.SHUFFLED
                        ? AlignmentFamily.PROCRUSTES
                        : AlignmentFamily.MATCHING;
                Profile profile = profile(family, group, pooling, data.end(), control);
                figure.line(
                    name(family) + ", " + control,
                    depths(group),
                    profile.means(),
                    profile.deviations());
              }
              return figure;
            })
        .oneLegend();
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
   * greatest value of every row and column, and, dashed, that with shuffled stimuli.
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
          double[][] byChance =
              mean(LayerMaps.maps(data, pooling, family, Control.SHUFFLED, first, second));
          maps.add(map(family, first, second, mean(ofPairs)).maxima(byChance));
        }
      }
    }
    return Panels.maps(MAPS_IN_A_ROW, maps);
  }

  /** The mean of maps of one size; empty where there are none. */
  private static double[][] mean(List<double[][]> maps) {
    if (maps.isEmpty()) {
      return new double[0][0];
    }
    double[][] mean = new double[maps.get(0).length][maps.get(0)[0].length];
    for (double[][] map : maps) {
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean[i].length; j++) {
          mean[i][j] += map[i][j] / maps.size();
        }
      }
    }
    return mean;
  }

  private HeatMap map(AlignmentFamily family, int first, int second, double[][] mean) {
    ConvergenceData.Group rows = data.groups().get(first);
    ConvergenceData.Group columns = data.groups().get(second);
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
        .range(0, 1)
        .plotSize(MAP, MAP);
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
    double floor =
        floor(
            eachLayer(
                (group, pooling, layer) ->
                    IntStream.range(0, moments)
                        .mapToDouble(moment -> usual(pooling, group, layer, moment))));
    return eachGroup(
        (group, pooling) -> {
          ScatterFigure figure =
              points(title(group, pooling))
                  .x("accuracy")
                  .xRange(0, 1)
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
                    .mapToDouble(m -> usual(pooling, group, at, m))
                    .toArray(),
                names,
                strengths);
          }
          return figure;
        });
  }

  /**
   * Figure 4: alignment over depth on the usual stimuli and, faint, on the shifted, ± standard
   * error over shifts, families of {@link RelatedShifts} left out whole; and both before training,
   * as far as they were measured.
   */
  public Figure shifts() {
    double floor =
        floor(
            eachLayer(
                (group, pooling, layer) ->
                    IntStream.of(0, data.end())
                        .boxed()
                        .flatMapToDouble(
                            moment -> {
                              double[] of = meanAndError(shifted(pooling, group, layer, moment));
                              double usual = usual(pooling, group, layer, moment);
                              return DoubleStream.of(usual, of[0] - of[1]);
                            })));
    return eachGroup(
            (group, pooling) -> {
              LineFigure figure =
                  overLayers(title(group, pooling), group)
                      .y(PROCRUSTES_ALIGNMENT)
                      .yRange(floor, 1.02);
              for (int moment : new int[] {data.end(), 0}) {
                String name = moment == 0 ? "untrained" : "trained";
                double[][] shifted =
                    IntStream.range(0, layers(group))
                        .mapToObj(layer -> meanAndError(shifted(pooling, group, layer, moment)))
                        .toArray(double[][]::new);
                figure
                    .line(
                        name,
                        depths(group),
                        IntStream.range(0, layers(group))
                            .mapToDouble(layer -> usual(pooling, group, layer, moment))
                            .toArray())
                    .faint(
                        name + ", shifted", depths(group), column(shifted, 0), column(shifted, 1));
              }
              return figure;
            })
        .oneLegend();
  }

  /** Procrustes alignment on the usual stimuli. */
  private double usual(Pooling pooling, int group, int layer, int moment) {
    return data.training(group, layer, moment, pooling);
  }

  /** Procrustes alignment on every shift. */
  private double[] shifted(Pooling pooling, int group, int layer, int moment) {
    return IntStream.range(1, data.sets().size())
        .mapToDouble(set -> procrustes(data.shifted(), pooling, group, layer, moment, set))
        .toArray();
  }

  /** Over the shifts: their mean, and its standard error, for which related shifts are one. */
  private double[] meanAndError(double[] values) {
    Estimate mean = RelatedShifts.mean(data.sets().subList(1, data.sets().size()), values);
    return new double[] {mean.value(), mean.error()};
  }

  /**
   * Figure 5 a: alignment of the first and the last layer against accuracy on the shifted stimuli,
   * a point a shift.
   */
  public Figure accuracies() {
    List<String> names = data.sets().subList(1, data.sets().size());
    return eachGroup(
        (group, pooling) -> {
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          List<String> layers = data.groups().get(group).layers();
          int last = layers.size() - 1;
          double[] accuracies = shifts.other(group, With.ACCURACY);
          double floor =
              floor(
                  poolings.stream()
                      .flatMapToDouble(
                          of ->
                              IntStream.of(0, last)
                                  .boxed()
                                  .flatMapToDouble(
                                      layer ->
                                          Arrays.stream(shifted(of, group, layer, data.end())))));
          return points(title(group, pooling))
              .size(PANEL_WIDTH, NAMED_PANEL_HEIGHT)
              .x("accuracy")
              .y(PROCRUSTES_ALIGNMENT)
              .yRange(floor, 1.02)
              .verticalLine(1.0 / data.classes().size(), "chance")
              .named(layers.get(0), accuracies, shifts.alignment(group, 0), names)
              .points(layers.get(last), accuracies, shifts.alignment(group, last), names);
        });
  }

  /** Figure 5 b: the correlation of both over depth, with its interval over shifts. */
  public Figure correlations() {
    return eachGroup(
        (group, pooling) -> {
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          List<ShiftCorrelations.Found> found =
              IntStream.range(0, layers(group))
                  .mapToObj(layer -> shifts.of(group, layer, With.ACCURACY))
                  .toList();
          return overLayers(title(group, pooling), group)
              .y("correlation with accuracy")
              .yRange(-1, 1.03)
              .horizontalLine(0, "")
              .intervals(
                  "correlation",
                  depths(group),
                  found.stream().mapToDouble(ShiftCorrelations.Found::r).toArray(),
                  found.stream().mapToDouble(of -> of.interval().low()).toArray(),
                  found.stream().mapToDouble(of -> of.interval().high()).toArray());
        });
  }

  /**
   * How many dimensions the pooled responses of a layer fill, over depth: on the usual stimuli and,
   * faint, on the shifted, ± the same standard error; and before training, on the usual ones. All
   * panels have one scale from 1, the least that there is.
   */
  public Figure dimensions() {
    double highest =
        groups.stream()
            .flatMapToDouble(
                group ->
                    DoubleStream.concat(
                        IntStream.of(0, data.end())
                            .boxed()
                            .flatMapToDouble(m -> Arrays.stream(dimensions(group, m))),
                        Arrays.stream(shiftedDimensions(group)).mapToDouble(of -> of[0] + of[1])))
            .filter(Double::isFinite)
            .max()
            .orElse(1);
    List<LineFigure> panels = new ArrayList<>();
    for (int group : groups) {
      double[][] shifted = shiftedDimensions(group);
      panels.add(
          overLayers(data.groups().get(group).name(), group)
              .y("effective dimension")
              .yRange(1, Math.floor(highest) + 1)
              .line("trained", depths(group), dimensions(group, data.end()))
              .faint("trained, shifted", depths(group), column(shifted, 0), column(shifted, 1))
              .line("untrained", depths(group), dimensions(group, 0)));
    }
    return Panels.grid(COLUMNS, panels).oneLegend();
  }

  /** Of every layer, the mean over shifts and its standard error. */
  private double[][] shiftedDimensions(int group) {
    return IntStream.range(0, layers(group))
        .mapToObj(
            layer ->
                meanAndError(
                    IntStream.range(1, data.sets().size())
                        .mapToDouble(set -> data.dimension(group, layer, set))
                        .toArray()))
        .toArray(double[][]::new);
  }

  private double[] dimensions(int group, int moment) {
    return IntStream.range(0, layers(group))
        .mapToDouble(layer -> data.dimensionAt(group, layer, moment))
        .toArray();
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
                  .size(PANEL_WIDTH, PANEL_HEIGHT + 3 * LEGEND_ROW)
                  .x(x)
                  .y(loss ? "loss of alignment, last layer" : "alignment, last layer");
          for (int group : groups) {
            int last = layers(group) - 1;
            double usual = procrustes(data.shifted(), pooling, group, last, data.end(), 0);
            figure.named(
                data.groups().get(group).name() + ", r = " + r(shifts.of(group, last, what).r()),
                shifts.other(group, what),
                Arrays.stream(shifts.alignment(group, last))
                    .map(value -> loss ? usual - value : value)
                    .toArray(),
                data.sets().subList(1, data.sets().size()));
          }
          return figure;
        });
  }

  private static String r(double r) {
    return Double.isNaN(r) ? "undefined" : String.format(Locale.ROOT, "%.2f", r).replace('-', '−');
  }

  private static ScatterFigure points(String title) {
    return ScatterFigure.titled(title)
        .legend(Legend.BELOW)
        .size(PANEL_WIDTH, PANEL_HEIGHT + LEGEND_ROW);
  }

  private String title(int group, Pooling pooling) {
    return data.groups().get(group).name() + ", " + name(pooling);
  }

  /** A panel whose horizontal axis has the names of the layers. */
  private LineFigure overLayers(String title, int group) {
    return LineFigure.titled(title)
        .x("layer")
        .xNames(data.groups().get(group).layers())
        .size(PANEL_WIDTH, PANEL_HEIGHT);
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

  private static double[] column(double[][] rows, int column) {
    return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
  }
}
