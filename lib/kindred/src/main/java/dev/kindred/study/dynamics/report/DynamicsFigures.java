package dev.kindred.study.dynamics.report;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.figure.ContactSheet;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.LineFigure;
import dev.kindred.figure.Panels;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.study.dynamics.DynamicsFindings;
import dev.kindred.study.dynamics.DynamicsRun;
import dev.kindred.study.dynamics.EpochFeatures;
import dev.kindred.study.dynamics.EpochMap;
import dev.kindred.study.dynamics.LayerDynamics;
import dev.kindred.study.dynamics.PlaneLabels;
import dev.kindred.study.dynamics.RunDeclaration;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The figures of the paper, by its numbers. Epoch axes are logarithmic; epoch 0, the
 * initialisation, stands where epoch 0.5 would.
 */
public final class DynamicsFigures {
  private static final int MAPS_IN_A_ROW = 3;
  private static final int MAP = 215;
  private static final int WIDTH = 960;
  private static final int HEIGHT = 300;
  private static final int PANEL = 460;
  private static final double START = 0.5;

  /** Values that all lie nearer than this are drawn as near. */
  private static final double LEAST_REACH = 0.01;

  /** What hatched cells of a map mean. */
  private static final String CHANCE = "no more alike than by chance";

  /** Between the paper's 10 % and 20 % of wrong labels. */
  private static final double MUCH_NOISE = 0.15;

  /** Classes, as ColorBrewer's Paired has them (C. Brewer, Apache-2.0), dark ones first. */
  private static final int[] CLASSES = {
    0x1f78b4, 0xff7f00, 0x33a02c, 0xe31a1c, 0x6a3d9a, 0xa6cee3, 0xfdbf6f, 0xb2df8a, 0xfb9a99,
    0xcab2d6, 0xb15928, 0xffff99
  };

  private DynamicsFigures() {}

  /**
   * Figures 1–3, 7–17, 20 and 21: linear CKA of each layer at every two epochs, on one scale, with
   * the perfect-fitting threshold; below, training and test error on the same epoch axis.
   */
  public static Figure maps(DynamicsRun run) {
    return aboveErrors(
            run, LayerDynamics::similarity, "CKA", (layer, i, j) -> run.chance(layer, i, j).upper())
        .captioned(
            "Figure "
                + number(run.declaration())
                + ". CKA of each layer with itself at every two epochs; below, the errors. "
                + (run.perfectFit().isPresent()
                    ? "Dashed: perfect fit. "
                    : "Perfect fit is never reached. ")
                + sentence(run.declaration()));
  }

  /** The same by unbiased CKA of all images at once. */
  public static Figure unbiasedMaps(DynamicsRun run) {
    return aboveErrors(run, LayerDynamics::unbiased, "unbiased CKA", (layer, i, j) -> 0)
        .captioned(
            "The same maps by unbiased CKA of all images at once. " + sentence(run.declaration()));
  }

  /** Figures 4, 5 and 18: decision-region similarity of the layers' probes. */
  public static Figure regions(DynamicsRun run) {
    requireProbes(run);
    return aboveErrors(
            run,
            LayerDynamics::regions,
            "decision-region similarity",
            (layer, i, j) -> layer.planes().chance(i, j))
        .captioned(
            "Figure "
                + (run.declaration().isTransformer()
                    ? "18"
                    : run.declaration().labelNoise() == 0 ? "4" : "5")
                + ". Decision-region similarity of the probes of each layer at every two epochs. "
                + sentence(run.declaration()));
  }

  /** What the similarity of two epochs of a map has to exceed, or chance may explain it. */
  @FunctionalInterface
  private interface Chance {
    double of(LayerDynamics layer, int row, int other);
  }

  private static Figure aboveErrors(
      DynamicsRun run, Function<LayerDynamics, EpochMap> of, String values, Chance chance) {
    List<HeatMap> maps =
        run.layers().stream()
            .map(
                layer -> {
                  EpochMap map = of.apply(layer);
                  HeatMap drawn = map(map, run.perfectFit(), layer.layer(), values);
                  boolean[][] hatched = byChance(layer, map, chance);
                  return hatched.length > 0 ? drawn.hatch(hatched, CHANCE) : drawn;
                })
            .toList();
    return Panels.grid(1, List.of(Panels.maps(MAPS_IN_A_ROW, maps).lettered(), errors(run)));
  }

