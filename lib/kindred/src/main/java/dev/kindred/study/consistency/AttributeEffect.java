package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import dev.kindred.study.Evidence;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How much an attribute of the models matters for consistency.
 *
 * <p>Its <em>share</em> is that part of the variance of R(Θ, Φ), over the attribute's set pairs and
 * all pairs of data sets, which lies between the set pairs: 0 if consistency does not depend on the
 * sets, 1 if on nothing else. Small sets give noisy R and with it a share by chance, and attributes
 * are confounded (most image–text models are large). So the <em>unique</em> share given another
 * attribute is the share less its mean when the labels are permuted among models that agree in the
 * other.
 *
 * <p>Attribute A matters more than B if the difference of their unique shares is above 0, by its
 * standard error over bootstrap replicates of models and data sets in which both shares are
 * measured. Permuted labels cannot test that: their null is that neither matters, and it is
 * rejected where both matter alike.
 */
public final class AttributeEffect {
  private final Consistency consistency;
  private final ModelTable models;
  private final int draws;
  private final Seeds seeds;
  private final Map<List<String>, Double> chance = new HashMap<>();

  /**
   * @param consistency the data
   * @param models attributes of the same models in the same order
   * @param draws number of permutations, and of bootstrap replicates, such as 999
   * @param seeds random streams {@code attribute effect …} and {@code consistency bootstrap BOTH}
   */
  public AttributeEffect(Consistency consistency, ModelTable models, int draws, Seeds seeds) {
    if (!models.models().equals(consistency.similarities().models())) {
      throw new InputException("the models table and the similarities hold different models");
    }
    this.consistency = consistency;
    this.models = models;
    this.draws = draws;
    this.seeds = seeds;
  }

  /** The share of the variance of R that lies between the set pairs of an attribute. */
  public double share(String attribute) {
    return share(consistency, PairSet.of(models, attribute).values());
  }

  /** NaN for fewer than two set pairs. */
  static double share(Consistency consistency, Collection<PairSet> sets) {
    double count = 0;
    double sum = 0;
    double squares = 0;
    double between = 0;
    int defined = 0;
    for (PairSet pairs : sets) {
      double[] sums = consistency.sums(pairs);
      if (sums[0] > 0) {
        count += sums[0];
        sum += sums[1];
        squares += sums[2];
        between += sums[1] * sums[1] / sums[0];
        defined++;
      }
    }
    double total = squares - sum * sum / count;
    return defined < 2 ? Double.NaN : Math.max(0, between - sum * sum / count) / total;
  }

  /**
   * p-value of "{@code attribute} has no effect": its labels permuted among all models, by the +1
   * rule (Phipson &amp; Smyth 2010).
   *
   * @param attribute name of an attribute
   */
  public double p(String attribute) {
    double observed = share(attribute);
    int reached = 0;
    for (double permuted : permuted(attribute, null)) {
      reached += permuted >= observed ? 1 : 0;
    }
    return (reached + 1.0) / (draws + 1.0);
  }

  /** The share of an attribute beyond what chance and another attribute give it. */
  public double unique(String attribute, String other) {
    return share(attribute) - chance(attribute, other);
  }

  /** What chance and another attribute give an attribute. */
  private double chance(String attribute, String other) {
    return chance.computeIfAbsent(
        List.of(attribute, other),
        pair -> java.util.Arrays.stream(permuted(attribute, other)).average().orElse(Double.NaN));
  }

  /** The difference of the unique shares of two attributes, as it is to be bootstrapped. */
  Part difference(String attribute, String other) {
    Collection<PairSet> sets = PairSet.of(models, attribute).values();
    Collection<PairSet> others = PairSet.of(models, other).values();
    double byChance = chance(attribute, other) - chance(other, attribute);
    return Part.difference(
        replicate -> share(replicate, sets) - share(replicate, others) - byChance,
        Math.min(smallest(attribute), smallest(other)),
        consistency.similarities());
  }

  /** Models in the smallest set that has pairs. */
  private int smallest(String attribute) {
    return PairSet.of(models, attribute).values().stream()
        .mapToInt(PairSet::smallerSet)
        .filter(size -> size > 1)
        .min()
        .orElse(1);
  }

  /**
   * Result of a comparison.
   *
   * @param attribute the attribute that is claimed to matter more
   * @param other the one it is compared with
   * @param unique unique share of {@code attribute} given {@code other}
   * @param otherUnique unique share of {@code other} given {@code attribute}
   * @param interval 95 % interval of their difference
   * @param p one-sided p-value of "it does not matter more"
   */
  public record Comparison(
      String attribute,
      String other,
      double unique,
      double otherUnique,
      Interval interval,
      double p) {}

