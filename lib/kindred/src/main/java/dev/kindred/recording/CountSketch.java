package dev.kindred.recording;

import java.util.SplittableRandom;

/** Adds up the entries of vectors, each with a random sign, in sums that they are dealt out to. */
final class CountSketch {
  /** Sum of every entry, times two, plus one if its sign is minus. */
  private final int[] places;

  private final int numbers;

  /**
   * @param length entries of a vector
   * @param numbers sums; every one gets equally many entries, to within one
   */
  CountSketch(int length, int numbers, SplittableRandom random) {
    this.numbers = numbers;
    this.places = new int[length];
    for (int i = 0; i < length; i++) {
      int j = random.nextInt(i + 1);
      places[i] = places[j];
      places[j] = i;
    }
    for (int i = 0; i < length; i++) {
      places[i] = places[i] % numbers * 2 + random.nextInt(2);
    }
  }

  int numbers() {
    return numbers;
  }

  /**
   * Adds a stretch of a vector.
   *
   * @param values entries {@code from} and following
   */
  void add(float[] values, int from, float[] sums) {
    for (int i = 0; i < values.length; i++) {
      int place = places[from + i];
      // A branch on a random sign would be guessed wrong half the time.
      sums[place >> 1] += (1 - 2 * (place & 1)) * values[i];
    }
  }
}
