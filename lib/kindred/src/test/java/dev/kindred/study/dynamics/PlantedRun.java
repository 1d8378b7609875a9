package dev.kindred.study.dynamics;

import dev.kindred.base.Seeds;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.recording.EpochGrid;
import dev.kindred.recording.GramDiagonals;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * A run whose layers move on known paths. At an epoch a layer is a point in space, and two epochs
 * are exp(−d²/2) alike; a point is moved by a path, an even drift and jitter:
 *
 * <p>x(u) = path(u)·e₁ + drift·o(u) + jitter·n, with the octave u of the epoch, o a stationary
 * Gaussian process in many dimensions, and n noise of each epoch alone.
 */
final class PlantedRun {
  static final int LAST = 1024;
  static final int FIT = 128;
  private static final int DIMENSIONS = 24;

  /** Of one batch, and what tells of chance: CKA of shuffled images is 0.32 on average. */
  static final int IMAGES = 8;

  static final double TRACE = 1.5;
  private static final double SQUARES = 0.4;

  /** Octaves after which half of an even drift is forgotten. */
  private static final double MEMORY = 4;

  /** Octave of the start, before epoch 1. */
  private static final double START = -1;

  private final RunDeclaration declared;
  private final Seeds seeds;
  private final double size;
  private final List<Integer> epochs = epochs(12);
  private final List<Integer> probed = epochs(6);
  private final Map<String, DoubleUnaryOperator> paths = new LinkedHashMap<>();
  private final Map<String, DoubleUnaryOperator> regionPaths = new LinkedHashMap<>();
  private final Map<String, Double> drifts = new LinkedHashMap<>();
  private final Map<String, DoubleUnaryOperator> probeErrors = new LinkedHashMap<>();
  private DoubleUnaryOperator testError = falling();
  private double errorNoise = 0.008;
  private double jitter = 0.12;
  private double regionShare = 1;
  private double other = 0.2;

  RunDeclaration declared() {
    return declared;
  }

  /**
   * @param declared its name and seed give the random numbers
   * @param root of all random numbers
   */
  PlantedRun(RunDeclaration declared, long root) {
    this.declared = declared;
    this.seeds = new Seeds(root).child(declared.name());
    // Seeds differ in how far everything goes.
    this.size = Math.exp(0.05 * seeds.stream("size").nextGaussian());
    for (String layer : declared.layers()) {
      path(layer, octave -> 0);
      drift(layer, 0.6);
      probeError(layer, falling());
    }
  }

  /** Any place of the axis, the same for all layers of a run. */
  double place() {
    return 2 + 6 * seeds.stream("place").nextDouble();
  }

  static List<Integer> epochs(int perOctave) {
    EpochGrid grid = EpochGrid.logarithmic(perOctave);
    return IntStream.rangeClosed(0, LAST).filter(grid::contains).boxed().toList();
  }

  static DoubleUnaryOperator falling() {
    return octave -> 0.3 + 0.6 / (1 + Math.exp(octave - 2));
  }

  /** A peak of such a height at the threshold. */
  static DoubleUnaryOperator peak(double height) {
    double at = OctaveMap.octaves(FIT);
    return octave ->
        falling().applyAsDouble(octave) + height * Math.exp(-0.8 * Math.pow(octave - at, 2));
  }

  /** From 0 through 1 about an octave before the threshold to an end. */
  static DoubleUnaryOperator wayBack(double end) {
    double good = OctaveMap.octaves(FIT) - 2;
    return octave ->
        octave < good
            ? Math.max(0, octave - START) / (good - START)
            : end + (1 - end) * Math.exp(-2 * (octave - good));
  }

  static DoubleUnaryOperator jump(double at, double size) {
    return octave -> octave < at ? 0 : size;
  }

  PlantedRun path(String layer, DoubleUnaryOperator path) {
    paths.put(layer, path);
    regionPaths.put(layer, path);
    return this;
  }

  PlantedRun regionPath(String layer, DoubleUnaryOperator path) {
    regionPaths.put(layer, path);
    return this;
  }

  PlantedRun drift(String layer, double drift) {
    drifts.put(layer, drift);
    return this;
  }

  PlantedRun jitter(double of) {
    jitter = of;
    return this;
  }

  PlantedRun probeError(String layer, DoubleUnaryOperator error) {
    probeErrors.put(layer, error);
    return this;
  }

  PlantedRun testError(DoubleUnaryOperator error) {
    testError = error;
    return this;
  }

  PlantedRun errorNoise(double of) {
    errorNoise = of;
    return this;
  }

  /** How much of the drift of regions is that of the layer; the rest is their own. */
  PlantedRun regionShare(double share) {
    regionShare = share;
    return this;
  }

  /** How much farther other initialisations are than its own; nearer below 0. */
  PlantedRun otherInitialisations(double farther) {
    other = farther;
    return this;
  }

