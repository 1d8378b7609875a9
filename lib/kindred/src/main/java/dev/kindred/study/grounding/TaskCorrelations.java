package dev.kindred.study.grounding;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Correlation.Method;
import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.measure.statistics.WeightedRanks;
import dev.kindred.study.grounding.Stratum.Pairs;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Rank correlations of all measures' distances with differences of accuracy, on one task. */
final class TaskCorrelations {
  /** Fewer pairs that differ, of fewer networks, have no order to speak of. */
  private static final int FEWEST = 3;

  /** Share of pairs on which a measure has to be defined. */
  private static final double DEFINED = 0.5;

  private TaskCorrelations() {}

  /**
   * Rank correlations, means over the depths.
   *
   * @param rho Spearman's, of each measure's distances with the differences of accuracy
   * @param tau Kendall's τ-b of the same
   * @param amongMeasures Spearman's of each two measures' distances; NaN of measures that are not
   *     defined on all pairs
   */
  record Drawn(double[] rho, double[] tau, double[][] amongMeasures) {}

  /**
   * One measure as the text's authors tell of it: means over the depths.
   *
   * @param numbers ρ, its one-sided p, τ, its one-sided p
   * @param pairs number of pairs on which the measure is defined, all depths together
   */
  record Published(double[] numbers, int pairs) {}

  /**
   * ρ and τ of all measures, with networks as often as they were drawn.
   *
   * @param counts how often each network is there; all ones for the data themselves
   */
  static Drawn drawn(GroundedTask task, int measures, double[] counts) {
    Drawn sums =
        new Drawn(new double[measures], new double[measures], new double[measures][measures]);
    for (Stratum stratum : task.strata()) {
      int reference = stratum.reference(counts);
      if (reference < 0) {
        Arrays.fill(sums.rho, Double.NaN);
        Arrays.fill(sums.tau, Double.NaN);
        Arrays.stream(sums.amongMeasures).forEach(row -> Arrays.fill(row, Double.NaN));
        break;
      }
      Pairs pairs = stratum.pairs(reference);
      add(pairs, pairs.weights(counts), 1.0 / task.strata().size(), sums);
    }
    return sums;
  }

  private static void add(Pairs pairs, double[] weights, double share, Drawn sums) {
    int[] drawn = IntStream.range(0, weights.length).filter(i -> weights[i] > 0).toArray();
    // What has no weight adds nothing to any inner product.
    double[] gaps = select(pairs.gapRanks().unit(weights), drawn);
    double[][] units = new double[sums.rho.length][];
    for (int m = 0; m < units.length; m++) {
      boolean isComplete = pairs.ranks(m) != null && drawn.length >= FEWEST;
      units[m] = isComplete ? select(pairs.ranks(m).unit(weights), drawn) : null;
      if (isComplete) {
        sums.rho[m] += share * inner(units[m], gaps);
        sums.tau[m] += share * pairs.gapOrder().tauB(pairs.order(m), weights);
      } else {
        double[] distances = pairs.distances(m);
        sums.rho[m] += share * partly(Method.SPEARMAN, distances, pairs.gaps(), weights, drawn);
        sums.tau[m] += share * partly(Method.KENDALL, distances, pairs.gaps(), weights, drawn);
      }
      for (int other = 0; other <= m; other++) {
        double here =
            isComplete && units[other] != null ? inner(units[m], units[other]) : Double.NaN;
        sums.amongMeasures[m][other] += share * here;
        sums.amongMeasures[other][m] = sums.amongMeasures[m][other];
      }
    }
  }

  private static double inner(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return Math.max(-1, Math.min(1, sum));
  }

  /** Of a measure that is not defined on all pairs. */
  private static double partly(
      Method method, double[] distances, double[] gaps, double[] weights, int[] drawn) {
    int[] defined = Arrays.stream(drawn).filter(i -> Double.isFinite(distances[i])).toArray();
    return isEnough(defined.length, drawn.length)
        ? method
            .weighted(select(weights, defined), select(distances, defined), select(gaps, defined))[
            0][1]
        : Double.NaN;
  }

  private static boolean isEnough(int defined, int all) {
    return defined >= FEWEST && defined >= DEFINED * all;
  }

  private static double[] select(double[] values, int[] places) {
    double[] selected = new double[places.length];
    for (int i = 0; i < selected.length; i++) {
      selected[i] = values[places[i]];
    }
    return selected;
  }

