package dev.kindred.study.behaviour;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.functional.ErrorOverlap;
import dev.kindred.measure.statistics.Interval;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How far networks err where people do, beside how far people do among themselves: error
 * consistency by set and level of distortion. The value of a set is the mean over its levels that
 * count, that of all sets the mean over sets, as in the published benchmark.
 *
 * <p>Of a network, the mean over people of its consistency with each; of people, the mean over
 * their pairs. Where two decision-makers are right on all images, or wrong on all, their
 * consistency is undefined and left out of means.
 *
 * <p>Intervals: images are drawn anew within each level and people anew within each set, both at
 * once, two people at least; percentiles of the replicates. A pair of a person with its own copy is
 * left out. Drawing both ways errs on the wide side (Owen, "The pigeonhole bootstrap", Annals of
 * Applied Statistics 2007). All decision-makers see the same draws, so that differences are paired.
 * Sets are taken as independent. Most sets have four people: for what other people would do, that
 * is few.
 *
 * <p>The null: errors are exchangeable over the images of a level. Which images a network (or,
 * among people, each person) is right on is permuted within the level, which keeps every accuracy.
 */
public final class BehaviourStatistics {
  /** Name of what people do among themselves. */
  public static final String PEOPLE = "people";

  /** Name of the mean over sets. */
  public static final String ALL_SETS = "all sets";

  /** Name of the mean over the levels that count. */
  public static final String MEAN = "mean";

  private static final double LEVEL = 0.95;
  private static final int LEAST_REPLICATES = 20;
  private static final double ROUNDING = 1e-12;

  private final int replicates;
  private final List<Consistency> consistencies = new ArrayList<>();
  private final List<Accuracy> accuracies = new ArrayList<>();

  /**
   * Error consistency of a network with people, or of people among themselves.
   *
   * @param set the set, or {@link #ALL_SETS}
   * @param level of the distortion, or {@link #MEAN}
   * @param name of the network, or {@link #PEOPLE}
   * @param observed share of images on which both are right or both wrong, mean over pairs
   * @param expected the same of independent errors
   * @param least mean of the least kappas that the accuracies allow
   * @param greatest mean of the greatest
   * @param kappa error consistency; NaN where it is undefined
   * @param interval of kappa, 95 %
   * @param chance where 95 % of the kappas of exchangeable errors at these accuracies lie
   * @param p share of those that are as great, one-sided, at least 1/(permutations + 1)
   * @param gap kappa of people among themselves less this one
   * @param gapInterval its 95 % interval
   */
  public record Consistency(
      String set,
      String level,
      String name,
      double observed,
      double expected,
      double least,
      double greatest,
      double kappa,
      Interval interval,
      Interval chance,
      double p,
      double gap,
      Interval gapInterval) {}

  /**
   * Share of right answers.
   *
   * @param set the set, or {@link #ALL_SETS}
   * @param level of the distortion, or {@link #MEAN}
   * @param name of a network, or {@link #PEOPLE} for their mean; of one set, also of a person
   * @param value the share
   * @param interval 95 %: over images, and of the mean of people over people too
   */
  public record Accuracy(String set, String level, String name, double value, Interval interval) {}

  /** What was computed of a set. */
  private record OfSet(
      BehaviourSample whole,
      BehaviourSample.Values values,
      List<BehaviourSample.Values> drawn,
      List<double[][]> chance) {

    static OfSet of(BehaviourSet set, int replicates, Seeds seeds) {
      SplittableRandom draws = seeds.stream("draws of " + set.name());
      SplittableRandom permutations = seeds.stream("permutations of " + set.name());
      List<BehaviourSample.Values> drawn = new ArrayList<>();
      List<double[][]> chance = new ArrayList<>();
      for (int t = 0; t < replicates; t++) {
        Progress.checkCancelled();
        drawn.add(BehaviourSample.drawn(set, draws).values());
        chance.add(BehaviourSample.chance(set, permutations));
      }
      BehaviourSample whole = BehaviourSample.whole(set);
      return new OfSet(whole, whole.values(), drawn, chance);
    }

    BehaviourSet set() {
      return whole.set();
    }

    List<String> networks() {
      return set().networks().stream().map(DecisionMaker::name).toList();
    }

    /** Place of a name among the kappas. */
    int pairs(String name) {
      return 1 + networks().indexOf(name);
    }

    /** Place of a name among the accuracies. */
    int maker(String name) {
      return name.equals(PEOPLE)
          ? 0
          : 1
              + IntStream.range(0, set().makers())
                  .filter(maker -> set().maker(maker).name().equals(name))
                  .findFirst()
                  .orElseThrow();
    }
  }

