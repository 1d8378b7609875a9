package dev.kindred.measure.kernel;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.base.matrix.SymmetricEigen;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Prepared;
import dev.kindred.representation.Representation;
import java.util.function.DoubleUnaryOperator;

/**
 * Minus the affine-invariant distance between the Gram matrices G of the stimuli seen from the
 * first one, gᵢⱼ = ½(d₁ᵢ + d₁ⱼ − dᵢⱼ), where the first model's matrix may be scaled and noise of
 * equal size on every stimulus added to it:
 *
 * <pre>min over a, b ≥ 0 of ‖log λ(aG₁ + bN, G₂)‖,   N = I + 11ᵀ</pre>
 *
 * with λ the generalised eigenvalues (rsatoolbox; Shahbazi et al. 2021). The best a makes the mean
 * of log λ zero whatever r = b/a, so that √(n−1) times their standard deviation is left to be
 * minimised over one number. Noise makes up for a G₁ without full rank; G₂ must be positive
 * definite.
 */
final class RiemannianRsa implements Measure {
  /** Values of log₁₀ r around that of equally large matrices. */
  private static final double LOWEST = -8;

  private static final double HIGHEST = 8;
  private static final double STEP = 0.5;

  /** Width in log₁₀ r at which the search ends; the value changes with its square. */
  private static final double TOLERANCE = 1e-6;

  private final MeasureInfo info;
  private final Dissimilarities dissimilarities;

  RiemannianRsa(MeasureInfo info, Dissimilarities dissimilarities) {
    this.info = info;
    this.dissimilarities = dissimilarities;
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    try (Matrix pairs = dissimilarities.of(x, info)) {
      Matrix gram = reduced(pairs);
      try (SymmetricEigen eigen = SymmetricEigen.of(gram)) {
        double[] values = eigen.values();
        int n = values.length;
        if (!(values[n - 1] > 0)) {
          throw new InputException(
              x.id() + ": all stimuli are equal, so " + info.specification() + " is undefined");
        }
        if (!(values[0] > n * n * Math.ulp(1.0) * values[n - 1])) {
          return new Reduced(x.id(), gram, null, null);
        }
        double[] factors = new double[n];
        for (int i = 0; i < n; i++) {
          factors[i] = 1 / Math.sqrt(values[i]);
        }
        Matrix whitening = eigen.vectors().copy().scaleColumns(factors);
        return new Reduced(x.id(), gram, whitening, congruent(whitening, noise(n)));
      }
    }
  }

  /** Inner products of stimuli 2 … n about stimulus 1. */
  private static Matrix reduced(Matrix pairs) {
    int n = pairs.rows() - 1;
    double[] first = pairs.column(0);
    double[] column = new double[n + 1];
    Matrix gram = Matrix.zeros(n, n);
    for (int j = 0; j < n; j++) {
      pairs.readColumn(j + 1, column);
      for (int i = 0; i < n; i++) {
        gram.set(i, j, (first[i + 1] + first[j + 1] - column[i + 1]) / 2);
      }
    }
    return gram;
  }

  private static Matrix noise(int n) {
    Matrix noise = Matrix.identity(n);
    for (int j = 0; j < n; j++) {
      for (int i = 0; i < n; i++) {
        noise.set(i, j, i == j ? 2 : 1);
      }
    }
    return noise;
  }

  /** WᵀAW. */
  private static Matrix congruent(Matrix whitening, Matrix a) {
    try (Matrix half = a.times(whitening)) {
      return whitening.transposeTimes(half);
    }
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    Reduced second = (Reduced) y;
    if (second.whitening == null) {
      throw new InputException(
          second.id
              + ": the Gram matrix of "
              + (second.gram.rows() + 1)
              + " stimuli is not positive definite, so "
              + info.specification()
              + " is undefined; the second model must have independent stimuli, at most units + 1");
    }
    try (Matrix gram = congruent(second.whitening, ((Reduced) x).gram)) {
      double equal = gram.trace() / second.noise.trace();
      DoubleUnaryOperator distance =
          exponent -> distance(gram, second.noise, equal * Math.pow(10, exponent));
      double best = LOWEST;
      double least = distance.applyAsDouble(best);
      for (double exponent = LOWEST + STEP; exponent <= HIGHEST; exponent += STEP) {
        double found = distance.applyAsDouble(exponent);
        if (found < least) {
          best = exponent;
          least = found;
        }
      }
      double refined = minimum(distance, best - STEP, best + STEP);
      return -Math.min(distance(gram, second.noise, 0), Math.min(least, refined));
    }
  }

  private static double distance(Matrix gram, Matrix noise, double ratio) {
    double[] values;
    try (Matrix sum = gram.copy().add(ratio, noise)) {
      values = SymmetricEigen.values(sum);
    }
    double mean = 0;
    for (int i = 0; i < values.length; i++) {
      // Both matrices are positive definite; rounding may take the smallest eigenvalue below zero.
      values[i] = Math.log(Math.max(values[i], Double.MIN_NORMAL));
      mean += values[i] / values.length;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares);
  }

  /** The least value between two arguments with one minimum between them, by golden section. */
  private static double minimum(DoubleUnaryOperator f, double from, double to) {
    double golden = (Math.sqrt(5) - 1) / 2;
    double left = to - golden * (to - from);
    double right = from + golden * (to - from);
    double atLeft = f.applyAsDouble(left);
    double atRight = f.applyAsDouble(right);
    while (to - from > TOLERANCE) {
      if (atLeft < atRight) {
        to = right;
        right = left;
        atRight = atLeft;
        left = to - golden * (to - from);
        atLeft = f.applyAsDouble(left);
      } else {
        from = left;
        left = right;
        atLeft = atRight;
        right = from + golden * (to - from);
        atRight = f.applyAsDouble(right);
      }
    }
    return Math.min(atLeft, atRight);
  }

  /**
   * @param id name of the representation, for messages
   * @param gram G
   * @param whitening W with WᵀGW = I; null where G is not positive definite
   * @param noise WᵀNW; null likewise
   */
  private record Reduced(String id, Matrix gram, Matrix whitening, Matrix noise)
      implements Prepared {
    @Override
    public long bytes() {
      return gram.bytes() + (whitening == null ? 0 : whitening.bytes() + noise.bytes());
    }
  }
}
