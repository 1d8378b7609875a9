package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;

/** Entries above the diagonal of symmetric matrices, as lists. */
final class SymmetricPairs {
  private SymmetricPairs() {}

  /** Entries i &lt; j, row by row; fails unless the matrix is square and symmetric. */
  static double[] upper(double[][] matrix, String name) {
    int n = matrix.length;
    double[] pairs = new double[n * (n - 1) / 2];
    int at = 0;
    for (int i = 0; i < n; i++) {
      if (matrix[i].length != n) {
        throw new InputException(
            name
                + " has "
                + n
                + " rows, row "
                + i
                + " has "
                + matrix[i].length
                + " numbers; expected a square matrix");
      }
      for (int j = i + 1; j < n; j++) {
        double difference = Math.abs(matrix[i][j] - matrix[j][i]);
        if (difference > 1e-6 * Math.max(1, Math.abs(matrix[i][j]))) {
          throw new InputException(
              name
                  + " is not symmetric: "
                  + matrix[i][j]
                  + " and "
                  + matrix[j][i]
                  + " for items "
                  + i
                  + " and "
                  + j);
        }
        pairs[at++] = matrix[i][j];
      }
    }
    return pairs;
  }

  /** The symmetric matrix with these pairs and a zero diagonal. */
  static double[][] matrix(double[] pairs, int n) {
    double[][] matrix = new double[n][n];
    int at = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        matrix[i][j] = pairs[at];
        matrix[j][i] = pairs[at++];
      }
    }
    return matrix;
  }

  static void requireSameItems(LabelledMatrix a, LabelledMatrix b) {
    if (!a.isSquare() || !b.isSquare()) {
      throw new InputException(
          (a.isSquare() ? b : a) + " has other rows than columns; expected all pairs of one list");
    }
    if (!a.rows().equals(b.rows())) {
      throw new InputException(
          a.title()
              + " is over "
              + a.rows()
              + ", "
              + b.title()
              + " over "
              + b.rows()
              + ": both need the same models in the same order");
    }
  }
}
