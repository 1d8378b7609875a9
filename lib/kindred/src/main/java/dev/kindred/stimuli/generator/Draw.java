package dev.kindred.stimuli.generator;

import dev.kindred.base.Seeds;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws the factors of one picture. Everything is derived from {@link SplittableRandom#nextLong()},
 * whose sequence does not depend on the Java version.
 */
final class Draw {
  private final SplittableRandom random;

  Draw(Seeds seeds, String name) {
    random = seeds.stream(name);
  }

  /** A key for a noise field. */
  long key() {
    return random.nextLong();
  }

  /** Uniform on [0, 1). */
  double uniform() {
    return (random.nextLong() >>> 11) * 0x1p-53;
  }

  /** Uniform on [low, high). */
  double uniform(double low, double high) {
    return low + (high - low) * uniform();
  }

  /** Uniform on 0 … n − 1. */
  int index(int n) {
    return (int) (uniform() * n);
  }

  /** Uniform on low … high, both included. */
  int between(int low, int high) {
    return low + index(high - low + 1);
  }

  boolean chance(double probability) {
    return uniform() < probability;
  }

  /** An angle in radians, uniform on the circle. */
  double angle() {
    return uniform(0, 2 * Math.PI);
  }

  <T> T pick(List<T> choices) {
    return choices.get(index(choices.size()));
  }

  <T> T pick(T[] choices) {
    return choices[index(choices.length)];
  }

  /** 0 … n − 1 in random order. */
  int[] permutation(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      int j = index(i + 1);
      order[i] = order[j];
      order[j] = i;
    }
    return order;
  }
}
