package dev.kindred.study.convergence;

import dev.kindred.base.InputException;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.source.StoredStudy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/**
 * What is known of the networks on one kind of images.
 *
 * @param name of the images
 * @param groups of networks that differ in their seeds alone, in the order of their numbers; then
 *     single networks
 * @param moments at which they were kept, the first before training
 * @param classes names of the classes of the images, in the order of their numbers
 * @param sets of stimuli, the usual one first
 * @param depth alignment over depth before and after training, with controls
 * @param training alignment at every moment
 * @param shifted alignment on every set of stimuli at the end of training, and on halves of them;
 *     at the first moment of pooled units, on all stimuli
 * @param maps of all layers with all layers at the end of training, and of shuffled stimuli; at the
 *     first moment of pooled units, without a control
 * @param behaviour what networks do
 * @param dimensions how many dimensions layers fill
 */
public record ConvergenceData(
    String name,
    List<Group> groups,
    List<Moment> moments,
    List<String> classes,
    List<String> sets,
    AlignmentTable depth,
    AlignmentTable training,
    AlignmentTable shifted,
    AlignmentTable maps,
    NetworkBehaviour behaviour,
    LayerDimensions dimensions) {

  /**
   * Networks that differ in their seeds alone, or a single one, of which no training is known.
   *
   * @param layers from the input to the output
   * @param supervised whether they were trained on labels
   * @param seeds how many networks
   */
  public record Group(String name, List<String> layers, boolean supervised, int seeds) {}

  /** Numbers of the groups of several networks, those that were trained for the study. */
  public List<Integer> seeded() {
    return IntStream.range(0, groups.size())
        .filter(group -> groups.get(group).seeds() > 1)
        .boxed()
        .toList();
  }

  /** Numbers of those that were trained on labels; single networks tell nothing of seeds. */
  public List<Integer> supervised() {
    return seeded().stream().filter(group -> groups.get(group).supervised()).toList();
  }

  /**
   * Groups by architecture. Single networks, which are residual networks of one family, are one.
   */
  List<List<Integer>> architectures(List<Integer> of) {
    return List.copyOf(
        of.stream()
            .collect(
                Collectors.groupingBy(
                    group -> groups.get(group).seeds() > 1 ? group : groups.size(),
                    TreeMap::new,
                    Collectors.toList()))
            .values());
  }

  /** Every network of a group. */
  boolean[] allSeeds(int group) {
    boolean[] all = new boolean[groups.get(group).seeds()];
    Arrays.fill(all, true);
    return all;
  }

  /** The number of the last layer of a group. */
  int last(int group) {
    return groups.get(group).layers().size() - 1;
  }

  /**
   * Every two single networks, those with public weights, that were aligned layer by layer: numbers
   * of their groups.
   */
  public List<int[]> singlePairs() {
    List<int[]> pairs = new ArrayList<>();
    for (int a = 0; a < groups.size(); a++) {
      for (int b = a + 1; b < groups.size(); b++) {
        if (groups.get(a).seeds() == 1 && groups.get(b).seeds() == 1) {
          pairs.add(new int[] {a, b});
        }
      }
    }
    return pairs;
  }

  /** The last moment. */
  public int end() {
    return moments.size() - 1;
  }

  /** The number of a moment. */
  public int moment(Moment wanted) {
    int number = moments.indexOf(wanted);
    if (number < 0) {
      throw new InputException(
          name + ": no networks were kept at " + wanted + ", but at " + moments);
    }
    return number;
  }

  /** The number of the first network of a group. */
  public int first(int group) {
    return groups.subList(0, group).stream().mapToInt(Group::seeds).sum();
  }

  /**
   * Mean alignment of a layer over pairs of seeds; NaN where there is none.
   *
   * @param kept seeds whose pairs count
   */
  double align(
      AlignmentTable table,
      AlignmentFamily family,
      int group,
      int layer,
      int moment,
      int set,
      Pooling pooling,
      Control control,
      int part,
      boolean[] kept) {
    return overPairs(
        group,
        kept,
        (first, second) ->
            table.value(
                family,
                new Comparison(first, second, layer, layer, moment, set, pooling, control, part)));
  }

  /** Mean error consistency on a set over pairs of seeds; NaN where there is none. */
  double errorConsistency(int group, int set, boolean[] kept) {
    double[][] kappa = behaviour.errorConsistency()[set];
    return overPairs(group, kept, (first, second) -> kappa[first][second]);
  }

  private double overPairs(int group, boolean[] kept, OfPair value) {
    int first = first(group);
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < kept.length; a++) {
      for (int b = a + 1; b < kept.length; b++) {
        if (kept[a] && kept[b]) {
          sum += value.of(first + a, first + b);
          pairs++;
        }
      }
    }
    return pairs == 0 ? Double.NaN : sum / pairs;
  }

  /** A number of two networks. */
  @FunctionalInterface
  private interface OfPair {
    double of(int first, int second);
  }

  /** Mean alignment of a layer over all pairs of seeds, and of the folds' standard deviations. */
  public double[] ofLayer(
      AlignmentTable table,
      AlignmentFamily family,
      int group,
      int layer,
      int moment,
      int set,
      Pooling pooling,
      Control control) {
    int first = first(group);
    int seeds = groups.get(group).seeds();
    double sum = 0;
    double deviations = 0;
    int pairs = 0;
    for (int a = 0; a < seeds; a++) {
      for (int b = a + 1; b < seeds; b++) {
        double[] folds =
            table.folds(
                family,
                new Comparison(
                    first + a, first + b, layer, layer, moment, set, pooling, control, 0));
        sum += Arrays.stream(folds).average().orElse(Double.NaN);
        deviations += HeldOutScores.standardDeviation(folds);
        pairs++;
      }
    }
    return new double[] {sum / pairs, deviations / pairs};
  }

  /**
   * Alignment of a layer between two single networks at the end of their training, and the standard
   * deviation over folds; NaN where it was not made.
   *
   * @param pair of {@link #singlePairs()}
   */
  public double[] ofSinglePair(
      AlignmentTable table,
      AlignmentFamily family,
      int[] pair,
      int layer,
      int set,
      Pooling pooling,
      Control control) {
    double[] folds =
        table.folds(
            family,
            new Comparison(
                first(pair[0]), first(pair[1]), layer, layer, end(), set, pooling, control, 0));
    return new double[] {
      Arrays.stream(folds).average().orElse(Double.NaN), HeldOutScores.standardDeviation(folds)
    };
  }

  /**
   * Mean Procrustes alignment of a layer over pairs of seeds, at the time when the group had an
   * accuracy: between the two moments about it, in proportion; at the end where it never had it.
   *
   * @param kept seeds that count
   */
  double atAccuracy(double accuracy, int group, int layer, Pooling pooling, boolean[] kept) {
    double[] reached = new double[end() + 1];
    Arrays.setAll(reached, moment -> accuracy(behaviour.overTraining(), group, moment, kept));
    int after = 0;
    while (after < end() && reached[after] < accuracy) {
      after++;
    }
    double now = training(group, layer, after, pooling, kept);
    if (after == 0 || reached[after] < accuracy) {
      return now;
    }
    double before = training(group, layer, after - 1, pooling, kept);
    double share = (accuracy - reached[after - 1]) / (reached[after] - reached[after - 1]);
    return before + share * (now - before);
  }

  /** Procrustes between the seeds of a group, on the usual set at a moment. */
  public double training(int group, int layer, int moment, Pooling pooling) {
    return training(group, layer, moment, pooling, allSeeds(group));
  }

  /** The same between the seeds that are kept. */
  double training(int group, int layer, int moment, Pooling pooling, boolean[] kept) {
    return align(
        training,
        AlignmentFamily.PROCRUSTES,
        group,
        layer,
        moment,
        0,
        pooling,
        Control.NONE,
        0,
        kept);
  }

  /** The greatest accuracy that all of some groups reach on the usual set. */
  double commonAccuracy(List<Integer> of) {
    return of.stream()
        .mapToDouble(
            group ->
                IntStream.rangeClosed(0, end())
                    .mapToDouble(moment -> accuracyAt(group, moment))
                    .max()
                    .orElseThrow())
        .min()
        .orElse(Double.NaN);
  }

  /** Mean accuracy of some networks of a group. */
  double accuracy(double[][] accuracies, int group, int column, boolean[] kept) {
    return IntStream.range(0, kept.length)
        .filter(seed -> kept[seed])
        .mapToDouble(seed -> accuracies[first(group) + seed][column])
        .average()
        .orElse(Double.NaN);
  }

  /** Mean accuracy of a group on a set at the end of training. */
  public double accuracy(int group, int set) {
    return mean(group, behaviour.accuracy(), set);
  }

  /** Mean accuracy of a group on the usual set at a moment. */
  public double accuracyAt(int group, int moment) {
    return mean(group, behaviour.overTraining(), moment);
  }

  private double mean(int group, double[][] accuracies, int column) {
    return accuracy(accuracies, group, column, allSeeds(group));
  }

  /** Mean effective dimension of a layer over the networks of a group at the end of training. */
  public double dimension(int group, int layer, int set) {
    return dimension(dimensions.sets(), group, layer, set);
  }

  /** The same on the usual set at a moment. */
  public double dimensionAt(int group, int layer, int moment) {
    return dimension(dimensions.overTraining(), group, layer, moment);
  }

  private double dimension(double[][][] of, int group, int layer, int column) {
    return Arrays.stream(of, first(group), first(group + 1))
        .mapToDouble(network -> network[layer][column])
        .average()
        .orElseThrow();
  }

  /** Of a stored study, what it holds of one kind of images. */
  public static ConvergenceData read(StoredStudy stored, String data) {
    List<Group> groups = new ArrayList<>();
    for (Row row : table(stored.file(ConvergenceStudy.GROUPS))) {
      groups.add(
          new Group(
              row.getString("group"),
              List.of(row.getString("layers").split(" ")),
              row.getString("supervised").equals("yes"),
              Integer.parseInt(row.getString("seeds"))));
    }
    List<Moment> moments = new ArrayList<>();
    for (Row row : table(stored.file(ConvergenceStudy.momentsFile(data)))) {
      moments.add(
          new Moment(
              Integer.parseInt(row.getString("epoch")), Integer.parseInt(row.getString("batch"))));
    }
    int[] layers =
        groups.stream()
            .flatMapToInt(
                group -> IntStream.generate(() -> group.layers().size()).limit(group.seeds()))
            .toArray();
    return new ConvergenceData(
        data,
        groups,
        moments,
        names(stored.file(ConvergenceStudy.classesFile(data)), "class"),
        names(stored.file(ConvergenceStudy.setsFile(data)), "set"),
        joined(stored, data, groups, ConvergenceStudy.Part.DEPTH),
        joined(stored, data, groups, ConvergenceStudy.Part.TRAINING),
        joined(stored, data, groups, ConvergenceStudy.Part.SETS),
        joined(stored, data, groups, ConvergenceStudy.Part.MAPS),
        NetworkBehaviour.read(stored.file(ConvergenceStudy.behaviourFile(data))),
        LayerDimensions.read(stored.file(ConvergenceStudy.dimensionsFile(data)), layers));
  }

  private static List<String> names(Path file, String column) {
    return table(file).stringColumn(column).asList();
  }

  private static AlignmentTable joined(
      StoredStudy stored, String data, List<Group> groups, ConvergenceStudy.Part part) {
    return AlignmentTable.joined(
        groups.stream()
            .map(group -> part.file(data, group.name()))
            .filter(stored.files()::contains)
            .map(file -> AlignmentTable.read(stored.file(file)))
            .toList());
  }

  private static Table table(Path file) {
    try {
      return Table.read()
          .usingOptions(
              CsvReadOptions.builderFromString(Files.readString(file))
                  .columnTypes(column -> tech.tablesaw.api.ColumnType.STRING));
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