  /**
   * Compares an attribute with others on the same bootstrap replicates.
   *
   * @param attribute the attribute that is claimed to matter more
   * @param others the attributes it is compared with
   */
  public List<Comparison> compare(String attribute, List<String> others) {
    List<Part> parts = others.stream().map(other -> difference(attribute, other)).toList();
    List<Estimate> estimates =
        new ConsistencyBootstrap(
                consistency.similarities(), ConsistencyBootstrap.Over.BOTH, draws, seeds)
            .estimates(parts);
    List<Comparison> comparisons = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      String other = others.get(i);
      Evidence evidence = new DecisionRule.Above(0).judge(List.of(estimates.get(i)));
      comparisons.add(
          new Comparison(
              attribute,
              other,
              unique(attribute, other),
              unique(other, attribute),
              evidence.interval(),
              evidence.holds()));
    }
    return comparisons;
  }

  /** The other attributes that make more than one set pair. */
  private List<String> others(String attribute) {
    return models.attributes().keySet().stream()
        .filter(other -> !other.equals(attribute) && PairSet.of(models, other).size() > 1)
        .toList();
  }

  /**
   * One row for each other attribute; the largest p is that of "it matters more than every other
   * one" (intersection–union test).
   */
  public Table table(String attribute) {
    List<Comparison> comparisons = compare(attribute, others(attribute));
    return Table.create(
        "Does " + attribute + " matter more?",
        StringColumn.create("than", comparisons.stream().map(Comparison::other).toList()),
        DoubleColumn.create(
            "unique share of " + attribute,
            comparisons.stream().mapToDouble(Comparison::unique).toArray()),
        DoubleColumn.create(
            "unique share of the other",
            comparisons.stream().mapToDouble(Comparison::otherUnique).toArray()),
        StringColumn.create(
            "95 % of the difference",
            comparisons.stream().map(comparison -> comparison.interval().toString()).toList()),
        DoubleColumn.create(
            "p (not more)", comparisons.stream().mapToDouble(Comparison::p).toArray()));
  }

  /**
   * Shares under permuted labels: among all models, or among those that agree in {@code within}.
   */
  private double[] permuted(String attribute, String within) {
    SplittableRandom random = seeds.stream("attribute effect " + attribute + " within " + within);
    List<String> labels = models.values(attribute);
    List<int[]> strata = strata(within);
    List<List<String>> shuffled = new ArrayList<>();
    for (int i = 0; i < draws; i++) {
      shuffled.add(shuffle(labels, strata, random));
    }
    List<List<String>> different = shuffled.stream().distinct().toList(); // small strata repeat
    Map<List<String>, Double> shares = new ConcurrentHashMap<>();
    Parallel.forEach(
        different.size(), i -> shares.put(different.get(i), share(attribute, different.get(i))));
    return shuffled.stream().mapToDouble(shares::get).toArray();
  }

  /** The share if the attribute had other labels. */
  private double share(String attribute, List<String> labels) {
    ModelTable table = new ModelTable(models.models(), Map.of(attribute, labels));
    // By itself, as nobody asks for these sets again.
    Consistency alone = consistency.of(consistency.similarities());
    return share(alone, PairSet.of(table, attribute).values());
  }

  private List<int[]> strata(String within) {
    return within == null
        ? List.of(java.util.stream.IntStream.range(0, models.models().size()).toArray())
        : List.copyOf(models.sets(within).values());
  }

  /** Copies, which agree in their labels, go together. */
  private List<String> shuffle(List<String> labels, List<int[]> strata, SplittableRandom random) {
    List<String> declarations = consistency.similarities().declarations();
    List<String> shuffled = new ArrayList<>(labels);
    for (int[] stratum : strata) {
      Map<String, List<Integer>> copies = new LinkedHashMap<>();
      for (int model : stratum) {
        copies
            .computeIfAbsent(declarations.get(model), declaration -> new ArrayList<>())
            .add(model);
      }
      List<List<Integer>> units = List.copyOf(copies.values());
      List<String> drawn =
          new ArrayList<>(units.stream().map(unit -> labels.get(unit.get(0))).toList());
      for (int i = drawn.size() - 1; i > 0; i--) {
        java.util.Collections.swap(drawn, i, random.nextInt(i + 1));
      }
      for (int u = 0; u < drawn.size(); u++) {
        for (int model : units.get(u)) {
          shuffled.set(model, drawn.get(u));
        }
      }
    }
    return shuffled;
  }
}
