package dev.kindred.measure.alignment;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.Svd;
import dev.kindred.measure.Prepared;
import dev.kindred.measure.Trials;
import dev.kindred.representation.Representation;

/**
 * Repeated measurements for stochastic shape metrics, less the units' means over everything.
 *
 * @param means n×p means over trials
 * @param deviations n·T×p deviations from them, the trials of a stimulus below each other
 * @param trials T
 */
record RepeatedResponses(Matrix means, Matrix deviations, int trials) implements Prepared {

  static RepeatedResponses of(Representation x, Trials trials, String measure, int minimum) {
    Matrix[] parts = trials.read(x, measure, minimum);
    Matrix means = Trials.takeMean(parts).centreColumns();
    int n = means.rows();
    Matrix deviations = Matrix.zeros(n * parts.length, means.columns());
    double[] column = new double[n];
    double[] stacked = new double[deviations.rows()];
    for (int j = 0; j < means.columns(); j++) {
      for (int t = 0; t < parts.length; t++) {
        parts[t].readColumn(j, column);
        for (int i = 0; i < n; i++) {
          stacked[i * parts.length + t] = column[i];
        }
      }
      deviations.writeColumn(j, stacked);
    }
    if (means.frobeniusNorm() == 0 && deviations.frobeniusNorm() == 0) {
      throw new InputException(
          x.id() + ": every unit is constant; expected at least one that varies");
    }
    return new RepeatedResponses(means, deviations, parts.length);
  }

  int stimuli() {
    return means.rows();
  }

  /** All responses, n·T×p. */
  Matrix responses() {
    Matrix all = deviations.copy();
    double[] mean = new double[stimuli()];
    double[] column = new double[all.rows()];
    for (int j = 0; j < all.columns(); j++) {
      means.readColumn(j, mean);
      all.readColumn(j, column);
      for (int i = 0; i < column.length; i++) {
        column[i] += mean[i / trials];
      }
      all.writeColumn(j, column);
    }
    return all;
  }

  /**
   * The rotation Q, p×q with orthonormal rows or columns, that makes tr QᵀC largest; the narrower
   * side is thought padded with zeros.
   */
  static Matrix rotation(Matrix c) {
    try (Svd svd = Svd.of(c)) {
      return svd.u().times(svd.vt());
    }
  }

  @Override
  public long bytes() {
    return means.bytes() + deviations.bytes();
  }
}
