package dev.kindred.study.grounding;

import dev.kindred.measure.statistics.Interval;
import dev.kindred.measure.statistics.RankSets;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntToDoubleFunction;
import java.util.function.IntUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Tables of {@link GroundingStatistics}. */
public final class GroundingSummary {
  /** How many measures a decision names. */
  private static final int NAMED = 4;

  private static final int NONE = -1;

  /** What the pairs of (a), (b) and (d) differ in, whatever the networks respond. */
  public static final String NO_RESPONSES = "depth, deletion, pre-training alone";

  /** What cannot be told from the best may still be much worse; so much less is about as good. */
  private static final double ABOUT_AS_GOOD = 0.05;

  private GroundingSummary() {}

  /**
   * How many networks each task has, what they can do, with the reliability of these accuracies and
   * its 95 % interval, and how far the accuracies of pairs differ.
   */
  public static Table tasks(GroundingResults results) {
    StringColumn population = StringColumn.create("population");
    StringColumn task = StringColumn.create("task");
    IntColumn networks = IntColumn.create("networks");
    IntColumn depths = IntColumn.create("depths");
    IntColumn pairs = IntColumn.create("pairs at each");
    DoubleColumn lowest = DoubleColumn.create("lowest accuracy");
    DoubleColumn highest = DoubleColumn.create("highest accuracy");
    DoubleColumn chance = DoubleColumn.create("chance");
    StringColumn reliability = StringColumn.create("reliability");
    DoubleColumn mean = DoubleColumn.create("mean difference of accuracy");
    DoubleColumn largest = DoubleColumn.create("largest");
    for (GroundedPopulation of : results.populations()) {
      for (GroundedTask one : of.tasks()) {
        Stratum last = one.strata().get(one.strata().size() - 1);
        double[] gaps = last.pairs(last.reference()).gaps();
        population.append(of.name());
        task.append(one.name());
        networks.append(one.networks().count());
        depths.append(one.strata().size());
        pairs.append(gaps.length);
        TaskAccuracy accuracy = TaskAccuracy.of(of, one);
        lowest.append(accuracy.lowest());
        highest.append(accuracy.highest());
        chance.append(accuracy.chance());
        reliability.append(text(accuracy.reliability().value(), accuracy.reliability().interval()));
        mean.append(Arrays.stream(gaps).average().orElse(Double.NaN));
        largest.append(Arrays.stream(gaps).max().orElse(Double.NaN));
      }
    }
    return Table.create(
        "Tasks",
        population,
        task,
        networks,
        depths,
        pairs,
        lowest,
        highest,
        chance,
        reliability,
        mean,
        largest);
  }

  /**
   * Every measure on every task: ρ and τ with 95 % intervals over networks, of the same draws, and
   * one-sided p as the text's authors take them; p of permuting networks, and that adjusted for all
   * rows of the table (Benjamini and Hochberg).
   */
  public static Table cells(GroundingStatistics statistics) {
    GroundingResults results = statistics.results();
    StringColumn population = StringColumn.create("population");
    StringColumn task = StringColumn.create("task");
    StringColumn measure = StringColumn.create("measure");
    IntColumn pairs = IntColumn.create("pairs");
    List<DoubleColumn> numbers =
        List.of(
            DoubleColumn.create("rho"),
            DoubleColumn.create("rho_low"),
            DoubleColumn.create("rho_high"),
            DoubleColumn.create("rho_p"),
            DoubleColumn.create("tau"),
            DoubleColumn.create("tau_low"),
            DoubleColumn.create("tau_high"),
            DoubleColumn.create("tau_p"),
            DoubleColumn.create("permutation_p"),
            DoubleColumn.create("false_discovery"));
    for (int p = 0; p < results.populations().size(); p++) {
      List<GroundedTask> tasks = results.populations().get(p).tasks();
      for (int k = 0; k < tasks.size(); k++) {
        Scores scores = statistics.task(p, k);
        Scores taus = statistics.taus(p, k);
        for (int m = 0; m < results.measures().size(); m++) {
          GroundingStatistics.Cell cell = statistics.cell(p, k, m);
          Interval interval = scores.interval(m);
          Interval ofTau = taus.interval(m);
          population.append(results.populations().get(p).name());
          task.append(tasks.get(k).name());
          measure.append(results.measures().get(m));
          pairs.append(cell.pairs());
          double[] row = {
            cell.rho(),
            end(interval.low()),
            end(interval.high()),
            cell.published()[1],
            cell.published()[2],
            end(ofTau.low()),
            end(ofTau.high()),
            cell.published()[3],
            cell.permutationP(),
            statistics.falseDiscovery(p, k, m)
          };
          for (int c = 0; c < row.length; c++) {
            numbers.get(c).append(sevenDigits(row[c]));
          }
        }
      }
    }
    Table table = Table.create("Measures and tasks", population, task, measure);
    numbers.forEach(table::addColumns);
    return table.addColumns(pairs);
  }