  DynamicsRun make() {
    List<LayerDynamics> layers = new ArrayList<>();
    Map<String, int[][]> planes = new LinkedHashMap<>();
    List<Integer> drawn = List.of(0, 32, FIT, LAST);
    for (String layer : declared.layers()) {
      Seeds own = seeds.child(layer);
      double[][] drift = drift(own.stream("drift"));
      double[][] others = drift(own.stream("drift of regions"));
      double[][] mixed = new double[drift.length][DIMENSIONS];
      for (int i = 0; i < drift.length; i++) {
        for (int d = 0; d < DIMENSIONS; d++) {
          mixed[i][d] =
              regionShare * drift[i][d] + Math.sqrt(1 - regionShare * regionShare) * others[i][d];
        }
      }
      EpochMap cka = map("linear CKA of " + layer, epochs, layer, paths, drift, own.child("cka"));
      layers.add(
          new LayerDynamics(
              layer,
              cka,
              new EpochMap("unbiased linear CKA of " + layer, epochs, cka.values()),
              curve(probed, probeErrors.get(layer), own.stream("probes")),
              map(
                  "decision-region similarity of " + layer,
                  probed,
                  layer,
                  regionPaths,
                  mixed,
                  own.child("regions")),
              new GramDiagonals(filled(TRACE), filled(SQUARES)),
              new PlaneRegions(new int[probed.size()][1][10], new double[probed.size()][1])));
      planes.put(layer, plane(drawn, own.stream("plane")));
    }
    double[][] others = new double[3][];
    double[] start = layers.get(0).similarity().values()[0];
    for (int k = 0; k < others.length; k++) {
      SplittableRandom random = seeds.stream("other " + k);
      others[k] =
          Arrays.stream(start)
              .map(s -> s * (Math.exp(-other * Math.abs(other) / 2) + 0.01 * random.nextGaussian()))
              .toArray();
    }
    return new DynamicsRun(
        declared,
        learningCurve(),
        epochs,
        probed,
        layers,
        new PlaneLabels(32, drawn, planes),
        others,
        new int[IMAGES],
        epochs.stream().map(epoch -> new int[IMAGES]).toArray(int[][]::new));
  }

  private double[][] filled(double value) {
    double[][] filled = new double[epochs.size()][1];
    for (double[] row : filled) {
      row[0] = value;
    }
    return filled;
  }

  private LearningCurve learningCurve() {
    List<Integer> evaluated = epochs(24);
    double[] test = curve(evaluated, testError, seeds.stream("test error"));
    List<LearningCurve.Point> points = new ArrayList<>();
    for (int i = 0; i < test.length; i++) {
      int epoch = evaluated.get(i);
      double train =
          epoch >= FIT ? 0 : 0.9 * (1 - Math.max(0, octave(epoch)) / OctaveMap.octaves(FIT));
      points.add(new LearningCurve.Point(epoch, train, train, test[i]));
    }
    return new LearningCurve(points);
  }

  private double[] curve(List<Integer> at, DoubleUnaryOperator error, SplittableRandom random) {
    return at.stream()
        .mapToDouble(e -> error.applyAsDouble(octave(e)) + errorNoise * random.nextGaussian())
        .toArray();
  }

  private static double octave(int epoch) {
    return epoch == 0 ? START : OctaveMap.octaves(epoch);
  }

  /** A stationary process at eight places in each octave from the start on. */
  private static double[][] drift(SplittableRandom random) {
    int count = (int) (8 * (OctaveMap.octaves(LAST) - START)) + 2;
    double kept = Math.exp(-Math.log(2) / MEMORY / 8);
    double[][] path = new double[count][DIMENSIONS];
    for (int i = 0; i < count; i++) {
      for (int d = 0; d < DIMENSIONS; d++) {
        double fresh = random.nextGaussian() / Math.sqrt(DIMENSIONS);
        path[i][d] = i == 0 ? fresh : kept * path[i - 1][d] + Math.sqrt(1 - kept * kept) * fresh;
      }
    }
    return path;
  }

  private EpochMap map(
      String title,
      List<Integer> at,
      String layer,
      Map<String, DoubleUnaryOperator> path,
      double[][] drift,
      Seeds own) {
    SplittableRandom random = own.stream("jitter");
    double[][] points = new double[at.size()][DIMENSIONS + 1];
    for (int i = 0; i < points.length; i++) {
      double octave = octave(at.get(i));
      double place = 8 * (octave - START);
      int low = (int) place;
      for (int d = 0; d < DIMENSIONS; d++) {
        double moved = (low + 1 - place) * drift[low][d] + (place - low) * drift[low + 1][d];
        points[i][d] =
            size * drifts.get(layer) * moved
                + jitter * random.nextGaussian() / Math.sqrt(DIMENSIONS);
      }
      points[i][DIMENSIONS] = size * path.get(layer).applyAsDouble(octave);
    }
    double[][] values = new double[points.length][points.length];
    for (int i = 0; i < points.length; i++) {
      for (int j = 0; j < points.length; j++) {
        double squares = 0;
        for (int d = 0; d <= DIMENSIONS; d++) {
          squares += Math.pow(points[i][d] - points[j][d], 2);
        }
        values[i][j] = Math.exp(-squares / 2);
      }
    }
    return new EpochMap(title, at, values);
  }

  private static int[][] plane(List<Integer> drawn, SplittableRandom random) {
    double[][] seeds = new double[10][2];
    for (double[] seed : seeds) {
      Arrays.setAll(seed, d -> random.nextDouble());
    }
    return drawn.stream()
        .map(
            epoch -> {
              for (double[] seed : seeds) {
                Arrays.setAll(seed, d -> seed[d] + 0.1 * random.nextGaussian());
              }
              int[] labels = new int[32 * 32];
              for (int k = 0; k < labels.length; k++) {
                double x = k / 32 / 31.0;
                double y = k % 32 / 31.0;
                labels[k] =
                    IntStream.range(0, seeds.length)
                        .boxed()
                        .min(
                            java.util.Comparator.comparingDouble(
                                c -> Math.hypot(seeds[c][0] - x, seeds[c][1] - y)))
                        .orElseThrow();
              }
              return labels;
            })
        .toArray(int[][]::new);
  }
}
