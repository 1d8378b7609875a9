package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.matrix.Matrix;

/** What {@link PairKernel.Rows} says, done to features. */
final class RowTreatment {
  private RowTreatment() {}

  /** Treats the rows of an n×p matrix in place. */
  static void apply(Matrix features, PairKernel.Rows rows) {
    if (rows == PairKernel.Rows.RAW) {
      return;
    }
    double[] row;
    for (int i = 0; i < features.rows(); i++) {
      row = features.row(i);
      apply(row, rows);
      for (int j = 0; j < row.length; j++) {
        features.set(i, j, row[j]);
      }
    }
  }

  /** Treats one stimulus's features in place. */
  static void apply(double[] row, PairKernel.Rows rows) {
    if (rows == PairKernel.Rows.STANDARDISED) {
      centre(row);
    }
    if (rows != PairKernel.Rows.RAW) {
      double norm = norm(row);
      for (int j = 0; norm > 0 && j < row.length; j++) {
        row[j] /= norm;
      }
    }
  }

  private static void centre(double[] row) {
    double sum = 0;
    boolean constant = true;
    for (double value : row) {
      sum += value;
      constant &= value == row[0];
    }
    double mean = constant ? row[0] : sum / row.length;
    for (int j = 0; j < row.length; j++) {
      row[j] -= mean;
    }
  }

  private static double norm(double[] row) {
    double largest = 0;
    for (double value : row) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0) {
      return 0;
    }
    double sum = 0;
    for (double value : row) {
      double scaled = value / largest;
      sum += scaled * scaled;
    }
    return largest * Math.sqrt(sum);
  }
}
