package dev.kindred.measure.kernel.tiles;

/** Numbers for the stimuli of a tile's rows and of its columns. */
final class TileMargins {
  private final TriangleTiling.Tile tile;
  private final double[] rows;
  private final double[] columns;

  TileMargins(TriangleTiling.Tile tile) {
    this.tile = tile;
    this.rows = new double[tile.height()];
    this.columns = tile.onDiagonal() ? rows : new double[tile.width()];
  }

  /** One number for each of the tile's rows; on the diagonal the columns have the same. */
  double[] rows() {
    return rows;
  }

  double[] columns() {
    return columns;
  }

  /** Adds them to an array over all stimuli. */
  void addTo(double[] all) {
    for (int i = 0; i < rows.length; i++) {
      all[tile.row() + i] += rows[i];
    }
    for (int j = 0; columns != rows && j < columns.length; j++) {
      all[tile.column() + j] += columns[j];
    }
  }
}
