package dev.kindred.study.grounding;

import dev.kindred.base.Parallel;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.study.Estimate;
import dev.kindred.study.grounding.GroundedTask.Networks;
import dev.kindred.study.grounding.GroundingStudy.Part;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * The two intuitive tests of the text, on one population. Specificity: of all depths of another
 * seed, is the same depth the nearest? Sensitivity: how many principal components can be deleted
 * before a network is farther from itself than from another seed?
 */
public final class IntuitiveTests {
  /** Chance of telling a deletion from another seed where there is no difference. */
  static final double LEVEL = 0.05;

  private final GroundedPopulation population;
  private final int depths;
  private final int networks;
  private final List<double[][]> squares;

  /** Depth → measure: network × number kept. */
  private final List<List<double[][]>> deleted;

  private final double[] kept;
  private final double[][] counts;
  private final List<Scores> specificities;
  private final List<Scores> deletions;

  /** By depth, as far as they are asked for. */
  private final Scores[] between;

  private final int permutations;
  private final Seeds seeds;

  private IntuitiveTests(GroundedPopulation population, int draws, int permutations, Seeds seeds) {
    this.population = population;
    this.permutations = permutations;
    this.seeds = seeds;
    Map<String, double[][]> arrays = population.arrays(Part.MAPS);
    List<String> measures = population.measures();
    this.depths = population.depths().size();
    this.squares =
        measures.stream().map(measure -> GroundedPopulation.bothWays(arrays, measure)).toList();
    this.networks = squares.get(0).length / depths;
    this.deleted =
        IntStream.range(0, depths)
            .mapToObj(
                depth ->
                    measures.stream()
                        .map(measure -> bothWays(arrays, measure + " deleted " + depth))
                        .toList())
            .toList();
    this.kept = arrays.get(Subtasks.KEPT)[0];
    this.counts = new double[draws][];
    Networks drawn = new Networks("in maps", 1, networks);
    SplittableRandom random = seeds.stream("networks in maps");
    for (int t = 0; t < draws; t++) {
      counts[t] = drawn.counts(random);
    }
    this.between = new Scores[depths];
    this.specificities = ofDepths(this::computeSpecificity);
    this.deletions =
        ofDepths(
            depth ->
                scores(
                    "deletion",
                    leastOfDeletion(),
                    Scores.SHARES,
                    (m, weights) -> deletion(m, depth, weights)));
  }

  private List<Scores> ofDepths(IntFunction<Scores> scores) {
    return IntStream.range(0, depths).mapToObj(scores).toList();
  }

  /**
   * @param draws bootstrap replicates
   * @param permutations of depths
   */
  public static IntuitiveTests of(
      GroundedPopulation population, int draws, int permutations, Seeds seeds) {
    return new IntuitiveTests(population, draws, permutations, seeds.child(population.name()));
  }

  /** A network with what is left of itself: never square in the sense of network × network. */
  private static double[][] bothWays(Map<String, double[][]> arrays, String name) {
    double[][] there = arrays.get(name);
    double[][] back = arrays.get(Subtasks.REVERSED + name);
    if (back == null) {
      return there;
    }
    double[][] means = new double[there.length][];
    for (int i = 0; i < means.length; i++) {
      double[] one = there[i];
      double[] other = back[i];
      means[i] = IntStream.range(0, one.length).mapToDouble(k -> (one[k] + other[k]) / 2).toArray();
    }
    return means;
  }

  /** The data. */
  public GroundedPopulation population() {
    return population;
  }

  /** By chance the same depth is the nearest as often as any other. */
  public double chance() {
    return 1.0 / depths;
  }

  /**
   * Specificity at a depth: the share of ordered pairs of networks in which, of all depths of the
   * second, the same one is the nearest to that depth of the first; equally near ones share it.
   */
  public Scores specificity(int depth) {
    return specificities.get(depth);
  }

