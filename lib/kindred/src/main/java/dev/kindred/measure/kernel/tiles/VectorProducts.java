package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.matrix.Panel;

/**
 * Adds VᵀV of vectors that are columns of a panel: products in pieces of their length in the
 * panel's own precision, sums of pieces in float64.
 */
final class VectorProducts {
  /** Long enough for full speed, short enough that float32 sums keep six digits and more. */
  static final int PIECE = 8192;

  private VectorProducts() {}

  /**
   * @param vectors columns, one for each model
   * @param length numbers in each that count
   * @param models number of columns
   * @param weight what products are multiplied by
   * @param work room for models² numbers
   * @param sums lower triangle, added to
   */
  static void add(
      Panel.Block vectors, int length, int models, double weight, Panel work, double[][] sums) {
    double[] column = new double[models];
    for (int from = 0; from < length; from += PIECE) {
      int count = Math.min(PIECE, length - from);
      Panel.square(vectors.down(from), models, count, 0, work.block(0, models));
      for (int b = 0; b < models; b++) {
        work.read((long) b * models + b, column, models - b);
        for (int a = b; a < models; a++) {
          sums[a][b] += weight * column[a - b];
        }
      }
    }
  }
}
