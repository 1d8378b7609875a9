package dev.kindred.measure.topology;

import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.representation.Representation;

/**
 * Stimuli as points. Distances are added up from differences: those of near stimuli far from the
 * origin keep their digits, and equal ones are equal.
 */
final class Points {
  private Points() {}

  /** One array for every stimulus. */
  static double[][] of(Representation x) {
    try (Matrix features = Features.transposed(x, 2, true)) {
      return features.toColumns();
    }
  }

  static double squaredDistance(double[] a, double[] b) {
    // Four sums, so that an addition need not wait for the one before it.
    double s = 0;
    double t = 0;
    double u = 0;
    double v = 0;
    int j = 0;
    for (; j + 3 < a.length; j += 4) {
      double d = a[j] - b[j];
      double e = a[j + 1] - b[j + 1];
      double f = a[j + 2] - b[j + 2];
      double g = a[j + 3] - b[j + 3];
      s += d * d;
      t += e * e;
      u += f * f;
      v += g * g;
    }
    for (; j < a.length; j++) {
      double d = a[j] - b[j];
      s += d * d;
    }
    return (s + t) + (u + v);
  }
}