  /** As the text's authors compute it. */
  static Published published(GroundedTask task, int measure) {
    double[] means = new double[4];
    int count = 0;
    for (Stratum stratum : task.strata()) {
      Pairs pairs = stratum.pairs(stratum.reference());
      int[] defined = finite(pairs.distances(measure));
      double[] here = {Double.NaN, Double.NaN, Double.NaN, Double.NaN};
      if (isEnough(defined.length, pairs.count())) {
        here =
            PublishedGrounding.correlations(
                select(pairs.distances(measure), defined), select(pairs.gaps(), defined));
        count += defined.length;
      }
      for (int i = 0; i < means.length; i++) {
        means[i] += here[i] / task.strata().size();
      }
    }
    return new Published(means, count);
  }

  private static int[] finite(double[] distances) {
    return IntStream.range(0, distances.length)
        .filter(i -> Double.isFinite(distances[i]))
        .toArray();
  }

  /**
   * ρ where networks' accuracies change places. The references stay, as it is by their accuracies
   * alone that they are the references; a network moves with the accuracies of all its depths, so
   * that what its depth tells of them is told here as well.
   *
   * @return for each measure, null where it has no ρ
   */
  static List<PermutationTest> permuted(
      GroundedTask task, int measures, int permutations, Seeds seeds) {
    SplittableRandom random = seeds.stream("networks permuted");
    List<Pairs> depths =
        task.strata().stream().map(stratum -> stratum.pairs(stratum.reference())).toList();
    double[][] values = new double[measures][permutations];
    double[] observed = new double[measures];
    List<Ranked> ranked = new ArrayList<>();
    for (int m = 0; m < measures; m++) {
      ranked.add(Ranked.of(depths, m));
    }
    double[][] gaps = depths.stream().map(Pairs::gaps).toArray(double[][]::new);
    double[][] unmoved = units(gaps);
    for (int m = 0; m < measures; m++) {
      observed[m] = ranked.get(m).correlation(gaps, unmoved);
    }
    for (int t = 0; t < permutations; t++) {
      int[] order = task.shuffled(random);
      double[][] moved = depths.stream().map(pairs -> pairs.gaps(order)).toArray(double[][]::new);
      double[][] units = units(moved);
      for (int m = 0; m < measures; m++) {
        values[m][t] = ranked.get(m).correlation(moved, units);
      }
    }
    List<PermutationTest> tests = new ArrayList<>();
    for (int m = 0; m < measures; m++) {
      tests.add(
          Double.isNaN(observed[m])
              ? null
              : new PermutationTest(observed[m], values[m], /* exact= */ false));
    }
    return tests;
  }

  /** Ranks of one measure's distances at each depth, which no permutation changes. */
  private record Ranked(int[][] defined, double[][] units) {
    static Ranked of(List<Pairs> depths, int measure) {
      int[][] defined = new int[depths.size()][];
      double[][] units = new double[depths.size()][];
      for (int s = 0; s < defined.length; s++) {
        double[] distances = depths.get(s).distances(measure);
        defined[s] = finite(distances);
        units[s] =
            isEnough(defined[s].length, distances.length)
                ? unit(select(distances, defined[s]))
                : new double[0];
      }
      return new Ranked(defined, units);
    }

    /**
     * @param gaps of all pairs at each depth
     * @param unitsOfGaps their ranks, sorted once for all measures that are defined on all pairs
     */
    double correlation(double[][] gaps, double[][] unitsOfGaps) {
      double mean = 0;
      for (int s = 0; s < units.length; s++) {
        if (units[s].length == 0) {
          return Double.NaN;
        }
        boolean isComplete = defined[s].length == gaps[s].length;
        double[] of = isComplete ? unitsOfGaps[s] : unit(select(gaps[s], defined[s]));
        mean += inner(units[s], of) / units.length;
      }
      return mean;
    }
  }

  private static double[][] units(double[][] lists) {
    return Arrays.stream(lists).map(TaskCorrelations::unit).toArray(double[][]::new);
  }

  /** Ranks of length 1; NaN where all values are equal. */
  private static double[] unit(double[] values) {
    double[] once = new double[values.length];
    Arrays.fill(once, 1);
    return WeightedRanks.of(values).unit(once);
  }
}
