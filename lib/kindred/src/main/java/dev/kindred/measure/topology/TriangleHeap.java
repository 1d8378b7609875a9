package dev.kindred.measure.topology;

import java.util.Arrays;

/**
 * A sum of triangles over the field of two elements: a heap with the earliest triangle on top, in
 * which a triangle that occurs twice is none.
 */
final class TriangleHeap {
  private double[] weight = new double[1024];
  private long[] number = new long[1024];
  private int size;
  private double pivotWeight;

  void clear() {
    size = 0;
  }

  void add(double w, long id) {
    if (size == number.length) {
      weight = Arrays.copyOf(weight, 2 * size);
      number = Arrays.copyOf(number, 2 * size);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) / 2;
      if (!earlier(w, id, weight[parent], number[parent])) {
        break;
      }
      weight[at] = weight[parent];
      number[at] = number[parent];
      at = parent;
    }
    weight[at] = w;
    number[at] = id;
  }

  /** The earliest triangle that occurs an odd number of times; it stays in the heap, once. */
  long pivot() {
    while (true) {
      if (size == 0) {
        throw new IllegalStateException("a column of the coboundary matrix is zero");
      }
      double w = weight[0];
      long id = number[0];
      boolean odd = false;
      while (size > 0 && number[0] == id) {
        removeFirst();
        odd = !odd;
      }
      if (odd) {
        add(w, id);
        pivotWeight = w;
        return id;
      }
    }
  }

  /** When the last {@link #pivot} comes. */
  double pivotWeight() {
    return pivotWeight;
  }

  private void removeFirst() {
    size--;
    double w = weight[size];
    long id = number[size];
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size
          && earlier(weight[child + 1], number[child + 1], weight[child], number[child])) {
        child++;
      }
      if (!earlier(weight[child], number[child], w, id)) {
        break;
      }
      weight[at] = weight[child];
      number[at] = number[child];
      at = child;
    }
    weight[at] = w;
    number[at] = id;
  }

  private static boolean earlier(double w, long id, double otherWeight, long other) {
    return w < otherWeight || (w == otherWeight && id < other);
  }
}
