package dev.kindred.recording;

import java.util.SplittableRandom;

/**
 * Reduces the units of a layer: stretches of units are laid over one another, each turned by a
 * random amount, with random signs, and added. Two units meet with a probability of at most 1/kept,
 * as in a count sketch, but the additions run along memory.
 */
final class UnitFold {
  private final int kept;
  private final float[] signs;
  private final int[] turns;

  /**
   * @param units of the layer
   * @param kept units that are left
   */
  UnitFold(int units, int kept, SplittableRandom random) {
    this.kept = kept;
    this.signs = new float[units];
    for (int i = 0; i < units; i++) {
      signs[i] = random.nextInt(2) == 0 ? 1 : -1;
    }
    this.turns = new int[(units + kept - 1) / kept];
    for (int s = 0; s < turns.length; s++) {
      turns[s] = random.nextInt(kept);
    }
  }

  /**
   * @param row responses of all units
   * @param sums overwritten
   */
  void fold(float[] row, float[] sums) {
    java.util.Arrays.fill(sums, 0, kept, 0);
    for (int s = 0; s < turns.length; s++) {
      int from = s * kept;
      int count = Math.min(kept, signs.length - from);
      int before = Math.min(count, kept - turns[s]);
      add(row, from, before, sums, turns[s]);
      add(row, from + before, count - before, sums, 0);
    }
  }

  private void add(float[] row, int from, int count, float[] sums, int at) {
    for (int i = 0; i < count; i++) {
      sums[at + i] += signs[from + i] * row[from + i];
    }
  }
}
