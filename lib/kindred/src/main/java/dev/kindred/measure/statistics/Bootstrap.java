package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Resamplable;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * Confidence intervals by resampling stimuli, models or data sets (Efron, 1979), in which no item
 * is paired with its own copy.
 */
public final class Bootstrap {
  private static final int CHUNK = 64;

  private Bootstrap() {}

  /**
   * The percentile interval of a statistic over items (models, data sets) drawn with repetition.
   *
   * <p>A statistic over pairs of items must leave out pairs of an item with its own copy, as {@link
   * Consistency#ofDraw} does; draws for which it is undefined are skipped.
   *
   * @param items number of items
   * @param replicates number of draws
   * @param level probability of the interval, such as 0.95
   * @param seeds for the stream {@code bootstrap}
   * @param statistic of {@code items} drawn positions; called from several threads
   * @throws InputException if the statistic is undefined for all items, or for more than half of
   *     the draws
   */
  public static Interval interval(
      int items,
      int replicates,
      double level,
      Seeds seeds,
      Function<int[], OptionalDouble> statistic) {
    requireSettings(replicates, level);
    double estimate =
        statistic
            .apply(Permutations.identity(items))
            .orElseThrow(
                () -> new InputException("bootstrap: the statistic is undefined for all items"));
    int[][] draws = draws(items, replicates, seeds);
    double[] values = new double[replicates];
    Parallel.forEach(replicates, t -> values[t] = statistic.apply(draws[t]).orElse(Double.NaN));
    return percentile(estimate, values, level);
  }

  /**
   * A measure's interval over stimuli: what another sample of as many stimuli could give.
   *
   * <p>Where the measure is {@link Resamplable} (kernel measures over pairs of stimuli), stimuli
   * are drawn with repetition on the prepared forms and pairs of copies left out. Where it is not,
   * a copy cannot be left out, so random halves without repetition are taken instead: their spread
   * about their mean is that of the whole sample (Shao and Wu, Annals of Statistics 17, 1989); it
   * costs two preparations of half the size for each replicate, and the measure must be defined on
   * n/2 stimuli.
   *
   * @param replicates number of resamples; 1000 for an interval that is reported
   * @param level probability of the interval, such as 0.95
   * @param seeds for the stream {@code bootstrap}
   */
  public static Interval overStimuli(
      Measure measure,
      Representation x,
      Representation y,
      int replicates,
      double level,
      Seeds seeds,
      Progress progress) {
    requireSettings(replicates, level);
    x.requireSameStimuli(y);
    if (measure instanceof Resamplable resamplable && resamplable.isResamplable()) {
      Prepared a = measure.prepare(x);
      Prepared b = measure.prepare(y);
      int[][] draws = draws(x.stimuli(), replicates, seeds);
      double[] values = new double[replicates];
      try (Progress.Task task = progress.begin("bootstrap", replicates)) {
        for (int from = 0; from < replicates; from += CHUNK) {
          int[][] chunk = Arrays.copyOfRange(draws, from, Math.min(replicates, from + CHUNK));
          double[] part = resamplable.compareResampled(a, b, chunk);
          System.arraycopy(part, 0, values, from, part.length);
          task.advance(part.length);
        }
      }
      return percentile(measure.compare(a, b), values, level);
    }
    return halves(measure, x, y, replicates, level, seeds, progress);
  }

  private static Interval halves(
      Measure measure,
      Representation x,
      Representation y,
      int replicates,
      double level,
      Seeds seeds,
      Progress progress) {
    int n = x.stimuli();
    int half = n / 2;
    if (half < measure.info().minimumStimuli()) {
      throw new InputException(
          "bootstrap: halves of "
              + n
              + " stimuli are too small for "
              + measure.info().specification()
              + ", which needs "
              + measure.info().minimumStimuli());
    }
    SplittableRandom random = seeds.stream("bootstrap");
    double[] values = new double[replicates];
    try (Progress.Task task = progress.begin("bootstrap", replicates)) {
      for (int t = 0; t < replicates; t++) {
        int[] rows = Arrays.copyOf(Permutations.random(n, random), half);
        Arrays.sort(rows);
        values[t] = measure.compare(x.select(rows), y.select(rows));
        task.advance(1);
      }
    }
    double estimate = measure.compare(x, y);
    double mean = Arrays.stream(values).average().orElseThrow();
    // The variance of a half about the mean of halves, times half/(n − half), is that of the whole.
    double scale = Math.sqrt(half / (double) (n - half));
    double tail = (1 - level) / 2;
    double low = estimate + scale * (Quantile.of(values, tail) - mean);
    double high = estimate + scale * (Quantile.of(values, 1 - tail) - mean);
    return new Interval(
        estimate,
        Math.max(measure.info().minimum(), low),
        Math.min(measure.info().maximum(), high),
        level,
        replicates);
  }

  private static Interval percentile(double estimate, double[] values, double level) {
    double[] defined = Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
    if (defined.length * 2 < values.length) {
      throw new InputException(
          "bootstrap: the statistic is undefined in "
              + (values.length - defined.length)
              + " of "
              + values.length
              + " draws; there are too few items");
    }
    double tail = (1 - level) / 2;
    return new Interval(
        estimate,
        Quantile.of(defined, tail),
        Quantile.of(defined, 1 - tail),
        level,
        defined.length);
  }

  private static int[][] draws(int items, int replicates, Seeds seeds) {
    SplittableRandom random = seeds.stream("bootstrap");
    int[][] draws = new int[replicates][items];
    for (int[] draw : draws) {
      Arrays.setAll(draw, i -> random.nextInt(items));
    }
    return draws;
  }

  private static void requireSettings(int replicates, double level) {
    if (replicates < 2 || !(level > 0 && level < 1)) {
      throw new InputException(
          "bootstrap: "
              + replicates
              + " replicates at level "
              + level
              + "; expected at least 2, and a level between 0 and 1");
    }
  }
}
