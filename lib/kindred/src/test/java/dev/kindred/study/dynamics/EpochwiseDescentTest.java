package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import dev.kindred.study.Estimate;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EpochwiseDescentTest {
  /** A falling curve with a peak, by epoch. */
  private static double[] curve(
      List<Integer> epochs, DoubleUnaryOperator error, double noise, double kept, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] curve = new double[epochs.size()];
    double last = 0;
    for (int i = 0; i < curve.length; i++) {
      last = kept * last + Math.sqrt(1 - kept * kept) * random.nextGaussian();
      int epoch = epochs.get(i);
      curve[i] = error.applyAsDouble(epoch == 0 ? -1 : OctaveMap.octaves(epoch)) + noise * last;
    }
    return curve;
  }

  private static EpochwiseDescent test(
      List<Integer> epochs, DoubleUnaryOperator error, double noise, double kept, long seed) {
    return EpochwiseDescent.of(
        epochs, curve(epochs, error, noise, kept, seed), 99, new Seeds(seed));
  }

  private static final List<Integer> GRID = PlantedRun.epochs(24);

  @Test
  void aPeakIsFoundWithItsHeight() {
    EpochwiseDescent found = test(GRID, PlantedRun.peak(0.1), 0.005, 0, 1);
    assertThat(found.p()).isEqualTo(0.01);
    assertThat(found.peak()).isBetween(90.0, 180.0);
    assertThat(found.minimum()).isBetween(16.0, 64.0);
    assertThat(found.second()).isGreaterThan(300);
    double exact = test(GRID, PlantedRun.peak(0.1), 0, 0, 1).height();
    assertThat(exact).isBetween(0.07, 0.09); // of 0.1 that lie on a curve that falls
    assertThat(found.interval().contains(exact)).isTrue();
    assertThat(found.interval().low()).isGreaterThan(EpochwiseDescent.LEAST);
  }

  /** A fall, a fall and a rise, in noise of neighbours that are alike or not. */
  @Test
  void withoutASecondDescentThereIsNone() {
    for (double kept : List.of(0.0, 0.5)) {
      int significant = 0;
      double heights = 0;
      for (int seed = 0; seed < 40; seed++) {
        DoubleUnaryOperator error =
            seed % 2 == 0 ? PlantedRun.falling() : u -> 0.3 + 0.006 * (u - 5) * (u - 5);
        EpochwiseDescent found = test(GRID, error, 0.01, kept, 100 + seed);
        significant += found.p() <= 0.05 ? 1 : 0;
        heights += found.height() / 40;
      }
      // P(more than 5 of 40 at rate 0.05) is 0.01.
      assertThat(significant).as("noise kept " + kept).isLessThanOrEqualTo(5);
      assertThat(heights).as("noise kept " + kept).isLessThan(kept == 0 ? 0.002 : 0.006);
    }
  }

  /** An interval of a single curve holds for that curve: over many, its error is the deviation. */
  @Test
  void theErrorIsThatOfRepeatedRuns() {
    double[] heights = new double[40];
    double errors = 0;
    for (int seed = 0; seed < heights.length; seed++) {
      EpochwiseDescent found = test(GRID, PlantedRun.peak(0.1), 0.01, 0, seed);
      heights[seed] = found.height();
      errors += found.error() / heights.length;
    }
    double mean = java.util.Arrays.stream(heights).average().orElseThrow();
    double deviation =
        Math.sqrt(
            java.util.Arrays.stream(heights).map(h -> (h - mean) * (h - mean)).sum()
                / (heights.length - 1));
    assertThat(errors).isBetween(0.75 * deviation, 1.6 * deviation);
  }

  /** Smoothing and the search make small heights too small; the interval holds the true ones. */
  @Test
  void intervalsOfSmallHeightsHoldThem() {
    for (double peak : List.of(0.0, 0.03, 0.05)) {
      DoubleUnaryOperator error = peak == 0 ? PlantedRun.falling() : PlantedRun.peak(peak);
      double exact = peak == 0 ? 0 : test(GRID, error, 0, 0, 1).height();
      int held = 0;
      double mean = 0;
      for (int seed = 0; seed < 60; seed++) {
        EpochwiseDescent found = test(GRID, error, 0.01, 0, 300 + seed);
        held += found.interval().contains(exact) ? 1 : 0;
        mean += found.height() / 60;
      }
      // P(fewer than 53 of 60 at rate 0.95) is 0.02.
      assertThat(held).as("peak " + peak).isGreaterThanOrEqualTo(53);
      assertThat(mean).as("peak " + peak).isBetween(exact - 0.004, exact + 0.004);
    }
  }

  @Test
  void everyEpochAndGapsAreTakenToo() {
    List<Integer> all = IntStream.rangeClosed(0, 1024).boxed().toList();
    EpochwiseDescent found = test(all, PlantedRun.peak(0.1), 0.01, 0, 2);
    assertThat(found.p()).isEqualTo(0.01);
    double[] errors = curve(GRID, PlantedRun.peak(0.1), 0.005, 0, 1);
    for (int i = 30; i < 50; i++) {
      errors[i] = Double.NaN;
    }
    EpochwiseDescent gap = EpochwiseDescent.of(GRID, errors, 99, new Seeds(1));
    assertThat(gap.p()).isLessThanOrEqualTo(0.02);
    assertThat(gap.peak()).isBetween(90.0, 180.0);
  }

  @Test
  void tooFewEpochsTellNothing() {
    EpochwiseDescent found =
        EpochwiseDescent.of(List.of(0, 1, 2, 3), new double[] {.9, .5, .6, .4}, 99, new Seeds(1));
    assertThat(found.p()).isEqualTo(1);
    assertThat(found.interval()).isEqualTo(dev.kindred.measure.statistics.Interval.UNKNOWN);
    Estimate estimate = found.estimate();
    assertThat(estimate.value()).isNaN();
  }
}
