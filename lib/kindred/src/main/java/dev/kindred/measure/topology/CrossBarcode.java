package dev.kindred.measure.topology;

import dev.kindred.base.Progress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The R-Cross-Barcode of two distance matrices in degree 1 (Barannikov et al., ICML 2022, section
 * 2): what a graph of near stimuli in X or Y holds together that the graph of X alone does not.
 *
 * <p>At scale α, two stimuli are joined if they are within α in X or in Y, and triangles are filled
 * in; the complex of X alone is coned off. A loop of the result is a pair of stimuli that Y brings
 * together before X does, and it ends where X, or a chain of triangles, has brought them together
 * as well. The published code finds these bars with 2n points, whose distances are 0 and X's in the
 * first n rows; coning off needs one point more than n, and has the same bars (both complexes have
 * the same connected components of X, and every loop of the one can be moved into the other).
 *
 * <p>The bars come from reducing the coboundary matrix of edges to triangles from the last edge to
 * the first (persistent cohomology; Bauer, Ripser, 2021), columns made when they are needed. All
 * edges to the cone are there from the start, so every other edge begins a bar, at the smaller of
 * its two distances; an edge that is not shorter in Y ends at once, with its own triangle to the
 * cone, which no other column has.
 */
final class CrossBarcode {
  /** Columns between two looks at the interrupt flag. */
  private static final int COLUMNS_PER_CHECK = 256;

  private final int n;
  private final double[][] inX;
  private final double[][] least;

  /** Column of the edge whose pivot is this triangle. */
  private final Map<Long, int[]> columnOf = new HashMap<>();

  private final TriangleHeap heap = new TriangleHeap();

  /**
   * @param inX distances of X, n×n
   * @param inY distances of Y
   */
  CrossBarcode(double[][] inX, double[][] inY) {
    this.n = inX.length;
    this.inX = inX;
    this.least = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        least[i][j] = Math.min(inX[i][j], inY[i][j]);
      }
    }
  }

  /** The sum of the lengths of all bars. */
  double totalLength() {
    long[] edges = edgesLastFirst();
    double total = 0;
    for (int e = 0; e < edges.length; e++) {
      if (e % COLUMNS_PER_CHECK == 0) {
        Progress.checkCancelled();
      }
      int a = (int) (edges[e] / n);
      int b = (int) (edges[e] % n);
      if (least[a][b] < inX[a][b]) {
        total += end(a, b) - least[a][b];
      }
    }
    return total;
  }

  /**
   * All pairs a &lt; b as a·n + b by descending smaller distance, equal ones by descending number.
   */
  private long[] edgesLastFirst() {
    Long[] edges = new Long[n * (n - 1) / 2];
    int count = 0;
    for (long a = 0; a < n; a++) {
      for (long b = a + 1; b < n; b++) {
        edges[count++] = a * n + b;
      }
    }
    Arrays.sort(
        edges,
        (e, f) -> {
          int order = Double.compare(length(f), length(e));
          return order != 0 ? order : Long.compare(f, e);
        });
    return Arrays.stream(edges).mapToLong(Long::longValue).toArray();
  }

  private double length(long edge) {
    return least[(int) (edge / n)][(int) (edge % n)];
  }

  /** The scale at which the bar of an edge ends. */
  private double end(int a, int b) {
    heap.clear();
    int[] column = {a * n + b};
    int size = 1;
    addCoboundary(a, b);
    while (true) {
      long pivot = heap.pivot();
      int[] owner = columnOf.get(pivot);
      if (owner == null) {
        columnOf.put(pivot, Arrays.copyOf(column, size));
        return heap.pivotWeight();
      }
      for (int edge : owner) {
        addCoboundary(edge / n, edge % n);
      }
      if (size + owner.length > column.length) {
        column = Arrays.copyOf(column, Math.max(2 * column.length, size + owner.length));
      }
      System.arraycopy(owner, 0, column, size, owner.length);
      size += owner.length;
    }
  }

  /**
   * Adds the triangles of an edge. Triangles have numbers; those with the cone have negative ones,
   * so that they come first among equals.
   */
  private void addCoboundary(int a, int b) {
    double length = least[a][b];
    heap.add(inX[a][b], -1L - (a * n + b));
    for (int c = 0; c < n; c++) {
      if (c != a && c != b) {
        double weight = Math.max(length, Math.max(least[a][c], least[b][c]));
        heap.add(weight, triangle(a, b, c));
      }
    }
  }

  private long triangle(long a, long b, long c) {
    return c < a ? (c * n + a) * n + b : c < b ? (a * n + c) * n + b : (a * n + b) * n + c;
  }
}
