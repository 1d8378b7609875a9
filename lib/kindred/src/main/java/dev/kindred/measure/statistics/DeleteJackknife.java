package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Invariance;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Intervals over stimuli for measures in which a stimulus must not stand beside its own copy: d of
 * n stimuli are left out at random, again and again, without repetition; the spread of the values
 * times √((n − d)/d) is that of the whole sample (Shao and Wu, Annals of Statistics 17, 1989).
 *
 * <p>d is n/2 where that is possible. Where so few stimuli leave the measure no room (the units of
 * both sides together span all stimuli that are left, or the values no longer vary), d is halved,
 * down to √n, below which the distribution of the values is no longer that of a sample. Where even
 * then nothing varies there is no interval, and the reason is given.
 *
 * <p>All pairs see the same stimuli.
 */
final class DeleteJackknife {
  /** Values from which one sees whether they vary. */
  private static final int PILOT = 12;

  /** Share of the pilot's values at the measure's bound from which on it has no room. */
  private static final double SATURATED = 0.9;

  private static final double EQUAL = 1e-9;

  private final Measure measure;
  private final MeasureInfo info;

  /** Size of differences that matter; 0 where it depends on the scale of responses. */
  private final double unit;

  private final List<Representation> rows;
  private final List<Representation> columns;
  private final PermutedPairs.Wanted wanted;
  private final int n;
  private final int replicates;
  private final double level;
  private final Seeds seeds;
  private final Run run;

  DeleteJackknife(
      Measure measure,
      List<Representation> rows,
      List<Representation> columns,
      PermutedPairs.Wanted wanted,
      int replicates,
      double level,
      Seeds seeds,
      Run run) {
    this.measure = measure;
    this.info = measure.info();
    boolean bounded = Double.isFinite(info.maximum() - info.minimum());
    this.unit = bounded || info.invariances().contains(Invariance.ISOTROPIC_SCALING) ? 1 : 0;
    this.rows = rows;
    this.columns = columns;
    this.wanted = wanted;
    this.n = rows.get(0).stimuli();
    this.replicates = replicates;
    this.level = level;
    this.seeds = seeds;
    this.run = run;
  }

  /** A pair's interval, or why there is none. */
  record Outcome(Interval interval, String reason) {}

