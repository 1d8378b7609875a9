package dev.kindred.measure.alignment;

import dev.kindred.base.matrix.Matrix;

/**
 * Leave-one-out errors of ridge regression for all penalties at once, expanded about a = 0 ({@link
 * ResidualExpansion}), where the third term is ⟨T, PPᵀ⟩ with T = (D⁻¹U·diag(l))ᵀ(D⁻¹U·diag(l)). T
 * belongs to the predictors and the penalty alone and is kept, rank² numbers for each: what is left
 * for each set of targets are two products instead of one for every penalty.
 */
final class LeaveOneOutPath implements LeaveOneOut {
  private final Leverages leverages;

  /** T by penalty. */
  private final Matrix[] quadratic;

  LeaveOneOutPath(Leverages leverages) {
    this.leverages = leverages;
    quadratic = new Matrix[leverages.penalties()];
    for (int g = 0; g < quadratic.length; g++) {
      double[] weights = leverages.weights()[g].clone();
      for (int i = 0; i < weights.length; i++) {
        weights[i] = Math.sqrt(weights[i]);
      }
      try (Matrix weighted = leverages.u().copy()) {
        weighted.scaleRows(weights).scaleColumns(leverages.remainders().column(g));
        quadratic[g] = weighted.scatter();
      }
    }
  }

  /** Bytes of what is kept. */
  static long bytes(long n, long rank, long penalties) {
    return Leverages.bytes(n, rank, penalties) + 8 * penalties * rank * rank;
  }

  @Override
  public int best(Matrix targets, Matrix projected) {
    double[] errors = errors(targets, projected);
    int best = 0;
    for (int g = 1; g < errors.length; g++) {
      best = errors[g] < errors[best] ? g : best;
    }
    return best;
  }

  /** The sum over stimuli and targets of squared leave-one-out errors, for every penalty. */
  double[] errors(Matrix targets, Matrix projected) {
    double[] errors = new double[quadratic.length];
    if (!leverages.isComplete()) {
      double[] nothing = new double[projected.rows()];
      try (ResidualExpansion outside =
          new ResidualExpansion(leverages, targets, projected, nothing)) {
        errors = outside.linear();
        for (int g = 0; g < errors.length; g++) {
          errors[g] += outside.constant(g);
        }
      }
    }
    try (Matrix gram = projected.gram()) {
      for (int g = 0; g < errors.length; g++) {
        errors[g] += quadratic[g].dot(gram);
      }
    }
    return errors;
  }
}
