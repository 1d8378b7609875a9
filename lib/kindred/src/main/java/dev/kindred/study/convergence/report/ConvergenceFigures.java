package dev.kindred.study.convergence.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.ColorMap;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.LineFigure;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
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
import java.util.Set;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The figures of the paper, by its numbers, for units of one kind or of two side by side. */
public final class ConvergenceFigures {
  private static final int PANEL_WIDTH = 460;
  private static final int PANEL_HEIGHT = 260;
  private static final int LEGEND_ROW = 20;

  /** Room for the names of seventeen shifts. */
  private static final int NAMED_PANEL_HEIGHT = 340;

  private static final int COLUMNS = 2;

  /** Distance of lines over relative depth, of which each has its intervals. */
  private static final double BESIDE = 0.012;

  /** Side of a cell of Figure 2. */
  private static final int CELL = 22;

  private static final String BY_CHANCE = "no more than a best match with shuffled stimuli";

  /** The colour of the first moment; the last one is 1. */
  private static final double FIRST_MOMENT = 0.3;

  /** Shifts that are named in every panel, from weak to strong. */
  private static final Set<String> NAMED =
      Set.of("colour", "low-pass", "contrast", "sketch", "edge", "uniform-noise");

  private static final List<Control> CONTROLS =
      List.of(Control.SHUFFLED, Control.NONE, Control.ROTATED, Control.ROTATED_ABOUT_MEAN);

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
   * standard deviation over folds.
   */
  public Figure overDepth() {
    return eachGroup(
            (group, pooling) -> {
              LineFigure figure =
                  overLayers(title(group, pooling), group).y(ALIGNMENT).yRange(0, 1.03);
              for (AlignmentFamily family : AlignmentFamily.values()) {
                Profile trained = profile(family, group, pooling, data.end(), Control.NONE);
                Profile untrained = profile(family, group, pooling, 0, Control.NONE);
                String name = name(family);
                figure.line(name, depths(group), trained.means(), trained.deviations());
                figure.faint(
                    name + ", untrained", depths(group), untrained.means(), untrained.deviations());
              }
              return figure;
            })
        .oneLegend();
  }

