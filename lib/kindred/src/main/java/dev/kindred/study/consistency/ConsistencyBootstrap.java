package dev.kindred.study.consistency;

import static dev.kindred.study.consistency.Consistency.ones;

import dev.kindred.base.Seeds;
import dev.kindred.measure.statistics.Bootstrap;
import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Interval;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Bootstrap intervals of any quantity of a {@link Consistency}, over models, over data sets, or
 * over both.
 */
public final class ConsistencyBootstrap {
  /** What is drawn again. */
  public enum Over {
    MODELS,
    DATA_SETS,
    BOTH
  }

  private ConsistencyBootstrap() {}

  /**
   * The central 95 % of quantities over bootstrap replicates. All are evaluated on the same
   * replicates, so that differences are paired.
   *
   * @param similarities the data
   * @param over what is drawn with replacement
   * @param replicates number of replicates, such as 1000
   * @param seeds random stream {@code consistency bootstrap}
   * @param quantities functions of a replicate
   */
  public static List<Interval> intervals(
      SimilaritySet similarities,
      Over over,
      int replicates,
      Seeds seeds,
      List<ToDoubleFunction<Consistency>> quantities) {
    int models = similarities.models().size();
    int dataSets = similarities.dataSets().size();
    return Bootstrap.intervals(
        replicates,
        0.95,
        seeds.stream("consistency bootstrap " + over),
        random -> {
          Consistency replicate =
              new Consistency(
                  similarities,
                  Correlation.Method.PEARSON,
                  over == Over.DATA_SETS ? ones(models) : Bootstrap.counts(models, random),
                  over == Over.MODELS ? ones(dataSets) : Bootstrap.counts(dataSets, random));
          return quantities.stream().mapToDouble(q -> q.applyAsDouble(replicate)).toArray();
        });
  }
}
