package dev.kindred.measure.kernel.tiles;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * In which tiles the pairs of n stimuli are taken, and what is kept in memory meanwhile.
 *
 * <p>With room for the treated features of all models, square tiles in one go. Otherwise strip by
 * strip of rows: the features of a strip are treated once for all models and kept for its tiles,
 * which treat only their columns.
 *
 * @param cached whether all treated features are kept
 * @param strips the tiles, in the order in which they are added up
 * @param open tiles that there is memory for at a time; more than threads are of use while models
 *     are missing
 */
record TilePlan(boolean cached, List<Strip> strips, int open) {
  private static final int CACHED_SIDE = 512;
  private static final int[] SIDES = {
    4096, 3072, 2048, 1536, 1024, 768, 512, 384, 256, 192, 128, 64
  };

  /** Treating a number costs about as much as packing it for this many products. */
  private static final double TREATING = 3;

  /**
   * Some rows of the lower triangle.
   *
   * @param row first row
   * @param height rows
   * @param tiles their entries up to the diagonal, long work first so that threads end together
   */
  record Strip(int row, int height, List<TriangleTiling.Tile> tiles) {}

  /**
   * The fastest plan for a budget; the one that needs least if none keeps it.
   *
   * @param features of all models
   * @param n number of stimuli
   * @param float32 precision
   * @param budget bytes
   */
  static TilePlan of(List<TreatedFeatures> features, int n, boolean float32, long budget) {
    // Not the threads in use: the plan decides on the last digits, which must not depend on those.
    int workers = Math.max(1, Runtime.getRuntime().availableProcessors());
    Room room = new Room(features, n, float32, workers);
    long left = budget - room.cached(CACHED_SIDE);
    if (left >= 0) {
      long more = left / Math.max(1, room.tile(CACHED_SIDE));
      return squares(n, CACHED_SIDE, (int) Math.min(Integer.MAX_VALUE, workers + more));
    }
    TilePlan best = null;
    double bestCost = Double.POSITIVE_INFINITY;
    for (int height : SIDES) {
      for (int width : SIDES) {
        if (width > height || height % width != 0 || room.strips(height, width) > budget) {
          continue;
        }
        double cost = cost(n, Math.min(n, height), Math.min(n, width));
        if (cost < bestCost) {
          bestCost = cost;
          best = strips(n, height, width);
        }
      }
    }
    int least = SIDES[SIDES.length - 1];
    return best == null ? strips(n, least, least) : best;
  }

  /** Numbers treated and packed for each unit. */
  private static double cost(int n, int height, int width) {
    double pairs = (double) n * n / 2;
    return TREATING * (n + pairs / height) + pairs * (1.0 / height + 1.0 / width);
  }

  static TilePlan squares(int n, int side, int open) {
    TriangleTiling tiling = TriangleTiling.of(n, side);
    List<TriangleTiling.Tile> tiles = new ArrayList<>();
    for (int t = 0; t < tiling.count(); t++) {
      tiles.add(tiling.tile(t));
    }
    return new TilePlan(true, List.of(new Strip(0, n, tiles)), open);
  }

  static TilePlan strips(int n, int longestHeight, int longestWidth) {
    int height = part(n, longestHeight);
    List<Strip> strips = new ArrayList<>();
    for (int row = 0; row < n; row += height) {
      strips.add(strip(row, Math.min(height, n - row), part(height, longestWidth)));
    }
    return new TilePlan(false, strips, Runtime.getRuntime().availableProcessors());
  }

  private static Strip strip(int row, int height, int width) {
    List<TriangleTiling.Tile> tiles = new ArrayList<>();
    for (int column = 0; column < row; column += width) {
      tiles.add(new TriangleTiling.Tile(row, height, column, Math.min(width, row - column)));
    }
    int end = row + height;
    for (int column = row; column < end; column += width) {
      int columns = Math.min(width, end - column);
      int below = column + columns;
      tiles.add(new TriangleTiling.Tile(column, columns, column, columns));
      if (below < end) {
        tiles.add(new TriangleTiling.Tile(below, end - below, column, columns));
      }
    }
    tiles.sort(Comparator.comparingInt(TilePlan::work).reversed());
    return new Strip(row, height, tiles);
  }

  private static int work(TriangleTiling.Tile tile) {
    return tile.onDiagonal() ? tile.size() / 2 : tile.size();
  }

  /** Length of equal parts of which none is longer than {@code longest}. */
  private static int part(int n, int longest) {
    int parts = Math.max(1, (n + longest - 1) / longest);
    return Math.max(1, (n + parts - 1) / parts);
  }

  /** All tiles, strip after strip. */
  int tiles() {
    return strips.stream().mapToInt(strip -> strip.tiles().size()).sum();
  }

  /** Numbers in the largest tile. */
  int largest() {
    return tileNumbers(TriangleTiling.Tile::size);
  }

  /** Columns of the widest tile. */
  int widest() {
    return tileNumbers(TriangleTiling.Tile::width);
  }

  private int tileNumbers(java.util.function.ToIntFunction<TriangleTiling.Tile> number) {
    return strips.stream().flatMap(s -> s.tiles().stream()).mapToInt(number).max().orElse(0);
  }

  /** Rows of the highest strip. */
  int height() {
    return strips.stream().mapToInt(Strip::height).max().orElse(0);
  }

  /** Bytes that plans need. */
  private record Room(List<TreatedFeatures> features, int n, boolean float32, int workers) {
    long cached(int side) {
      long kept = features.stream().mapToLong(TreatedFeatures::cacheBytes).sum();
      return kept + workers * tile(side);
    }

    long tile(int side) {
      return buffers(Math.min(n, side), Math.min(n, side), 0);
    }

    long strips(int height, int width) {
      long rows = Math.min(n, height);
      long columns = Math.min(n, width);
      long kept = rows * features.stream().mapToLong(TreatedFeatures::units).sum() * bytes();
      int widest = features.stream().mapToInt(TreatedFeatures::units).max().orElse(0);
      return kept + workers * buffers(rows, columns, columns * widest);
    }

    /** One worker's: a tile of every model, what makes it, and float64 results. */
    private long buffers(long rows, long columns, long scratch) {
      long models = features.size();
      long numbers = rows * columns * models + models * models + scratch;
      return numbers * bytes() + (models * models / 2 + 2 * (rows + columns) * models) * 8;
    }

    private long bytes() {
      return float32 ? Float.BYTES : Double.BYTES;
    }
  }

  @Override
  public String toString() {
    return tiles() + " tiles of up to " + height() + "×" + widest();
  }
}
