package dev.kindred.measure.alignment;

import dev.kindred.base.Seeds;
import dev.kindred.base.matrix.Column;
import dev.kindred.base.matrix.Matrix;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * First left singular vectors of p×q matrices, one after the other, by Lanczos steps on the smaller
 * of AᵀA and AAᵀ with full reorthogonalisation: some tens of products with A, where a whole
 * decomposition costs as many as A has columns.
 */
final class LeadingVector implements AutoCloseable {
  /** Residual, relative to the largest eigenvalue, at which the vector has converged. */
  private static final double TOLERANCE = 1e-15;

  private static final int STEPS_PER_CHECK = 4;

  private static final int FIRST_STEPS = 64;

  /** Whether the steps are on AᵀA. */
  private final boolean right;

  private final int side;

  /** Of the larger side: where a product with the smaller begins, so that no vector is left out. */
  private final Matrix start;

  private final Matrix half;
  private final Matrix coefficients;
  private final Matrix combined;
  private Matrix basis;

  LeadingVector(int p, int q) {
    right = q <= p;
    side = Math.min(p, q);
    int other = Math.max(p, q);
    SplittableRandom random = new Seeds(0).stream("leading vector");
    double[] values = new double[other];
    Arrays.setAll(values, i -> random.nextGaussian());
    start = Matrix.ofColumnMajor(other, 1, values);
    half = Matrix.zeros(other, 1);
    coefficients = Matrix.zeros(side, 1);
    combined = Matrix.zeros(side, 1);
    basis = Matrix.zeros(side, Math.min(side, FIRST_STEPS) + 1);
  }

  /**
   * Writes the left singular vector of the largest singular value.
   *
   * @param a p×q, not zero, of Frobenius norm 1 or not far below
   */
  void left(Matrix a, Column target) {
    GrowingTridiagonal projected = new GrowingTridiagonal();
    back(a, new Column(start, 0), new Column(basis, 0));
    toUnitLength(new Column(basis, 0));
    while (true) {
      int steps = projected.size() + 1;
      if (steps == basis.columns()) {
        widen();
      }
      Column next = new Column(basis, steps);
      out(a, new Column(basis, steps - 1), new Column(half, 0));
      back(a, new Column(half, 0), next);
      double diagonal = orthogonalise(next, steps);
      // Twice, so that what rounding leaves of the basis is taken out, too.
      orthogonalise(next, steps);
      double norm = next.norm();
      projected.add(diagonal, norm);
      boolean exhausted = steps == side || !(norm > TOLERANCE * projected.largest());
      if (exhausted || steps % STEPS_PER_CHECK == 0) {
        double[] weights = projected.vector();
        if (exhausted || norm * weights[steps - 1] <= TOLERANCE * projected.largest()) {
          combine(a, weights, target);
          return;
        }
      }
      next.scale(1 / norm);
    }
  }

  /** From the smaller side to the larger. */
  private void out(Matrix a, Column from, Column to) {
    if (right) {
      to.multiply(1, a, a.columns(), from, 0);
    } else {
      to.multiplyTransposed(1, a, a.columns(), from, 0);
    }
  }

  /** From the larger side to the smaller. */
  private void back(Matrix a, Column from, Column to) {
    if (right) {
      to.multiplyTransposed(1, a, a.columns(), from, 0);
    } else {
      to.multiply(1, a, a.columns(), from, 0);
    }
  }

  /** Takes the basis out of the vector behind it; returns the share of the basis's last. */
  private double orthogonalise(Column vector, int count) {
    Column shares = new Column(coefficients, 0);
    shares.multiplyTransposed(1, basis, count, vector, 0);
    vector.multiply(-1, basis, count, shares, 1);
    return coefficients.get(count - 1, 0);
  }

  private void combine(Matrix a, double[] weights, Column target) {
    coefficients.writeColumn(0, 0, weights, 0, weights.length);
    Column vector = right ? new Column(combined, 0) : target;
    vector.multiply(1, basis, weights.length, new Column(coefficients, 0), 0);
    if (right) {
      target.multiply(1, a, a.columns(), vector, 0);
    }
    toUnitLength(target);
  }

  private void widen() {
    Matrix narrow = basis;
    try (narrow;
        Matrix more = Matrix.zeros(side, Math.min(narrow.columns(), side + 1 - narrow.columns()))) {
      basis = Matrix.beside(List.of(narrow, more));
    }
  }

  private static void toUnitLength(Column vector) {
    vector.scale(1 / vector.norm());
  }

  @Override
  public void close() {
    start.close();
    half.close();
    coefficients.close();
    combined.close();
    basis.close();
  }
}
