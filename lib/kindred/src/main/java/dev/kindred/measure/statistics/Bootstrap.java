package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Memory;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Resamplable;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
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
   * A measure's interval over stimuli: what another sample of as many stimuli could give. That a
   * measure is biased where stimuli are few is not taken out: the interval is about the measure on
   * n stimuli.
   *
   * <p>Where the measure is {@link Resamplable} (kernel measures over pairs of stimuli), stimuli
   * are drawn with repetition on the prepared forms and pairs of copies left out. Where it is not,
   * a copy cannot be left out, so stimuli are left out without repetition: half of them, or fewer
   * where the rest would leave the measure no room (delete-d jackknife: Shao and Wu, Annals of
   * Statistics 17, 1989); it costs two preparations for each replicate. A value at the measure's
   * bound on all parts of the stimuli, but not in another order of them, has an interval of no
   * width.
   *
   * @param replicates number of resamples; 1000 for an interval that is reported
   * @param level probability of the interval, such as 0.95
   * @param seeds for the stream {@code bootstrap}
   * @throws InputException if the value does not vary over parts of the stimuli because these are
   *     fewer than the units
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
      try (Progress.Task task = progress.begin("bootstrap", replicates)) {
        return Interval.percentile(
            resampled(
                resamplable,
                measure.prepare(x),
                measure.prepare(y),
                draws(x.stimuli(), replicates, seeds),
                task),
            level);
      }
    }
    Run run = new Run(Memory.quarter(), progress, null);
    DeleteJackknife.Outcome outcome =
        new DeleteJackknife(
                measure, List.of(x), List.of(y), (i, j) -> true, replicates, level, seeds, run)
            .outcomes()[0][0];
    if (outcome.reason() != null) {
      throw new InputException(outcome.reason());
    }
    return outcome.interval();
  }

  /**
   * Intervals of all pairs of representations.
   *
   * @param low lower ends, NaN on the diagonal, −∞ where nothing is known
   * @param high upper ends, ∞ where nothing is known
   */
  public record IntervalMatrix(LabelledMatrix low, LabelledMatrix high) {}

  /**
   * As {@link #overStimuli(Measure, Representation, Representation, int, double, Seeds, Progress)},
   * of all pairs of different representations; all on the same resamples, so that differences of
   * values are paired. A pair that has no interval is unknown.
   *
   * @param run memory budget and display
   */
  public static IntervalMatrix overStimuli(
      Measure measure,
      List<Representation> representations,
      int replicates,
      double level,
      Seeds seeds,
      Run run) {
    requireSettings(replicates, level);
    if (representations.size() < 2) {
      throw new InputException(
          "bootstrap of " + representations.size() + " representations; expected at least 2");
    }
    representations.forEach(representations.get(0)::requireSameStimuli);
    boolean symmetric = measure.info().symmetric();
    PermutedPairs.Wanted wanted = (i, j) -> symmetric ? i < j : i != j;
    Interval[][] intervals =
        measure instanceof Resamplable resamplable && resamplable.isResamplable()
            ? resampled(resamplable, representations, replicates, level, seeds, run)
            : leftOut(measure, representations, wanted, replicates, level, seeds, run);
    int m = representations.size();
    double[][] low = new double[m][m];
    double[][] high = new double[m][m];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < m; j++) {
        Interval interval = intervals[wanted.is(i, j) ? i : j][wanted.is(i, j) ? j : i];
        low[i][j] = interval == null ? Double.NaN : interval.low();
        high[i][j] = interval == null ? Double.NaN : interval.high();
      }
    }
    List<String> names = representations.stream().map(Representation::id).toList();
    String name = measure.info().specification();
    Provenance provenance =
        Provenance.of(
            "bootstrap over stimuli",
            Map.of("measure", name, "replicates", replicates, "level", level, "seed", seeds.root()),
            representations.stream().map(Representation::provenance).toArray(Provenance[]::new));
    return new IntervalMatrix(
        new LabelledMatrix("lower end of " + name, names, names, low, provenance),
        new LabelledMatrix("upper end of " + name, names, names, high, provenance));
  }

  private static Interval[][] leftOut(
      Measure measure,
      List<Representation> models,
      PermutedPairs.Wanted wanted,
      int replicates,
      double level,
      Seeds seeds,
      Run run) {
    DeleteJackknife.Outcome[][] outcomes =
        new DeleteJackknife(measure, models, models, wanted, replicates, level, seeds, run)
            .outcomes();
    Interval[][] intervals = new Interval[models.size()][models.size()];
    for (int i = 0; i < intervals.length; i++) {
      for (int j = 0; j < intervals.length; j++) {
        DeleteJackknife.Outcome outcome = outcomes[i][j];
        if (outcome != null) {
          intervals[i][j] = outcome.reason() == null ? outcome.interval() : Interval.UNKNOWN;
        }
      }
    }
    return intervals;
  }

  /** As many prepared rows at a time as the budget holds, and the columns one after another. */
  private static Interval[][] resampled(
      Resamplable measure,
      List<Representation> models,
      int replicates,
      double level,
      Seeds seeds,
      Run run) {
    int m = models.size();
    int[][] draws = draws(models.get(0).stimuli(), replicates, seeds);
    Interval[][] intervals = new Interval[m][m];
    try (Progress.Task task = run.progress().begin("bootstrap", m * (m - 1L) / 2 * replicates)) {
      for (int from = 0; from < m; ) {
        List<Prepared> group = new ArrayList<>();
        long bytes = 0;
        do {
          group.add(measure.prepare(models.get(from + group.size())));
          bytes += group.get(group.size() - 1).bytes();
        } while (from + group.size() < m && 2 * bytes <= run.budget());
        for (int j = from + 1; j < m; j++) {
          boolean held = j - from < group.size();
          Prepared column = held ? group.get(j - from) : measure.prepare(models.get(j));
          for (int i = 0; i < Math.min(group.size(), j - from); i++) {
            double[] values = resampled(measure, group.get(i), column, draws, task);
            intervals[from + i][j] = Interval.percentile(values, level);
          }
        }
        from += group.size();
      }
    }
    return intervals;
  }

  private static double[] resampled(
      Resamplable measure, Prepared a, Prepared b, int[][] draws, Progress.Task task) {
    double[] values = new double[draws.length];
    for (int from = 0; from < draws.length; from += CHUNK) {
      int[][] chunk = Arrays.copyOfRange(draws, from, Math.min(draws.length, from + CHUNK));
      double[] part = measure.compareResampled(a, b, chunk);
      System.arraycopy(part, 0, values, from, part.length);
      task.advance(part.length);
    }
    return values;
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
