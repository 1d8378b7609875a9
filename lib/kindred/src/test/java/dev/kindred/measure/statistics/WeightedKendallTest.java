package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.Correlation.Method;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class WeightedKendallTest {

  /** A place of weight w is a place that stands w times; copies of it are tied in both lists. */
  @Property(tries = 200)
  void wholeWeightsAreMultiplicities(
      @ForAll @IntRange(min = 3, max = 30) int n,
      @ForAll @IntRange(min = 2, max = 40) int distinct,
      @ForAll long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] x = random.ints(n, 0, distinct).asDoubleStream().toArray();
    double[] y = random.ints(n, 0, distinct).asDoubleStream().toArray();
    double[] weights = random.ints(n, 0, 4).asDoubleStream().toArray();
    x[0] = -1;
    y[0] = -2;
    weights[0] = 2;
    weights[1] = 1;
    int[] copies =
        IntStream.range(0, n)
            .flatMap(i -> IntStream.generate(() -> i).limit((long) weights[i]))
            .toArray();
    double[] expandedX = IntStream.of(copies).mapToDouble(i -> x[i]).toArray();
    double[] expandedY = IntStream.of(copies).mapToDouble(i -> y[i]).toArray();
    double[][] found = Method.KENDALL.weighted(weights, x, y);
    assertThat(found[1][0])
        .isCloseTo(Method.KENDALL.coefficient(expandedX, expandedY), within(1e-12))
        .isEqualTo(found[0][1]);
    assertThat(found[0][0]).isEqualTo(1);
  }

  @Test
  void whatIsNotDrawnDoesNotCount() {
    double[] x = {1, 2, 3, 4};
    double[] y = {1, 2, 3, 0};
    assertThat(Method.KENDALL.weighted(new double[] {1, 1, 1, 0}, x, y)[0][1]).isEqualTo(1);
    assertThat(Method.KENDALL.weighted(new double[] {0, 0, 3, 0}, x, y)[0][1])
        .as("one place alone is constant")
        .isNaN();
  }
}
