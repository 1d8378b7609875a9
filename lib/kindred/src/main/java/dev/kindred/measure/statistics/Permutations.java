package dev.kindred.measure.statistics;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** Orders of n items. */
final class Permutations {
  private Permutations() {}

  static int[] identity(int n) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    return order;
  }

  /** A uniformly random order (Fisher and Yates). */
  static int[] random(int n, SplittableRandom random) {
    int[] order = identity(n);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** n!, or {@link Long#MAX_VALUE} where it does not fit. */
  static long count(int n) {
    long count = 1;
    for (int k = 2; k <= n; k++) {
      if (count > Long.MAX_VALUE / k) {
        return Long.MAX_VALUE;
      }
      count *= k;
    }
    return count;
  }

  /** Visits all n! orders, the identity first; the array is reused (Heap's algorithm). */
  static void forEach(int n, Consumer<int[]> visitor) {
    int[] order = identity(n);
    int[] counter = new int[n];
    visitor.accept(order);
    for (int i = 1; i < n; ) {
      if (counter[i] < i) {
        int j = i % 2 == 0 ? 0 : counter[i];
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
        visitor.accept(order);
        counter[i]++;
        i = 1;
      } else {
        counter[i++] = 0;
      }
    }
  }
}
