package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.representation.Representation;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelTilesTest {

  /** Of all stimuli up to 192, evenly spaced ones of more; each with the eight that follow. */
  @ParameterizedTest
  @CsvSource({"2", "5", "12", "192", "300"})
  void theShiftIsTheMeanDistanceOfNeighboursAmongSome(int n) {
    int p = 3;
    double[] values = new SplittableRandom(n).doubles((long) n * p, -1, 1).toArray();
    Representation x = Representation.of("x", n, p, values);
    int taken = Math.min(n, 192);
    double sum = 0;
    int pairs = 0;
    for (int a = 0; a < taken; a++) {
      for (int b = a + 1; b < Math.min(taken, a + 9); b++) {
        double squared = 0;
        for (int j = 0; j < p; j++) {
          double difference = x.get(a * n / taken, j) - x.get(b * n / taken, j);
          squared += difference * difference;
        }
        sum += Math.sqrt(squared);
        pairs++;
      }
    }
    PairKernel distance = PairKernel.of(PairKernel.Form.DISTANCE, PairKernel.Rows.RAW);
    try (TreatedFeatures features =
        new TreatedFeatures(x, 0, 0, n, PairKernel.Rows.RAW, true, false)) {
      features.read().cache();
      KernelTiles kernel = new KernelTiles(distance, features, false);
      kernel.bind(n, true);
      double scaled = features.scale() * sum / pairs;
      assertThat(kernel.shift()).isCloseTo(scaled, within(1e-12));
      assertThat(kernel.diagonal(n - 1)).isEqualTo(-kernel.shift());
      kernel.bind(n, false);
      assertThat(kernel.shift()).isZero();
      assertThat(kernel.diagonal(0)).isZero();
    }
  }
}
