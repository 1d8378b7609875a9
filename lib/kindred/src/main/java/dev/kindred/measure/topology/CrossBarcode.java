package dev.kindred.measure.topology;

import dev.kindred.base.Progress;
import java.util.Arrays;
import java.util.BitSet;
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
 *
 * <p>Edges and triangles to the cone come in the order of their lengths, equal ones in any; every
 * other triangle comes with the last of its edges. So the place of an edge and the stimulus that is
 * not on it number the triangles in their order, and no triangle is ever sorted.
 */
final class CrossBarcode {
  /** Columns between two looks at the interrupt flag. */
  private static final int COLUMNS_PER_CHECK = 256;

  private final int n;

  /** When edges and triangles to the cone come, ascending. */
  private final double[] times;

  /** The place of every edge in that order, and of its triangle to the cone. */
  private final int[][] places;

  private final int[][] conePlaces;

  /** The edge at a place, a·n + b; −1 for a triangle to the cone. */
  private final int[] edgeAt;

  /** Column, as edges whose coboundaries it is the sum of, by its first triangle. */
  private final Map<Long, int[]> columnOf = new HashMap<>();

  private final TriangleSum triangles;

  /** Edges whose triangles have been added up, those that came twice left out. */
  private final BitSet edges;

  /**
   * @param inX distances of X, n×n
   * @param inY distances of Y
   */
  CrossBarcode(double[][] inX, double[][] inY) {
    n = inX.length;
    times = new double[n * (n - 1)];
    int count = 0;
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        times[count++] = Math.min(inX[a][b], inY[a][b]);
        times[count++] = inX[a][b];
      }
    }
    Arrays.sort(times);
    places = new int[n][n];
    conePlaces = new int[n][n];
    edgeAt = new int[times.length];
    Arrays.fill(edgeAt, -1);
    // Where the places of equal times begin, and at the first of them the next that is free.
    int[] begin = new int[times.length];
    int[] free = new int[times.length];
    for (int place = 0; place < times.length; place++) {
      begin[place] = place > 0 && times[place] == times[place - 1] ? begin[place - 1] : place;
      free[place] = place;
    }
    for (int a = 0; a < n; a++) {
      for (int b = a + 1; b < n; b++) {
        int place = free[begin[place(Math.min(inX[a][b], inY[a][b]))]]++;
        places[a][b] = place;
        places[b][a] = place;
        edgeAt[place] = a * n + b;
        conePlaces[a][b] = free[begin[place(inX[a][b])]]++;
      }
    }
    triangles = new TriangleSum((long) times.length * n);
    edges = new BitSet(n * n);
  }

  private int place(double time) {
    return Arrays.binarySearch(times, time);
  }

  /** The sum of the lengths of all bars. */
  double totalLength() {
    double total = 0;
    for (int place = times.length - 1; place >= 0; place--) {
      if (place % COLUMNS_PER_CHECK == 0) {
        Progress.checkCancelled();
      }
      if (edgeAt[place] >= 0) {
        int a = edgeAt[place] / n;
        int b = edgeAt[place] % n;
        if (times[place] < times[conePlaces[a][b]]) {
          total += times[(int) (end(a, b) / n)] - times[place];
        }
      }
    }
    return total;
  }

  /**
   * The triangle with which the bar of an edge ends. Most end at once, with the first of their own
   * triangles, which no other column has.
   */
  private long end(int a, int b) {
    long first = firstTriangle(a, b);
    if (columnOf.putIfAbsent(first, new int[] {a * n + b}) == null) {
      return first;
    }
    triangles.restart(first);
    edges.clear();
    addCoboundary(a, b);
    while (true) {
      long pivot = triangles.first();
      int[] owner = columnOf.get(pivot);
      if (owner == null) {
        columnOf.put(pivot, edges.stream().toArray());
        return pivot;
      }
      for (int edge : owner) {
        addCoboundary(edge / n, edge % n);
      }
    }
  }

  private long firstTriangle(int a, int b) {
    long first = cone(a, b);
    for (int c = 0; c < n; c++) {
      if (c != a && c != b) {
        first = Math.min(first, triangle(a, b, c));
      }
    }
    return first;
  }

  private void addCoboundary(int a, int b) {
    edges.flip(a * n + b);
    triangles.add(cone(a, b));
    for (int c = 0; c < n; c++) {
      if (c != a && c != b) {
        triangles.add(triangle(a, b, c));
      }
    }
  }

  /** The triangle of an edge a &lt; b and the cone. */
  private long cone(int a, int b) {
    return (long) conePlaces[a][b] * n;
  }

  private long triangle(int a, int b, int c) {
    int ab = places[a][b];
    int ac = places[a][c];
    int bc = places[b][c];
    if (ab > ac) {
      return ab > bc ? (long) ab * n + c : (long) bc * n + a;
    }
    return ac > bc ? (long) ac * n + b : (long) bc * n + a;
  }
}