  /** The cells of the drawn map, with its gaps, that chance may explain; nothing without any. */
  private static boolean[][] byChance(LayerDynamics layer, EpochMap map, Chance chance) {
    int[] places = map.withGaps().epochs().stream().mapToInt(map.epochs()::indexOf).toArray();
    boolean[][] cells = new boolean[places.length][places.length];
    boolean any = false;
    for (int i = 0; i < places.length; i++) {
      for (int j = 0; j < places.length; j++) {
        cells[i][j] =
            Math.min(places[i], places[j]) >= 0
                && map.values()[places[i]][places[j]] <= chance.of(layer, places[i], places[j]);
        any |= cells[i][j];
      }
    }
    return any ? cells : new boolean[0][];
  }

  private static HeatMap map(EpochMap map, OptionalInt fit, String title, String values) {
    LabelledMatrix matrix = map.withGaps().matrix(Provenance.of("drawn"));
    HeatMap drawn =
        HeatMap.of(matrix)
            .title(title)
            .rows("epoch")
            .columns("another epoch")
            .values(values)
            .plotSize(MAP, MAP);
    if (matrix.rows().size() > 1) {
      drawn.logAxes();
    }
    fit.ifPresent(epoch -> drawn.threshold(epoch, ""));
    return drawn;
  }

  /** The paper's maps of a run that was recorded elsewhere, on one scale. */
  public static Figure maps(EpochFeatures run, Progress progress) {
    return Panels.maps(
            MAPS_IN_A_ROW,
            run.layers().stream()
                .map(
                    layer ->
                        map(
                            run.cka(layer, EpochFeatures.BATCH, progress),
                            OptionalInt.empty(),
                            layer,
                            "CKA"))
                .toList())
        .captioned("CKA of each layer of your run with itself at every two epochs");
  }

  /** Figures 1g, 2g and the like: training and test error. */
  public static LineFigure errors(DynamicsRun run) {
    List<LearningCurve.Point> points = run.curve().points();
    double[] epochs = axis(points.stream().map(LearningCurve.Point::epoch).toList());
    return overEpochs(run, title(run.declaration()), run.epochs())
        .y("error")
        .size(WIDTH, HEIGHT)
        .line("test", epochs, points.stream().mapToDouble(p -> p.testError()).toArray())
        .line("training", epochs, points.stream().mapToDouble(p -> p.trainError()).toArray());
  }

  /** Figure 6: test error of the probes of each layer. */
  public static Figure probeErrors(List<DynamicsRun> runs) {
    List<Figure> panels = new ArrayList<>();
    runs.forEach(DynamicsFigures::requireProbes);
    double[] range =
        yRange(
            runs.stream()
                .flatMap(run -> run.layers().stream())
                .flatMapToDouble(layer -> Arrays.stream(layer.probeErrors())));
    for (DynamicsRun run : runs) {
      LineFigure figure =
          overEpochs(run, title(run.declaration()), run.probeEpochs())
              .y("test error of the probe")
              .yRange(range[0], range[1])
              .legend(Legend.BELOW)
              .size(PANEL, HEIGHT + 60);
      double[] epochs = axis(run.probeEpochs());
      for (LayerDynamics layer : run.layers()) {
        figure.line(layer.layer(), epochs, layer.probeErrors());
      }
      panels.add(figure);
    }
    return Panels.grid(2, panels)
        .lettered()
        .captioned("Figure 6. Test error of a linear probe on each layer, epoch by epoch");
  }

  /** Figures 1a and 2a: the first layer of each run on its own scale; small changes are seen. */
  public static Figure firstLayers(List<DynamicsRun> runs) {
    return Panels.grid(
            Math.min(MAPS_IN_A_ROW, runs.size()),
            runs.stream()
                .map(
                    run -> {
                      LayerDynamics layer = run.layers().get(0);
                      String noise = percent(run.declaration().labelNoise());
                      String title = layer.layer() + ", noise " + noise;
                      return map(layer.similarity(), run.perfectFit(), title, "CKA");
                    })
                .toList())
        .lettered()
        .captioned("Figures 1a and 2a. The first layer again, each map on a scale of its own");
  }

