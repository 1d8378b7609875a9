package dev.kindred.study.convergence;

import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
import dev.kindred.stimuli.shift.ShiftFamily;
import dev.kindred.stimuli.shift.Shifts;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Data of a study in which one knows what is true. */
final class PlantedConvergence {
  static final int LAYERS = 4;
  static final int CLASSES = 10;
  static final int STIMULI = 50;
  static final List<Moment> MOMENTS =
      List.of(
          Moment.afterEpoch(0), Moment.afterBatches(2), Moment.afterEpoch(1), Moment.afterEpoch(4));

  /** The usual stimuli, and all shifts. */
  static final List<String> SETS =
      Stream.concat(
              Stream.of(ConvergenceImages.USUAL), Shifts.all().stream().map(ShiftFamily::name))
          .toList();

  private static final List<String> NAMES =
      List.of("one", "two", "three", "self", "single one", "single two");

  private final int[] seeds;
  private final double noise;
  private final SplittableRandom random;
  private final Truth truth;

  /** The alignment of two networks without noise. */
  interface Truth {
    double alignment(AlignmentFamily family, Comparison of);

    /** On a set of stimuli at a moment. */
    double accuracy(int set, int moment);

    /** Of a network. */
    default double accuracy(int network, int set, int moment) {
      return accuracy(set, moment);
    }

    /** How many dimensions a layer of a network fills. */
    default double dimension(int network, int layer, int set, int moment) {
      return 1 + layer;
    }

    /** Of two networks on a set at the end of training: no more than their accuracies make it. */
    default double errorConsistency(int first, int second, int set) {
      int end = MOMENTS.size() - 1;
      return (accuracy(first, set, end) + accuracy(second, set, end)) / 4;
    }

    /** How far a shift goes, 0 to 1; set 0 is the usual one. */
    default double severity(int set) {
      return set / 17.0;
    }
  }

  /**
   * @param noise of every network, every pair of them and every fold
   */
  PlantedConvergence(int seeds, double noise, long seed, Truth truth) {
    this(new int[] {seeds, seeds, seeds, seeds}, noise, seed, truth);
  }

  /**
   * @param seeds of three supervised groups and one that is self-supervised; then of single
   *     networks, 1 each
   */
  PlantedConvergence(int[] seeds, double noise, long seed, Truth truth) {
    this.seeds = seeds.clone();
    this.noise = noise;
    this.random = new SplittableRandom(seed);
    this.truth = truth;
  }

  ConvergenceData data() {
    List<String> layers = IntStream.rangeClosed(1, LAYERS).mapToObj(l -> "layer" + l).toList();
    List<ConvergenceData.Group> groups = new ArrayList<>();
    for (int group = 0; group < seeds.length; group++) {
      groups.add(
          new ConvergenceData.Group(
              NAMES.get(group), layers, !NAMES.get(group).equals("self"), seeds[group]));
    }
    int networks = IntStream.of(seeds).sum();
    double[] effects = IntStream.range(0, networks).mapToDouble(i -> gaussian()).toArray();
    List<Comparison> depth = new ArrayList<>();
    List<Comparison> training = new ArrayList<>();
    List<Comparison> sets = new ArrayList<>();
    List<Comparison> maps = new ArrayList<>();
    int end = MOMENTS.size() - 1;
    for (int group = 0; group < seeds.length; group++) {
      int from = first(group);
      // A single network is aligned with those after it.
      int to = seeds[group] == 1 ? networks : from + seeds[group];
      for (int a = from; a < from + seeds[group]; a++) {
        for (int b = a + 1; b < to; b++) {
          for (int layer = 0; layer < LAYERS; layer++) {
            for (Control control : Control.values()) {
              if (seeds[group] > 1) {
                depth.add(of(a, b, layer, layer, 0, 0, control));
              }
              depth.add(of(a, b, layer, layer, end, 0, control));
            }
            for (int moment = 0; seeds[group] > 1 && moment <= end; moment++) {
              training.add(of(a, b, layer, layer, moment, 0, Control.NONE));
            }
            for (int set = 0; set < 18; set++) {
              Comparison whole = of(a, b, layer, layer, end, set, Control.NONE);
              sets.add(whole);
              sets.add(half(whole, 1));
              sets.add(half(whole, 2));
              if (seeds[group] > 1) {
                sets.add(of(a, b, layer, layer, 0, set, Control.NONE));
              }
            }
          }
        }
      }
      for (int other = group; other < seeds.length; other++) {
        int most = Math.max(seeds[group], seeds[other]);
        for (int map = 0; map < (group == other && most == 1 ? 0 : most); map++) {
          for (int row = 0; row < LAYERS; row++) {
            for (int column = 0; column < LAYERS; column++) {
              int a = from + map % seeds[group];
              int b = first(other) + (map + 1) % seeds[other];
              maps.add(of(a, b, row, column, end, 0, Control.NONE));
              maps.add(of(a, b, row, column, end, 0, Control.SHUFFLED));
              if (Math.min(seeds[group], seeds[other]) > 1) {
                maps.add(of(a, b, row, column, 0, 0, Control.NONE));
              }
            }
          }
        }
      }
    }
    return new ConvergenceData(
        "planted",
        groups,
        MOMENTS,
        IntStream.range(0, CLASSES).mapToObj(c -> "class " + c).toList(),
        SETS,
        table(depth, effects),
        table(training, effects),
        table(sets, effects),
        table(maps, effects),
        behaviour(networks, effects),
        dimensions(networks));
  }

