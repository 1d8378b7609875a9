package dev.kindred.network.training;

import java.util.SplittableRandom;

/** Random orders. */
public final class Shuffle {
  private Shuffle() {}

  /** The numbers 0 to n-1 in a random order (Fisher-Yates). */
  public static int[] order(int n, SplittableRandom random) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = random.nextInt(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
