package dev.kindred.recording;

import dev.kindred.base.matrix.Panel;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Reduces the units of a layer: stretches of units are laid over one another, each turned by a
 * random amount, with random signs, and added. Two units meet with a probability of at most 1/kept,
 * as in a count sketch, but the additions run along memory.
 */
final class UnitFold {
  private final int units;
  private final int kept;
  private final int[] turns;

  /** The signs of every stretch, turned as it is; 0 where the last one has no unit. */
  private final float[][] signs;

  /**
   * @param units of the layer
   * @param kept units that are left
   */
  UnitFold(int units, int kept, SplittableRandom random) {
    this.units = units;
    this.kept = kept;
    float[] all = new float[units];
    for (int i = 0; i < units; i++) {
      all[i] = random.nextInt(2) == 0 ? 1 : -1;
    }
    this.turns = new int[(units + kept - 1) / kept];
    this.signs = new float[turns.length][kept];
    for (int s = 0; s < turns.length; s++) {
      turns[s] = random.nextInt(kept);
      for (int i = s * kept; i < Math.min(units, (s + 1) * kept); i++) {
        signs[s][(i - s * kept + turns[s]) % kept] = all[i];
      }
    }
  }

  /**
   * @param responses of all units, row after row
   * @param rows how many
   * @param target overwritten with the kept units, row after row
   */
  void fold(Panel responses, int rows, Panel.Block target) {
    float[] stretch = new float[kept];
    float[] sums = new float[kept];
    for (int row = 0; row < rows; row++) {
      Arrays.fill(sums, 0);
      for (int s = 0; s < turns.length; s++) {
        long from = (long) row * units + (long) s * kept;
        int count = Math.min(kept, units - s * kept);
        int before = Math.min(count, kept - turns[s]);
        if (count < kept) {
          Arrays.fill(stretch, 0);
        }
        responses.read(from, stretch, turns[s], before);
        responses.read(from + before, stretch, 0, count - before);
        add(signs[s], stretch, sums);
      }
      Panel.Block column = target.right(row);
      column.panel().write(column.offset(), sums, 0, kept);
    }
  }

  /** All arrays from their first number: only then does the compiler use vector instructions. */
  private static void add(float[] signs, float[] stretch, float[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += signs[i] * stretch[i];
    }
  }
}
