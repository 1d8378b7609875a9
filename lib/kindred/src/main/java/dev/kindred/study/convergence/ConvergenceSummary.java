package dev.kindred.study.convergence;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.network.Pooling;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.Arrays;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What was measured, as tables. */
public final class ConvergenceSummary {
  private ConvergenceSummary() {}

  /**
   * Of each layer: the three families between trained and untrained networks, both controls, what
   * the shifts leave, and how far the values on shifts can be trusted: the correlation over shifts
   * of values on two halves of the stimuli, raised to all of them (Spearman and Brown), which no
   * correlation of theirs with anything can exceed by more than chance. Halves are of pooled units
   * only.
   */
  public static Table layers(ConvergenceData data, Pooling pooling) {
    StringColumn group = StringColumn.create("group");
    StringColumn layer = StringColumn.create("layer");
    DoubleColumn[] trained = columns("");
    DoubleColumn[] untrained = columns(", untrained");
    DoubleColumn rotated = DoubleColumn.create("soft matching, rotated");
    DoubleColumn shuffled = DoubleColumn.create("Procrustes, shuffled");
    DoubleColumn shifted = DoubleColumn.create("Procrustes, mean of shifts");
    DoubleColumn ceiling = DoubleColumn.create("noise ceiling over shifts");
    for (int g = 0; g < data.groups().size(); g++) {
      for (int at = 0; at < data.groups().get(g).layers().size(); at++) {
        group.append(data.groups().get(g).name());
        layer.append(data.groups().get(g).layers().get(at));
        for (AlignmentFamily family : AlignmentFamily.values()) {
          trained[family.ordinal()].append(
              depth(data, pooling, family, g, at, data.end(), Control.NONE));
          untrained[family.ordinal()].append(depth(data, pooling, family, g, at, 0, Control.NONE));
        }
        rotated.append(
            depth(data, pooling, AlignmentFamily.MATCHING, g, at, data.end(), Control.ROTATED));
        shuffled.append(
            depth(data, pooling, AlignmentFamily.PROCRUSTES, g, at, data.end(), Control.SHUFFLED));
        shifted.append(
            Arrays.stream(overShifts(data, pooling, g, at, 0))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN));
        ceiling.append(ceiling(data, pooling, g, at));
      }
    }
    Table table = Table.create("Layers", group, layer);
    table.addColumns(trained);
    table.addColumns(untrained);
    return table.addColumns(rotated, shuffled, shifted, ceiling);
  }

  private static DoubleColumn[] columns(String suffix) {
    return Arrays.stream(AlignmentFamily.values())
        .map(family -> DoubleColumn.create(family + suffix))
        .toArray(DoubleColumn[]::new);
  }

  private static double depth(
      ConvergenceData data,
      Pooling pooling,
      AlignmentFamily family,
      int group,
      int layer,
      int moment,
      Control control) {
    return data.ofLayer(data.depth(), family, group, layer, moment, 0, pooling, control)[0];
  }

  /** Procrustes alignment on every shift, of all stimuli or of a half. */
  private static double[] overShifts(
      ConvergenceData data, Pooling pooling, int group, int layer, int part) {
    boolean[] seeds = new boolean[data.groups().get(group).seeds()];
    Arrays.fill(seeds, true);
    return IntStream.range(1, data.sets().size())
        .mapToDouble(
            set ->
                data.align(
                    data.shifted(),
                    AlignmentFamily.PROCRUSTES,
                    group,
                    layer,
                    data.end(),
                    set,
                    pooling,
                    Control.NONE,
                    part,
                    seeds))
        .toArray();
  }

  private static double ceiling(ConvergenceData data, Pooling pooling, int group, int layer) {
    double[] one = overShifts(data, pooling, group, layer, 1);
    double[] other = overShifts(data, pooling, group, layer, 2);
    int[] known =
        IntStream.range(0, one.length)
            .filter(i -> Double.isFinite(one[i]) && Double.isFinite(other[i]))
            .toArray();
    if (known.length < 3) {
      return Double.NaN;
    }
    double r =
        Correlation.Method.PEARSON.coefficient(
            Arrays.stream(known).mapToDouble(i -> one[i]).toArray(),
            Arrays.stream(known).mapToDouble(i -> other[i]).toArray());
    return 2 * r / (1 + r);
  }

  /**
   * Of each set of stimuli, means over groups: how far it is from the usual one, what networks make
   * of it, and what it takes of the alignment of the first and the last layer.
   */
  public static Table sets(ConvergenceData data, Pooling pooling) {
    StringColumn name = StringColumn.create("set");
    DoubleColumn distance = DoubleColumn.create("distance of images");
    DoubleColumn accuracy = DoubleColumn.create("accuracy");
    DoubleColumn errors = DoubleColumn.create("error consistency");
    DoubleColumn first = DoubleColumn.create("Procrustes, first layer");
    DoubleColumn last = DoubleColumn.create("Procrustes, last layer");
    int groups = data.groups().size();
    for (int set = 0; set < data.sets().size(); set++) {
      int number = set;
      name.append(data.sets().get(set));
      distance.append(data.behaviour().distances()[set]);
      accuracy.append(mean(groups, g -> data.accuracy(g, number)));
      errors.append(mean(groups, g -> errorConsistency(data, g, number)));
      first.append(mean(groups, g -> shifted(data, pooling, g, 0, number)));
      last.append(
          mean(
              groups,
              g -> shifted(data, pooling, g, data.groups().get(g).layers().size() - 1, number)));
    }
    return Table.create("Sets", name, distance, accuracy, errors, first, last);
  }

  private static double shifted(
      ConvergenceData data, Pooling pooling, int group, int layer, int set) {
    return data.ofLayer(
            data.shifted(),
            AlignmentFamily.PROCRUSTES,
            group,
            layer,
            data.end(),
            set,
            pooling,
            Control.NONE)[0];
  }

  private static double errorConsistency(ConvergenceData data, int group, int set) {
    int from = data.first(group);
    int to = from + data.groups().get(group).seeds();
    double[][] kappa = data.behaviour().errorConsistency()[set];
    return IntStream.range(from, to)
        .boxed()
        .flatMapToDouble(a -> IntStream.range(a + 1, to).mapToDouble(b -> kappa[a][b]))
        .average()
        .orElse(Double.NaN);
  }

  /** Of the groups that have a value. */
  private static double mean(int groups, java.util.function.IntToDoubleFunction value) {
    return IntStream.range(0, groups)
        .mapToDouble(value)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }
}