  /** For every row and column; null where a pair is not wanted. */
  Outcome[][] outcomes() {
    List<Integer> sizes = sizes();
    double[][] estimates = values(measure, rows, columns);
    Outcome[][] outcomes = new Outcome[rows.size()][columns.size()];
    List<int[]> waiting = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        if (wanted.is(i, j)) {
          waiting.add(new int[] {i, j});
        }
      }
    }
    try (Progress.Task task = run.progress().begin("stimuli left out", 0)) {
      for (int d : sizes) {
        waiting = tryWith(d, sizes, estimates, waiting, outcomes, task);
      }
    }
    int least = sizes.get(sizes.size() - 1);
    for (int[] pair : waiting) {
      outcomes[pair[0]][pair[1]] = flat(pair, least, estimates[pair[0]][pair[1]]);
    }
    return outcomes;
  }

  /** How many stimuli may be left out, most first. */
  private List<Integer> sizes() {
    List<Integer> sizes = new ArrayList<>();
    int least = (int) Math.ceil(Math.sqrt(n));
    for (int d = n / 2; d >= 1 && (sizes.isEmpty() || d >= least); d /= 2) {
      if (n - d >= info.minimumStimuli()) {
        sizes.add(d);
      }
    }
    if (sizes.isEmpty()) {
      throw new InputException(
          "bootstrap: halves of "
              + n
              + " stimuli are too small for "
              + info.specification()
              + ", which needs "
              + info.minimumStimuli());
    }
    return sizes;
  }

  /** Leaves the pairs for which d is too large. */
  private List<int[]> tryWith(
      int d,
      List<Integer> sizes,
      double[][] estimates,
      List<int[]> waiting,
      Outcome[][] outcomes,
      Progress.Task task) {
    List<int[]> left = new ArrayList<>();
    List<int[]> here = new ArrayList<>();
    for (int[] pair : waiting) {
      boolean spanned = spans(pair, n - d);
      boolean better = sizes.stream().anyMatch(other -> !spans(pair, n - other));
      (spanned && better ? left : here).add(pair);
    }
    if (here.isEmpty()) {
      return left;
    }
    SplittableRandom random = seeds.stream("bootstrap");
    double[][] values = new double[here.size()][replicates];
    for (int t = 0; t < replicates && !here.isEmpty(); t++) {
      fill(t, here, values, d, random);
      task.advance(1);
      if (t + 1 == Math.min(PILOT, replicates)) {
        for (int k = here.size() - 1; k >= 0; k--) {
          if (!varies(Arrays.copyOf(values[k], t + 1))) {
            left.add(here.remove(k));
            // Those behind it move up with their pair.
            System.arraycopy(values, k + 1, values, k, here.size() - k);
          }
        }
      }
    }
    for (int k = 0; k < here.size(); k++) {
      int[] pair = here.get(k);
      Interval interval = interval(values[k], d, estimates[pair[0]][pair[1]]);
      outcomes[pair[0]][pair[1]] = new Outcome(interval, null);
    }
    return left;
  }

  private void fill(int t, List<int[]> pairs, double[][] values, int d, SplittableRandom random) {
    int[] kept = Arrays.copyOf(Permutations.random(n, random), n - d);
    Arrays.sort(kept);
    List<Representation> someRows = select(rows, kept);
    List<Representation> someColumns = rows == columns ? someRows : select(columns, kept);
    double[][] matrix = values(measure.select(kept), someRows, someColumns);
    for (int k = 0; k < pairs.size(); k++) {
      values[k][t] = matrix[pairs.get(k)[0]][pairs.get(k)[1]];
    }
  }

  private static List<Representation> select(List<Representation> all, int[] kept) {
    return all.stream().map(x -> x.select(kept)).toList();
  }

  private double[][] values(Measure there, List<Representation> some, List<Representation> others) {
    return new AllPairs(there)
        .budget(run.budget())
        .progress(Progress.NONE)
        .matrix(some, others)
        .values();
  }

  private Interval interval(double[] values, int d, double estimate) {
    double mean = Arrays.stream(values).average().orElseThrow();
    // The variance of n − d stimuli about their mean, times (n − d)/d, is that of the whole.
    double scale = Math.sqrt((n - d) / (double) d);
    double tail = (1 - level) / 2;
    double low = estimate + scale * (Quantile.of(values, tail) - mean);
    double high = estimate + scale * (Quantile.of(values, 1 - tail) - mean);
    return new Interval(Math.max(info.minimum(), low), Math.min(info.maximum(), high));
  }

  /** Whether the units of both sides can reproduce anything on so few stimuli. */
  private boolean spans(int[] pair, int stimuli) {
    return rows.get(pair[0]).units() + columns.get(pair[1]).units() + 2 > stimuli;
  }

  private boolean varies(double[] values) {
    double least = Arrays.stream(values).min().orElseThrow();
    double most = Arrays.stream(values).max().orElseThrow();
    long atBound = Arrays.stream(values).filter(this::isBound).count();
    return !isEqual(least, most) && atBound < SATURATED * values.length;
  }

  private boolean isBound(double value) {
    return isEqual(value, info.minimum()) || isEqual(value, info.maximum());
  }

  private boolean isEqual(double a, double b) {
    return Math.abs(a - b) <= EQUAL * Math.max(unit, Math.min(Math.abs(a), Math.abs(b)));
  }

  /** Where values do not vary: they agree wherever one looks, or the stimuli are too few. */
  private Outcome flat(int[] pair, int d, double estimate) {
    Representation x = rows.get(pair[0]);
    Representation y = columns.get(pair[1]);
    String what = "bootstrap: " + info.specification() + " of " + x.id() + " and " + y.id() + " ";
    if (!isBound(estimate)) {
      return new Outcome(
          null,
          what
              + String.format("is %.6g on all %d stimuli but does not vary on ", estimate, n)
              + (n - d)
              + tooFew(x, y));
    }
    int[] other = Permutations.random(n, seeds.stream("another order"));
    double reordered =
        measure.compare(measure.prepare(x), measure.select(other).prepare(y.select(other)));
    return spans(pair, n - d) && isEqual(reordered, estimate)
        ? new Outcome(
            null,
            what
                + String.format("is %.6g whatever the stimuli and their order, also on ", estimate)
                + (n - d)
                + tooFew(x, y))
        : new Outcome(new Interval(estimate, estimate), null);
  }

  private static String tooFew(Representation x, Representation y) {
    return " of them: for "
        + x.units()
        + " and "
        + y.units()
        + " units these are too few for an interval";
  }
}