  private int first(int group) {
    return IntStream.of(seeds).limit(group).sum();
  }

  private static Comparison half(Comparison of, int part) {
    return new Comparison(
        of.first(),
        of.second(),
        of.row(),
        of.column(),
        of.moment(),
        of.set(),
        of.pooling(),
        of.control(),
        part);
  }

  private static Comparison of(
      int a, int b, int row, int column, int moment, int set, Control control) {
    return new Comparison(a, b, row, column, moment, set, Pooling.POOLED, control, 0);
  }

  private AlignmentTable table(List<Comparison> comparisons, double[] effects) {
    Map<AlignmentFamily, double[][]> scores = new EnumMap<>(AlignmentFamily.class);
    for (AlignmentFamily family : AlignmentFamily.values()) {
      double[][] rows = new double[comparisons.size()][family.stored()];
      for (int i = 0; i < rows.length; i++) {
        Comparison of = comparisons.get(i);
        double pair =
            truth.alignment(family, of)
                + noise * (effects[of.first()] + effects[of.second()] + gaussian());
        for (int f = 0; f < rows[i].length; f++) {
          rows[i][f] = pair + noise * gaussian();
        }
      }
      scores.put(family, rows);
    }
    return new AlignmentTable(comparisons, scores);
  }

  private NetworkBehaviour behaviour(int networks, double[] effects) {
    int end = MOMENTS.size() - 1;
    double[][] accuracy = new double[networks][18];
    double[][] overTraining = new double[networks][MOMENTS.size()];
    double[][][] kappa = new double[18][networks][networks];
    for (int network = 0; network < networks; network++) {
      for (int set = 0; set < 18; set++) {
        accuracy[network][set] =
            truth.accuracy(network, set, end) + noise * (effects[network] + gaussian());
        for (int other = 0; other < networks; other++) {
          kappa[set][network][other] =
              truth.errorConsistency(network, other, set) + noise * gaussian();
        }
      }
      for (int moment = 0; moment <= end; moment++) {
        overTraining[network][moment] =
            truth.accuracy(network, 0, moment) + noise * (effects[network] + gaussian());
      }
    }
    return new NetworkBehaviour(
        accuracy,
        overTraining,
        kappa,
        IntStream.range(0, 18).mapToDouble(truth::severity).toArray(),
        answers(accuracy),
        IntStream.range(0, STIMULI).map(PlantedConvergence::label).toArray());
  }

  private static int label(int stimulus) {
    return stimulus % CLASSES;
  }

  /** The first stimuli right, as many as the accuracy says; all others as the next class. */
  private static int[][][] answers(double[][] accuracy) {
    return Arrays.stream(accuracy)
        .map(
            ofNetwork ->
                Arrays.stream(ofNetwork)
                    .mapToObj(
                        of ->
                            IntStream.range(0, STIMULI)
                                .map(s -> (label(s) + (s < of * STIMULI ? 0 : 1)) % CLASSES)
                                .toArray())
                    .toArray(int[][]::new))
        .toArray(int[][][]::new);
  }

  private LayerDimensions dimensions(int networks) {
    int end = MOMENTS.size() - 1;
    double[][][] sets = new double[networks][LAYERS][18];
    double[][][] overTraining = new double[networks][LAYERS][MOMENTS.size()];
    for (int network = 0; network < networks; network++) {
      for (int layer = 0; layer < LAYERS; layer++) {
        for (int set = 0; set < 18; set++) {
          sets[network][layer][set] = dimension(network, layer, set, end);
        }
        for (int moment = 0; moment <= end; moment++) {
          overTraining[network][layer][moment] = dimension(network, layer, 0, moment);
        }
      }
    }
    return new LayerDimensions(sets, overTraining);
  }

  private double dimension(int network, int layer, int set, int moment) {
    return Math.max(1, truth.dimension(network, layer, set, moment) + noise * gaussian());
  }

  private double gaussian() {
    double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
    return radius * Math.cos(2 * Math.PI * random.nextDouble());
  }
}
