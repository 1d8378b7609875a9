package dev.kindred.measure.topology;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.representation.Representation;
import java.util.Arrays;

/**
 * The undirected graph in which two stimuli are joined if either is one of the other's k nearest by
 * Euclidean distance. Stimuli that are as far as the k-th count as neighbours as well.
 */
final class NeighbourGraph {
  private static final double EQUAL = 1 + 1e-9;

  /** Squared rounding of rotated features: below it stimuli are the same. */
  private static final double ROUNDING = 1e-28;

  /** Where most stimuli are equal, ties would join all pairs. */
  private static final long MOST_EDGES = 100_000_000;

  private final int[][] neighbours;

  private NeighbourGraph(int[][] neighbours) {
    this.neighbours = neighbours;
  }

  static NeighbourGraph of(Representation x, int k) {
    int n = x.stimuli();
    if (n <= k) {
      throw new InputException(
          x.id() + " has " + n + " stimuli; k=" + k + " neighbours need at least " + (k + 1));
    }
    double[][] points = Points.of(x);
    int[][] nearest = new int[n][];
    Parallel.forEach(n, i -> nearest[i] = nearest(points, i, k));
    long edges = Arrays.stream(nearest).mapToLong(list -> list.length).sum();
    if (edges > MOST_EDGES) {
      throw new InputException(
          x.id()
              + ": equally far stimuli make "
              + edges
              + " pairs of neighbours; expected at most "
              + MOST_EDGES);
    }
    return new NeighbourGraph(joined(nearest));
  }

  private static int[] nearest(double[][] points, int i, int k) {
    int n = points.length;
    double[] squared = new double[n];
    double norm = 0;
    for (double value : points[i]) {
      norm += value * value;
    }
    for (int j = 0; j < n; j++) {
      squared[j] = Points.squaredDistance(points[i], points[j]);
    }
    squared[i] = Double.POSITIVE_INFINITY;
    double[] sorted = squared.clone();
    Arrays.sort(sorted);
    double reach = sorted[k - 1] * EQUAL + ROUNDING * norm;
    int[] nearest = new int[n];
    int count = 0;
    for (int j = 0; j < n; j++) {
      if (squared[j] <= reach) {
        nearest[count++] = j;
      }
    }
    return Arrays.copyOf(nearest, count);
  }

  /** Every edge in both lists. */
  private static int[][] joined(int[][] directed) {
    int n = directed.length;
    int[] degree = new int[n];
    for (int i = 0; i < n; i++) {
      degree[i] += directed[i].length;
      for (int j : directed[i]) {
        if (Arrays.binarySearch(directed[j], i) < 0) {
          degree[j]++;
        }
      }
    }
    int[][] joined = new int[n][];
    for (int i = 0; i < n; i++) {
      joined[i] = Arrays.copyOf(directed[i], degree[i]);
      degree[i] = directed[i].length;
    }
    for (int i = 0; i < n; i++) {
      for (int j : directed[i]) {
        if (Arrays.binarySearch(directed[j], i) < 0) {
          joined[j][degree[j]++] = i;
        }
      }
    }
    return joined;
  }

  /** Number of vertices. */
  int size() {
    return neighbours.length;
  }

  /** The vertices that are joined with vertex {@code i}, each once. */
  int[] neighbours(int i) {
    return neighbours[i];
  }
}
