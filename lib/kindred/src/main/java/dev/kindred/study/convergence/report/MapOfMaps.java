package dev.kindred.study.convergence.report;

import dev.kindred.study.convergence.LayerMaps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Layer × layer maps of all pairs of networks as the blocks of one matrix. */
final class MapOfMaps {
  private final double[][] values;
  private final boolean[][] bestOfRow;
  private final boolean[][] bestOfColumn;
  private final boolean[][] byChance;

  MapOfMaps(int layers) {
    values = new double[layers][layers];
    for (double[] row : values) {
      Arrays.fill(row, Double.NaN);
    }
    bestOfRow = new boolean[layers][layers];
    bestOfColumn = new boolean[layers][layers];
    byChance = new boolean[layers][layers];
  }

  /**
   * Puts a map in its place; an empty one leaves the place as it is.
   *
   * @param shuffled the same with shuffled stimuli, or empty
   */
  void place(double[][] map, double[][] shuffled, int atRow, int atColumn) {
    double chance =
        Arrays.stream(shuffled)
            .flatMapToDouble(Arrays::stream)
            .filter(Double::isFinite)
            .max()
            .orElse(Double.NEGATIVE_INFINITY);
    double[] ofRows = greatest(map);
    double[] ofColumns = greatest(LayerMaps.transposed(map));
    for (int i = 0; i < map.length; i++) {
      for (int j = 0; j < map[i].length; j++) {
        int row = atRow + i;
        int column = atColumn + j;
        values[row][column] = map[i][j];
        bestOfRow[row][column] = map[i][j] == ofRows[i];
        bestOfColumn[row][column] = map[i][j] == ofColumns[j];
        byChance[row][column] = map[i][j] <= chance;
      }
    }
  }

  private static double[] greatest(double[][] rows) {
    return Arrays.stream(rows)
        .mapToDouble(row -> Arrays.stream(row).filter(Double::isFinite).max().orElse(Double.NaN))
        .toArray();
  }

  double[][] values() {
    return values;
  }

  /** – of the greatest of a row in its map, | of a column, + of both. */
  List<List<String>> signs() {
    List<List<String>> signs = new ArrayList<>();
    for (int i = 0; i < values.length; i++) {
      List<String> row = new ArrayList<>();
      for (int j = 0; j < values.length; j++) {
        boolean both = bestOfRow[i][j] && bestOfColumn[i][j];
        row.add(both ? "+" : bestOfRow[i][j] ? "–" : bestOfColumn[i][j] ? "|" : "");
      }
      signs.add(row);
    }
    return signs;
  }

  /** Cells that are no greater than the greatest of their map with shuffled stimuli. */
  boolean[][] byChance() {
    return byChance;
  }

  boolean hasChance() {
    for (boolean[] row : byChance) {
      for (boolean cell : row) {
        if (cell) {
          return true;
        }
      }
    }
    return false;
  }
}
