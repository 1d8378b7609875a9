package dev.kindred.figure;

import dev.kindred.base.AverageLinkage;

/** Orders rows so that alike ones are neighbours. */
final class Likeness {
  private Likeness() {}

  /** The tree over Euclidean distances of rows; missing values count as 0. */
  static AverageLinkage tree(double[][] rows) {
    int n = rows.length;
    double[][] distances = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        distances[i][j] = distance(rows[i], rows[j]);
        distances[j][i] = distances[i][j];
      }
    }
    return AverageLinkage.of(distances);
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
