package dev.kindred.measure.neighbourhood;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.measure.Features;
import dev.kindred.measure.Parameter;
import dev.kindred.measure.Reorderable;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The k nearest neighbours of every stimulus by inner product, without itself, nearest first. On
 * rows of length 1 this is the cosine.
 *
 * <p>Equal products are ties. The order of the stimuli says nothing of them, so ties count as
 * broken at random, uniformly, for every stimulus and every representation by itself, and measures
 * take the expectation. Kept of a stimulus are its <em>candidates</em>: all that are neighbours in
 * some breaking of the ties. They lie in <em>runs</em> of equal products. The t members of a run
 * that begins at place s (from 0) take the places s … s+t−1 in random order; where s+t exceeds k,
 * only k−s of them are neighbours, each with probability (k−s)/t. Without ties every run has one
 * member, and there are k candidates.
 *
 * <p>Products count as equal where they lie less than 16·2⁻⁵²·√p·|xᵢ|·max|xⱼ| below the largest of
 * their run. Rounding makes less of equal products of p terms, so that rotated duplicates tie.
 */
final class Neighbours implements Reorderable {
  static final Parameter K = Parameter.integer("k", "number of neighbours", "10", 1);
  static final Parameter ROWS =
      Parameter.choice("rows", "responses scaled to length 1, or as they are", "unit", "raw");

  /** Rows of products held at a time: with n = 50,000 stimuli 100 MB. */
  private static final int BLOCK = 256;

  private static final double ROUNDING = 16 * 0x1p-52;

  private final int n;
  private final int k;
  private final int[] index;
  private final double[] product;

  /** Where the run of every place begins; null if no stimulus has ties. */
  private final int[] start;

  /**
   * The run of every stimulus that goes beyond place k, or null; its members ascend and the
   * stimulus is among them, so that stimuli with the same ties share one array.
   */
  private final int[][] beyond;

  private final Matrix features;

  private Neighbours(
      int n, int k, int[] index, double[] product, int[] start, int[][] beyond, Matrix features) {
    this.n = n;
    this.k = k;
    this.index = index;
    this.product = product;
    this.start = start;
    this.beyond = beyond;
    this.features = features;
  }

  /**
   * @param x the representation
   * @param k number of neighbours
   * @param unit scale every response to length 1 first; responses that are all zero stay zero
   * @param keepFeatures keep the responses, for {@link #features(int)}
   */
  static Neighbours of(Representation x, int k, boolean unit, boolean keepFeatures) {
    return of(x, k, unit, keepFeatures, true);
  }

  /** As {@link #of(Representation, int, boolean, boolean)}, with products of raw responses. */
  static Neighbours withProducts(Representation x, int k, boolean unit) {
    return of(x, k, unit, false, unit);
  }

