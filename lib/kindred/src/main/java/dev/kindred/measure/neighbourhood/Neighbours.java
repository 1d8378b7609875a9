package dev.kindred.measure.neighbourhood;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.Objects;

/**
 * The k nearest neighbours of every stimulus by inner product, without itself, nearest first; equal
 * products in the order of the stimuli. On rows of length 1 this is the cosine.
 */
final class Neighbours implements Reorderable {
  static final Parameter K = Parameter.integer("k", "number of neighbours", "10", 1);
  static final Parameter ROWS =
      Parameter.choice("rows", "responses scaled to length 1, or as they are", "unit", "raw");

  /** Rows of products held at a time: with n = 50,000 stimuli 100 MB. */
  private static final int BLOCK = 256;

  private final int n;
  private final int k;
  private final int[] index;
  private final double[] product;
  private final Matrix features;

  private Neighbours(int n, int k, int[] index, double[] product, Matrix features) {
    this.n = n;
    this.k = k;
    this.index = index;
    this.product = product;
    this.features = features;
  }

  /**
   * @param x the representation
   * @param k number of neighbours
   * @param unit scale every response to length 1 first; responses that are all zero stay zero
   * @param keepFeatures keep the responses, for {@link #product(int, int)}
   */
  static Neighbours of(Representation x, int k, boolean unit, boolean keepFeatures) {
    int n = x.stimuli();
    if (n <= k) {
      throw new InputException(
          x.id() + " has " + n + " stimuli; k=" + k + " neighbours need at least " + (k + 1));
    }
    Matrix features = Features.transposed(x, 2);
    if (unit) {
      scaleToUnitLength(features);
    }
    int[] index = new int[Math.multiplyExact(n, k)];
    double[] product = new double[n * k];
    int blocks = (n + BLOCK - 1) / BLOCK;
    for (int b = 0; b < blocks; b++) {
      int from = b * BLOCK;
      int to = Math.min(n, from + BLOCK);
      try (Matrix block = features.columns(from, to);
          Matrix products = features.transposeTimes(block)) {
        Parallel.forEach(
            to - from,
            i ->
                new Nearest(k, products.column(i), from + i).write(index, product, (from + i) * k));
      }
    }
    if (!keepFeatures) {
      features.close();
      features = null;
    }
    return new Neighbours(n, k, index, product, features);
  }

  /** Scales every column to norm 1; zero columns stay zero. */
  static void scaleToUnitLength(Matrix transposed) {
    double[] norms = transposed.columnNorms();
    double[] factors = new double[norms.length];
    for (int i = 0; i < norms.length; i++) {
      factors[i] = norms[i] > 0 ? 1 / norms[i] : 0;
    }
    transposed.scaleColumns(factors);
  }

  int stimuli() {
    return n;
  }

  int k() {
    return k;
  }

  /** The neighbour of stimulus {@code i} at place {@code rank}, 0 the nearest. */
  int neighbour(int i, int rank) {
    return index[i * k + rank];
  }

  /** Inner product of stimulus {@code i} with that neighbour. */
  double productAt(int i, int rank) {
    return product[i * k + rank];
  }

  /** Responses to one stimulus; only where the features were kept. */
  double[] features(int i) {
    return Objects.requireNonNull(features).column(i);
  }

  /** Sets {@code rankOf[j]} = place + 1 for the neighbours j of {@code i}, of n zeros. */
  void mark(int i, int[] rankOf) {
    for (int r = 0; r < k; r++) {
      rankOf[index[i * k + r]] = r + 1;
    }
  }

  /** Undoes {@link #mark}. */
  void unmark(int i, int[] rankOf) {
    for (int r = 0; r < k; r++) {
      rankOf[index[i * k + r]] = 0;
    }
  }

  /** Number of neighbours of {@code i} that are marked. */
  int shared(int i, int[] rankOf) {
    int shared = 0;
    for (int r = 0; r < k; r++) {
      shared += rankOf[index[i * k + r]] > 0 ? 1 : 0;
    }
    return shared;
  }

  @Override
  public Neighbours reordered(int[] order) {
    int[] placeOf = new int[n];
    for (int i = 0; i < n; i++) {
      placeOf[order[i]] = i;
    }
    int[] newIndex = new int[index.length];
    double[] newProduct = new double[product.length];
    for (int i = 0; i < n; i++) {
      for (int r = 0; r < k; r++) {
        newIndex[i * k + r] = placeOf[index[order[i] * k + r]];
        newProduct[i * k + r] = product[order[i] * k + r];
      }
    }
    Matrix newFeatures = features == null ? null : features.selectColumns(order);
    return new Neighbours(n, k, newIndex, newProduct, newFeatures);
  }

  @Override
  public long bytes() {
    return 12L * n * k + (features == null ? 0 : features.bytes());
  }

  /** The k largest of a row of products in a heap whose root is the least of them. */
  private static final class Nearest {
    private final double[] value;
    private final int[] heap;
    private final int k;

    Nearest(int k, double[] value, int self) {
      this.k = k;
      this.value = value;
      this.heap = new int[k];
      int size = 0;
      for (int j = 0; j < value.length; j++) {
        if (j == self) {
          continue;
        }
        if (size < k) {
          heap[size++] = j;
          if (size == k) {
            for (int at = k / 2 - 1; at >= 0; at--) {
              sink(at);
            }
          }
        } else if (value[j] > value[heap[0]]) {
          // An equal product later in the order never replaces an earlier one.
          heap[0] = j;
          sink(0);
        }
      }
    }

    /** True if stimulus a is farther than b, the later of equal ones being the farther. */
    private boolean farther(int a, int b) {
      return value[a] < value[b] || (value[a] == value[b] && a > b);
    }

    private void sink(int at) {
      int item = heap[at];
      while (true) {
        int child = 2 * at + 1;
        if (child >= k) {
          break;
        }
        if (child + 1 < k && farther(heap[child + 1], heap[child])) {
          child++;
        }
        if (!farther(heap[child], item)) {
          break;
        }
        heap[at] = heap[child];
        at = child;
      }
      heap[at] = item;
    }

    void write(int[] index, double[] product, int offset) {
      Integer[] order = new Integer[k];
      Arrays.setAll(order, r -> heap[r]);
      Arrays.sort(order, (a, b) -> a.equals(b) ? 0 : farther(b, a) ? -1 : 1);
      for (int r = 0; r < k; r++) {
        index[offset + r] = order[r];
        product[offset + r] = value[order[r]];
      }
    }
  }
}
