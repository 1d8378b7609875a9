package dev.kindred.figure;

import smile.clustering.HierarchicalClustering;
import smile.clustering.linkage.UPGMALinkage;

/** Orders rows so that alike ones are neighbours. */
final class Likeness {
  private Likeness() {}

  /** Leaves of the average-linkage tree, from left to right; missing values count as 0. */
  static int[] order(double[][] rows) {
    int n = rows.length;
    if (n < 3) {
      return java.util.stream.IntStream.range(0, n).toArray();
    }
    double[][] distances = new double[n][];
    for (int i = 0; i < n; i++) {
      distances[i] = new double[i + 1];
      for (int j = 0; j < i; j++) {
        distances[i][j] = distance(rows[i], rows[j]);
      }
    }
    int[][] merges = HierarchicalClustering.fit(new UPGMALinkage(distances)).getTree();
    int[] order = new int[n];
    int[] pending = new int[n];
    int depth = 0;
    int filled = 0;
    pending[depth++] = 2 * n - 2;
    while (depth > 0) {
      int node = pending[--depth];
      if (node < n) {
        order[filled++] = node;
      } else {
        pending[depth++] = merges[node - n][1];
        pending[depth++] = merges[node - n][0];
      }
    }
    return order;
  }

  static double[][] transpose(double[][] rows) {
    double[][] columns = new double[rows[0].length][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int j = 0; j < columns.length; j++) {
        columns[j][i] = rows[i][j];
      }
    }
    return columns;
  }

  private static double distance(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double difference = (Double.isNaN(x[i]) ? 0 : x[i]) - (Double.isNaN(y[i]) ? 0 : y[i]);
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }
}