  /** Figures 8–10: the first layer and the deepest block of runs that differ in width. */
  public static Figure widths(List<DynamicsRun> runs) {
    return firstAndDeepest(runs, run -> "k = " + run.width())
        .captioned(
            "Figures 8–10. The first layer (above) and the deepest block by the width of the"
                + " network, all other settings equal");
  }

  /** Figures 13–16: the same of runs that differ in the optimiser, or in weight decay. */
  public static Figure rules(List<DynamicsRun> runs) {
    return firstAndDeepest(runs, run -> rule(run) + ", noise " + percent(run.labelNoise()))
        .captioned(
            "Figures 13–16. The first layer (above) and the deepest block by optimiser and weight"
                + " decay");
  }

  /** On one scale for each layer, a row for both of each three runs. */
  private static Figure firstAndDeepest(
      List<DynamicsRun> runs, Function<RunDeclaration, String> name) {
    List<Figure> rows = new ArrayList<>();
    for (int from = 0; from < runs.size(); from += MAPS_IN_A_ROW) {
      List<DynamicsRun> some = runs.subList(from, Math.min(runs.size(), from + MAPS_IN_A_ROW));
      for (boolean first : new boolean[] {true, false}) {
        List<HeatMap> maps =
            some.stream()
                .map(
                    run -> {
                      int layers = run.layers().size();
                      LayerDynamics layer = run.layers().get(first ? 0 : layers - 2);
                      String title = layer.layer() + ", " + name.apply(run.declaration());
                      return map(layer.similarity(), run.perfectFit(), title, "CKA");
                    })
                .toList();
        rows.add(Panels.maps(some.size(), maps));
      }
    }
    return Panels.grid(1, rows);
  }

  /** Figure 19: the first layer against its own and against other random initialisations. */
  public static Figure initialisations(List<DynamicsRun> runs) {
    List<Figure> panels = new ArrayList<>();
    double[] range =
        yRange(
            runs.stream()
                .flatMap(
                    run ->
                        Stream.concat(
                            Stream.of(run.ownInitialisation()),
                            Stream.of(run.otherInitialisations())))
                .flatMapToDouble(Arrays::stream));
    for (DynamicsRun run : runs) {
      double[] epochs = axis(run.epochs());
      LineFigure figure =
          overEpochs(run, title(run.declaration()), run.epochs())
              .y("CKA of " + run.layers().get(0).layer())
              .yRange(range[0], range[1])
              .legend(Legend.BELOW)
              .size(PANEL, HEIGHT + 40)
              .line("its own initialisation", epochs, run.ownInitialisation());
      double[][] others = run.otherInitialisations();
      for (int k = 0; k < others.length; k++) {
        figure.line("another (" + (k + 1) + ")", epochs, others[k]);
      }
      panels.add(figure);
    }
    return Panels.grid(2, panels)
        .lettered()
        .captioned(
            "Figure 19. CKA of the first layer with its own and with other random initialisations");
  }

  /** Decision regions of the layers' probes on one plane, a row for each layer. */
  public static Figure planes(DynamicsRun run) {
    PlaneLabels plane = run.plane();
    requireProbes(run);
    ContactSheet sheet =
        ContactSheet.titled("Decision regions of probes, " + title(run.declaration()))
            .columns(plane.epochs().size())
            .tileSize(130);
    for (Map.Entry<String, int[][]> layer : plane.labels().entrySet()) {
      for (int e = 0; e < plane.epochs().size(); e++) {
        sheet.add(
            picture(layer.getValue()[e], plane.resolution()),
            layer.getKey() + ", epoch " + plane.epochs().get(e));
      }
    }
    return sheet.captioned(
        "Decision regions of the probes on one plane through three training images, a colour a class, a row a layer: "
            + (run.perfectFit().isPresent()
                ? "at the start, the best epoch, perfect fit and the end. "
                : "at the start, the best epoch, one more and the end. ")
            + sentence(run.declaration()));
  }

  /** The first axis of the plane to the right, the second upwards. */
  private static BufferedImage picture(int[] labels, int resolution) {
    BufferedImage image = new BufferedImage(resolution, resolution, BufferedImage.TYPE_INT_RGB);
    for (int k = 0; k < labels.length; k++) {
      image.setRGB(
          k / resolution,
          resolution - 1 - k % resolution,
          CLASSES[Math.floorMod(labels[k], CLASSES.length)]);
    }
    return image;
  }

