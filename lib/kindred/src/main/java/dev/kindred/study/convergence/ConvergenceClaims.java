package dev.kindred.study.convergence;

import static dev.kindred.study.convergence.AlignmentFamily.LINEAR;
import static dev.kindred.study.convergence.AlignmentFamily.MATCHING;
import static dev.kindred.study.convergence.AlignmentFamily.PROCRUSTES;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.network.Pooling;
import dev.kindred.network.training.Moment;
import dev.kindred.study.Claim;
import dev.kindred.study.Claims;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.Comparison.Control;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The claims of the paper and the rules that decide them, all fixed beforehand, for units of one
 * kind: pooled or at the centre. Errors come from leaving out seeds with all of their pairs; where
 * a claim speaks of the seventeen shifts, also from leaving these out; where it speaks of
 * architectures, from leaving out those. Two seeds give no error, so that nothing is decided.
 */
public final class ConvergenceClaims {
  /** Share from which on an alignment is nearly another. */
  private static final double NEARLY = 0.9;

  /** A loss of alignment up to which layers stay aligned. */
  private static final double SMALL = 0.05;

  private static final DecisionRule POSITIVE = new DecisionRule.Above(0);
  private static final int SHIFTS = 17;

  private final ConvergenceData data;
  private final Pooling pooling;
  private final Claims<Supplier<Estimate>> claims =
      new Claims<>(quantities -> quantities.stream().map(Supplier::get).toList());

  private ConvergenceClaims(ConvergenceData data, Pooling pooling) {
    this.data = data;
    this.pooling = pooling;
  }

  /** Decides every claim. */
  public static List<Claim> decide(ConvergenceData data, Pooling pooling) {
    ConvergenceClaims study = new ConvergenceClaims(data, pooling);
    study.families();
    study.depth();
    study.training();
    study.maps();
    study.shifts();
    return study.claims.decide();
  }

  private void families() {
    List<Supplier<Estimate>> order = new ArrayList<>();
    List<Supplier<Estimate>> privileged = new ArrayList<>();
    List<Supplier<Estimate>> nearly = new ArrayList<>();
    for (int group : supervised()) {
      for (int layer = 0; layer < layers(group); layer++) {
        int at = layer;
        order.add(
            overSeeds(
                group, kept -> end(LINEAR, group, at, kept) - end(PROCRUSTES, group, at, kept)));
        order.add(
            overSeeds(
                group, kept -> end(PROCRUSTES, group, at, kept) - end(MATCHING, group, at, kept)));
        privileged.add(
            overSeeds(
                group,
                kept ->
                    end(MATCHING, group, at, kept)
                        - depth(MATCHING, group, at, data.end(), Control.ROTATED, kept)));
      }
      nearly.add(
          overSeeds(
              group,
              kept -> overLayers(PROCRUSTES, group, kept) / overLayers(LINEAR, group, kept)));
    }
    claims
        .define(
            "Linear alignment exceeds Procrustes, and that permutation, at every depth", "Figure 1")
        .decide("difference of scores, of every layer", POSITIVE, order);
    claims
        .define("Procrustes aligns nearly as well as linear regression", "Figure 1")
        .decide(
            "Procrustes as a share of linear, mean of layers, of every architecture",
            new DecisionRule.Above(NEARLY),
            nearly);
    claims
        .define("Single units correspond: permutation is well above chance", "Figure 1")
        .decide(
            "permutation less the same after a random rotation, of every layer",
            POSITIVE,
            privileged);
  }

  private void depth() {
    claims
        .define("Alignment falls with depth", "Figure 1")
        .decide(
            "Procrustes of the first layer less that of the last, of every architecture",
            POSITIVE,
            supervised().stream().map(group -> overSeeds(group, falls(group))).toList());
    claims
        .define("It does so in self-supervised networks, too", "MoCo")
        .decide(
            "the same",
            POSITIVE,
            data.seeded().stream()
                .filter(group -> !data.groups().get(group).supervised())
                .map(group -> overSeeds(group, falls(group)))
                .toList());
    double common = data.commonAccuracy(supervised());
    claims
        .define("It does so among networks of the same accuracy, too", "not in the paper")
        .decide(
            "the same, at the moment when an architecture is as accurate as the worst one becomes",
            POSITIVE,
            supervised().stream()
                .map(
                    group ->
                        overSeeds(
                            group,
                            kept ->
                                data.atAccuracy(common, group, 0, pooling, kept)
                                    - data.atAccuracy(common, group, last(group), pooling, kept)))
                .toList());
  }

