package dev.kindred.measure.functional;

import dev.kindred.base.InputException;

/**
 * The plane through three inputs, and a grid of points on it (Somepalli et al., CVPR 2022, section
 * 3.1, and the public code dbViz).
 *
 * <p>With inputs x₁, x₂, x₃ the axes are v₁ = (x₂ − x₁)/‖x₂ − x₁‖ and, by Gram–Schmidt, v₂ along
 * (x₃ − x₁) − ⟨v₁, x₃ − x₁⟩v₁; a point is x₁ + a·v₁ + b·v₂. The grid covers the bounding box of the
 * three inputs' coordinates, widened on each side by {@code margin} times its length, and runs over
 * b fastest. Immutable.
 */
public final class Plane {
  private final double[] origin;
  private final double[] first;
  private final double[] second;
  private final double[][] anchors;

  private Plane(double[] origin, double[] first, double[] second, double[][] anchors) {
    this.origin = origin;
    this.first = first;
    this.second = second;
    this.anchors = anchors;
  }

  /**
   * @param x1 an input, its values in any fixed order
   * @param x2 another of the same length
   * @param x3 a third, not on a line with the others
   * @throws InputException if they differ in length or lie on one line
   */
  public static Plane through(double[] x1, double[] x2, double[] x3) {
    if (x1.length != x2.length || x1.length != x3.length) {
      throw new InputException(
          "plane: inputs of "
              + x1.length
              + ", "
              + x2.length
              + " and "
              + x3.length
              + " values; expected equal lengths");
    }
    double[] v1 = difference(x2, x1);
    double length = normalise(v1);
    double[] third = difference(x3, x1);
    double size = Math.sqrt(dot(third, third));
    double along = dot(v1, third);
    double[] v2 = third.clone();
    for (int i = 0; i < v2.length; i++) {
      v2[i] -= along * v1[i];
    }
    double across = normalise(v2);
    if (!(length > 0) || !(across > 1e-12 * size)) {
      throw new InputException("plane: the three inputs lie on one line; expected a triangle");
    }
    return new Plane(
        x1.clone(), v1, v2, new double[][] {{0, 0}, {length, 0}, {along, dot(v2, third)}});
  }

  /** First axis, of length 1. */
  public double[] firstAxis() {
    return first.clone();
  }

  /** Second axis, of length 1, at a right angle to the first. */
  public double[] secondAxis() {
    return second.clone();
  }

  /** Coordinates (a, b) of the three inputs. */
  public double[][] anchors() {
    return new double[][] {anchors[0].clone(), anchors[1].clone(), anchors[2].clone()};
  }

  /**
   * Coordinates (a, b) of resolution² points, b fastest.
   *
   * @param resolution points along each axis, at least 2 (50 in both works that use it)
   * @param margin widening of the bounding box on each side, as a share of its length (0.1)
   */
  public double[][] grid(int resolution, double margin) {
    if (resolution < 2) {
      throw new InputException("plane: a grid of " + resolution + " points a side; expected 2");
    }
    double[] a = axis(0, resolution, margin);
    double[] b = axis(1, resolution, margin);
    double[][] grid = new double[resolution * resolution][];
    for (int i = 0; i < resolution; i++) {
      for (int j = 0; j < resolution; j++) {
        grid[i * resolution + j] = new double[] {a[i], b[j]};
      }
    }
    return grid;
  }

  /** Writes the input at coordinates (a, b) into {@code target}. */
  public void point(double a, double b, double[] target) {
    for (int i = 0; i < origin.length; i++) {
      target[i] = origin[i] + a * first[i] + b * second[i];
    }
  }

  /** As {@link #point(double, double, double[])}, rounded to float32. */
  public void point(double a, double b, float[] target, int offset) {
    for (int i = 0; i < origin.length; i++) {
      target[offset + i] = (float) (origin[i] + a * first[i] + b * second[i]);
    }
  }

  private double[] axis(int coordinate, int resolution, double margin) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (double[] anchor : anchors) {
      low = Math.min(low, anchor[coordinate]);
      high = Math.max(high, anchor[coordinate]);
    }
    double widening = margin * (high - low);
    double from = low - widening;
    double to = high + widening;
    double[] axis = new double[resolution];
    for (int i = 0; i < resolution; i++) {
      axis[i] = i == resolution - 1 ? to : from + i * ((to - from) / (resolution - 1));
    }
    return axis;
  }

  private static double[] difference(double[] a, double[] b) {
    double[] difference = new double[a.length];
    for (int i = 0; i < a.length; i++) {
      difference[i] = a[i] - b[i];
    }
    return difference;
  }

  private static double normalise(double[] v) {
    double norm = Math.sqrt(dot(v, v));
    if (norm > 0) {
      for (int i = 0; i < v.length; i++) {
        v[i] /= norm;
      }
    }
    return norm;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