  /**
   * How fast each layer changes: a group of runs a line, with standard errors over its runs where
   * there is more than one.
   *
   * @param groups runs with the same layers, such as those with and without label noise
   */
  public static Figure evolution(Map<String, List<DynamicsRun>> groups) {
    LineFigure figure =
        LineFigure.titled("Change of CKA in an octave of epochs")
            .x("layer")
            .y("1 − CKA of epochs e and 2e")
            .legend(Legend.BELOW)
            .size(640, 380);
    groups.forEach(
        (group, runs) -> {
          List<String> layers = runs.get(0).layers().stream().map(LayerDynamics::layer).toList();
          figure.xNames(layers);
          double[] x = new double[layers.size()];
          double[] mean = new double[x.length];
          double[] error = new double[x.length];
          for (int layer = 0; layer < x.length; layer++) {
            int at = layer;
            double[] rates = runs.stream().mapToDouble(r -> DynamicsFindings.rate(r, at)).toArray();
            double average = Arrays.stream(rates).average().orElse(Double.NaN);
            double squares = Arrays.stream(rates).map(v -> Math.pow(v - average, 2)).sum();
            x[layer] = layer + 1;
            mean[layer] = average;
            error[layer] = Math.sqrt(squares / Math.max(1, rates.length - 1) / rates.length);
          }
          if (runs.size() > 1) {
            figure.line(group, x, mean, error);
          } else {
            figure.line(group, x, mean);
          }
        });
    return figure.captioned(
        "How fast each layer changes, with and without label noise; bars: standard error over seeds");
  }

  /** The number of the paper's figure with these settings (its table 1). */
  private static String number(RunDeclaration run) {
    boolean clean = run.labelNoise() == 0;
    if (run.isTransformer()) {
      return clean ? "3" : "17";
    }
    return switch (run.rule()) {
      case SGD -> "15";
      case MOMENTUM -> clean ? "13" : "14";
      case ADAM ->
          run.weightDecay() > 0 ? "16" : clean ? "1" : run.labelNoise() < MUCH_NOISE ? "7" : "2";
    };
  }

  /** A run in a few words. */
  public static String title(RunDeclaration run) {
    return String.format(
        Locale.ROOT,
        "%s, width %d, %s, %s label noise",
        run.kind(),
        run.width(),
        rule(run),
        run.labelNoise() == 0 ? "no" : percent(run.labelNoise()));
  }

  private static String rule(RunDeclaration run) {
    return run.rule() + (run.weightDecay() > 0 ? " with weight decay" : "");
  }

  private static String percent(double share) {
    return Double.toString(Math.round(1000 * share) / 10.0).replaceFirst("\\.0$", "") + " %";
  }

  /** The same with its images, to end a caption. */
  private static String sentence(RunDeclaration run) {
    return run.dataSet() + ": " + title(run);
  }

  private static LineFigure overEpochs(DynamicsRun run, String title, List<Integer> epochs) {
    LineFigure figure = LineFigure.titled(title).x("epoch").logX();
    double last = Math.max(1, epochs.isEmpty() ? 1 : epochs.get(epochs.size() - 1));
    figure.xRange(START / Math.sqrt(2), last * 1.05);
    run.perfectFit().ifPresent(fit -> figure.verticalLine(Math.max(START, fit), "perfect fit"));
    return figure;
  }

  /** Of all values, with room above them for the name of the threshold. */
  private static double[] yRange(DoubleStream values) {
    DoubleSummaryStatistics all = values.filter(Double::isFinite).summaryStatistics();
    double reach = Math.max(LEAST_REACH, all.getMax() - all.getMin());
    return new double[] {all.getMin() - 0.05 * reach, all.getMax() + 0.12 * reach};
  }

  private static double[] axis(List<Integer> epochs) {
    return epochs.stream().mapToDouble(epoch -> epoch == 0 ? START : epoch).toArray();
  }

  private static void requireProbes(DynamicsRun run) {
    if (run.probeEpochs().isEmpty()) {
      throw new InputException(run.declaration().name() + ": no probes were trained");
    }
  }
}