  /**
   * All measures by their mean ρ over the four subtasks and all populations, the best first: its
   * interval, the rank with the ranks that cannot be told from it, the cluster of measures that
   * agree, the mean ρ without (c), and processor seconds; measures without a ρ on every task come
   * after them. Outside the ranks, in the last row, stands what sees no response: it has a ρ on all
   * subtasks but (c).
   */
  public static Table ranking(GroundingStatistics statistics) {
    List<String> measures = statistics.results().measures();
    Scores overall = statistics.overall();
    RankSets ranks = overall.ranks();
    int[] cluster = new int[measures.size()];
    List<List<Integer>> clusters = statistics.clusters();
    for (int c = 0; c < clusters.size(); c++) {
      for (int m : clusters.get(c)) {
        cluster[m] = c + 1;
      }
    }
    List<Integer> order = new ArrayList<>(order(ranks.ranks()));
    Scores without = statistics.besideStandIns();
    int standIns = measures.size();
    order.add(standIns);
    Table table =
        Table.create(
            "Ranking",
            StringColumn.create(
                "measure",
                order.stream().map(m -> m == standIns ? NO_RESPONSES : measures.get(m)).toList()),
            numbers("mean rho", order, standIns, m -> overall.values()[m]),
            numbers("low", order, standIns, m -> end(overall.interval(m).low())),
            numbers("high", order, standIns, m -> end(overall.interval(m).high())),
            numbers("rank", order, standIns, m -> ranks.ranks()[m]),
            whole("rank_low", order, standIns, m -> ranks.lowest()[m]),
            whole("rank_high", order, standIns, m -> ranks.highest()[m]),
            whole("cluster", order, standIns, m -> cluster[m]),
            numbers("without (c)", order, NONE, m -> without.values()[m]),
            numbers("low without (c)", order, NONE, m -> end(without.interval(m).low())),
            numbers("high without (c)", order, NONE, m -> end(without.interval(m).high())));
    for (int which = 0; which < 2; which++) {
      int at = which;
      table.addColumns(
          numbers(
              which == 0 ? "seconds_per_preparation" : "seconds_per_comparison",
              order,
              standIns,
              m -> seconds(statistics, m)[at]));
    }
    return table;
  }

  /** As many as distances are kept with: the table is long. */
  private static double sevenDigits(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(new MathContext(7)).doubleValue()
        : value;
  }

  /** An end of an interval; a missing value where it is unknown. */
  private static double end(double value) {
    return Double.isFinite(value) ? value : Double.NaN;
  }

  /** Seconds of one preparation and one comparison, means over the populations. */
  static double[] seconds(GroundingStatistics statistics, int measure) {
    List<GroundedPopulation> populations = statistics.results().populations();
    String name = statistics.results().measures().get(measure);
    double[] means = new double[2];
    for (GroundedPopulation population : populations) {
      double[] own = population.seconds(name);
      means[0] += own[0] / populations.size();
      means[1] += own[1] / populations.size();
    }
    return means;
  }

  /** Of two networks that were never compared before. */
  public static double price(GroundingStatistics statistics, int measure) {
    double[] seconds = seconds(statistics, measure);
    return 2 * seconds[0] + seconds[1];
  }

