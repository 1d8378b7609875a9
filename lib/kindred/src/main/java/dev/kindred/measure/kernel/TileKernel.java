package dev.kindred.measure.kernel;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Panel;

/** One model's kernel matrix, tile by tile. */
final class TileKernel {
  private static final double ROUNDING_64 = 1e-14;
  private static final double ROUNDING_32 = 2e-6;
  private static final int SAMPLE = 192;

  private final PairKernel kernel;
  private final TreatedFeatures features;
  private final boolean float32;
  private final boolean cached;
  private double[] squaredNorms = {};
  private double twoSigmaSquared = Double.NaN;
  private double shift;

  /**
   * @param kernel the kernel
   * @param features the model's features
   * @param float32 precision of the tiles
   * @param cached whether the features are kept in memory
   */
  TileKernel(PairKernel kernel, TreatedFeatures features, boolean float32, boolean cached) {
    this.kernel = kernel;
    this.features = features;
    this.float32 = float32;
    this.cached = cached;
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
          case MEAN -> 2 * sum(squaredNorms) / n;
          case MEDIAN -> 2 * medianSquaredDistance(n);
        };
    shift = shifted ? sampleMean(n) : 0;
  }

  boolean isInner() {
    return kernel.form() == PairKernel.Form.INNER;
  }

  boolean isCached() {
    return cached;
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
   * @param scratch room for two blocks of features, used unless they are cached
   * @param target first number of {@code tile.size()} in a panel
   * @param diagonal receives the entries on the diagonal; for inner products only
   * @param margins receives sums over rows and columns; null for none
   */
  void fill(
      PairTiling.Tile tile,
      Panel[] scratch,
      Panel.Block target,
      TileMargins diagonal,
      TileMargins margins) {
    int p = features.units();
    Panel.Block rows = features.block(tile.row(), tile.height(), scratch[0]);
    if (tile.onDiagonal()) {
      target.panel().clear(target.offset(), tile.size());
      Panel.square(rows, tile.height(), p, 0, target);
    } else {
      Panel.Block columns = features.block(tile.column(), tile.width(), scratch[1]);
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

  private static void takeDiagonal(PairTiling.Tile tile, Panel.Block target, TileMargins diagonal) {
    for (int i = 0; i < tile.height(); i++) {
      long place = target.offset() + (long) i * target.stride() + i;
      diagonal.rows()[i] = target.panel().get(place);
      target.panel().set(place, 0);
    }
  }

  private void transform(PairTiling.Tile tile, Panel.Block target, TileMargins margins) {
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
        double sum = 0;
        for (int i = 0; i < count; i++) {
          margins.rows()[start + i] += values[i];
          sum += values[i];
        }
        margins.columns()[j] += sum;
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
    PairTiling tiling = PairTiling.of(n, 512);
    TileKernel distances =
        new TileKernel(
            PairKernel.of(PairKernel.Form.SQUARED_DISTANCE, kernel.rows()),
            features,
            float32,
            cached);
    distances.squaredNorms = squaredNorms;
    try (Panel tile = new Panel(float32, (long) tiling.side() * tiling.side());
        Panel a = new Panel(float32, (long) tiling.side() * features.units());
        Panel b = new Panel(float32, (long) tiling.side() * features.units())) {
      Median median = new Median();
      for (int pass = 0; pass < median.passes(); pass++) {
        for (int t = 0; t < tiling.count(); t++) {
          Progress.checkCancelled();
          PairTiling.Tile where = tiling.tile(t);
          distances.fill(where, new Panel[] {a, b}, tile.block(0, where.height()), null, null);
          double[] column = new double[where.height()];
          for (int j = 0; j < where.width(); j++) {
            tile.read((long) j * where.height(), column, where.height());
            // Entries above the diagonal are zero, as those that do not count are.
            median.add(column, where.height());
          }
        }
        median.endPass();
      }
      return median.value();
    }
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  private static double sum(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum;
  }
}
