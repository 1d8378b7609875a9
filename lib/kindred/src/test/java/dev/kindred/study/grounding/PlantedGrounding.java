package dev.kindred.study.grounding;

import dev.kindred.study.grounding.GroundingStudy.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Populations of networks whose distances follow differences of accuracy as much as is planted. */
final class PlantedGrounding {
  static final int DEPTHS = 4;

  /** A measure that finds everything equally far. */
  static final String CONSTANT = "constant";

  private static final int UNITS = 10;
  private static final double[] KEPT = {10, 6, 3, 1};
  private static final double[] FEWER = {9, 8, 7, 6, 5, 4, 3, 2, 1};
  private static final List<String> STRESS = List.of("textures", "colours");
  private static final int FAMILIES = 6;

  private final List<String> measures;
  private final int seeds;
  private final SplittableRandom random;
  private final Map<String, Double> follows = new HashMap<>();
  private final Map<String, Double> specific = new HashMap<>();
  private final Map<String, Double> unnoticed = new HashMap<>();
  private final Map<String, Double> exchangeable = new HashMap<>();
  private final Map<String, Double> deeper = new HashMap<>();
  private final Set<Part> sameNoise = EnumSet.noneOf(Part.class);
  private boolean told;

  /**
   * @param seeds networks of each kind
   */
  PlantedGrounding(List<String> measures, int seeds, long seed) {
    this.measures = measures;
    this.seeds = seeds;
    this.random = new SplittableRandom(seed);
  }

  /** How far a measure follows accuracy on a part: 0 not at all, 1 alone. */
  PlantedGrounding follows(String measure, Part part, double share) {
    follows.put(measure + part, share);
    return this;
  }

  /** How far distances of different depths are greater, from 0 on. */
  PlantedGrounding specific(String measure, double share) {
    specific.put(measure, share);
    return this;
  }

  /** The share of components that can go before seeds are nearer. */
  PlantedGrounding unnoticed(String measure, double share) {
    unnoticed.put(measure, share);
    return this;
  }

  /** Up to this share of components, deleting does what another seed does, in distribution. */
  PlantedGrounding exchangeable(String measure, double share) {
    exchangeable.put(measure, share);
    return this;
  }

  /** By how much deep layers of two seeds are farther apart than first ones. */
  PlantedGrounding deeper(String measure, double more) {
    deeper.put(measure, more);
    return this;
  }

  /** All measures see what has nothing to do with accuracy alike. */
  PlantedGrounding sameNoise(Part part) {
    sameNoise.add(part);
    return this;
  }

  /** Depth, number of deleted components and pre-training say all about the accuracy. */
  PlantedGrounding toldWithoutResponses() {
    told = true;
    return this;
  }

  GroundingResults make(int populations) {
    List<GroundedPopulation> made = new ArrayList<>();
    for (int p = 0; p < populations; p++) {
      Map<Part, Map<String, double[][]>> parts = new HashMap<>();
      parts.put(Part.LAYERS, layers());
      parts.put(Part.COMPONENTS, components());
      parts.put(Part.MAPS, maps());
      parts.put(Part.DISTORTIONS, fineTuned(Part.DISTORTIONS, seeds, 18));
      parts.put(Part.STRESS, fineTuned(Part.STRESS, FAMILIES * Math.max(2, seeds / FAMILIES), 3));
      made.add(
          new GroundedPopulation(
              "population-" + p,
              List.of("conv1", "conv2", "conv3", "conv4"),
              STRESS,
              FAMILIES,
              measures,
              parts::get));
    }
    return new GroundingResults("planted", measures, made);
  }

