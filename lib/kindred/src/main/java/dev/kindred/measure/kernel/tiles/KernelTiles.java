package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Panel;

/** One model's kernel matrix, tile by tile. */
final class KernelTiles {
  private static final double ROUNDING_64 = 1e-14;
  private static final double ROUNDING_32 = 2e-6;
  private static final int SAMPLE = 192;

  private final PairKernel kernel;
  private final TreatedFeatures features;
  private final boolean float32;
  private double[] squaredNorms = {};
  private double twoSigmaSquared = Double.NaN;
  private double shift;

  /**
   * @param kernel the kernel
   * @param features the model's features
   * @param float32 precision of the tiles
   */
  KernelTiles(PairKernel kernel, TreatedFeatures features, boolean float32) {
    this.kernel = kernel;
    this.features = features;
    this.float32 = float32;
  }

  /**
   * Does what must be known before the first tile.
   *
   * @param n number of stimuli
   * @param shifted whether a constant may be subtracted from all entries, as what follows subtracts
   *     means: float32 products then keep their digits
   */
  void bind(int n, boolean shifted) {
    if (isInner()) {
      return;
    }
    squaredNorms = features.squaredNorms();
    double scale = features.scale();
    twoSigmaSquared =
        switch (kernel.scale()) {
          case NONE -> Double.NaN;
          case ABSOLUTE -> 2 * kernel.sigma() * kernel.sigma() * scale * scale;
          case MEAN -> 2 * sum(squaredNorms, n) / n;
          case MEDIAN -> 2 * medianSquaredDistance(n);
        };
    shift = shifted ? sampleMean(n) : 0;
  }

  boolean isInner() {
    return kernel.form() == PairKernel.Form.INNER;
  }

  TreatedFeatures features() {
    return features;
  }

  /** The constant that has been subtracted from all entries. */
  double shift() {
    return shift;
  }

  /** The entry of a stimulus with itself, shifted; for kernels other than inner products. */
  double diagonal(int stimulus) {
    return kernel.diagonal(squaredNorms[stimulus]) - shift;
  }

  /**
   * Writes a tile's entries; on the diagonal those strictly below it, and zeros elsewhere.
   *
   * @param tile which
   * @param rows features of the tile's rows
   * @param columns features of its columns; on the diagonal not looked at
   * @param target first number of {@code tile.size()} in a panel
   * @param diagonal receives the entries on the diagonal; for inner products only
   * @param margins receives sums over rows and columns; null for none
   */
  void fill(
      TriangleTiling.Tile tile,
      Panel.Block rows,
      Panel.Block columns,
      Panel.Block target,
      TileMargins diagonal,
      TileMargins margins) {
    int p = features.units();
    if (tile.onDiagonal()) {
      target.panel().clear(target.offset(), tile.size());
      Panel.square(rows, tile.height(), p, 0, target);
    } else {
      Panel.multiply(rows, columns, tile.height(), tile.width(), p, 0, target);
    }
    if (isInner()) {
      if (tile.onDiagonal()) {
        takeDiagonal(tile, target, diagonal);
      }
    } else {
      transform(tile, target, margins);
    }
  }

  private static void takeDiagonal(
      TriangleTiling.Tile tile, Panel.Block target, TileMargins diagonal) {
    for (int i = 0; i < tile.height(); i++) {
      long place = target.offset() + (long) i * target.stride() + i;
      diagonal.rows()[i] = target.panel().get(place);
      target.panel().set(place, 0);
    }
  }

  private void transform(TriangleTiling.Tile tile, Panel.Block target, TileMargins margins) {
    double[] values = new double[tile.height()];
    double rounding = float32 ? ROUNDING_32 : ROUNDING_64;
    for (int j = 0; j < tile.width(); j++) {
      int start = tile.onDiagonal() ? j + 1 : 0;
      int count = tile.height() - start;
      long place = target.offset() + (long) j * target.stride() + start;
      if (tile.onDiagonal()) {
        target.panel().set(place - 1, 0);
      }
      if (count == 0) {
        continue;
      }
      int first = tile.row() + start;
      target.panel().read(place, values, count);
      kernel.apply(
          values, count, squaredNorms, first, tile.column() + j, twoSigmaSquared, rounding);
      if (shift != 0) {
        for (int i = 0; i < count; i++) {
          values[i] -= shift;
        }
      }
      if (margins != null) {
        double[] rows = margins.rows();
        for (int i = 0; i < count; i++) {
          rows[start + i] += values[i];
        }
        margins.columns()[j] += sum(values, count);
      }
      target.panel().write(place, values, count);
    }
  }

