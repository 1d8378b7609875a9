package dev.kindred.measure.alignment;

import java.util.Arrays;

/**
 * The symmetric tridiagonal matrix of Lanczos steps, row by row, and the eigenvector of its largest
 * eigenvalue: that alone takes a few passes over the rows, where a decomposition takes as many as
 * there are rows.
 */
final class GrowingTridiagonal {
  private int size;
  private double[] diagonal = new double[16];

  /** Beside the diagonal, between each row and the next; positive. */
  private double[] beside = new double[16];

  /** What elimination from the last row up leaves of each diagonal number of λ − T. */
  private double[] pivots = new double[16];

  /** Of the first pivot by λ. */
  private double slope;

  /** A lower bound of the largest eigenvalue, which more rows only make larger. */
  private double largest;

  /**
   * Adds a row.
   *
   * @param last its diagonal number
   * @param next the number between it and the row after it, if one is added
   */
  void add(double last, double next) {
    if (size == diagonal.length) {
      diagonal = Arrays.copyOf(diagonal, 2 * size);
      beside = Arrays.copyOf(beside, 2 * size);
      pivots = new double[2 * size];
    }
    diagonal[size] = last;
    beside[size] = next;
    size++;
    largest = Math.max(largest, last);
  }

  int size() {
    return size;
  }

  /** The largest eigenvalue at the last call of {@link #vector}, or a later diagonal number. */
  double largest() {
    return largest;
  }

  /** The eigenvector of the largest eigenvalue, of length 1; none of its numbers is negative. */
  double[] vector() {
    largest = eigenvalue();
    double[] vector = new double[size];
    vector[0] = 1;
    double squared = 1;
    for (int i = 1; i < size; i++) {
      vector[i] = vector[i - 1] * beside[i - 1] / pivots[i];
      squared += vector[i] * vector[i];
    }
    for (int i = 0; i < size; i++) {
      vector[i] /= Math.sqrt(squared);
    }
    return vector;
  }

  /**
   * The zero of the first pivot where all others are positive, which leaves them as they are there.
   * The pivot is concave: Newton's steps from below come near without passing by; where they would
   * leave what is known to hold the zero, it is halved.
   */
  private double eigenvalue() {
    double low = largest;
    double high = bound();
    double at = low;
    while (true) {
      boolean above = eliminate(at);
      double next = at - pivots[0] / slope;
      if (above && Math.abs(next - at) <= 2 * Math.ulp(at)) {
        return at;
      }
      if (above && pivots[0] > 0) {
        high = at;
      } else {
        low = at;
      }
      if (!above || !(next > low && next < high)) {
        next = low + (high - low) / 2;
      }
      if (!(next > low && next < high)) {
        eliminate(high);
        return high;
      }
      at = next;
    }
  }

  /** Gershgorin's, and room for rounding. */
  private double bound() {
    double bound = 0;
    for (int i = 0; i < size; i++) {
      double before = i > 0 ? beside[i - 1] : 0;
      double after = i + 1 < size ? beside[i] : 0;
      bound = Math.max(bound, diagonal[i] + before + after);
    }
    return bound * (1 + 1e-14);
  }

  /** False if λ is below the largest eigenvalue of all rows but the first. */
  private boolean eliminate(double lambda) {
    pivots[size - 1] = lambda - diagonal[size - 1];
    slope = 1;
    for (int i = size - 2; i >= 0; i--) {
      if (!(pivots[i + 1] > 0)) {
        return false;
      }
      double ratio = beside[i] / pivots[i + 1];
      slope = 1 + ratio * ratio * slope;
      pivots[i] = lambda - diagonal[i] - beside[i] * ratio;
    }
    return true;
  }
}
