package dev.kindred.study.grounding;

import dev.kindred.measure.statistics.Ties;
import dev.kindred.study.grounding.GroundedTask.Networks;
import dev.kindred.study.grounding.GroundedTask.Subtask;
import dev.kindred.study.grounding.GroundingStudy.Part;
import dev.kindred.study.grounding.Stratum.Pair;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Distances and accuracies of one population of networks, as {@link Subtasks} makes them. Distances
 * of measures that are not symmetric are means of both directions.
 */
public final class GroundedPopulation {
  private final String name;
  private final List<String> depths;
  private final List<String> stressTests;
  private final int pretrainings;
  private final List<String> measures;
  private final Function<Part, Map<String, double[][]>> source;
  private final Map<Part, Map<String, double[][]>> parts = new EnumMap<>(Part.class);
  private List<GroundedTask> tasks;

  /**
   * @param measures canonical specifications
   * @param source the arrays of each part; asked once
   */
  GroundedPopulation(
      String name,
      List<String> depths,
      List<String> stressTests,
      int pretrainings,
      List<String> measures,
      Function<Part, Map<String, double[][]>> source) {
    this.name = name;
    this.depths = List.copyOf(depths);
    this.stressTests = List.copyOf(stressTests);
    this.pretrainings = pretrainings;
    this.measures = List.copyOf(measures);
    this.source = source;
  }

  /** Data and architecture, such as {@code generated-cnn}. */
  public String name() {
    return name;
  }

  /** Names of the depths, the first layer first. */
  public List<String> depths() {
    return depths;
  }

  /** Canonical specifications of the measures. */
  public List<String> measures() {
    return measures;
  }

  synchronized Map<String, double[][]> arrays(Part part) {
    return parts.computeIfAbsent(part, source);
  }

  /** Distances at one depth of a part, as lists of matrices. */
  @FunctionalInterface
  private interface Source {
    List<double[][]> of(Part part, String suffix);
  }

  /** Every column of the table. */
  synchronized List<GroundedTask> tasks() {
    if (tasks == null) {
      tasks = tasks(this::distances);
    }
    return tasks;
  }

  /**
   * The same tasks with one stand-in for a distance that sees no response: how many depths lie
   * between the two sides of a pair in (a), how many components are deleted in (b), whether the
   * pre-training is another in (d). The pairs of (c) differ in nothing of the kind: all stand-ins
   * are 0 there.
   */
  List<GroundedTask> standIns() {
    return tasks((part, suffix) -> List.<double[][]>of(standIn(part)));
  }

  private List<GroundedTask> tasks(Source source) {
    List<GroundedTask> made = new ArrayList<>();
    made.add(layers(source));
    made.add(components(source));
    made.add(
        fineTuned(
            Subtask.DISTORTIONS,
            Subtask.DISTORTIONS.toString(),
            Part.DISTORTIONS,
            new Networks("fine-tuned", 1, size(Part.DISTORTIONS)),
            GroundedPopulation::onDistortions,
            source));
    for (int i = 0; i < stressTests.size(); i++) {
      int column = 1 + i;
      made.add(
          fineTuned(
              Subtask.STRESS,
              "(d) " + stressTests.get(i),
              Part.STRESS,
              new Networks(
                  "pre-trained and fine-tuned", pretrainings, size(Part.STRESS) / pretrainings),
              accuracies -> accuracies[column],
              source));
    }
    return made;
  }

