package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.representation.Representation;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TilePlanTest {
  @Property(tries = 60)
  void everyPairIsInOneTile(
      @ForAll @IntRange(min = 2, max = 90) int n,
      @ForAll @IntRange(min = 1, max = 100) int height,
      @ForAll @IntRange(min = 1, max = 100) int width) {
    for (TilePlan plan :
        List.of(TilePlan.squares(n, width, 2), TilePlan.strips(n, height, width))) {
      int[][] times = new int[n][n];
      for (TilePlan.Strip strip : plan.strips()) {
        for (TriangleTiling.Tile tile : strip.tiles()) {
          assertThat(tile.row()).isBetween(strip.row(), strip.row() + strip.height() - 1);
          assertThat(tile.row() + tile.height()).isLessThanOrEqualTo(strip.row() + strip.height());
          count(tile, times);
        }
      }
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertThat(times[i][j]).as("pair %d, %d of %s", i, j, plan).isEqualTo(j < i ? 1 : 0);
        }
      }
    }
  }

  private static void count(TriangleTiling.Tile tile, int[][] times) {
    for (int i = tile.row(); i < tile.row() + tile.height(); i++) {
      for (int j = tile.column(); j < tile.column() + tile.width(); j++) {
        if (!tile.onDiagonal() || j < i) {
          times[i][j]++;
        }
      }
    }
  }

  @Test
  void aSmallerBudgetTakesSmallerTiles() {
    List<TreatedFeatures> features =
        IntStream.range(0, 8)
            .mapToObj(m -> Representation.of("m" + m, 3000, 2, new float[6000]))
            .map(x -> new TreatedFeatures(x, 0, 0, 3000, PairKernel.Rows.RAW, true, true))
            .toList();
    assertThat(TilePlan.of(features, 3000, true, Long.MAX_VALUE).cached()).isTrue();
    TilePlan large = TilePlan.of(features, 3000, true, 6L << 20);
    assertThat(large.cached()).isFalse();
    TilePlan least = TilePlan.of(features, 3000, true, 1);
    assertThat(least.largest()).isLessThan(large.largest()).isLessThanOrEqualTo(64 * 64);
  }

  /**
   * All features and, for every processor, a tile of each model, their products and float64
   * results: one byte less, and features are treated strip by strip.
   */
  @Property(tries = 20)
  void featuresAreKeptWhereTheyAndATileForEveryProcessorFit(
      @ForAll boolean float32, @ForAll @IntRange(min = 1, max = 9) int count) {
    int n = 700;
    List<TreatedFeatures> features = features(n, count, float32);
    long units = features.stream().mapToLong(TreatedFeatures::units).sum();
    long tile = buffers(512, 512, 0, count, float32);
    long needed = n * units * (float32 ? 4 : 8) + PROCESSORS * tile;
    TilePlan plan = TilePlan.of(features, n, float32, needed);
    assertThat(plan.cached()).isTrue();
    assertThat(plan.open()).isEqualTo(PROCESSORS);
    assertThat(TilePlan.of(features, n, float32, needed + tile - 1).open()).isEqualTo(PROCESSORS);
    assertThat(TilePlan.of(features, n, float32, needed + 2 * tile).open())
        .isEqualTo(PROCESSORS + 2);
    assertThat(TilePlan.of(features, n, float32, needed - 1).cached()).isFalse();
  }

  /** Of all plans that fit the one that treats and packs the fewest numbers, found by trying. */
  @Property(tries = 60)
  void theStripsThatFitAndCostLeastAreTaken(
      @ForAll boolean float32,
      @ForAll @IntRange(min = 1, max = 7) int count,
      @ForAll @IntRange(min = 90, max = 9000) int n,
      @ForAll @IntRange(min = 12, max = 27) int bits) {
    List<TreatedFeatures> features = features(n, count, float32);
    long units = features.stream().mapToLong(TreatedFeatures::units).sum();
    int widest = features.stream().mapToInt(TreatedFeatures::units).max().orElseThrow();
    List<Integer> sides = List.of(4096, 3072, 2048, 1536, 1024, 768, 512, 384, 256, 192, 128, 64);
    long most = 0;
    double least = Double.POSITIVE_INFINITY;
    TilePlan expected = TilePlan.strips(n, 64, 64);
    for (int height : sides) {
      for (int width : sides) {
        long rows = Math.min(n, height);
        long columns = Math.min(n, width);
        long bytes =
            rows * units * (float32 ? 4 : 8)
                + PROCESSORS * buffers(rows, columns, columns * widest, count, float32);
        double treated = n + n * (n / 2.0) / rows;
        double packed = n * (n / 2.0) / rows + n * (n / 2.0) / columns;
        if (height % width == 0 && bytes <= 1L << bits && 3 * treated + packed < least) {
          least = 3 * treated + packed;
          expected = TilePlan.strips(n, height, width);
          most = bytes;
        }
      }
    }
    for (long budget : most == 0 ? new long[] {1L << bits} : new long[] {1L << bits, most}) {
      TilePlan plan = TilePlan.of(features, n, float32, budget);
      if (!plan.cached()) {
        assertThat(plan.toString()).isEqualTo(expected.toString());
        assertThat(plan).isEqualTo(expected);
      }
    }
  }

  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  /** A tile of every model, their products with each other, scratch; and float64 results. */
  private static long buffers(long rows, long columns, long scratch, long models, boolean float32) {
    long numbers = rows * columns * models + models * models + scratch;
    return numbers * (float32 ? 4 : 8) + 8 * (models * models / 2 + 2 * (rows + columns) * models);
  }

  /** Models of 5, 8, 11 … units. */
  private static List<TreatedFeatures> features(int n, int count, boolean float32) {
    return IntStream.range(0, count)
        .mapToObj(m -> Representation.of("m" + m, n, 5 + 3 * m, new float[n * (5 + 3 * m)]))
        .map(x -> new TreatedFeatures(x, 0, 0, n, PairKernel.Rows.RAW, true, float32))
        .toList();
  }

  /** So that threads end together. */
  @Test
  void aStripBeginsWithItsLongestWork() {
    for (TilePlan.Strip strip : TilePlan.strips(1000, 400, 100).strips()) {
      List<Integer> pairs =
          strip.tiles().stream().map(tile -> tile.size() / (tile.onDiagonal() ? 2 : 1)).toList();
      assertThat(pairs).isSortedAccordingTo(Comparator.reverseOrder());
    }
  }

  @Test
  void stripsAreOfEqualHeight() {
    assertThat(TilePlan.strips(91, 30, 30).strips())
        .extracting(TilePlan.Strip::height)
        .containsExactly(23, 23, 23, 22);
    assertThat(TilePlan.strips(90, 30, 30).strips())
        .extracting(TilePlan.Strip::height)
        .containsExactly(30, 30, 30);
    assertThat(TilePlan.strips(90, 90, 90)).hasToString("1 tiles of up to 90×90");
  }
}
