package dev.kindred.study.grounding;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.FalseDiscovery;
import dev.kindred.measure.statistics.PermutationTest;
import dev.kindred.study.Estimate;
import dev.kindred.study.grounding.GroundedTask.Networks;
import dev.kindred.study.grounding.GroundedTask.Subtask;
import dev.kindred.study.grounding.TaskCorrelations.Drawn;
import dev.kindred.study.grounding.TaskCorrelations.Published;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * How far the distances of each measure follow differences of accuracy, on every task of every
 * population. Pairs with one network depend on each other: intervals come from drawing networks,
 * and beside the p-values of the text, which take pairs as independent, stand those of permuting
 * networks.
 */
public final class GroundingStatistics {
  /** Two groups of measures belong together if they agree more than this on average. */
  static final double AGREEMENT = 0.9;

  private final GroundingResults results;
  private final List<List<Cell[]>> cells = new ArrayList<>();

  /** Population → task × measure. */
  private final List<double[][]> discoveries = new ArrayList<>();

  /** ρ: population → task → replicate × measure. */
  private final List<List<double[][]>> replicates = new ArrayList<>();

  /** Likewise τ. */
  private final List<List<double[][]>> tauReplicates = new ArrayList<>();

  /** Of what tells pairs apart without any response: population → task of these. */
  private final List<List<Scores>> standIns = new ArrayList<>();

  private List<Scores> subtasks;
  private Scores overall;
  private Scores besideStandIns;
  private final double[][] agreement;

  /** Replicate → measure × measure. */
  private final double[][][] drawnAgreement;

  /**
   * One measure on one task.
   *
   * @param published ρ, its one-sided p, τ, its one-sided p
   * @param pairs number of pairs
   * @param permutationP of permuting networks; NaN where ρ is not defined
   */
  record Cell(double[] published, int pairs, double permutationP) {
    double rho() {
      return published[0];
    }
  }

  private GroundingStatistics(GroundingResults results, int draws) {
    this.results = results;
    int measures = results.measures().size();
    this.agreement = new double[measures][measures];
    this.drawnAgreement = new double[draws][measures][measures];
  }

  /**
   * Computes all correlations.
   *
   * @param draws bootstrap replicates, such as 1000
   * @param permutations of the networks, such as 999
   */
  public static GroundingStatistics of(
      GroundingResults results, int draws, int permutations, Seeds seeds) {
    GroundingStatistics statistics = new GroundingStatistics(results, draws);
    List<GroundedPopulation> populations = results.populations();
    int tasks = populations.stream().mapToInt(p -> p.tasks().size()).sum();
    try (Progress.Task progress = Progress.standard().begin("tasks", tasks)) {
      for (GroundedPopulation population : populations) {
        statistics.add(population, draws, permutations, seeds.child(population.name()), progress);
      }
    }
    statistics.adjust();
    return statistics;
  }

  private void add(
      GroundedPopulation population,
      int draws,
      int permutations,
      Seeds seeds,
      Progress.Task progress) {
    int measures = results.measures().size();
    double share = 1.0 / results.populations().size() / population.tasks().size();
    Map<Networks, double[][]> counts = new LinkedHashMap<>();
    List<Cell[]> ownCells = new ArrayList<>();
    List<double[][]> ownReplicates = new ArrayList<>();
    List<double[][]> ownTaus = new ArrayList<>();
    for (GroundedTask task : population.tasks()) {
      Progress.checkCancelled();
      List<PermutationTest> tests =
          TaskCorrelations.permuted(task, measures, permutations, seeds.child(task.name()));
      Cell[] row = new Cell[measures];
      Parallel.forEach(
          measures,
          m -> {
            Published found = TaskCorrelations.published(task, m);
            PermutationTest test = tests.get(m);
            row[m] =
                new Cell(
                    found.numbers(), found.pairs(), test == null ? Double.NaN : test.greaterP());
          });
      ownCells.add(row);
      double[] once = new double[task.networks().count()];
      Arrays.fill(once, 1);
      accumulate(agreement, TaskCorrelations.drawn(task, measures, once), share);
      double[][] drawn =
          counts.computeIfAbsent(
              task.networks(), n -> draw(n, draws, seeds.stream("drawn " + n.name())));
      double[][] values = new double[draws][];
      double[][] taus = new double[draws][];
      Parallel.forEach(
          draws,
          t -> {
            Drawn found = TaskCorrelations.drawn(task, measures, drawn[t]);
            values[t] = found.rho();
            taus[t] = found.tau();
            accumulate(drawnAgreement[t], found, share);
          });
      ownReplicates.add(values);
      ownTaus.add(taus);
      progress.advance(1);
    }
    standIns.add(population.standIns().stream().map(task -> standIn(task, counts)).toList());
    cells.add(ownCells);
    replicates.add(ownReplicates);
    tauReplicates.add(ownTaus);
  }