  private static Neighbours of(
      Representation x, int k, boolean unit, boolean keepFeatures, boolean scalable) {
    int n = x.stimuli();
    if (n <= k) {
      throw new InputException(
          x.id() + " has " + n + " stimuli; k=" + k + " neighbours need at least " + (k + 1));
    }
    Matrix features = Features.transposed(x, 2, scalable);
    if (unit) {
      scaleToUnitLength(features);
    }
    double[] norms = features.columnNorms();
    double rounding = ROUNDING * Math.sqrt(x.units()) * Arrays.stream(norms).max().orElse(0);
    int[] index = new int[Math.multiplyExact(n, k)];
    double[] product = new double[n * k];
    int[] start = new int[n * k];
    int[][] beyond = new int[n][];
    Map<Members, int[]> runs = new ConcurrentHashMap<>();
    AtomicBoolean tied = new AtomicBoolean();
    int blocks = (n + BLOCK - 1) / BLOCK;
    for (int b = 0; b < blocks; b++) {
      int from = b * BLOCK;
      int to = Math.min(n, from + BLOCK);
      try (Matrix block = features.columns(from, to);
          Matrix products = features.transposeTimes(block)) {
        Parallel.forEach(
            to - from,
            r -> {
              int i = from + r;
              Nearest nearest = new Nearest(k, products.column(r), i, rounding * norms[i]);
              if (nearest.write(index, product, start, i * k)) {
                tied.set(true);
              }
              int[] run = nearest.beyond(product[i * k + start[i * k + k - 1]]);
              if (run != null) {
                beyond[i] = runs.computeIfAbsent(new Members(run), Members::stimuli);
              }
            });
      }
    }
    if (!keepFeatures) {
      features.close();
      features = null;
    }
    boolean ties = tied.get() || !runs.isEmpty();
    return new Neighbours(
        n, k, index, product, ties ? start : null, ties ? beyond : null, features);
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

  /** Number of stimuli that are among the neighbours of {@code i} in some breaking of ties. */
  int candidates(int i) {
    int[] run = run(i);
    return run == null ? k : lastStart(i) + run.length - 1;
  }

  /** A candidate of {@code i}: nearest run first, in no order within a run. */
  int candidate(int i, int c) {
    int[] run = run(i);
    if (run == null || c < lastStart(i)) {
      return index[i * k + c];
    }
    int at = c - lastStart(i);
    return run[at] < i ? run[at] : run[at + 1];
  }

  /** First place, from 0, of the run of candidate {@code c}. */
  int start(int i, int c) {
    return start == null ? c : start[i * k + Math.min(c, k - 1)];
  }

  /** Number of members of the run of {@code i} that begins at a place. */
  int runLength(int i, int start) {
    if (this.start == null) {
      return 1;
    }
    int[] run = run(i);
    if (run != null && start == lastStart(i)) {
      return run.length - 1;
    }
    int length = 1;
    while (start + length < k && this.start[i * k + start + length] == start) {
      length++;
    }
    return length;
  }

  /** Probability that a member of the run of {@code i} that begins at a place is a neighbour. */
  double share(int i, int start) {
    int[] run = run(i);
    return run != null && start == lastStart(i) ? (k - start) / (run.length - 1.0) : 1;
  }

  /** Probability that {@code j} is a neighbour of {@code i}. */
  double probability(int i, int j) {
    int[] run = run(i);
    int certain = run == null ? k : lastStart(i);
    for (int r = 0; r < certain; r++) {
      if (index[i * k + r] == j) {
        return 1;
      }
    }
    return run != null && i != j && Arrays.binarySearch(run, j) >= 0 ? share(i, certain) : 0;
  }

  /** Whether any stimulus has ties. */
  boolean hasTies() {
    return start != null;
  }

  /**
   * Inner product of stimulus {@code i} with a candidate; of raw responses up to their scale,
   * unless made {@link #withProducts}.
   */
  double productAt(int i, int c) {
    int[] run = run(i);
    return product[i * k + (run == null ? c : Math.min(c, lastStart(i)))];
  }

  /** Responses to one stimulus; only where the features were kept. */
  double[] features(int i) {
    return Objects.requireNonNull(features).column(i);
  }

  /** Sets {@code candidateOf[j]} = c + 1 for the candidates j of {@code i}, of n zeros. */
  void mark(int i, int[] candidateOf) {
    int count = candidates(i);
    for (int c = 0; c < count; c++) {
      candidateOf[candidate(i, c)] = c + 1;
    }
  }

  /** Undoes {@link #mark}. */
  void unmark(int i, int[] candidateOf) {
    int count = candidates(i);
    for (int c = 0; c < count; c++) {
      candidateOf[candidate(i, c)] = 0;
    }
  }

  @Override
  public Neighbours reordered(int[] order) {
    int[] placeOf = new int[n];
    for (int i = 0; i < n; i++) {
      placeOf[order[i]] = i;
    }
    int[] newIndex = new int[index.length];
    double[] newProduct = new double[product.length];
    int[] newStart = start == null ? null : new int[start.length];
    int[][] newBeyond = beyond == null ? null : new int[n][];
    Map<int[], int[]> runs = new IdentityHashMap<>();
    for (int i = 0; i < n; i++) {
      int from = order[i] * k;
      for (int r = 0; r < k; r++) {
        newIndex[i * k + r] = placeOf[index[from + r]];
      }
      System.arraycopy(product, from, newProduct, i * k, k);
      if (start != null) {
        System.arraycopy(start, from, newStart, i * k, k);
        newBeyond[i] = moved(beyond[order[i]], placeOf, runs);
      }
    }
    Matrix newFeatures = features == null ? null : features.selectColumns(order);
    return new Neighbours(n, k, newIndex, newProduct, newStart, newBeyond, newFeatures);
  }

  private static int[] moved(int[] run, int[] placeOf, Map<int[], int[]> runs) {
    return run == null
        ? null
        : runs.computeIfAbsent(run, r -> Arrays.stream(r).map(j -> placeOf[j]).sorted().toArray());
  }

  @Override
  public long bytes() {
    long bytes = 12L * n * k + (features == null ? 0 : features.bytes());
    if (start != null) {
      Map<int[], Boolean> runs = new IdentityHashMap<>();
      for (int[] run : beyond) {
        if (run != null && runs.put(run, true) == null) {
          bytes += 4L * run.length;
        }
      }
      bytes += 4L * n * k + 8L * n;
    }
    return bytes;
  }

  private int[] run(int i) {
    return beyond == null ? null : beyond[i];
  }

  private int lastStart(int i) {
    return start[i * k + k - 1];
  }

  /** Stimuli of a run, equal by content. */
  private record Members(int[] stimuli) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Members members && Arrays.equals(stimuli, members.stimuli);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(stimuli);
    }
  }

  /** The k largest of a row of products in a heap whose root is the least of them. */
  private static final class Nearest {
    private final double[] value;
    private final int self;
    private final double tolerance;
    private final int[] heap;
    private final int k;
    private double largestLeftOut = Double.NEGATIVE_INFINITY;

    Nearest(int k, double[] value, int self, double tolerance) {
      this.k = k;
      this.value = value;
      this.self = self;
      this.tolerance = tolerance;
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
          // None that was left out before is larger than what the heap's least was then.
          largestLeftOut = value[heap[0]];
          heap[0] = j;
          sink(0);
        } else if (value[j] > largestLeftOut) {
          largestLeftOut = value[j];
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

    /** Whether there are ties within the first k places. */
    boolean write(int[] index, double[] product, int[] start, int offset) {
      Integer[] order = new Integer[k];
      Arrays.setAll(order, r -> heap[r]);
      Arrays.sort(order, (a, b) -> a.equals(b) ? 0 : farther(b, a) ? -1 : 1);
      int first = 0;
      boolean tied = false;
      for (int r = 0; r < k; r++) {
        index[offset + r] = order[r];
        product[offset + r] = value[order[r]];
        if (equal(value[order[first]], value[order[r]])) {
          tied |= r > first;
        } else {
          first = r;
        }
        start[offset + r] = first;
      }
      return tied;
    }

    /** All of the run whose largest product is given and the stimulus, if it goes beyond k. */
    int[] beyond(double largest) {
      if (!equal(largest, largestLeftOut)) {
        return null;
      }
      int[] members = new int[value.length];
      int count = 0;
      for (int j = 0; j < value.length; j++) {
        if (j == self || (value[j] <= largest && equal(largest, value[j]))) {
          members[count++] = j;
        }
      }
      return Arrays.copyOf(members, count);
    }

    private boolean equal(double largest, double other) {
      return largest - other <= tolerance;
    }
  }
}
