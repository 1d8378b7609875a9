package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.matrix.Matrix;
import java.nio.ByteBuffer;

/**
 * What a matrix of kernel measures is made of: for every two models the sum of products over pairs
 * of different stimuli, and for every model its diagonal and the sums of its rows.
 */
final class PairSums {
  private final int models;
  private final int n;
  private final double[][] products;
  private final double[][] diagonals;
  private final double[][] rows;
  private final double[] shifts;

  /**
   * @param models number of models
   * @param n number of stimuli
   */
  PairSums(int models, int n) {
    this.models = models;
    this.n = n;
    this.products = new double[models][];
    for (int a = 0; a < models; a++) {
      products[a] = new double[a + 1];
    }
    this.diagonals = new double[models][n];
    this.rows = new double[models][n];
    this.shifts = new double[models];
  }

  /** Notes the constant that was subtracted from every entry of a model. */
  void shift(int model, double constant) {
    shifts[model] = constant;
  }

  /** Σ_{i≠j} Kᵢⱼ Lᵢⱼ for every model with those before it; to be added to. */
  double[][] products() {
    return products;
  }

  /** Kᵢᵢ of a model. */
  double[] diagonal(int model) {
    return diagonals[model];
  }

  /** Σ_{j≠i} Kᵢⱼ of a model. */
  double[] rows(int model) {
    return rows[model];
  }

  /**
   * ⟨K,L⟩ of every two models after what the estimator subtracts.
   *
   * @param centred whether whole rows, with their diagonal, sum to zero by construction
   */
  double[][] inner(Estimator estimator, boolean centred) {
    double[][] full = new double[models][n];
    double[] traces = new double[models];
    double[] sums = new double[models];
    for (int m = 0; m < models; m++) {
      for (int i = 0; i < n; i++) {
        if (centred) {
          rows[m][i] = -diagonals[m][i];
        }
        full[m][i] = rows[m][i] + diagonals[m][i];
        traces[m] += diagonals[m][i];
        sums[m] += rows[m][i];
      }
    }
    double[][] result = new double[models][models];
    try (Matrix diagonal = Matrix.ofRows(diagonals).gram();
        Matrix row = Matrix.ofRows(rows).gram();
        Matrix whole = Matrix.ofRows(full).gram()) {
      for (int a = 0; a < models; a++) {
        for (int b = 0; b <= a; b++) {
          result[a][b] =
              estimator.inner(
                  n,
                  products[a][b],
                  diagonal.get(a, b),
                  row.get(a, b),
                  whole.get(a, b),
                  sums[a],
                  sums[b],
                  traces[a],
                  traces[b]);
          result[b][a] = result[a][b];
        }
      }
    }
    return result;
  }

  /** About ⟨K,K⟩ of a model, against which {@link #inner} is rounding if nothing varies. */
  double squaredSize(int model, Estimator estimator) {
    double size = products[model][model] + shifts[model] * shifts[model] * n * n;
    if (estimator.usesDiagonal()) {
      for (double value : diagonals[model]) {
        size += value * value;
      }
    }
    return size;
  }

  int bytes() {
    long numbers = (long) models * (models + 1) / 2 + 2L * models * n;
    return Math.toIntExact(numbers * Double.BYTES);
  }

  void write(ByteBuffer target) {
    for (double[][] part : new double[][][] {products, diagonals, rows}) {
      for (double[] values : part) {
        target.asDoubleBuffer().put(values);
        target.position(target.position() + values.length * Double.BYTES);
      }
    }
  }

  void read(ByteBuffer source) {
    for (double[][] part : new double[][][] {products, diagonals, rows}) {
      for (double[] values : part) {
        source.asDoubleBuffer().get(values);
        source.position(source.position() + values.length * Double.BYTES);
      }
    }
  }
}