  /**
   * The 95 % interval of a specificity: Wilson's (1927) of so many independent answers that they
   * would spread as the bootstrap does (Korn and Graubard 1998); of one for each network where all
   * agree, or so nearly that the bootstrap has no more to tell.
   */
  public Interval specificityInterval(int measure, int depth) {
    Scores scores = specificity(depth);
    double share = scores.values()[measure];
    double[] drawn = Arrays.stream(scores.replicates()).mapToDouble(all -> all[measure]).toArray();
    double error = Scores.error(drawn, Estimate.Scale.PLAIN);
    if (Double.isNaN(share) || Double.isNaN(error)) {
      return Interval.UNKNOWN;
    }
    double variance = share * (1 - share);
    double least = Math.max(error, scores.leastError());
    double answers =
        variance > 0
            ? Math.max(Math.min(networks, variance / error / error), variance / least / least)
            : networks;
    return Interval.wilson(
        share, answers, scores.estimate(measure).quantile((1 + Scores.LEVEL) / 2));
  }

  /** With networks as often as they are drawn. */
  double specificity(int measure, int depth, double[] weights) {
    return share(hits(squares.get(measure), depth, identities()), weights);
  }

  private Scores computeSpecificity(int depth) {
    double[][][] hits = new double[squares.size()][][];
    for (int m = 0; m < hits.length; m++) {
      hits[m] = hits(squares.get(m), depth, identities());
    }
    return scores(
        "specificity", leastError(), Scores.SHARES, (m, weights) -> share(hits[m], weights));
  }

  /** Mean over the depths. */
  public Scores specificity() {
    return Scores.meanOfSame("specificity", specificities);
  }

  private int[][] identities() {
    int[][] orders = new int[networks][];
    Arrays.setAll(orders, i -> IntStream.range(0, depths).toArray());
    return orders;
  }

  /**
   * Specificity of a measure less chance, where the names of each network's depths are permuted.
   */
  public PermutationTest permuted(int measure, int depth) {
    SplittableRandom random = seeds.stream("depths permuted");
    double[] values = new double[permutations];
    double[] once = new double[networks];
    Arrays.fill(once, 1);
    for (int t = 0; t < permutations; t++) {
      int[][] orders = identities();
      for (int[] order : orders) {
        for (int i = order.length - 1; i > 0; i--) {
          int j = random.nextInt(i + 1);
          int there = order[i];
          order[i] = order[j];
          order[j] = there;
        }
      }
      values[t] = share(hits(squares.get(measure), depth, orders), once) - chance();
    }
    double observed = share(hits(squares.get(measure), depth, identities()), once) - chance();
    return new PermutationTest(observed, values, /* exact= */ false);
  }

  /**
   * First × second network: 1 where the same depth is the nearest, a part of that where others are
   * as near; NaN where it is not defined, and on the diagonal.
   *
   * @param names for each network, which of its depths goes by the name of each
   */
  private double[][] hits(double[][] distances, int depth, int[][] names) {
    double[][] hits = new double[networks][networks];
    for (int i = 0; i < networks; i++) {
      double[] row = distances[i * depths + names[i][depth]];
      for (int j = 0; j < networks; j++) {
        double own = row[j * depths + names[j][depth]];
        int equal = 0;
        boolean nearest = i != j && Double.isFinite(own);
        for (int other = 0; nearest && other < depths; other++) {
          double there = row[j * depths + other];
          nearest = !(there < own);
          equal += there == own ? 1 : 0;
        }
        boolean defined = i != j && Double.isFinite(own);
        hits[i][j] = !defined ? Double.NaN : nearest ? 1.0 / equal : 0;
      }
    }
    return hits;
  }

