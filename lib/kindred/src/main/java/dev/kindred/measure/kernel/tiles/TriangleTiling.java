package dev.kindred.measure.kernel.tiles;

/**
 * The lower triangle of an n×n matrix in tiles: first the squares below the diagonal, then the
 * half-filled ones on it, which are cheaper and so let several threads end together.
 *
 * @param n side of the matrix
 * @param side largest side of a tile
 */
record TriangleTiling(int n, int side) {

  /**
   * Rows {@code row} … of columns {@code column} …; on the diagonal the entries below it count.
   *
   * @param row first row
   * @param height rows
   * @param column first column
   * @param width columns
   */
  record Tile(int row, int height, int column, int width) {
    boolean onDiagonal() {
      return row == column;
    }

    /** Numbers of the whole rectangle. */
    int size() {
      return height * width;
    }
  }

  /** A tiling into equal parts, no longer than {@code longest}. */
  static TriangleTiling of(int n, int longest) {
    int parts = Math.max(1, (n + longest - 1) / longest);
    return new TriangleTiling(n, Math.max(1, (n + parts - 1) / parts));
  }

  int parts() {
    return Math.max(1, (n + side - 1) / side);
  }

  int count() {
    return parts() * (parts() + 1) / 2;
  }

  Tile tile(int t) {
    int below = parts() * (parts() - 1) / 2;
    int row;
    int column;
    if (t < below) {
      row = (int) ((Math.sqrt(8.0 * t + 1) - 1) / 2) + 1;
      column = t - row * (row - 1) / 2;
    } else {
      row = t - below;
      column = row;
    }
    return new Tile(row * side, length(row), column * side, length(column));
  }

  private int length(int part) {
    return Math.min(side, n - part * side);
  }
}