  /** Sets whose mean is meant, on one of their levels, or in the mean of these (−1). */
  private record Part(String set, String level, List<OfSet> sets, int column) {
    /** The mean over sets of a number of each, which stands among those of its levels. */
    double mean(Function<OfSet, double[]> levels) {
      return sets.stream()
          .mapToDouble(of -> levels.apply(of)[column < 0 ? of.set().levels().size() : column])
          .average()
          .orElseThrow();
    }
  }

  /**
   * Draws replicates and permutations.
   *
   * @param sets of at least two people each
   * @param replicates of the bootstrap, and permutations; at least 20
   * @param seeds what they are drawn from
   */
  BehaviourStatistics(List<BehaviourSet> sets, int replicates, Seeds seeds) {
    if (replicates < LEAST_REPLICATES) {
      throw new InputException(
          "behaviour: expected at least "
              + LEAST_REPLICATES
              + " replicates for an interval, found "
              + replicates);
    }
    for (BehaviourSet set : sets) {
      if (set.people().size() < 2) {
        throw new InputException(
            set.name()
                + ": expected responses of two people or more, to compare them with each other,"
                + " found those of "
                + set.people().get(0).name());
      }
    }
    this.replicates = replicates;
    OfSet[] results = new OfSet[sets.size()];
    try (Progress.Task task = Progress.standard().begin("behaviour", sets.size())) {
      Parallel.forEach(
          results.length,
          s -> {
            results[s] = OfSet.of(sets.get(s), replicates, seeds);
            task.advance(1);
          });
    }
    for (OfSet of : results) {
      List<String> people = of.set().people().stream().map(DecisionMaker::name).toList();
      for (int level = 0; level < of.set().levels().size(); level++) {
        String name = of.set().levels().get(level);
        add(new Part(of.set().name(), name, List.of(of), level), people);
      }
      add(new Part(of.set().name(), MEAN, List.of(of), -1), people);
    }
    if (results.length > 1) {
      add(new Part(ALL_SETS, MEAN, List.of(results), -1), List.of());
    }
  }

  private void add(Part part, List<String> people) {
    List<String> names = new ArrayList<>(part.sets().get(0).networks());
    part.sets().forEach(of -> names.retainAll(of.networks()));
    names.add(0, PEOPLE);
    double[] amongPeople = drawn(part, of -> 0);
    for (String name : names) {
      consistencies.add(consistency(part, name, amongPeople));
    }
    for (String name : Stream.concat(names.stream(), people.stream()).toList()) {
      double[] drawn = new double[replicates];
      Arrays.setAll(drawn, t -> part.mean(of -> of.drawn().get(t).accuracy()[of.maker(name)]));
      accuracies.add(
          new Accuracy(
              part.set(),
              part.level(),
              name,
              part.mean(of -> of.values().accuracy()[of.maker(name)]),
              Interval.percentile(drawn, LEVEL)));
    }
  }

  private double[] drawn(Part part, ToIntFunction<OfSet> row) {
    double[] kappas = new double[replicates];
    Arrays.setAll(kappas, t -> part.mean(of -> of.drawn().get(t).kappa()[row.applyAsInt(of)]));
    return kappas;
  }