  private double[][] drawn(int rows, int columns) {
    double[][] numbers = new double[rows][columns];
    for (double[] row : numbers) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextDouble();
      }
    }
    return numbers;
  }

  private double distance(String measure, Part part, double gap) {
    if (measure.equals(CONSTANT)) {
      return 1;
    }
    double share = follows.getOrDefault(measure + part, 0.5);
    return share * gap + (1 - share) * 0.4 * random.nextDouble();
  }

  private static int[] bestFirst(double[][] accuracy, int level) {
    return IntStream.range(0, accuracy.length)
        .boxed()
        .sorted((i, j) -> Double.compare(accuracy[j][level], accuracy[i][level]))
        .mapToInt(i -> i)
        .toArray();
  }

  private static double[][] row(int[] numbers) {
    return new double[][] {Arrays.stream(numbers).asDoubleStream().toArray()};
  }

  private Map<String, double[][]> layers() {
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    double[][] accuracy = drawn(seeds, DEPTHS);
    for (double[] network : accuracy) {
      for (int d = 0; d < DEPTHS; d++) {
        network[d] = 0.2 + 0.05 * d + (told ? 0 : 0.4) * network[d];
      }
    }
    arrays.put(Subtasks.ACCURACY, accuracy);
    arrays.put(Subtasks.REFERENCES, row(bestFirst(accuracy, DEPTHS - 1)));
    for (String measure : measures) {
      double[][] distances = new double[seeds * DEPTHS][seeds];
      for (int i = 0; i < distances.length; i++) {
        for (int j = 0; j < seeds; j++) {
          double gap = Math.abs(accuracy[i / DEPTHS][i % DEPTHS] - accuracy[j][DEPTHS - 1]);
          distances[i][j] = distance(measure, Part.LAYERS, gap);
        }
      }
      arrays.put(measure, distances);
    }
    return arrays;
  }

  private Map<String, double[][]> components() {
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    arrays.put(Subtasks.KEPT, new double[][] {KEPT});
    for (int depth = DEPTHS - 2; depth < DEPTHS; depth++) {
      double[][] accuracy = drawn(seeds, KEPT.length);
      for (double[] network : accuracy) {
        for (int k = 0; k < KEPT.length; k++) {
          network[k] = 0.6 - 0.05 * k + (told ? 0 : 0.4) * network[k];
        }
      }
      arrays.put(Subtasks.ACCURACY + " " + depth, accuracy);
      arrays.put(Subtasks.REFERENCES + " " + depth, row(bestFirst(accuracy, 0)));
      for (String measure : measures) {
        double[][] distances = new double[seeds * KEPT.length][seeds];
        for (int i = 0; i < distances.length; i++) {
          for (int j = 0; j < seeds; j++) {
            double gap = Math.abs(accuracy[i / KEPT.length][i % KEPT.length] - accuracy[j][0]);
            distances[i][j] = distance(measure, Part.COMPONENTS, gap);
          }
        }
        arrays.put(measure + " " + depth, distances);
      }
    }
    return arrays;
  }

  private Map<String, double[][]> fineTuned(Part part, int networks, int sets) {
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    double[] latent = random.doubles(networks).toArray();
    double[][] accuracy = drawn(networks, sets);
    for (int i = 0; i < networks; i++) {
      if (told) {
        latent[i] = i < networks / FAMILIES ? 1 : 0;
      }
      for (int s = 0; s < sets; s++) {
        accuracy[i][s] = 0.5 * latent[i] + (told ? 0 : 0.01) * accuracy[i][s];
      }
    }
    arrays.put(Subtasks.ACCURACY, accuracy);
    for (int depth = 0; depth < DEPTHS; depth++) {
      double[][] noise = drawn(networks, networks);
      for (int m = 0; m < measures.size(); m++) {
        double[][] distances = new double[networks][networks];
        for (int i = 0; i < networks; i++) {
          distances[i][i] = Double.NaN;
          for (int j = 0; j < i; j++) {
            double share = follows.getOrDefault(measures.get(m) + part, 0.5);
            double drawn = sameNoise.contains(part) ? noise[i][j] : random.nextDouble();
            double gap = 0.5 * Math.abs(latent[i] - latent[j]);
            distances[i][j] =
                measures.get(m).equals(CONSTANT) ? 1 : share * gap + (1 - share) * 0.4 * drawn;
            distances[j][i] = distances[i][j];
          }
        }
        arrays.put(measures.get(m) + " " + depth, distances);
        arrays.put(
            Subtasks.TIMES + measures.get(m) + " " + depth, new double[][] {{1, 10, m + 1.0, 100}});
      }
    }
    return arrays;
  }

  private Map<String, double[][]> maps() {
    Map<String, double[][]> arrays = new LinkedHashMap<>();
    arrays.put(Subtasks.KEPT, new double[][] {FEWER});
    int size = seeds * DEPTHS;
    for (String measure : measures) {
      double share = specific.getOrDefault(measure, 0.5);
      double more = deeper.getOrDefault(measure, 0.0);
      double[][] distances = new double[size][size];
      for (int a = 0; a < size; a++) {
        distances[a][a] = Double.NaN;
        for (int b = 0; b < a; b++) {
          int steps = Math.abs(a % DEPTHS - b % DEPTHS);
          distances[a][b] =
              1
                  + share * steps
                  + (1 - share) * random.nextDouble()
                  + (steps == 0 ? more * (a % DEPTHS) / DEPTHS : 0);
          distances[b][a] = distances[a][b];
        }
      }
      arrays.put(measure, distances);
      for (int depth = 0; depth < DEPTHS; depth++) {
        double[][] deleted = new double[seeds][FEWER.length];
        for (int i = 0; i < seeds; i++) {
          double toOthers = 0;
          for (int j = 0; j < seeds; j++) {
            toOthers +=
                j == i ? 0 : distances[i * DEPTHS + depth][j * DEPTHS + depth] / (seeds - 1);
          }
          double at = unnoticed.getOrDefault(measure, 0.5) + 0.1 * (random.nextDouble() - 0.5);
          boolean likeSeeds = exchangeable.containsKey(measure);
          double asSeed = likeSeeds ? 1 + (1 - share) * random.nextDouble() : 0;
          for (int k = 0; k < FEWER.length; k++) {
            double gone = (UNITS - FEWER[k]) / UNITS;
            deleted[i][k] = toOthers * gone / at;
            if (likeSeeds) {
              deleted[i][k] = gone < exchangeable.get(measure) + 0.01 ? asSeed : 3;
            }
          }
        }
        arrays.put(measure + " deleted " + depth, deleted);
      }
    }
    return arrays;
  }
}