  private static double share(double[][] hits, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < hits.length; i++) {
      for (int j = 0; j < hits.length; j++) {
        double weight = weights[i] * weights[j];
        if (i != j && weight > 0 && !Double.isNaN(hits[i][j])) {
          sum += weight * hits[i][j];
          all += weight;
        }
      }
    }
    return all > 0 ? sum / all : Double.NaN;
  }

  /**
   * Sensitivity at a depth: the share of principal components, the last first, that has to go
   * before a network is farther from itself than from other seeds on average; 1 where that never
   * happens. Less is more sensitive.
   */
  public Scores deletion(int depth) {
    return deletions.get(depth);
  }

  /** Mean over the depths. */
  public Scores deletion() {
    return Scores.meanOfSame("deletion", deletions);
  }

  /** With networks as often as they are drawn. */
  double deletion(int measure, int depth, double[] weights) {
    double sum = 0;
    double all = 0;
    for (int i = 0; i < networks; i++) {
      double unnoticed = weights[i] > 0 ? deletion(measure, depth, i, weights) : Double.NaN;
      if (!Double.isNaN(unnoticed)) {
        sum += weights[i] * unnoticed;
        all += weights[i];
      }
    }
    return all > 0 ? sum / all : Double.NaN;
  }

  private double deletion(int measure, int depth, int network, double[] weights) {
    double toOthers = toOthers(measure, depth, network, weights);
    double[] distances = deleted.get(depth).get(measure)[network];
    if (Double.isNaN(toOthers) || Arrays.stream(distances).noneMatch(Double::isFinite)) {
      return Double.NaN;
    }
    double units = kept[0] + 1;
    for (int k = 0; k < kept.length; k++) {
      if (distances[k] > toOthers) {
        return (units - kept[k]) / units;
      }
    }
    return 1;
  }

  /**
   * Sensitivity with a threshold by chance. The text's threshold is a mean: where deleting does
   * just what another seed does, every second network is beyond it. Here the null is that at one
   * extent of deletion the distance from a network to what is left of it is exchangeable with its
   * distances to other seeds. The statistic is the share of other seeds that are nearer than what
   * is left (a half for equally near ones), mean over networks; under the null each of a network's
   * distances is as likely to be that of the deletion, so they change places, in each network by
   * itself.
   *
   * <p>Extents are tested one after the other, the greatest first, until one cannot be told from
   * another seed: so the chance that any extent is told wrongly is at most the level, however they
   * depend on each other (Maurer, Hothorn and Lehmacher 1995). Extents that are defined for fewer
   * than half of the networks are passed over.
   *
   * @return share of components that has to go, so that this and all greater extents are told from
   *     another seed at {@value #LEVEL}; 1 where the greatest is not, NaN where none is defined
   */
  public double told(int measure, int depth) {
    SplittableRandom random = seeds.stream("deletions and seeds exchanged");
    double[][] left = deleted.get(depth).get(measure);
    double[][] others = new double[networks][];
    for (int i = 0; i < networks; i++) {
      others[i] = others(measure, depth, i);
    }
    double told = Double.NaN;
    for (int k = kept.length - 1; k >= 0; k--) {
      int extent = k;
      int[] defined =
          IntStream.range(0, networks)
              .filter(i -> others[i].length > 0 && Double.isFinite(left[i][extent]))
              .toArray();
      if (2 * defined.length < networks) {
        continue;
      }
      double observed = 0;
      double[] exchanged = new double[permutations];
      for (int i : defined) {
        double[] all = Arrays.copyOf(others[i], others[i].length + 1);
        all[others[i].length] = left[i][k];
        double[] shares = Arrays.stream(all).map(one -> nearer(all, one)).toArray();
        observed += shares[others[i].length] / defined.length;
        for (int t = 0; t < permutations; t++) {
          exchanged[t] += shares[random.nextInt(shares.length)] / defined.length;
        }
      }
      if (new PermutationTest(observed, exchanged, /* exact= */ false).greaterP() > LEVEL) {
        return Double.isNaN(told) ? 1 : told;
      }
      told = (kept[0] + 1 - kept[k]) / (kept[0] + 1);
    }
    return told;
  }

  /** Mean over the depths where it is defined. */
  public double told(int measure) {
    return IntStream.range(0, depths)
        .mapToDouble(depth -> told(measure, depth))
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private double[] others(int measure, int depth, int network) {
    double[] row = squares.get(measure)[network * depths + depth];
    return IntStream.range(0, networks)
        .filter(j -> j != network)
        .mapToDouble(j -> row[j * depths + depth])
        .filter(Double::isFinite)
        .toArray();
  }

  /**
   * Share of the others that are smaller, of equal ones a half; itself is one of the equal ones.
   */
  private static double nearer(double[] all, double one) {
    double smaller = -0.5;
    for (double other : all) {
      smaller += other < one ? 1 : other == one ? 0.5 : 0;
    }
    return smaller / (all.length - 1);
  }

  /** Mean distance from a network to others at the same depth; NaN where there are none. */
  private double toOthers(int measure, int depth, int network, double[] weights) {
    double[] row = squares.get(measure)[network * depths + depth];
    double sum = 0;
    double all = 0;
    for (int j = 0; j < networks; j++) {
      double distance = row[j * depths + depth];
      if (j != network && weights[j] > 0 && Double.isFinite(distance)) {
        sum += weights[j] * distance;
        all += weights[j];
      }
    }
    return all > 0 ? sum / all : Double.NaN;
  }

  /** Mean distance of two seeds at a depth. */
  synchronized Scores betweenSeeds(int depth) {
    if (between[depth] == null) {
      between[depth] = computeBetweenSeeds(depth);
    }
    return between[depth];
  }

  private Scores computeBetweenSeeds(int depth) {
    return scores(
        "distance between seeds",
        /* leastError= */ 0,
        Interval.UNKNOWN,
        (m, weights) -> {
          double sum = 0;
          double all = 0;
          for (int i = 0; i < networks; i++) {
            double own = weights[i] > 0 ? toOthers(m, depth, i, weights) : Double.NaN;
            if (!Double.isNaN(own)) {
              sum += weights[i] * own;
              all += weights[i];
            }
          }
          return all > 0 ? sum / all : Double.NaN;
        });
  }

  /** By how much two seeds are farther from each other at the deepest depth than at the first. */
  Scores growth() {
    return betweenSeeds(depths - 1).less(betweenSeeds(0)).titled("growth with depth");
  }

  /** Number of depths. */
  int depths() {
    return depths;
  }

  @FunctionalInterface
  private interface Statistic {
    double of(int measure, double[] weights);
  }

  /**
   * The standard error of a share of which all networks are in favour, by the rule of Agresti and
   * Coull (1998) with one more network for and one against.
   */
  private double leastError() {
    double against = 1.0 / (networks + 2);
    return Math.sqrt(against * (1 - against) / networks);
  }

  /** As if networks differed by one component. */
  private double leastOfDeletion() {
    return 1 / (kept[0] + 1) / Math.sqrt(networks);
  }

  private Scores scores(String title, double leastError, Interval range, Statistic statistic) {
    double[] once = new double[networks];
    Arrays.fill(once, 1);
    double[] values =
        IntStream.range(0, squares.size()).mapToDouble(m -> statistic.of(m, once)).toArray();
    double[][] replicates = new double[counts.length][];
    Parallel.forEach(
        counts.length,
        t ->
            replicates[t] =
                IntStream.range(0, values.length)
                    .mapToDouble(m -> statistic.of(m, counts[t]))
                    .toArray());
    return new Scores(
        title, values, replicates, networks - 1.0, Estimate.Scale.PLAIN, leastError, range);
  }

  /** Layer × layer distances of two networks under a measure, for the maps of Figures 1 and 2. */
  public double[][] map(int measure, int first, int second) {
    double[][] map = new double[depths][depths];
    for (int a = 0; a < depths; a++) {
      for (int b = 0; b < depths; b++) {
        map[a][b] = squares.get(measure)[first * depths + a][second * depths + b];
      }
    }
    return map;
  }
}