  /**
   * What Figure 1 is held against: permutation after a random rotation of one side, of all axes and
   * about the mean over units, beside permutation as it is; and Procrustes with shuffled stimuli.
   */
  public Figure controls() {
    return eachGroup(
            (group, pooling) -> {
              // Procrustes and permutation look as in Figure 1.
              LineFigure figure =
                  overLayers(title(group, pooling), group)
                      .y(ALIGNMENT)
                      .yRange(-0.1, 1.03)
                      .colorsFrom(AlignmentFamily.PROCRUSTES.ordinal());
              for (Control control : CONTROLS) {
                AlignmentFamily family =
                    control == Control.SHUFFLED
                        ? AlignmentFamily.PROCRUSTES
                        : AlignmentFamily.MATCHING;
                Profile profile = profile(family, group, pooling, data.end(), control);
                figure.line(
                    name(family) + (control == Control.NONE ? "" : ", " + control),
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
   * Figure 2: every layer of every group with every layer of every other, other seeds, in one
   * matrix; each block is the map of two groups, the mean over pairs of networks. Signs tell the
   * best match of a layer in the other network: – of its row, | of its column, + of both. Hatched
   * is what the best match with shuffled stimuli reaches.
   *
   * @param pooling which units, one kind a figure
   */
  public Figure maps(AlignmentFamily family, Pooling pooling) {
    List<Integer> compared =
        IntStream.range(0, data.groups().size())
            .filter(group -> LayerMaps.has(data, pooling, group))
            .boxed()
            .toList();
    List<String> layers = new ArrayList<>();
    List<String> networks = new ArrayList<>();
    for (int group : compared) {
      layers.addAll(data.groups().get(group).layers());
      data.groups().get(group).layers().forEach(layer -> networks.add(name(group)));
    }
    MapOfMaps whole = new MapOfMaps(layers.size());
    int row = 0;
    for (int first : compared) {
      int column = 0;
      for (int second : compared) {
        whole.place(
            map(family, pooling, Control.NONE, first, second),
            map(family, pooling, Control.SHUFFLED, first, second),
            row,
            column);
        column += layers(second);
      }
      row += layers(first);
    }
    HeatMap map =
        HeatMap.of(
                new LabelledMatrix(
                    family.toString(), layers, layers, whole.values(), Provenance.of("drawn")))
            .letters(whole.signs())
            .groups(networks, networks)
            .maxima()
            .colors(ColorMap.VIRIDIS)
            .range(0, 1)
            .plotSize(CELL * layers.size(), CELL * layers.size());
    return whole.hasChance() ? map.hatch(whole.byChance(), BY_CHANCE) : map;
  }

  /** A name that fits beside three layers. */
  private String name(int group) {
    return data.groups().get(group).name().replace("cifar10-", "");
  }

  /** The mean over pairs of networks of two groups, whichever of the two was put first. */
  private double[][] map(
      AlignmentFamily family, Pooling pooling, Control control, int first, int second) {
    return first <= second
        ? mean(LayerMaps.maps(data, pooling, family, control, first, second))
        : LayerMaps.transposed(map(family, pooling, control, second, first));
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

  /**
   * Figure 3: Procrustes alignment of every layer against accuracy; each point is a moment of
   * training, lighter to darker, and a dashed line stands where the first epoch ends.
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
          int one = data.moments().indexOf(Moment.afterEpoch(1));
          if (one >= 0) {
            figure.verticalLine(accuracies[one], "epoch 1");
          }
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
   * a point a shift. All panels have one scale.
   */
  public Figure accuracies() {
    List<String> names = data.sets().subList(1, data.sets().size());
    double floor =
        floor(
            eachLayer(
                (group, pooling, layer) ->
                    layer == 0 || layer == layers(group) - 1
                        ? Arrays.stream(shifted(pooling, group, layer, data.end()))
                        : DoubleStream.empty()));
    return eachGroup(
        (group, pooling) -> {
          ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
          int last = layers(group) - 1;
          double[] accuracies = shifts.other(group, With.ACCURACY);
          return points(title(group, pooling))
              .size(PANEL_WIDTH, NAMED_PANEL_HEIGHT)
              .x("accuracy")
              .xRange(0, 1)
              .y(PROCRUSTES_ALIGNMENT)
              .yRange(floor, 1.02)
              .verticalLine(1.0 / data.classes().size(), "chance")
              .drawNames(NAMED)
              .named(
                  "first layer, r = " + r(shifts.of(group, 0, With.ACCURACY).r()),
                  accuracies,
                  shifts.alignment(group, 0),
                  names)
              .points(
                  "last layer, r = " + r(shifts.of(group, last, With.ACCURACY).r()),
                  accuracies,
                  shifts.alignment(group, last),
                  names);
        });
  }

  /**
   * Figure 5 b: the correlation of both over relative depth, a line for each group, with intervals
   * over shifts. Lines stand a little beside each other, so that intervals can be told apart.
   */
  public Figure correlations() {
    return Panels.grid(
            COLUMNS,
            poolings.stream()
                .map(
                    pooling -> {
                      LineFigure figure =
                          LineFigure.titled(name(pooling))
                              .size(PANEL_WIDTH, NAMED_PANEL_HEIGHT)
                              .x("relative depth")
                              .xRange(-0.05, 1.05)
                              .y("correlation with accuracy")
                              .yRange(-1, 1.03)
                              .horizontalLine(0, "");
                      groups.forEach(group -> correlation(figure, group, pooling));
                      return figure;
                    })
                .toList())
        .oneLegend();
  }

  private void correlation(LineFigure figure, int group, Pooling pooling) {
    ShiftCorrelations shifts = new ShiftCorrelations(data, pooling);
    List<ShiftCorrelations.Found> found =
        IntStream.range(0, layers(group))
            .mapToObj(layer -> shifts.of(group, layer, With.ACCURACY))
            .toList();
    double beside = BESIDE * (groups.indexOf(group) - (groups.size() - 1) / 2.0);
    figure.intervals(
        data.groups().get(group).name(),
        IntStream.range(0, layers(group))
            .mapToDouble(layer -> beside + layer / Math.max(1.0, layers(group) - 1))
            .toArray(),
        found.stream().mapToDouble(ShiftCorrelations.Found::r).toArray(),
        found.stream().mapToDouble(of -> of.interval().low()).toArray(),
        found.stream().mapToDouble(of -> of.interval().high()).toArray());
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
