package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.study.DecisionRule;
import dev.kindred.study.Estimate;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class JackknifeTest {
  /** Two families of three and eleven shifts that stand alone. */
  private static final int[] FAMILIES = {0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9, 10, 11, 10, 10, 12};

  private static ToDoubleFunction<boolean[]> mean(double[] values) {
    return kept ->
        IntStream.range(0, values.length)
            .filter(i -> kept[i])
            .mapToDouble(i -> values[i])
            .average()
            .orElseThrow();
  }

  /** The error of a mean is what every textbook has. */
  @Test
  void ofSingleMembersItIsThePlainOne() {
    double[] values = {1, 2, 4, 8, 16};
    Estimate estimate = Jackknife.of(5, Estimate.Scale.PLAIN, mean(values));
    assertThat(estimate.value()).isCloseTo(6.2, within(1e-12));
    assertThat(estimate.error()).isCloseTo(Math.sqrt(37.2 / 5), within(1e-12));
    assertThat(estimate.degrees()).isEqualTo(4);
  }

  @Test
  void familiesAreLeftOutWhole() {
    double[] values = {1, 2, 4, 8, 16, 32};
    int[] families = {0, 1, 1, 2, 2, 2};
    double[] without = {62 / 5.0, 57 / 4.0, 7 / 3.0};
    double mean = Arrays.stream(without).average().orElseThrow();
    double squares = Arrays.stream(without).map(w -> (w - mean) * (w - mean)).sum();

    Estimate estimate = Jackknife.of(families, Estimate.Scale.PLAIN, mean(values));

    assertThat(estimate.value()).isEqualTo(10.5);
    assertThat(estimate.error()).isCloseTo(Math.sqrt(2 * squares / 3), within(1e-12));
    assertThat(estimate.degrees()).isEqualTo(2);
    double[] three = {1, 2, 4};
    assertThat(Jackknife.of(new int[] {0, 1, 1}, Estimate.Scale.PLAIN, mean(three)).error())
        .isNaN();
  }

  /** Where related shifts agree, leaving out each alone finds too small an error. */
  @Test
  void intervalsOfFamiliesHoldTheTruth() {
    int together = 0;
    int alone = 0;
    int worlds = 400;
    for (int world = 0; world < worlds; world++) {
      Random random = new Random(world);
      double[] common = random.doubles(13).map(u -> random.nextGaussian()).toArray();
      double[] values =
          Arrays.stream(FAMILIES)
              .mapToDouble(f -> common[f] + 0.3 * random.nextGaussian())
              .toArray();
      together += holds(Jackknife.of(FAMILIES, Estimate.Scale.PLAIN, mean(values)));
      alone += holds(Jackknife.of(17, Estimate.Scale.PLAIN, mean(values)));
    }
    assertThat(together / (double) worlds).isBetween(0.92, 0.98);
    assertThat(alone / (double) worlds).isLessThan(0.91);
  }

  private static int holds(Estimate estimate) {
    return new DecisionRule.Above(0).judge(List.of(estimate)).interval().contains(0) ? 1 : 0;
  }
}
