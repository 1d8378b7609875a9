package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * How much an attribute of the models matters for consistency, as a number with a permutation test.
 *
 * <p>The effect T of an attribute is the standard deviation, over its set pairs (Θ, Φ), of the mean
 * of R(Θ, Φ): 0 if consistency does not depend on the sets. Attributes are confounded (most
 * image–text models are large), so the <em>unique</em> effect given another attribute is T less its
 * mean when the labels are permuted among models that agree in the other attribute. Attribute A
 * matters more than B if the unique effect of A given B exceeds that of B given A; the null
 * distribution of that difference comes from the permuted labels of both. All p-values follow the
 * +1 rule (Phipson &amp; Smyth 2010).
 */
public final class AttributeEffect {
  private final Consistency consistency;
  private final ModelTable models;
  private final int permutations;
  private final Seeds seeds;

  /**
   * @param consistency the data
   * @param models attributes of the same models in the same order
   * @param permutations number of permutations, such as 999
   * @param seeds random streams {@code attribute effect …}
   */
  public AttributeEffect(
      Consistency consistency, ModelTable models, int permutations, Seeds seeds) {
    if (!models.models().equals(consistency.similarities().models())) {
      throw new InputException("the models table and the similarities hold different models");
    }
    this.consistency = consistency;
    this.models = models;
    this.permutations = permutations;
    this.seeds = seeds;
  }

  /** The effect T of an attribute. */
  public double effect(String attribute) {
    return effect(consistency, models, attribute);
  }

  static double effect(Consistency consistency, ModelTable models, String attribute) {
    double sum = 0;
    double squares = 0;
    int count = 0;
    for (PairSet pairs : PairSet.of(models, attribute).values()) {
      double mean = consistency.mean(pairs);
      if (!Double.isNaN(mean)) {
        sum += mean;
        squares += mean * mean;
        count++;
      }
    }
    return count < 2
        ? Double.NaN
        : Math.sqrt(Math.max(0, squares / count - sum * sum / count / count));
  }

  /**
   * p-value of "{@code attribute} has no effect": its labels permuted among all models.
   *
   * @param attribute name of an attribute
   */
  public double p(String attribute) {
    double observed = effect(attribute);
    int reached = 0;
    for (double permuted : permuted(attribute, null)) {
      reached += permuted >= observed ? 1 : 0;
    }
    return (reached + 1.0) / (permutations + 1.0);
  }

  /**
   * Unique effect of one attribute over another, and the test of "the first does not matter more".
   *
   * @param attribute the attribute that is claimed to matter more
   * @param other the attribute it is compared with
   */
  public Comparison compare(String attribute, String other) {
    double[] first = permuted(attribute, other);
    double[] second = permuted(other, attribute);
    double firstMean = mean(first);
    double secondMean = mean(second);
    double firstUnique = effect(attribute) - firstMean;
    double secondUnique = effect(other) - secondMean;
    double observed = firstUnique - secondUnique;
    int reached = 0;
    for (int i = 0; i < permutations; i++) {
      reached += (first[i] - firstMean) - (second[i] - secondMean) >= observed ? 1 : 0;
    }
    double p = (reached + 1.0) / (permutations + 1.0);
    return new Comparison(attribute, other, firstUnique, secondUnique, p);
  }

  /**
   * Result of {@link #compare}.
   *
   * @param attribute the attribute that is claimed to matter more
   * @param other the one it is compared with
   * @param unique unique effect of {@code attribute} given {@code other}
   * @param otherUnique unique effect of {@code other} given {@code attribute}
   * @param p one-sided p-value of "it does not matter more"
   */
  public record Comparison(
      String attribute, String other, double unique, double otherUnique, double p) {}

  /**
   * One row for each other attribute; the largest p is that of "it matters more than every other
   * one" (intersection–union test).
   */
  public Table table(String attribute) {
    List<Comparison> comparisons = new ArrayList<>();
    for (String other : models.attributes().keySet()) {
      if (!other.equals(attribute) && PairSet.of(models, other).size() > 1) {
        comparisons.add(compare(attribute, other));
      }
    }
    return Table.create(
        "Does " + attribute + " matter more?",
        StringColumn.create("than", comparisons.stream().map(Comparison::other).toList()),
        DoubleColumn.create(
            "unique effect of " + attribute,
            comparisons.stream().mapToDouble(Comparison::unique).toArray()),
        DoubleColumn.create(
            "unique effect of the other",
            comparisons.stream().mapToDouble(Comparison::otherUnique).toArray()),
        DoubleColumn.create(
            "p (not more)", comparisons.stream().mapToDouble(Comparison::p).toArray()));
  }

  /**
   * Effects under permuted labels: among all models, or among those that agree in {@code within}.
   */
  private double[] permuted(String attribute, String within) {
    SplittableRandom random = seeds.stream("attribute effect " + attribute + " within " + within);
    List<String> labels = models.values(attribute);
    List<int[]> strata = strata(within);
    Map<List<String>, Double> known = new HashMap<>(); // small strata repeat themselves
    double[] effects = new double[permutations];
    for (int i = 0; i < permutations; i++) {
      Progress.checkCancelled();
      List<String> shuffled = shuffle(labels, strata, random);
      effects[i] =
          known.computeIfAbsent(
              shuffled,
              key -> {
                Map<String, List<String>> attributes = new LinkedHashMap<>();
                attributes.put(attribute, key);
                return effect(consistency, new ModelTable(models.models(), attributes), attribute);
              });
    }
    return effects;
  }

  private List<int[]> strata(String within) {
    return within == null
        ? List.of(java.util.stream.IntStream.range(0, models.models().size()).toArray())
        : List.copyOf(models.sets(within).values());
  }

  private static List<String> shuffle(
      List<String> labels, List<int[]> strata, SplittableRandom random) {
    List<String> shuffled = new ArrayList<>(labels);
    for (int[] stratum : strata) {
      for (int i = stratum.length - 1; i > 0; i--) {
        java.util.Collections.swap(shuffled, stratum[i], stratum[random.nextInt(i + 1)]);
      }
    }
    return shuffled;
  }

  private static double mean(double[] values) {
    return java.util.Arrays.stream(values).average().orElse(Double.NaN);
  }
}
