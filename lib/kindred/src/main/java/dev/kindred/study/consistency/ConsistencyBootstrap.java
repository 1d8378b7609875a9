package dev.kindred.study.consistency;

import static dev.kindred.study.consistency.Consistency.ones;

import dev.kindred.base.Parallel;
import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Bootstrap;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * Bootstrap of any quantity of a {@link Consistency}, over models, over data sets, or over both. A
 * model never meets its own copy, nor does a data set. Models of one declaration are drawn
 * together, and count as one.
 */
public final class ConsistencyBootstrap {
  /**
   * Share of replicates that must define a quantity; else there is no error to judge by. A category
   * of three data sets has two different ones in 70 % of them.
   */
  private static final double DEFINED = 0.5;

  /** What is drawn again. */
  public enum Over {
    MODELS,
    DATA_SETS,
    BOTH
  }

  private record Draw(double[] models, double[] dataSets) {}

  private final Consistency observed;
  private final Over over;
  private final List<Draw> draws = new ArrayList<>();

  /** Declarations for every model: 1, or a third where each has three copies. */
  private final double declarationsPerModel;

  /**
   * @param similarities the data
   * @param over what is drawn with replacement
   * @param replicates number of replicates, such as 1000
   * @param seeds random stream {@code consistency bootstrap}
   */
  ConsistencyBootstrap(SimilaritySet similarities, Over over, int replicates, Seeds seeds) {
    this.observed = new Consistency(similarities);
    this.over = over;
    int models = similarities.models().size();
    int dataSets = similarities.dataSets().size();
    List<String> different = similarities.declarations().stream().distinct().toList();
    int[] declarations =
        similarities.declarations().stream().mapToInt(different::indexOf).toArray();
    declarationsPerModel = (double) different.size() / models;
    SplittableRandom random = seeds.stream("consistency bootstrap " + over);
    for (int t = 0; t < replicates; t++) {
      draws.add(
          new Draw(
              over == Over.DATA_SETS
                  ? ones(models)
                  : ofModels(Bootstrap.counts(different.size(), random), declarations),
              over == Over.MODELS ? ones(dataSets) : Bootstrap.counts(dataSets, random)));
    }
  }

  private static double[] ofModels(double[] counts, int[] declarations) {
    return Arrays.stream(declarations).mapToDouble(declaration -> counts[declaration]).toArray();
  }

  /**
   * Numbers of every replicate, one row each, in the order of the draws. Replicates are made on all
   * cores, so the function is called by several threads at once.
   */
  double[][] values(Function<Consistency, double[]> numbers) {
    double[][] values = new double[draws.size()][];
    Parallel.forEach(
        values.length,
        t -> values[t] = numbers.apply(observed.drawn(draws.get(t).models, draws.get(t).dataSets)));
    return values;
  }

  /** Quantities of every replicate; all see the same replicates, so differences are paired. */
  double[][] values(List<? extends ToDoubleFunction<Consistency>> quantities) {
    return values(
        replicate -> quantities.stream().mapToDouble(q -> q.applyAsDouble(replicate)).toArray());
  }

  /**
   * Quantities of the data with their errors over the replicates. The degrees of freedom are
   * Satterthwaite's (1946): drawing the data sets alone tells their part of the variance, the
   * models have the rest, and each part has one degree less than its items, of models their
   * declarations.
   */
  List<Estimate> estimates(List<Part> parts) {
    List<ToDoubleFunction<Consistency>> quantities = parts.stream().map(Part::quantity).toList();
    double[][] drawn = values(quantities);
    double[][] byDataSets = new double[draws.size()][];
    Parallel.forEach(
        byDataSets.length,
        t -> {
          Consistency replicate = observed.withDataSets(draws.get(t).dataSets);
          byDataSets[t] =
              quantities.stream().mapToDouble(q -> q.applyAsDouble(replicate)).toArray();
        });
    List<Estimate> estimates = new ArrayList<>();
    for (int i = 0; i < parts.size(); i++) {
      Part part = parts.get(i);
      double error = error(column(drawn, i), part.scale()::of);
      double ofDataSets = error(column(byDataSets, i), part.scale()::of);
      estimates.add(
          new Estimate(
              part.quantity().applyAsDouble(observed),
              error,
              degrees(part, Math.pow(ofDataSets / error, 2)),
              part.scale(),
              part.permuted()));
    }
    return estimates;
  }

  /** 95 % intervals of quantities, each by itself. */
  List<Interval> intervals(List<Part> parts) {
    DecisionRule rule = new DecisionRule.Above(0);
    return estimates(parts).stream()
        .map(estimate -> rule.judge(List.of(estimate)).interval())
        .toList();
  }

  /**
   * @param share share of the variance that comes from the data sets; NaN is all
   */
  private double degrees(Part part, double share) {
    double models = part.models() * declarationsPerModel - 1;
    if (over == Over.MODELS) {
      return models;
    }
    double known = share <= 1 ? share : 1;
    int dataSets = part.dataSets() - 1;
    return dataSets < 1 || models < 1
        ? 0
        : 1 / (known * known / dataSets + (1 - known) * (1 - known) / models);
  }

  /**
   * Standard deviation of a quantity over the replicates, on a scale; NaN where fewer than half of
   * the replicates define it.
   */
  static double error(double[] values, DoubleUnaryOperator scale) {
    double[] defined =
        Arrays.stream(values).filter(value -> !Double.isNaN(value)).map(scale).toArray();
    if (defined.length < 2 || defined.length < DEFINED * values.length) {
      return Double.NaN;
    }
    double mean = Arrays.stream(defined).average().orElseThrow();
    double squares = Arrays.stream(defined).map(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (defined.length - 1));
  }

  /** One quantity of every replicate. */
  static double[] column(double[][] values, int quantity) {
    return Arrays.stream(values).mapToDouble(row -> row[quantity]).toArray();
  }

  /** The central 95 % of quantities over bootstrap replicates. */
  public static List<Interval> intervals(
      SimilaritySet similarities,
      Over over,
      int replicates,
      Seeds seeds,
      List<ToDoubleFunction<Consistency>> quantities) {
    double[][] values =
        new ConsistencyBootstrap(similarities, over, replicates, seeds).values(quantities);
    List<Interval> intervals = new ArrayList<>();
    for (int q = 0; q < quantities.size(); q++) {
      intervals.add(Interval.percentile(column(values, q), 0.95));
    }
    return intervals;
  }
}