  private ToDoubleFunction<boolean[]> falls(int group) {
    return kept -> end(PROCRUSTES, group, 0, kept) - end(PROCRUSTES, group, last(group), kept);
  }

  private void training() {
    Moment afterOne = Moment.afterEpoch(1);
    boolean isKept = data.moments().contains(afterOne) && data.moment(afterOne) < data.end();
    List<Supplier<Estimate>> share = new ArrayList<>();
    List<Supplier<Estimate>> gain = new ArrayList<>();
    List<Supplier<Estimate>> before = new ArrayList<>();
    for (int group : isKept ? supervised() : List.<Integer>of()) {
      int one = data.moment(afterOne);
      share.add(overSeeds(group, kept -> shareOfAlignment(group, one, kept)));
      gain.add(
          overSeeds(
              group,
              kept -> shareOfAlignment(group, one, kept) - shareOfAlignment(group, 0, kept)));
      before.add(
          overSeeds(
              group,
              kept -> shareOfAlignment(group, one, kept) - shareOfAccuracy(group, one, kept)));
    }
    claims
        .define("Nearly all alignment is there after the first epoch", "Figure 3")
        .decide(
            "Procrustes after an epoch as a share of that at the end, mean of layers, of every"
                + " architecture",
            new DecisionRule.Above(NEARLY),
            share);
    claims
        .define("It is the first epoch that makes it", "Figure 3")
        .decide("the same share, less that before training", POSITIVE, gain);
    claims
        .define("It is there long before accuracy is", "Figure 3")
        .decide("the same share, less that of accuracy", POSITIVE, before);
  }

  private double shareOfAlignment(int group, int moment, boolean[] kept) {
    double now = 0;
    double end = 0;
    for (int layer = 0; layer < layers(group); layer++) {
      now += training(group, layer, moment, kept);
      end += training(group, layer, data.end(), kept);
    }
    return now / end;
  }

  private double training(int group, int layer, int moment, boolean[] kept) {
    return data.align(
        data.training(), PROCRUSTES, group, layer, moment, 0, pooling, Control.NONE, 0, kept);
  }

  private double shareOfAccuracy(int group, int moment, boolean[] kept) {
    double now = 0;
    double end = 0;
    for (int seed = 0; seed < kept.length; seed++) {
      if (kept[seed]) {
        double[] accuracy = data.behaviour().overTraining()[data.first(group) + seed];
        now += accuracy[moment];
        end += accuracy[data.end()];
      }
    }
    return now / end;
  }

  private void maps() {
    List<Integer> groups =
        IntStream.range(0, data.groups().size())
            .filter(group -> data.groups().get(group).supervised())
            .filter(group -> LayerMaps.has(data, pooling, group))
            .boxed()
            .toList();
    claims
        .define("Across architectures, layers match best at the same depth", "Figure 2")
        .decide(
            "rank correlation of a layer's depth with that of its best match, mean of maps",
            POSITIVE,
            overGroups(
                groups,
                Estimate.Scale.CORRELATION,
                kept -> LayerMaps.depthOfBestMatch(data, pooling, PROCRUSTES, kept)));
    claims
        .define("Best matches are better than the search for them finds by chance", "Figure 2")
        .decide(
            "greatest value of a row or column, less that with shuffled stimuli, mean of maps",
            POSITIVE,
            overGroups(
                groups,
                Estimate.Scale.PLAIN,
                kept -> LayerMaps.aboveChance(data, pooling, PROCRUSTES, kept)));
  }

  /** Leaves out architectures, with all of their maps. */
  private List<Supplier<Estimate>> overGroups(
      List<Integer> groups, Estimate.Scale scale, ToDoubleFunction<List<Integer>> statistic) {
    return groups.size() < 2
        ? List.of()
        : List.of(
            () ->
                Jackknife.of(
                    groups.size(), scale, kept -> statistic.applyAsDouble(chosen(groups, kept))));
  }

  private static List<Integer> chosen(List<Integer> all, boolean[] kept) {
    return IntStream.range(0, all.size()).filter(i -> kept[i]).mapToObj(all::get).toList();
  }

