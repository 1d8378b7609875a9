package dev.kindred.measure;

import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Matrix;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Pairs of a {@link CrossProductMeasure}: neighbours in the list that are narrow stand beside each
 * other in one matrix, and threads take products of two such groups. The groups depend on the list
 * alone, so values keep their bits when only some pairs are missing.
 */
final class CrossProducts {
  /** Columns of a group: enough for the matrix unit, few enough for many pieces of work. */
  private static final int WIDTH = 512;

  private final CrossProductMeasure measure;
  private final Prepared[] prepared;
  private final boolean[][] wanted;

  /** Takes a pair's value; called from several threads. */
  interface Sink {
    void accept(int first, int second, double value);
  }

  CrossProducts(CrossProductMeasure measure, Prepared[] prepared, boolean[][] wanted) {
    this.measure = measure;
    this.prepared = prepared;
    this.wanted = wanted;
  }

  /** The wanted ones of a … aEnd with b … bEnd, in both orders if the ranges differ. */
  void compare(int a, int aEnd, int b, int bEnd, Sink sink) {
    List<Group> rows = groups(a, aEnd);
    List<Group> columns = a == b ? rows : groups(b, bEnd);
    List<Group[]> work = new ArrayList<>();
    for (Group row : rows) {
      for (Group column : columns) {
        addIfWanted(work, row, column);
        if (a != b) {
          addIfWanted(work, column, row);
        }
      }
    }
    // Before the products, where threads would wait for each other's group.
    Group[] left = work.stream().map(pair -> pair[0]).distinct().toArray(Group[]::new);
    Group[] right = work.stream().map(pair -> pair[1]).distinct().toArray(Group[]::new);
    Parallel.forEach(
        left.length + right.length,
        t -> {
          if (t < left.length) {
            left[t].first();
          } else {
            right[t - left.length].second();
          }
        });
    Parallel.forEach(work.size(), t -> compare(work.get(t)[0], work.get(t)[1], sink));
    rows.forEach(Group::close);
    columns.forEach(Group::close);
  }

  private void addIfWanted(List<Group[]> work, Group first, Group second) {
    for (int i = first.from; i < first.to; i++) {
      for (int j = second.from; j < second.to; j++) {
        if (wanted[i][j]) {
          work.add(new Group[] {first, second});
          return;
        }
      }
    }
  }

  private void compare(Group a, Group b, Sink sink) {
    try (Matrix cross = a.first().transposeTimes(b.second())) {
      int row = 0;
      for (int i = a.from; i < a.to; i++) {
        int height = measure.first(prepared[i]).columns();
        int column = 0;
        for (int j = b.from; j < b.to; j++) {
          int width = measure.second(prepared[j]).columns();
          if (wanted[i][j]) {
            try (Matrix part = cross.block(row, column, height, width)) {
              sink.accept(i, j, measure.compare(prepared[i], prepared[j], part));
            }
          }
          column += width;
        }
        row += height;
      }
    }
  }

  private List<Group> groups(int from, int to) {
    List<Group> groups = new ArrayList<>();
    int start = from;
    int width = 0;
    for (int i = from; i < to; i++) {
      int next = prepared[i] == null ? 0 : width(prepared[i]);
      if (i > start && width + next > WIDTH) {
        groups.add(new Group(start, i));
        start = i;
        width = 0;
      }
      width += next;
    }
    if (start < to) {
      groups.add(new Group(start, to));
    }
    return groups;
  }

  /** The first matrix is hardly wider, and may not be made yet. */
  private int width(Prepared x) {
    return measure.second(x).columns();
  }

  /** Neighbours in the list, and their matrices side by side. */
  private final class Group implements AutoCloseable {
    final int from;
    final int to;
    private Matrix first;
    private Matrix second;

    Group(int from, int to) {
      this.from = from;
      this.to = to;
    }

    synchronized Matrix first() {
      if (first == null) {
        first = joined(measure::first);
      }
      return first;
    }

    synchronized Matrix second() {
      if (second == null) {
        second = isOneMatrix() ? first() : joined(measure::second);
      }
      return second;
    }

    private boolean isOneMatrix() {
      return measure.hasOneMatrix();
    }

    private Matrix joined(Function<Prepared, Matrix> part) {
      if (to - from == 1) {
        return part.apply(prepared[from]);
      }
      List<Matrix> parts = new ArrayList<>();
      for (int i = from; i < to; i++) {
        parts.add(part.apply(prepared[i]));
      }
      return Matrix.beside(parts);
    }

    /** Copies only: the matrices of prepared forms stay. */
    @Override
    public void close() {
      if (to - from > 1 && first != null) {
        first.close();
      }
      if (to - from > 1 && second != null) {
        second.close();
      }
    }
  }
}