  private double[][] standIn(Part part) {
    int deepest = depths.size() - 1;
    int networks = part == Part.COMPONENTS ? size(Part.LAYERS) : size(part);
    int rows =
        networks
            * (part == Part.LAYERS ? depths.size() : part == Part.COMPONENTS ? kept().length : 1);
    double[][] distances = new double[rows][networks];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < networks; j++) {
        distances[i][j] =
            switch (part) {
              case LAYERS -> deepest - i % depths.size();
              case COMPONENTS -> kept()[0] - kept()[i % kept().length];
              case STRESS -> i * pretrainings / networks == j * pretrainings / networks ? 0 : 1;
              default -> 0;
            };
      }
    }
    return distances;
  }

  private double[] kept() {
    return arrays(Part.COMPONENTS).get(Subtasks.KEPT)[0];
  }

  /** Mean accuracy on the distortions; the first is that on usual images. */
  static double onDistortions(double[] accuracies) {
    return Arrays.stream(accuracies).skip(1).average().orElseThrow();
  }

  private int size(Part part) {
    return arrays(part).get(Subtasks.ACCURACY).length;
  }

  private Networks trained() {
    return new Networks("trained", 1, size(Part.LAYERS));
  }

  private GroundedTask layers(Source source) {
    Map<String, double[][]> arrays = arrays(Part.LAYERS);
    double[][] accuracy = arrays.get(Subtasks.ACCURACY);
    int deepest = depths.size() - 1;
    Stratum stratum =
        new Stratum(
            accuracy,
            Subtasks.integers(arrays.get(Subtasks.REFERENCES)[0]),
            source.of(Part.LAYERS, ""),
            reference ->
                IntStream.range(0, accuracy.length * depths.size())
                    .filter(row -> row != reference * depths.size() + deepest)
                    .mapToObj(
                        row ->
                            new Pair(
                                row / depths.size(), row % depths.size(), deepest, row, reference))
                    .toList());
    return new GroundedTask(Subtask.LAYERS, Subtask.LAYERS.toString(), trained(), List.of(stratum));
  }

  private GroundedTask components(Source source) {
    Map<String, double[][]> arrays = arrays(Part.COMPONENTS);
    int levels = kept().length;
    List<Stratum> strata = new ArrayList<>();
    for (int depth = 0; depth < depths.size(); depth++) {
      String suffix = " " + depth;
      double[][] accuracy = arrays.get(Subtasks.ACCURACY + suffix);
      if (accuracy != null) {
        strata.add(
            new Stratum(
                accuracy,
                Subtasks.integers(arrays.get(Subtasks.REFERENCES + suffix)[0]),
                source.of(Part.COMPONENTS, suffix),
                reference -> deleted(reference, accuracy.length, levels)));
      }
    }
    return new GroundedTask(
        Subtask.COMPONENTS, Subtask.COMPONENTS.toString(), trained(), List.copyOf(strata));
  }

  /**
   * What is left of any network with the whole reference, and what is left of the reference with
   * any whole network; whole ones once.
   */
  private static List<Pair> deleted(int reference, int networks, int levels) {
    List<Pair> pairs = new ArrayList<>();
    for (int network = 0; network < networks; network++) {
      for (int level = 0; level < levels; level++) {
        if (network != reference || level > 0) {
          pairs.add(new Pair(network, level, 0, network * levels + level, reference));
        }
        if (network != reference && level > 0) {
          pairs.add(new Pair(network, 0, level, reference * levels + level, network));
        }
      }
    }
    return pairs;
  }

  private GroundedTask fineTuned(
      Subtask subtask,
      String title,
      Part part,
      Networks networks,
      ToDoubleFunction<double[]> function,
      Source source) {
    double[] accuracies =
        Ties.joined(
            Arrays.stream(arrays(part).get(Subtasks.ACCURACY)).mapToDouble(function).toArray(),
            Stratum.SAME_ACCURACY);
    double[][] accuracy =
        Arrays.stream(accuracies).mapToObj(of -> new double[] {of}).toArray(double[][]::new);
    int[] best =
        IntStream.range(0, accuracy.length)
            .boxed()
            .sorted((i, j) -> Double.compare(accuracies[j], accuracies[i]))
            .mapToInt(i -> i)
            .toArray();
    List<Stratum> strata = new ArrayList<>();
    for (int depth = 0; depth < depths.size(); depth++) {
      strata.add(
          new Stratum(
              accuracy,
              best,
              source.of(part, " " + depth),
              reference ->
                  IntStream.range(0, accuracy.length)
                      .filter(other -> other != reference)
                      .mapToObj(other -> new Pair(other, 0, 0, other, reference))
                      .toList()));
    }
    return new GroundedTask(subtask, title, networks, strata);
  }

  private List<double[][]> distances(Part part, String suffix) {
    Map<String, double[][]> arrays = arrays(part);
    return measures.stream().map(measure -> bothWays(arrays, measure + suffix)).toList();
  }

  /** The mean of both directions. */
  static double[][] bothWays(Map<String, double[][]> arrays, String name) {
    double[][] there = arrays.get(name);
    double[][] back = arrays.get(Subtasks.REVERSED + name);
    boolean square = there.length == there[0].length;
    if (back == null && !square) {
      return there;
    }
    double[][] means = new double[there.length][there[0].length];
    for (int i = 0; i < means.length; i++) {
      for (int j = 0; j < means[i].length; j++) {
        means[i][j] = (there[i][j] + (back == null ? there[j][i] : back[i][j])) / 2;
      }
    }
    return means;
  }

  /** Seconds of processor time of one preparation and of one comparison of fine-tuned networks. */
  double[] seconds(String measure) {
    double[] sums = new double[4];
    for (int depth = 0; depth < depths.size(); depth++) {
      double[] times = arrays(Part.DISTORTIONS).get(Subtasks.TIMES + measure + " " + depth)[0];
      for (int i = 0; i < sums.length; i++) {
        sums[i] += times[i];
      }
    }
    return new double[] {sums[0] / sums[1], sums[2] / sums[3]};
  }
}
