package dev.kindred.measure.statistics;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Permutable;
import dev.kindred.measure.PermutableMatrix;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Reorderable;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A measure's values for pairs of representations with the second one's stimuli in other orders, by
 * the cheapest way that the measure has; all pairs in the same orders.
 */
final class PermutedPairs {
  private static final int CHUNK = 50;

  private final Measure measure;
  private final List<Representation> rows;
  private final List<Representation> columns;
  private final Wanted wanted;
  private final Run run;

  /** Which pairs are wanted. */
  interface Wanted {
    boolean is(int row, int column);
  }

  PermutedPairs(
      Measure measure,
      List<Representation> rows,
      List<Representation> columns,
      Wanted wanted,
      Run run) {
    this.measure = measure;
    this.rows = rows;
    this.columns = columns;
    this.wanted = wanted;
    this.run = run;
  }

  /** For every row and column one value for each order; null where a pair is not wanted. */
  double[][][] values(int[][] orders) {
    if (measure instanceof PermutableMatrix matrix && matrix.isPermutable()) {
      long total = (long) orders.length * rows.size() * columns.size();
      try (Progress.Task task = run.progress().begin("permutations", total)) {
        double[][][] all = matrix.comparePermuted(rows, columns, orders, run, task);
        for (int i = 0; i < rows.size(); i++) {
          for (int j = 0; j < columns.size(); j++) {
            all[i][j] = wanted.is(i, j) ? all[i][j] : null;
          }
        }
        return all;
      }
    }
    double[][][] values = new double[rows.size()][columns.size()][];
    try (Progress.Task task = run.progress().begin("permutations", orders.length * pairs())) {
      for (int from = 0; from < rows.size(); ) {
        List<Prepared> group = new ArrayList<>();
        long bytes = 0;
        // As many prepared rows as the budget holds beside the column's; at least one.
        do {
          group.add(measure.prepare(rows.get(from + group.size())));
          bytes += group.get(group.size() - 1).bytes();
        } while (from + group.size() < rows.size() && 2 * bytes <= run.budget());
        for (int j = 0; j < columns.size(); j++) {
          group(from, group, j, orders, values, task);
        }
        from += group.size();
      }
    }
    return values;
  }

  private void group(
      int from,
      List<Prepared> group,
      int column,
      int[][] orders,
      double[][][] values,
      Progress.Task task) {
    Prepared prepared = null;
    for (int i = 0; i < group.size(); i++) {
      if (wanted.is(from + i, column)) {
        Representation y = columns.get(column);
        prepared = prepared == null ? measure.prepare(y) : prepared;
        values[from + i][column] = values(measure, group.get(i), prepared, y, orders, task);
      }
    }
  }

  private long pairs() {
    long pairs = 0;
    for (int i = 0; i < rows.size(); i++) {
      for (int j = 0; j < columns.size(); j++) {
        pairs += wanted.is(i, j) ? 1 : 0;
      }
    }
    return pairs;
  }

  /**
   * One pair.
   *
   * @param a prepared
   * @param b prepared from {@code y}
   * @param task advanced by one for every order
   */
  static double[] values(
      Measure measure,
      Prepared a,
      Prepared b,
      Representation y,
      int[][] orders,
      Progress.Task task) {
    double[] values = new double[orders.length];
    for (int from = 0; from < orders.length; from += CHUNK) {
      int[][] chunk = Arrays.copyOfRange(orders, from, Math.min(orders.length, from + CHUNK));
      int offset = from;
      if (measure instanceof Permutable permutable && permutable.isPermutable()) {
        double[] part = permutable.comparePermuted(a, b, chunk);
        System.arraycopy(part, 0, values, from, part.length);
      } else if (b instanceof Reorderable reorderable) {
        Parallel.forEach(
            chunk.length,
            t -> values[offset + t] = measure.compare(a, reorderable.reordered(chunk[t])));
      } else {
        for (int t = 0; t < chunk.length; t++) {
          Prepared reordered = measure.select(chunk[t]).prepare(y.select(chunk[t]));
          values[offset + t] = measure.compare(a, reordered);
          Progress.checkCancelled();
        }
      }
      task.advance(chunk.length);
    }
    return values;
  }
}