  /** Mean entry among some stimuli, evenly spaced. */
  private double sampleMean(int n) {
    double sum = 0;
    int count = 0;
    int taken = Math.min(n, SAMPLE);
    double[] values = new double[1];
    double[][] rows = new double[taken][];
    int[] stimuli = new int[taken];
    try (Panel scratch = new Panel(float32, features.units())) {
      for (int a = 0; a < taken; a++) {
        stimuli[a] = (int) ((long) a * n / taken);
        rows[a] = new double[features.units()];
        Panel.Block block = features.block(stimuli[a], 1, scratch);
        block.panel().read(block.offset(), rows[a], rows[a].length);
      }
    }
    for (int a = 0; a < taken; a++) {
      // A few partners each are enough for a constant that only saves digits.
      for (int step = 1; step <= 8 && a + step < taken; step++) {
        values[0] = dot(rows[a], rows[a + step]);
        kernel.apply(
            values, 1, squaredNorms, stimuli[a], stimuli[a + step], twoSigmaSquared, 1e-14);
        sum += values[0];
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /** Median of the non-zero squared distances, the mean of the middle two for an even number. */
  private double medianSquaredDistance(int n) {
    KernelTiles distances =
        new KernelTiles(
            PairKernel.of(PairKernel.Form.SQUARED_DISTANCE, kernel.rows()), features, float32);
    distances.squaredNorms = squaredNorms;
    int pairs = Math.toIntExact((long) n * (n - 1) / 2);
    try (Panel all = new Panel(float32, pairs)) {
      distances.collect(
          n,
          (tile, from, size) -> {
            double[] values = new double[size];
            tile.read(0, values, size);
            all.write(from, values, size);
          });
      Median median = new Median();
      double[] part = new double[Math.min(pairs, 1 << 14)];
      for (int pass = 0; pass < median.passes(); pass++) {
        for (int from = 0; from < pairs; from += part.length) {
          int count = Math.min(part.length, pairs - from);
          all.read(from, part, count);
          median.add(part, count);
        }
        Progress.checkCancelled();
        median.endPass();
      }
      return median.value();
    }
  }

  /** Takes the packed entries of a tile. */
  interface Collector {
    void take(Panel packed, int from, int size);
  }

  /**
   * Every tile's entries for pairs of different stimuli, tile after tile, in parallel.
   *
   * @param n number of stimuli
   * @param collector receives the entries of a tile at the start of a panel, and their place among
   *     all n(n−1)/2
   */
  void collect(int n, Collector collector) {
    TriangleTiling tiling = TriangleTiling.of(n, 512);
    int[] starts = new int[tiling.count() + 1];
    for (int t = 0; t < tiling.count(); t++) {
      TriangleTiling.Tile tile = tiling.tile(t);
      int size = tile.onDiagonal() ? tile.height() * (tile.height() - 1) / 2 : tile.size();
      starts[t + 1] = starts[t] + size;
    }
    long room = features.isCached() ? 0 : (long) tiling.side() * features.units();
    Parallel.forEach(
        tiling.count(),
        t -> {
          TriangleTiling.Tile tile = tiling.tile(t);
          try (Panel panel = new Panel(float32, tile.size());
              Panel a = new Panel(float32, room);
              Panel b = new Panel(float32, room)) {
            Panel.Block rows = features.block(tile.row(), tile.height(), a);
            Panel.Block columns =
                tile.onDiagonal() ? rows : features.block(tile.column(), tile.width(), b);
            fill(tile, rows, columns, panel.block(0, tile.height()), null, null);
            if (tile.onDiagonal()) {
              pack(panel, tile.height());
            }
            collector.take(panel, starts[t], starts[t + 1] - starts[t]);
          }
        });
  }

  /** Moves the entries strictly below the diagonal together. */
  private static void pack(Panel panel, int side) {
    double[] column = new double[side];
    long next = 0;
    for (int j = 0; j < side; j++) {
      int count = side - 1 - j;
      panel.read((long) j * side + side - count, column, count);
      panel.write(next, column, count);
      next += count;
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** Four sums side by side, so that additions do not wait for each other. */
  private static double sum(double[] values, int count) {
    double a = 0;
    double b = 0;
    double c = 0;
    double d = 0;
    int i = 0;
    for (; i + 3 < count; i += 4) {
      a += values[i];
      b += values[i + 1];
      c += values[i + 2];
      d += values[i + 3];
    }
    for (; i < count; i++) {
      a += values[i];
    }
    return a + b + (c + d);
  }
}
