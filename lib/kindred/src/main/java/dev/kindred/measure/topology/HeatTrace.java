package dev.kindred.measure.topology;

import dev.kindred.base.Parallel;
import java.util.Arrays;

/**
 * tr exp(−tL) of a graph's normalised Laplacian L = I − N, N = D^(−1/2) A D^(−1/2), exact to
 * rounding for t ≤ 10.
 *
 * <p>N has its spectrum in [−1, 1], where exp(tN) = I₀(t) + 2 Σ Iₘ(t) Tₘ(N) with Chebyshev
 * polynomials T and modified Bessel functions I; beyond degree 40 less than 1e-18 is left. The
 * traces of T₂ₘ = 2TₘTₘ − I and T₂ₘ₊₁ = 2TₘTₘ₊₁ − N take Tₘe for all unit vectors e up to half the
 * degree: 20 products with N for each vertex, against O(n³) for all eigenvalues, and no n×n matrix.
 */
final class HeatTrace {
  private static final int HALF_DEGREE = 20;

  /** Unit vectors side by side, which the compiler turns into vector instructions. */
  private static final int WIDTH = 8;

  private final NeighbourGraph graph;
  private final double[] scale;
  private final double[] moments;

  HeatTrace(NeighbourGraph graph) {
    this.graph = graph;
    int n = graph.size();
    scale = new double[n];
    Arrays.setAll(scale, i -> 1 / Math.sqrt(graph.neighbours(i).length));
    int blocks = (n + WIDTH - 1) / WIDTH;
    double[][] parts = new double[blocks][];
    Parallel.forEach(blocks, b -> parts[b] = moments(b * WIDTH));
    moments = new double[2 * HALF_DEGREE + 1];
    for (double[] part : parts) {
      for (int m = 0; m < moments.length; m++) {
        moments[m] += part[m];
      }
    }
    // From sums of ⟨Tₘe, Tₘe⟩ and ⟨Tₘe, Tₘ₊₁e⟩ to traces; N has a zero diagonal.
    for (int m = 0; m < moments.length; m++) {
      moments[m] = 2 * moments[m] - (m % 2 == 0 ? n : 0);
    }
  }

  /** Sums over some unit vectors: of ⟨Tₘe, Tₘe⟩ at 2m, of ⟨Tₘe, Tₘ₊₁e⟩ at 2m + 1. */
  private double[] moments(int from) {
    int n = graph.size();
    int count = Math.min(WIDTH, n - from);
    double[] before = new double[n * WIDTH];
    double[] now = new double[n * WIDTH];
    for (int c = 0; c < count; c++) {
      before[(from + c) * WIDTH + c] = 1;
    }
    multiply(before, now, null);
    double[] sums = new double[2 * HALF_DEGREE + 1];
    sums[0] = count;
    double[] next = new double[n * WIDTH];
    for (int m = 1; m <= HALF_DEGREE; m++) {
      sums[2 * m - 1] = dot(before, now);
      sums[2 * m] = dot(now, now);
      if (m < HALF_DEGREE) {
        multiply(now, next, before);
        double[] free = before;
        before = now;
        now = next;
        next = free;
      }
    }
    return sums;
  }

  /** Nv, or 2Nv − {@code before}, the next Chebyshev polynomial. */
  private void multiply(double[] v, double[] result, double[] before) {
    double[] sum = new double[WIDTH];
    for (int i = 0; i < scale.length; i++) {
      Arrays.fill(sum, 0);
      for (int j : graph.neighbours(i)) {
        double weight = scale[j];
        int at = j * WIDTH;
        for (int c = 0; c < WIDTH; c++) {
          sum[c] += weight * v[at + c];
        }
      }
      int at = i * WIDTH;
      for (int c = 0; c < WIDTH; c++) {
        double value = scale[i] * sum[c];
        result[at + c] = before == null ? value : 2 * value - before[at + c];
      }
    }
  }

  private static double dot(double[] a, double[] b) {
    double[] sums = new double[WIDTH];
    for (int at = 0; at < a.length; at += WIDTH) {
      for (int c = 0; c < WIDTH; c++) {
        sums[c] += a[at + c] * b[at + c];
      }
    }
    return Arrays.stream(sums).sum();
  }

  /** The trace at times from 0 to 10. */
  double[] at(double[] times) {
    double[] traces = new double[times.length];
    for (int t = 0; t < times.length; t++) {
      for (int m = moments.length - 1; m >= 0; m--) {
        traces[t] += (m == 0 ? 1 : 2) * bessel(m, times[t]) * moments[m];
      }
    }
    return traces;
  }

  /** exp(−t)·Iₘ(t), by its series, whose terms are all positive. */
  private static double bessel(int m, double t) {
    double term = Math.exp(-t);
    for (int r = 1; r <= m; r++) {
      term *= t / 2 / r;
    }
    double sum = 0;
    for (int r = 1; term > 1e-20 * sum; r++) {
      sum += term;
      term *= t * t / 4 / r / (r + m);
    }
    return sum;
  }
}
