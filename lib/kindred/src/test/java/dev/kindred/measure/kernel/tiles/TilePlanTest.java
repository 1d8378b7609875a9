package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.representation.Representation;
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
        for (PairTiling.Tile tile : strip.tiles()) {
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

  private static void count(PairTiling.Tile tile, int[][] times) {
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
}
