package dev.kindred.measure;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All pairs by {@link Measure#compare(Prepared, Prepared)}, in parallel, with no more prepared
 * forms at a time than the budget holds.
 *
 * <p>When all fit, each is prepared once. Otherwise one group is held, and a small one walks over
 * the rest: M representations, of which g are held, cost about M²/2g preparations. Nothing is
 * prepared for groups that an earlier run has finished.
 */
final class PairByPair {
  private final Measure measure;
  private final List<Representation> all;
  private final int[] rows;
  private final int[] columns;
  private final Run run;
  private final boolean[][] wanted;
  private final double[][] square;

  PairByPair(Measure measure, List<Representation> all, int[] rows, int[] columns, Run run) {
    this.measure = measure;
    this.all = all;
    this.rows = rows;
    this.columns = columns;
    this.run = run;
    this.wanted = new boolean[all.size()][all.size()];
    this.square = new double[all.size()][all.size()];
  }

  /** Compares what is prepared of two groups of representations. */
  @FunctionalInterface
  private interface Block {
    void compare(Prepared[] prepared, int a, int aEnd, int b, int bEnd);
  }

  /** Takes the indices of a pair; called by several threads. */
  @FunctionalInterface
  private interface Pair {
    void compare(int i, int j);
  }

  double[][] values() {
    // Of a symmetric measure's two orders one is computed; the other has the same bits.
    boolean symmetric = measure.info().symmetric();
    want(symmetric);
    long pairs = wanted();
    try (PairCheckpoint checkpoint = PairCheckpoint.open(run, measure, all, square, wanted);
        Progress.Task task = begin(pairs)) {
      task.advance(pairs - wanted());
      compute(
          task,
          (prepared, a, aEnd, b, bEnd) -> compare(prepared, a, aEnd, b, bEnd, task, checkpoint));
    }
    double[][] values = new double[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        int x = symmetric ? Math.min(rows[i], columns[j]) : rows[i];
        int y = symmetric ? Math.max(rows[i], columns[j]) : columns[j];
        values[i][j] = square[x][y];
      }
    }
    return values;
  }

  /** All scores of every row with every column, by a measure that is {@link CrossValidated}. */
  HeldOutScores[][] scores() {
    CrossValidated folded = (CrossValidated) measure;
    // Both directions come at once, whichever is first.
    want(true);
    HeldOutScores[][] found = new HeldOutScores[all.size()][all.size()];
    try (Progress.Task task = begin(wanted())) {
      compute(
          task,
          (prepared, a, aEnd, b, bEnd) ->
              eachWanted(
                  a,
                  aEnd,
                  b,
                  bEnd,
                  (i, j) -> {
                    found[i][j] = folded.scores(prepared[i], prepared[j]);
                    found[j][i] = found[i][j].reversed();
                    task.advance(1);
                  }));
    }
    HeldOutScores[][] scores = new HeldOutScores[rows.length][columns.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        scores[i][j] = found[rows[i]][columns[j]];
      }
    }
    return scores;
  }

  private void want(boolean oneOrder) {
    for (int i : rows) {
      for (int j : columns) {
        wanted[oneOrder ? Math.min(i, j) : i][oneOrder ? Math.max(i, j) : j] = true;
      }
    }
  }

  private long wanted() {
    return Arrays.stream(wanted).mapToLong(PairByPair::count).sum();
  }

  private Progress.Task begin(long pairs) {
    return run.progress().begin(measure.info().specification(), pairs + all.size());
  }

  private void compute(Progress.Task task, Block block) {
    if (!isWanted(0, all.size(), 0, all.size())) {
      return;
    }
    Prepared[] prepared = new Prepared[all.size()];
    prepare(prepared, 0, 1, task);
    int fit = fit(prepared[0].bytes());
    // As many walk as are prepared at the same time: more would be held in place of others.
    int walking = Math.max(1, Math.min(fit / 2, Math.max(2, Parallel.threads())));
    int held = fit >= all.size() ? all.size() : Math.max(1, fit - walking);
    for (int a = 0; a < all.size(); a += held) {
      int aEnd = Math.min(all.size(), a + held);
      compare(prepared, a, aEnd, a, aEnd, task, block);
      for (int b = aEnd; b < all.size(); b += walking) {
        int bEnd = Math.min(all.size(), b + walking);
        compare(prepared, a, aEnd, b, bEnd, task, block);
        Arrays.fill(prepared, b, bEnd, null);
      }
      Arrays.fill(prepared, a, aEnd, null);
    }
  }

  private void compare(
      Prepared[] prepared, int a, int aEnd, int b, int bEnd, Progress.Task task, Block block) {
    if (isWanted(a, aEnd, b, bEnd)) {
      prepare(prepared, a, aEnd, task);
      prepare(prepared, b, bEnd, task);
      block.compare(prepared, a, aEnd, b, bEnd);
    }
  }

  private boolean isWanted(int a, int aEnd, int b, int bEnd) {
    for (int i = a; i < aEnd; i++) {
      for (int j = b; j < bEnd; j++) {
        if (wanted[i][j] || wanted[j][i]) {
          return true;
        }
      }
    }
    return false;
  }

  /** How many fit into the budget. */
  private int fit(long first) {
    double largest = 0;
    for (Representation x : all) {
      // Preparations grow no faster than the representation's own size does.
      largest = Math.max(largest, (double) first * x.units() / Math.max(1, all.get(0).units()));
    }
    // The narrow ones are held a second time, side by side.
    int copies = measure instanceof CrossProductMeasure ? 2 : 1;
    return (int)
        Math.min(all.size(), run.budget() / (copies * Math.max(1, Math.max(first, largest))));
  }

  private void prepare(Prepared[] prepared, int from, int to, Progress.Task task) {
    Parallel.forEach(
        to - from,
        i -> {
          if (prepared[from + i] == null) {
            prepared[from + i] = measure.prepare(all.get(from + i));
            task.advance(1);
          }
        });
  }

  private void compare(
      Prepared[] prepared,
      int a,
      int aEnd,
      int b,
      int bEnd,
      Progress.Task task,
      PairCheckpoint checkpoint) {
    if (measure instanceof CrossProductMeasure cross) {
      CrossProducts products = new CrossProducts(cross, prepared, wanted);
      products.compare(a, aEnd, b, bEnd, (i, j, value) -> put(i, j, value, task, checkpoint));
      return;
    }
    eachWanted(
        a,
        aEnd,
        b,
        bEnd,
        (i, j) -> put(i, j, measure.compare(prepared[i], prepared[j]), task, checkpoint));
  }

  /** The wanted pairs of two groups, in parallel. */
  private void eachWanted(int a, int aEnd, int b, int bEnd, Pair pair) {
    List<int[]> pairs = new ArrayList<>();
    for (int i = a; i < aEnd; i++) {
      for (int j = b; j < bEnd; j++) {
        if (wanted[i][j]) {
          pairs.add(new int[] {i, j});
        }
        if (a != b && wanted[j][i]) {
          pairs.add(new int[] {j, i});
        }
      }
    }
    Parallel.forEach(pairs.size(), t -> pair.compare(pairs.get(t)[0], pairs.get(t)[1]));
  }

  private void put(int i, int j, double value, Progress.Task task, PairCheckpoint checkpoint) {
    square[i][j] = value;
    checkpoint.done(i, j);
    task.advance(1);
  }

  private static long count(boolean[] flags) {
    long count = 0;
    for (boolean flag : flags) {
      count += flag ? 1 : 0;
    }
    return count;
  }
}
