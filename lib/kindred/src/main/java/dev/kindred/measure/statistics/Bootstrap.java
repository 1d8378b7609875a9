package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Resamplable;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Confidence intervals by resampling stimuli, models or data sets (Efron, 1979), in which no item
 * is paired with its own copy.
 */
public final class Bootstrap {
  private static final int CHUNK = 64;

  private Bootstrap() {}

  /**
   * Percentile intervals of statistics over replicates. All statistics of a replicate come from one
   * draw, so that their differences are paired.
   *
   * <p>A statistic over pairs of items must leave out pairs of an item with its own copy: it weighs
   * a pair by the product of its items' {@link #counts}.
   *
   * @param replicates number of replicates; 1000 for an interval that is reported
   * @param level probability of the interval, such as 0.95
   * @param random what the replicates draw from, one after the other
   * @param replicate draws and gives the statistics of its draw, NaN where one is undefined
   */
  public static List<Interval> intervals(
      int replicates,
      double level,
      SplittableRandom random,
      Function<SplittableRandom, double[]> replicate) {
    requireSettings(replicates, level);
    double[][] values = new double[replicates][];
    for (int t = 0; t < replicates; t++) {
      Progress.checkCancelled();
      values[t] = replicate.apply(random);
    }
    return IntStream.range(0, values[0].length)
        .mapToObj(s -> Arrays.stream(values).mapToDouble(row -> row[s]).toArray())
        .map(statistic -> Interval.percentile(statistic, level))
        .toList();
  }

  /** How often each item comes in {@code items} draws with repetition. */
  public static double[] counts(int items, SplittableRandom random) {
    double[] counts = new double[items];
    for (int i = 0; i < items; i++) {
      counts[random.nextInt(items)]++;
    }
    return counts;
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
      return Interval.percentile(values, level);
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
        Math.max(measure.info().minimum(), low), Math.min(measure.info().maximum(), high));
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