  private static Scores standIn(GroundedTask task, Map<Networks, double[][]> counts) {
    double[][] drawn = counts.get(task.networks());
    double[][] values = new double[drawn.length][];
    Parallel.forEach(
        drawn.length, t -> values[t] = TaskCorrelations.drawn(task, 1, drawn[t]).rho());
    double rho = TaskCorrelations.published(task, 0).numbers()[0];
    return correlations(task, new double[] {rho}, values);
  }

  private static Scores correlations(GroundedTask task, double[] values, double[][] drawn) {
    return new Scores(
        task.name(),
        values,
        drawn,
        task.networks().degrees(),
        Estimate.Scale.CORRELATION,
        /* leastError= */ 0,
        Scores.CORRELATIONS);
  }

  private void adjust() {
    double[] adjusted =
        FalseDiscovery.adjusted(
            cells.stream()
                .flatMap(List::stream)
                .flatMap(Arrays::stream)
                .mapToDouble(Cell::permutationP)
                .toArray());
    int next = 0;
    for (List<Cell[]> ofPopulation : cells) {
      double[][] own = new double[ofPopulation.size()][];
      for (int task = 0; task < own.length; task++) {
        int end = next + ofPopulation.get(task).length;
        own[task] = Arrays.copyOfRange(adjusted, next, end);
        next = end;
      }
      discoveries.add(own);
    }
  }

  private static double[][] draw(Networks networks, int draws, SplittableRandom random) {
    double[][] counts = new double[draws][];
    for (int t = 0; t < draws; t++) {
      counts[t] = networks.counts(random);
    }
    return counts;
  }

  private static void accumulate(double[][] sums, Drawn found, double share) {
    for (int a = 0; a < sums.length; a++) {
      for (int b = 0; b < sums.length; b++) {
        sums[a][b] += share * found.amongMeasures()[a][b];
      }
    }
  }

  /** The data. */
  public GroundingResults results() {
    return results;
  }

  Cell cell(int population, int task, int measure) {
    return cells.get(population).get(task)[measure];
  }

  /**
   * What a scatter plot of a task shows: the pairs of the reference at its last depth.
   *
   * @param task its name
   * @param distances of one measure; NaN where it is not defined
   * @param gaps differences of accuracy
   */
  public record Points(String task, double[] distances, double[] gaps) {}

  /** The pairs of a task. */
  public Points points(int population, int task, int measure) {
    GroundedTask of = results.populations().get(population).tasks().get(task);
    Stratum last = of.strata().get(of.strata().size() - 1);
    Stratum.Pairs pairs = last.pairs(last.reference());
    return new Points(of.name(), pairs.distances(measure).clone(), pairs.gaps());
  }

  /** One-sided p of a measure on a task, by permuting networks; NaN where ρ is not defined. */
  public double permutationP(int population, int task, int measure) {
    return cell(population, task, measure).permutationP();
  }

  /**
   * The share of false discoveries among all cells of all populations whose p is at most that of
   * this one; NaN where ρ is not defined.
   */
  public double falseDiscovery(int population, int task, int measure) {
    return discoveries.get(population)[task][measure];
  }

  /** Names of the tasks of a population. */
  public List<String> tasks(int population) {
    return results.populations().get(population).tasks().stream().map(GroundedTask::name).toList();
  }

  /** ρ of every measure on one task. */
  public Scores task(int population, int task) {
    return scores(population, task, 0, replicates);
  }

  /** τ-b of every measure on one task. */
  public Scores taus(int population, int task) {
    return scores(population, task, 2, tauReplicates);
  }

  /**
   * @param number which of the published ones
   */
  private Scores scores(int population, int task, int number, List<List<double[][]>> drawn) {
    GroundedTask of = results.populations().get(population).tasks().get(task);
    return correlations(
        of,
        Arrays.stream(cells.get(population).get(task))
            .mapToDouble(cell -> cell.published()[number])
            .toArray(),
        drawn.get(population).get(task));
  }

  /** ρ of every measure on a subtask, mean over its tasks, and over the populations. */
  Scores subtask(Subtask subtask) {
    return subtasks().get(subtask.ordinal());
  }

  private Scores meanOverPopulations(Subtask subtask) {
    return Scores.mean(
        subtask.toString(),
        IntStream.range(0, results.populations().size())
            .mapToObj(population -> subtask(population, subtask))
            .toList());
  }

  /** ρ of every measure on a subtask in one population, mean over its tasks. */
  Scores subtask(int population, Subtask subtask) {
    return mean(population, subtask, task -> task(population, task));
  }

  private Scores mean(int population, Subtask subtask, IntFunction<Scores> scores) {
    List<GroundedTask> tasks = results.populations().get(population).tasks();
    return Scores.meanOfSame(
        subtask.toString(),
        IntStream.range(0, tasks.size())
            .filter(task -> tasks.get(task).subtask() == subtask)
            .mapToObj(scores)
            .toList());
  }