  private Consistency consistency(Part part, String name, double[] amongPeople) {
    double kappa = part.mean(of -> of.values().kappa()[of.pairs(name)]);
    double people = part.mean(of -> of.values().kappa()[0]);
    double[] drawn = drawn(part, of -> of.pairs(name));
    double[] gaps = new double[replicates];
    double[] chance = new double[replicates];
    int asGreat = 0;
    for (int t = 0; t < replicates; t++) {
      int at = t;
      gaps[t] = amongPeople[t] - drawn[t];
      chance[t] = part.mean(of -> of.chance().get(at)[of.pairs(name)]);
      asGreat += chance[t] >= kappa - ROUNDING ? 1 : 0;
    }
    return new Consistency(
        part.set(),
        part.level(),
        name,
        overlap(part, name, ErrorOverlap::observed),
        overlap(part, name, ErrorOverlap::expected),
        overlap(part, name, ErrorOverlap::least),
        overlap(part, name, ErrorOverlap::greatest),
        kappa,
        Interval.percentile(drawn, LEVEL),
        Interval.percentile(chance, LEVEL),
        Double.isNaN(kappa) ? Double.NaN : (1 + asGreat) / (1.0 + replicates),
        people - kappa,
        Interval.percentile(gaps, LEVEL));
  }

  private static double overlap(Part part, String name, ToDoubleFunction<ErrorOverlap> statistic) {
    return part.mean(of -> of.whole().overLevels(of.pairs(name), statistic));
  }

  /** Of every set in turn: each level and then their mean, and of each people and then networks. */
  public List<Consistency> consistencies() {
    return List.copyOf(consistencies);
  }

  /** As {@link #consistencies}, with every person behind the networks. */
  public List<Accuracy> accuracies() {
    return List.copyOf(accuracies);
  }

  /** Names of the sets, in their order. */
  public List<String> sets() {
    return consistencies.stream()
        .map(Consistency::set)
        .filter(set -> !set.equals(ALL_SETS))
        .distinct()
        .toList();
  }

  /** {@link #PEOPLE}, and the networks. */
  public List<String> names() {
    return consistencies.stream().map(Consistency::name).distinct().toList();
  }

  /** The consistencies as a table; what is unknown is missing. */
  public Table consistencyTable() {
    Table table =
        Table.create(
            "Error consistency",
            texts("set", consistencies, Consistency::set),
            texts("level", consistencies, Consistency::level),
            texts("with people", consistencies, Consistency::name));
    return table.addColumns(
        numbers("observed overlap", consistencies, Consistency::observed),
        numbers("expected overlap", consistencies, Consistency::expected),
        numbers("least kappa", consistencies, Consistency::least),
        numbers("greatest kappa", consistencies, Consistency::greatest),
        numbers("kappa", consistencies, Consistency::kappa),
        numbers("low", consistencies, one -> one.interval().low()),
        numbers("high", consistencies, one -> one.interval().high()),
        numbers("chance low", consistencies, one -> one.chance().low()),
        numbers("chance high", consistencies, one -> one.chance().high()),
        numbers("p", consistencies, Consistency::p),
        numbers("below people by", consistencies, Consistency::gap),
        numbers("below low", consistencies, one -> one.gapInterval().low()),
        numbers("below high", consistencies, one -> one.gapInterval().high()));
  }

  /** The accuracies as a table. */
  public Table accuracyTable() {
    return Table.create(
        "Accuracy",
        texts("set", accuracies, Accuracy::set),
        texts("level", accuracies, Accuracy::level),
        texts("name", accuracies, Accuracy::name),
        numbers("accuracy", accuracies, Accuracy::value),
        numbers("low", accuracies, one -> one.interval().low()),
        numbers("high", accuracies, one -> one.interval().high()));
  }

  private static <T> StringColumn texts(String name, List<T> rows, Function<T, String> text) {
    return StringColumn.create(name, rows.stream().map(text).toList());
  }

  private static <T> DoubleColumn numbers(String name, List<T> rows, ToDoubleFunction<T> number) {
    return DoubleColumn.create(
        name,
        rows.stream()
            .mapToDouble(number)
            .map(value -> Double.isInfinite(value) ? Double.NaN : value)
            .toArray());
  }
}
