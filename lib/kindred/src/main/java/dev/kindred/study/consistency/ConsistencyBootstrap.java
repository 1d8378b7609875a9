package dev.kindred.study.consistency;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.study.Interval;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
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
    SplittableRandom random = seeds.stream("consistency bootstrap " + over);
    double[][] values = new double[quantities.size()][replicates];
    int models = similarities.models().size();
    int dataSets = similarities.dataSets().size();
    for (int i = 0; i < replicates; i++) {
      Progress.checkCancelled();
      Consistency replicate =
          new Consistency(
              similarities,
              weights(models, over != Over.DATA_SETS, random),
              weights(dataSets, over != Over.MODELS, random));
      for (int q = 0; q < values.length; q++) {
        values[q][i] = quantities.get(q).applyAsDouble(replicate);
      }
    }
    return Arrays.stream(values).map(Interval::percentile95).toList();
  }

  private static double[] weights(int count, boolean drawn, SplittableRandom random) {
    double[] weights = new double[count];
    for (int i = 0; i < count; i++) {
      weights[drawn ? random.nextInt(count) : i]++;
    }
    return weights;
  }
}