  /** By ranks, those without at the end. */
  public static List<Integer> order(double[] ranks) {
    return IntStream.range(0, ranks.length)
        .boxed()
        .sorted(
            Comparator.comparingDouble(
                m -> Double.isNaN(ranks[m]) ? Double.POSITIVE_INFINITY : ranks[m]))
        .toList();
  }

  /**
   * @param missing the row of the order that has no number
   */
  private static DoubleColumn numbers(
      String name, List<Integer> order, int missing, IntToDoubleFunction of) {
    return DoubleColumn.create(
        name,
        order.stream().mapToDouble(m -> m == missing ? Double.NaN : of.applyAsDouble(m)).toArray());
  }

  private static IntColumn whole(
      String name, List<Integer> order, int missing, IntUnaryOperator of) {
    IntColumn column = IntColumn.create(name);
    for (int m : order) {
      if (m == missing) {
        column.appendMissing();
      } else {
        column.append(of.applyAsInt(m));
      }
    }
    return column;
  }

  /** Clusters of measures that order pairs alike, with the least agreement within each. */
  public static Table clusters(GroundingStatistics statistics) {
    List<String> measures = statistics.results().measures();
    IntColumn number = IntColumn.create("cluster");
    StringColumn members = StringColumn.create("measures");
    StringColumn least = StringColumn.create("least agreement within");
    List<List<Integer>> clusters = statistics.clusters();
    for (int c = 0; c < clusters.size(); c++) {
      List<Integer> cluster = clusters.get(c);
      number.append(c + 1);
      members.append(cluster.stream().map(measures::get).collect(Collectors.joining(", ")));
      least.append(
          cluster.size() == 1
              ? "–"
              : text(
                  statistics.leastAgreement(cluster).value(),
                  Scores.interval(statistics.leastAgreement(cluster))));
    }
    return Table.create("Clusters", number, members, least);
  }

  /**
   * Which measure should I use? For each thing that one may want of a measure the best one, what
   * cannot be told from it, and the cheapest of these.
   */
  public static Table decisions(GroundingStatistics statistics, List<IntuitiveTests> intuitive) {
    StringColumn want = StringColumn.create("to be told");
    StringColumn best = StringColumn.create("best");
    StringColumn value = StringColumn.create("its value");
    StringColumn equal = StringColumn.create("not told from it, best first");
    StringColumn cheapest = StringColumn.create("cheapest that is about as good");
    StringColumn milliseconds = StringColumn.create("milliseconds");
    List<String> measures = statistics.results().measures();
    for (Scores scores : wants(statistics, intuitive)) {
      RankSets ranks = scores.ranks();
      List<Integer> first =
          order(ranks.ranks()).stream().filter(m -> ranks.lowest()[m] == 1).toList();
      want.append(scores.title());
      if (first.isEmpty()) {
        for (StringColumn column : List.of(best, value, equal, cheapest, milliseconds)) {
          column.append("–");
        }
        continue;
      }
      int leader = first.get(0);
      Optional<Integer> cheap =
          first.stream()
              .filter(m -> scores.values()[m] >= scores.values()[leader] - ABOUT_AS_GOOD)
              .filter(m -> scores.interval(m).low() > 0)
              .min(Comparator.comparingDouble(m -> price(statistics, m)));
      best.append(measures.get(leader));
      value.append(text(scores.values()[leader], scores.interval(leader)));
      List<Integer> others = first.subList(1, first.size());
      equal.append(
          others.isEmpty()
              ? "none"
              : others.stream().limit(NAMED).map(measures::get).collect(Collectors.joining(", "))
                  + (others.size() > NAMED ? " and " + (others.size() - NAMED) + " more" : ""));
      cheapest.append(cheap.map(measures::get).orElse("none is told from 0"));
      milliseconds.append(
          cheap
              .map(m -> String.format(Locale.ROOT, "%.2g", 1000 * price(statistics, m)))
              .orElse("–"));
    }
    return Table.create(
        "Which measure should I use?", want, best, value, equal, cheapest, milliseconds);
  }