  private void shifts() {
    List<Supplier<Estimate>> early = new ArrayList<>();
    List<Supplier<Estimate>> diverge = new ArrayList<>();
    for (int group : supervised()) {
      early.add(overShifts(group, this::firstLoss));
      diverge.add(
          overShifts(
              group,
              (of, kept, sets) -> loss(of, last(of), kept, sets) - firstLoss(of, kept, sets)));
    }
    claims
        .define("Early layers stay aligned out of distribution", "Figure 4")
        .decide(
            "Procrustes of the first layer, how much the shifts take of it, mean of architectures",
            new DecisionRule.Below(SMALL),
            early.isEmpty() ? List.of() : List.of(() -> averaged(this::firstLoss)));
    claims
        .define("Deep layers diverge out of distribution", "Figure 4")
        .decide(
            "what the shifts take of the last layer, less what of the first, of every architecture",
            POSITIVE,
            diverge);
    claims
        .define("They do so in proportion to the shift", "abstract")
        .decide(
            "correlation over shifts of the last layer's loss with the loss of accuracy, mean of"
                + " architectures",
            POSITIVE,
            correlated(
                (group, kept, sets) ->
                    correlation(
                        sets,
                        set -> shiftLoss(group, last(group), set, kept),
                        set -> accuracy(group, 0, kept) - accuracy(group, set, kept))));
    claims
        .define("Also in proportion to how far it moves the images", "abstract")
        .decide(
            "the same with the distance of pixels",
            POSITIVE,
            correlated(
                (group, kept, sets) ->
                    correlation(
                        sets,
                        set -> shiftLoss(group, last(group), set, kept),
                        set -> data.behaviour().distances()[set])));
    claims
        .define(
            "The correlation of alignment with accuracy out of distribution grows with depth",
            "Figure 5")
        .decide(
            "correlation over shifts, of the last layer less that of the first, mean of"
                + " architectures",
            POSITIVE,
            supervised().isEmpty()
                ? List.of()
                : List.of(
                    () ->
                        averaged(
                            (group, kept, sets) ->
                                withAccuracy(group, last(group), kept, sets)
                                    - withAccuracy(group, 0, kept, sets))));
    claims
        .define("Networks that err alike align alike", "not in the paper")
        .decide(
            "correlation over shifts of the last layer's Procrustes with error consistency, mean of"
                + " architectures",
            POSITIVE,
            correlated(
                (group, kept, sets) ->
                    correlation(
                        sets,
                        set -> shifted(group, last(group), set, kept),
                        set -> errorConsistency(group, set, kept))));
  }

  private double withAccuracy(int group, int layer, boolean[] kept, boolean[] sets) {
    return correlation(
        sets, set -> shifted(group, layer, set, kept), set -> accuracy(group, set, kept));
  }

  private double firstLoss(int group, boolean[] kept, boolean[] sets) {
    return loss(group, 0, kept, sets);
  }

  /** Mean over shifts. */
  private double loss(int group, int layer, boolean[] kept, boolean[] sets) {
    return IntStream.range(0, sets.length)
        .filter(i -> sets[i])
        .mapToDouble(i -> shiftLoss(group, layer, i + 1, kept))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private double shiftLoss(int group, int layer, int set, boolean[] kept) {
    return shifted(group, layer, 0, kept) - shifted(group, layer, set, kept);
  }

  private double shifted(int group, int layer, int set, boolean[] kept) {
    return data.align(
        data.shifted(), PROCRUSTES, group, layer, data.end(), set, pooling, Control.NONE, 0, kept);
  }

  private double accuracy(int group, int set, boolean[] kept) {
    return data.accuracy(data.behaviour().accuracy(), group, set, kept);
  }

  private double errorConsistency(int group, int set, boolean[] kept) {
    int first = data.first(group);
    double[][] kappa = data.behaviour().errorConsistency()[set];
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < kept.length; a++) {
      for (int b = a + 1; b < kept.length; b++) {
        if (kept[a] && kept[b]) {
          sum += kappa[first + a][first + b];
          pairs++;
        }
      }
    }
    return sum / pairs;
  }

