package dev.kindred.study.convergence;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** What was measured, as tables. */
public final class ConvergenceSummary {
  /** What alignment is compared with. */
  private static final List<Score> CONTROLS =
      List.of(
          new Score("soft matching, rotated", AlignmentFamily.MATCHING, Control.ROTATED),
          new Score(
              "soft matching, rotated about the mean",
              AlignmentFamily.MATCHING,
              Control.ROTATED_ABOUT_MEAN),
          new Score("Procrustes, shuffled", AlignmentFamily.PROCRUSTES, Control.SHUFFLED));

  /** A column of scores of layers. */
  private record Score(String name, AlignmentFamily family, Control control) {}

  private ConvergenceSummary() {}

  /**
   * Of each layer: the three families between trained and untrained networks, the controls, what
   * the shifts leave, and how far the values on shifts can be trusted: the correlation over shifts
   * of values on two halves of the stimuli, raised to all of them (Spearman and Brown). No
   * correlation of theirs with anything can exceed its square root by more than chance.
   */
  public static Table layers(ConvergenceData data, Pooling pooling) {
    StringColumn group = StringColumn.create("group");
    StringColumn layer = StringColumn.create("layer");
    List<Score> families = families("");
    List<Score> before = families(", untrained");
    DoubleColumn[] trained = columns(families);
    DoubleColumn[] untrained = columns(before);
    DoubleColumn[] controls = columns(CONTROLS);
    DoubleColumn shifted = DoubleColumn.create("Procrustes, mean of shifts");
    DoubleColumn ceiling = DoubleColumn.create("noise ceiling over shifts");
    for (int g : data.seeded()) {
      for (int at = 0; at < data.groups().get(g).layers().size(); at++) {
        group.append(data.groups().get(g).name());
        layer.append(data.groups().get(g).layers().get(at));
        int of = g;
        int layerAt = at;
        append(trained, families, score -> depth(data, pooling, score, of, layerAt, data.end()));
        append(untrained, before, score -> depth(data, pooling, score, of, layerAt, 0));
        append(controls, CONTROLS, score -> depth(data, pooling, score, of, layerAt, data.end()));
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
    table.addColumns(controls);
    return table.addColumns(shifted, ceiling);
  }

  /** The three families without control. */
  private static List<Score> families(String suffix) {
    return Arrays.stream(AlignmentFamily.values())
        .map(family -> new Score(family + suffix, family, Control.NONE))
        .toList();
  }

  private static DoubleColumn[] columns(List<Score> scores) {
    return scores.stream()
        .map(score -> DoubleColumn.create(score.name()))
        .toArray(DoubleColumn[]::new);
  }

  private static void append(
      DoubleColumn[] columns, List<Score> scores, ToDoubleFunction<Score> value) {
    for (int i = 0; i < columns.length; i++) {
      columns[i].append(value.applyAsDouble(scores.get(i)));
    }
  }

  private static double depth(
      ConvergenceData data, Pooling pooling, Score score, int group, int layer, int moment) {
    return data.ofLayer(
            data.depth(), score.family(), group, layer, moment, 0, pooling, score.control())[0];
  }

  /** Procrustes alignment on every shift, of all stimuli or of a half. */
  private static double[] overShifts(
      ConvergenceData data, Pooling pooling, int group, int layer, int part) {
    boolean[] seeds = data.allSeeds(group);
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
   * Of each set of stimuli, means over the groups that were trained on labels: how far it is from
   * the usual one, what networks make of it, and what it takes of the alignment of the first and
   * the last layer.
   */
  public static Table sets(ConvergenceData data, Pooling pooling) {
    StringColumn name = StringColumn.create("set");
    DoubleColumn distance = DoubleColumn.create("distance of images");
    DoubleColumn accuracy = DoubleColumn.create("accuracy");
    DoubleColumn errors = DoubleColumn.create("error consistency");
    DoubleColumn first = DoubleColumn.create("Procrustes, first layer");
    DoubleColumn last = DoubleColumn.create("Procrustes, last layer");
    List<Integer> groups = data.supervised();
    for (int set = 0; set < data.sets().size(); set++) {
      int number = set;
      name.append(data.sets().get(set));
      distance.append(data.behaviour().distances()[set]);
      accuracy.append(mean(groups, g -> data.accuracy(g, number)));
      errors.append(mean(groups, g -> data.errorConsistency(g, number, data.allSeeds(g))));
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

  /** Of the groups that have a value. */
  private static double mean(List<Integer> groups, java.util.function.IntToDoubleFunction value) {
    return groups.stream()
        .mapToDouble(value::applyAsDouble)
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Of every two groups that were compared, themselves included: the mean over layers of the best
   * match in the other, and the same with shuffled stimuli, which is what searching over layers
   * finds by chance.
   */
  public static Table bestMatches(ConvergenceData data, Pooling pooling) {
    StringColumn rows = StringColumn.create("rows");
    StringColumn columns = StringColumn.create("columns");
    DoubleColumn best = DoubleColumn.create("Procrustes, best match");
    DoubleColumn chance = DoubleColumn.create("Procrustes, best match by chance");
    for (int i = 0; i < data.groups().size(); i++) {
      for (int j = i; j < data.groups().size(); j++) {
        double found = greatest(data, pooling, Control.NONE, i, j);
        if (Double.isFinite(found)) {
          rows.append(data.groups().get(i).name());
          columns.append(data.groups().get(j).name());
          best.append(found);
          chance.append(greatest(data, pooling, Control.SHUFFLED, i, j));
        }
      }
    }
    return Table.create("Best matches", rows, columns, best, chance);
  }

  private static double greatest(
      ConvergenceData data, Pooling pooling, Control control, int first, int second) {
    return LayerMaps.greatest(data, pooling, AlignmentFamily.PROCRUSTES, control, first, second);
  }

  /**
   * Of each group that was trained on labels, what it has of its final accuracy and of its final
   * Procrustes alignment, mean of layers, before training and after the first epoch.
   *
   * @return no rows where no network was kept at these moments
   */
  public static Table firstEpoch(ConvergenceData data, Pooling pooling) {
    StringColumn group = StringColumn.create("group");
    DoubleColumn untrained = DoubleColumn.create("alignment before training, of the final");
    DoubleColumn after = DoubleColumn.create("after the first epoch");
    DoubleColumn accuracy = DoubleColumn.create("accuracy then, of the final");
    int one = data.moments().indexOf(Moment.afterEpoch(1));
    for (int g : one < 0 ? List.<Integer>of() : data.supervised()) {
      double end = overLayers(data, pooling, g, data.end());
      group.append(data.groups().get(g).name());
      untrained.append(overLayers(data, pooling, g, 0) / end);
      after.append(overLayers(data, pooling, g, one) / end);
      accuracy.append(data.accuracyAt(g, one) / data.accuracyAt(g, data.end()));
    }
    return Table.create("First epoch", group, untrained, after, accuracy);
  }

  private static double overLayers(ConvergenceData data, Pooling pooling, int group, int moment) {
    return IntStream.range(0, data.groups().get(group).layers().size())
        .mapToDouble(layer -> data.training(group, layer, moment, pooling))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Of each layer of the groups that were trained on labels, Procrustes alignment at the time when
   * its group was as accurate as the worst of them becomes, beside that at the end: whether groups
   * differ because of what they are, or because of how well they have learnt.
   */
  public static Table sameAccuracy(ConvergenceData data, Pooling pooling) {
    List<Integer> groups = data.supervised();
    double common = data.commonAccuracy(groups);
    Score procrustes = new Score("Procrustes", AlignmentFamily.PROCRUSTES, Control.NONE);
    StringColumn group = StringColumn.create("group");
    StringColumn layer = StringColumn.create("layer");
    DoubleColumn accuracy = DoubleColumn.create("same accuracy");
    DoubleColumn then = DoubleColumn.create("Procrustes then");
    DoubleColumn end = DoubleColumn.create("Procrustes at the end");
    for (int g : groups) {
      boolean[] seeds = data.allSeeds(g);
      for (int at = 0; at < data.groups().get(g).layers().size(); at++) {
        group.append(data.groups().get(g).name());
        layer.append(data.groups().get(g).layers().get(at));
        accuracy.append(common);
        then.append(data.atAccuracy(common, g, at, pooling, seeds));
        end.append(depth(data, pooling, procrustes, g, at, data.end()));
      }
    }
    return Table.create("Same accuracy", group, layer, accuracy, then, end);
  }

  /**
   * Of single networks, which differ in more than their seeds: the three families between every
   * two, the controls, and the mean of the shifts.
   */
  public static Table singleNetworks(ConvergenceData data, Pooling pooling) {
    StringColumn networks = StringColumn.create("networks");
    StringColumn layer = StringColumn.create("layer");
    List<Score> scores = new ArrayList<>(families(""));
    scores.addAll(CONTROLS);
    DoubleColumn[] aligned = columns(scores);
    DoubleColumn shifted = DoubleColumn.create("Procrustes, mean of shifts");
    Score onShifts = new Score(shifted.name(), AlignmentFamily.PROCRUSTES, Control.NONE);
    for (int[] pair : data.singlePairs()) {
      List<String> layers = data.groups().get(pair[0]).layers();
      for (int at = 0; at < layers.size(); at++) {
        int layerAt = at;
        networks.append(
            data.groups().get(pair[0]).name() + " and " + data.groups().get(pair[1]).name());
        layer.append(layers.get(at));
        append(
            aligned, scores, score -> single(data, data.depth(), pooling, score, pair, layerAt, 0));
        shifted.append(
            IntStream.range(1, data.sets().size())
                .mapToDouble(
                    set -> single(data, data.shifted(), pooling, onShifts, pair, layerAt, set))
                .filter(Double::isFinite)
                .average()
                .orElse(Double.NaN));
      }
    }
    Table table = Table.create("Single networks", networks, layer);
    table.addColumns(aligned);
    return table.addColumns(shifted);
  }

  private static double single(
      ConvergenceData data,
      AlignmentTable table,
      Pooling pooling,
      Score score,
      int[] pair,
      int layer,
      int set) {
    return data.ofSinglePair(table, score.family(), pair, layer, set, pooling, score.control())[0];
  }
}