  private static List<Scores> wants(
      GroundingStatistics statistics, List<IntuitiveTests> intuitive) {
    List<Scores> wants = new ArrayList<>();
    wants.add(statistics.overall().titled("differences of function of any kind"));
    List<String> titles =
        List.of(
            "what probes read at other depths",
            "what probes read with components deleted",
            "accuracy on distorted images",
            "accuracy on images of an unseen kind");
    List<Scores> subtasks = statistics.subtasks();
    for (int k = 0; k < subtasks.size(); k++) {
      wants.add(subtasks.get(k).titled(titles.get(k)));
    }
    wants.add(
        mean(intuitive, IntuitiveTests::specificity)
            .titled("which depth of another seed is the same"));
    wants.add(
        mean(intuitive, IntuitiveTests::deletion)
            .map(-1, 1)
            .titled("that components are missing (share of them that has to stay)"));
    return wants;
  }

  /** Both intuitive tests, each with its null, a row for each measure and depth. */
  public static Table intuitive(IntuitiveTests tests, List<String> shown) {
    List<String> measures = tests.population().measures();
    StringColumn measure = StringColumn.create("measure");
    StringColumn depth = StringColumn.create("depth");
    StringColumn specific = StringColumn.create("same depth nearest");
    DoubleColumn p = DoubleColumn.create("p against chance");
    StringColumn deleted = StringColumn.create("components deleted unnoticed");
    DoubleColumn told = DoubleColumn.create("told from another seed after (p ≤ .05)");
    for (int d = 0; d < tests.population().depths().size(); d++) {
      Scores specificity = tests.specificity(d);
      Scores deletion = tests.deletion(d);
      for (String name : shown) {
        int m = measures.indexOf(name);
        measure.append(name);
        depth.append(tests.population().depths().get(d));
        specific.append(text(specificity.values()[m], tests.specificityInterval(m, d)));
        p.append(tests.permuted(m, d).greaterP());
        deleted.append(text(deletion.values()[m], deletion.interval(m)));
        told.append(tests.told(m, d));
      }
    }
    return Table.create("Intuitive tests", measure, depth, specific, p, deleted, told);
  }

  /**
   * How far two seeds are from each other at the first and at the deepest depth, and by how much
   * more there, a row for each population and measure, and for the mean of the populations.
   *
   * @param shown measures
   */
  public static Table betweenSeeds(List<IntuitiveTests> intuitive, List<String> shown) {
    StringColumn population = StringColumn.create("population");
    StringColumn measure = StringColumn.create("measure");
    DoubleColumn first = DoubleColumn.create("first depth");
    DoubleColumn deepest = DoubleColumn.create("deepest");
    StringColumn growth = StringColumn.create("deepest less first");
    List<List<IntuitiveTests>> groups = new ArrayList<>();
    intuitive.forEach(test -> groups.add(List.of(test)));
    if (intuitive.size() > 1) {
      groups.add(intuitive);
    }
    for (List<IntuitiveTests> group : groups) {
      Scores more = mean(group, IntuitiveTests::growth);
      for (String name : shown) {
        int m = group.get(0).population().measures().indexOf(name);
        population.append(group.size() > 1 ? "mean" : group.get(0).population().name());
        measure.append(name);
        first.append(mean(group, test -> test.betweenSeeds(0)).values()[m]);
        deepest.append(mean(group, test -> test.betweenSeeds(test.depths() - 1)).values()[m]);
        growth.append(text(more.values()[m], more.interval(m)));
      }
    }
    return Table.create(
        "Distance between two seeds at the same depth",
        population,
        measure,
        first,
        deepest,
        growth);
  }

  private static Scores mean(List<IntuitiveTests> tests, Function<IntuitiveTests, Scores> of) {
    return Scores.mean("", tests.stream().map(of).toList());
  }

  static String text(double value, Interval interval) {
    return Double.isNaN(value)
        ? "–"
        : String.format(Locale.ROOT, "%.3f ", value)
            + (Double.isFinite(interval.low()) ? interval.toString() : "");
  }
}