  /** Over the shifts that are kept and on which both are known; NaN where either does not vary. */
  private static double correlation(
      boolean[] sets, ToDoubleFunction<Integer> x, ToDoubleFunction<Integer> y) {
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < sets.length; i++) {
      if (sets[i]) {
        double[] point = {x.applyAsDouble(i + 1), y.applyAsDouble(i + 1)};
        if (Double.isFinite(point[0]) && Double.isFinite(point[1])) {
          points.add(point);
        }
      }
    }
    double[][] lists =
        IntStream.range(0, 2)
            .mapToObj(side -> points.stream().mapToDouble(point -> point[side]).toArray())
            .toArray(double[][]::new);
    boolean varies =
        Arrays.stream(lists).allMatch(list -> Arrays.stream(list).distinct().count() > 1);
    return points.size() < 3 || !varies
        ? Double.NaN
        : Correlation.Method.PEARSON.coefficient(lists[0], lists[1]);
  }

  /** A statistic of a group, of the seeds and of the shifts that are kept. */
  @FunctionalInterface
  private interface OfShifts {
    double of(int group, boolean[] seeds, boolean[] sets);
  }

  private Supplier<Estimate> overShifts(int group, OfShifts statistic) {
    return () -> {
      boolean[] seeds = all(data.groups().get(group).seeds());
      boolean[] sets = all(SHIFTS);
      return Jackknife.together(
          List.of(
              Jackknife.of(SHIFTS, Estimate.Scale.PLAIN, kept -> statistic.of(group, seeds, kept)),
              Jackknife.of(
                  seeds.length, Estimate.Scale.PLAIN, kept -> statistic.of(group, kept, sets))));
    };
  }

  private List<Supplier<Estimate>> correlated(OfShifts statistic) {
    return supervised().isEmpty()
        ? List.of()
        : List.of(() -> averaged(statistic, Estimate.Scale.CORRELATION));
  }

  private Estimate averaged(OfShifts statistic) {
    return averaged(statistic, Estimate.Scale.PLAIN);
  }

  /** The mean of groups: all see the same shifts, each has seeds of its own. */
  private Estimate averaged(OfShifts statistic, Estimate.Scale scale) {
    List<Integer> groups = supervised();
    boolean[] sets = all(SHIFTS);
    List<Estimate> errors = new ArrayList<>();
    errors.add(
        Jackknife.of(SHIFTS, scale, kept -> mean(groups, g -> statistic.of(g, seeds(g), kept))));
    double[] values = groups.stream().mapToDouble(g -> statistic.of(g, seeds(g), sets)).toArray();
    double sum = Arrays.stream(values).sum();
    for (int i = 0; i < values.length; i++) {
      int group = groups.get(i);
      double others = sum - values[i];
      errors.add(
          Jackknife.of(
              seeds(group).length,
              scale,
              kept -> (others + statistic.of(group, kept, sets)) / values.length));
    }
    return Jackknife.together(errors);
  }

  private static double mean(List<Integer> groups, ToDoubleFunction<Integer> statistic) {
    return groups.stream().mapToDouble(statistic).average().orElse(Double.NaN);
  }

  private boolean[] seeds(int group) {
    return all(data.groups().get(group).seeds());
  }

  private static boolean[] all(int count) {
    boolean[] all = new boolean[count];
    Arrays.fill(all, true);
    return all;
  }

  private Supplier<Estimate> overSeeds(int group, ToDoubleFunction<boolean[]> statistic) {
    return () -> Jackknife.of(data.groups().get(group).seeds(), Estimate.Scale.PLAIN, statistic);
  }

  /** Single networks tell nothing of seeds. */
  private List<Integer> supervised() {
    return data.seeded().stream().filter(group -> data.groups().get(group).supervised()).toList();
  }

  private int layers(int group) {
    return data.groups().get(group).layers().size();
  }

  private int last(int group) {
    return layers(group) - 1;
  }

  private double overLayers(AlignmentFamily family, int group, boolean[] kept) {
    return IntStream.range(0, layers(group))
        .mapToDouble(layer -> end(family, group, layer, kept))
        .average()
        .orElse(Double.NaN);
  }

  /** At the end of training, on the usual stimuli. */
  private double end(AlignmentFamily family, int group, int layer, boolean[] kept) {
    return depth(family, group, layer, data.end(), Control.NONE, kept);
  }

  private double depth(
      AlignmentFamily family, int group, int layer, int moment, Control control, boolean[] kept) {
    return data.align(data.depth(), family, group, layer, moment, 0, pooling, control, 0, kept);
  }
}
