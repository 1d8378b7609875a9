package dev.kindred.study.convergence;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.network.Pooling;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** Layer × layer maps of two networks, and what their maxima tell. */
public final class LayerMaps {
  private LayerMaps() {}

  /**
   * The maps of two groups at the end of training.
   *
   * @return a map, layers of the first × layers of the second, for every pair of networks
   */
  public static List<double[][]> maps(
      ConvergenceData data,
      Pooling pooling,
      AlignmentFamily family,
      Control control,
      int first,
      int second) {
    return maps(data, pooling, family, control, data.end(), first, second);
  }

  /** The same at a moment: before training there are maps of pooled units without a control. */
  public static List<double[][]> maps(
      ConvergenceData data,
      Pooling pooling,
      AlignmentFamily family,
      Control control,
      int moment,
      int first,
      int second) {
    int rows = data.groups().get(first).layers().size();
    int columns = data.groups().get(second).layers().size();
    int fromFirst = data.first(first);
    int fromSecond = data.first(second);
    int seedsFirst = data.groups().get(first).seeds();
    int seedsSecond = data.groups().get(second).seeds();
    Map<List<Integer>, double[][]> maps = new LinkedHashMap<>();
    AlignmentTable table = data.maps();
    for (int i = 0; i < table.size(); i++) {
      Comparison of = table.comparisons().get(i);
      if (of.pooling() == pooling
          && of.control() == control
          && of.moment() == moment
          && of.first() >= fromFirst
          && of.first() < fromFirst + seedsFirst
          && of.second() >= fromSecond
          && of.second() < fromSecond + seedsSecond) {
        maps.computeIfAbsent(List.of(of.first(), of.second()), networks -> empty(rows, columns))[
                of.row()][of.column()] =
            table.value(family, i);
      }
    }
    return new ArrayList<>(maps.values());
  }

  /** Whether a group has maps of such units. */
  public static boolean has(ConvergenceData data, Pooling pooling, int group) {
    int from = data.first(group);
    int to = data.first(group + 1);
    return data.maps().comparisons().stream()
        .filter(of -> of.pooling() == pooling)
        .anyMatch(
            of -> of.first() >= from && of.first() < to || of.second() >= from && of.second() < to);
  }

  /** Numbers of the groups that were trained on labels and have maps, single networks too. */
  public static List<Integer> compared(ConvergenceData data, Pooling pooling) {
    return IntStream.range(0, data.groups().size())
        .filter(group -> data.groups().get(group).supervised())
        .filter(group -> has(data, pooling, group))
        .boxed()
        .toList();
  }

  private static double[][] empty(int rows, int columns) {
    double[][] map = new double[rows][columns];
    for (double[] row : map) {
      Arrays.fill(row, Double.NaN);
    }
    return map;
  }

  /**
   * The rank correlation of the depth of a layer with that of its best match in a network of
   * another architecture, in both directions; mean over maps, then over pairs of groups, then of
   * architectures. It searches over all layers, and so does its null: whatever the maxima are,
   * layers in a random order have a mean of 0.
   *
   * @param groups whose maps with each other count
   */
  public static double depthOfBestMatch(
      ConvergenceData data, Pooling pooling, AlignmentFamily family, List<Integer> groups) {
    return overPairs(
        data,
        groups,
        (i, j) ->
            mean(
                maps(data, pooling, family, Control.NONE, i, j),
                map -> (depths(map) + depths(transposed(map))) / 2));
  }

  /**
   * How much the greatest value of a row or column exceeds that of the same search among shuffled
   * stimuli; mean over both, over maps, then over pairs of groups, then of architectures.
   *
   * @param groups whose maps with each other count
   */
  static double aboveChance(
      ConvergenceData data, Pooling pooling, AlignmentFamily family, List<Integer> groups) {
    return overPairs(
        data,
        groups,
        (i, j) ->
            greatest(data, pooling, family, Control.NONE, i, j)
                - greatest(data, pooling, family, Control.SHUFFLED, i, j));
  }

  /**
   * The mean of the greatest values of all rows and that of all columns, the mean of both and over
   * maps: of layers as they are, or by chance, where stimuli were shuffled.
   */
  public static double greatest(
      ConvergenceData data,
      Pooling pooling,
      AlignmentFamily family,
      Control control,
      int first,
      int second) {
    return mean(
        maps(data, pooling, family, control, first, second),
        map -> (greatest(map) + greatest(transposed(map))) / 2);
  }

  private static double greatest(double[][] map) {
    return Arrays.stream(map).mapToDouble(row -> row[best(row)]).average().orElse(Double.NaN);
  }

  private static double mean(List<double[][]> maps, ToDoubleFunction<double[][]> value) {
    return maps.stream().mapToDouble(value).average().orElse(Double.NaN);
  }

  private static double overPairs(
      ConvergenceData data, List<Integer> groups, ToDoubleBiFunction<Integer, Integer> value) {
    List<List<Integer>> architectures = data.architectures(groups);
    return IntStream.range(0, architectures.size())
        .boxed()
        .flatMapToDouble(
            i ->
                IntStream.range(i + 1, architectures.size())
                    .mapToDouble(j -> mean(architectures.get(i), architectures.get(j), value)))
        .average()
        .orElse(Double.NaN);
  }

  private static double mean(
      List<Integer> some, List<Integer> others, ToDoubleBiFunction<Integer, Integer> value) {
    return some.stream()
        .flatMapToDouble(i -> others.stream().mapToDouble(j -> value.applyAsDouble(i, j)))
        .average()
        .orElse(Double.NaN);
  }

  /** 0 where all layers have the same best match: it tells nothing of depth. */
  static double depths(double[][] map) {
    double[] own = IntStream.range(0, map.length).mapToDouble(i -> i).toArray();
    double[] best = Arrays.stream(map).mapToDouble(LayerMaps::best).toArray();
    return map.length < 2 || Arrays.stream(best).distinct().count() < 2
        ? 0
        : Correlation.Method.SPEARMAN.coefficient(own, best);
  }

  private static int best(double[] row) {
    int best = 0;
    for (int j = 1; j < row.length; j++) {
      if (row[j] > row[best] || Double.isNaN(row[best])) {
        best = j;
      }
    }
    return best;
  }

  /** The map of the same networks the other way round. */
  public static double[][] transposed(double[][] map) {
    double[][] turned = new double[map.length == 0 ? 0 : map[0].length][map.length];
    for (int i = 0; i < map.length; i++) {
      for (int j = 0; j < map[i].length; j++) {
        turned[j][i] = map[i][j];
      }
    }
    return turned;
  }
}