  /** The scores of all four subtasks. */
  public synchronized List<Scores> subtasks() {
    if (subtasks == null) {
      subtasks = Arrays.stream(Subtask.values()).map(this::meanOverPopulations).toList();
    }
    return subtasks;
  }

  /** ρ of every measure, mean over the four subtasks and over the populations. */
  public synchronized Scores overall() {
    if (overall == null) {
      overall = Scores.mean("all four subtasks", subtasks());
    }
    return overall;
  }

  /**
   * ρ of every measure, and after the last of what sees no response ({@link
   * GroundedPopulation#standIns}): mean over the subtasks where that says something, and over the
   * populations.
   */
  public synchronized Scores besideStandIns() {
    if (besideStandIns == null) {
      besideStandIns =
          Scores.mean(
              "all subtasks but (c)",
              Arrays.stream(Subtask.values())
                  .filter(subtask -> subtask != Subtask.DISTORTIONS)
                  .map(this::besideStandIns)
                  .toList());
    }
    return besideStandIns;
  }

  /** The same on one subtask. */
  Scores besideStandIns(Subtask subtask) {
    return Scores.mean(
        subtask.toString(),
        IntStream.range(0, results.populations().size())
            .mapToObj(
                population ->
                    subtask(population, subtask)
                        .beside(mean(population, subtask, standIns.get(population)::get)))
            .toList());
  }

  /** How many measures are ahead of what sees no response, and how many are told from it. */
  public int[] aheadOfStandIns() {
    Scores scores = besideStandIns();
    int last = scores.values().length - 1;
    int[] ahead = new int[2];
    for (int m = 0; m < last; m++) {
      Estimate difference = scores.difference(m, last);
      ahead[0] += difference.value() > 0 ? 1 : 0;
      ahead[1] += Scores.interval(difference).low() > 0 ? 1 : 0;
    }
    return ahead;
  }

  /**
   * How far any two measures order pairs of representations alike: Spearman's correlation of their
   * distances, mean over depths, tasks and populations; NaN with a measure that is not defined on
   * all pairs.
   */
  public double[][] agreement() {
    return Arrays.stream(agreement).map(double[]::clone).toArray(double[][]::new);
  }

  /** Measures in a cluster: its least agreement, with the bootstrap error of that pair. */
  Estimate leastAgreement(List<Integer> cluster) {
    int first = cluster.get(0);
    int second = cluster.get(0);
    for (int a : cluster) {
      for (int b : cluster) {
        if (agreement[a][b] < agreement[first][second]) {
          first = a;
          second = b;
        }
      }
    }
    int one = first;
    int other = second;
    double[] drawn =
        Arrays.stream(drawnAgreement).mapToDouble(matrix -> matrix[one][other]).toArray();
    return new Estimate(
        agreement[one][other],
        Scores.error(drawn, Estimate.Scale.CORRELATION),
        overall().degrees(),
        Estimate.Scale.CORRELATION,
        Optional.empty());
  }

  /** The tree of all measures that are defined on all pairs, by 1 less their agreement. */
  public AverageLinkage tree() {
    int[] compared = compared();
    double[][] distances = new double[compared.length][compared.length];
    for (int a = 0; a < compared.length; a++) {
      for (int b = 0; b < compared.length; b++) {
        distances[a][b] = a == b ? 0 : 1 - agreement[compared[a]][compared[b]];
      }
    }
    return AverageLinkage.of(distances);
  }

  /** Measures of the {@link #tree}, in its numbering. */
  public int[] compared() {
    return IntStream.range(0, agreement.length)
        .filter(m -> !Double.isNaN(agreement[m][m]))
        .toArray();
  }

  /**
   * Clusters of measures, in the order of the tree: parts of it that are joined at an average
   * agreement of more than {@value #AGREEMENT}.
   */
  public List<List<Integer>> clusters() {
    int[] compared = compared();
    AverageLinkage tree = tree();
    int[] order = tree.order();
    // Of each leaf the first of the part that it belongs to; parts are neighbours in the order.
    int[] first = IntStream.range(0, order.length).toArray();
    for (AverageLinkage.Branch branch : tree.branches()) {
      if (branch.height() < 1 - AGREEMENT) {
        int left = first[(int) branch.left()];
        int right = first[(int) branch.right()];
        for (int place = 0; place < first.length; place++) {
          first[place] = first[place] == right ? left : first[place];
        }
      }
    }
    List<List<Integer>> clusters = new ArrayList<>();
    for (int place = 0; place < order.length; place++) {
      if (first[place] == place) {
        clusters.add(new ArrayList<>());
      }
      clusters.get(clusters.size() - 1).add(compared[order[place]]);
    }
    return clusters;
  }
}
