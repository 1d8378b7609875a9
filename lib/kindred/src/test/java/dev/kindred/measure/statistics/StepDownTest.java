package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StepDownTest {

  @Test
  void adjustedValuesAreThoseOfTheDefinitionWordByWord() {
    for (int problem = 0; problem < 40; problem++) {
      int seed = problem;
      SplittableRandom random = new SplittableRandom(seed);
      int m = 1 + seed % 6;
      int b = 5 + seed;
      double[][] all = new double[m][b + 1];
      for (double[] row : all) {
        // Wide and narrow nulls, and every third problem with ties.
        double scale = Math.exp(2 * random.nextGaussian());
        Arrays.setAll(
            row, t -> seed % 3 == 0 ? random.nextInt(4) : scale * random.nextGaussian() + 5);
        row[0] += random.nextInt(3) == 0 ? 2 * scale : 0;
      }
      StepDown found =
          StepDown.of(
              IntStream.range(0, m).mapToDouble(k -> all[k][0]).toArray(),
              Arrays.stream(all).map(r -> Arrays.copyOfRange(r, 1, b + 1)).toArray(double[][]::new),
              true);
      assertThat(found.adjusted()).as("seed " + seed).containsExactly(byHand(all), within(1e-12));
      for (int k = 0; k < m; k++) {
        double[] row = all[k];
        double count = Arrays.stream(row).filter(v -> v >= row[0]).count();
        assertThat(found.p()[k]).isEqualTo(count / (b + 1));
        assertThat(found.adjusted()[k]).isBetween(found.p()[k], 1.0);
      }
      assertThat(found.adjusted()[found.most()]).isEqualTo(min(found.adjusted()));
    }
  }

  @Test
  void smallValuesMayBeTheExtremeOnes() {
    double[] observed = {-3, 1};
    double[][] permuted = {{1, 2, 0, -1}, {-1, 3, 2, 0}};
    StepDown small = StepDown.of(observed, permuted, false);
    double[][] negative = {{-1, -2, 0, 1}, {1, -3, -2, 0}};
    StepDown great = StepDown.of(new double[] {3, -1}, negative, true);
    assertThat(small.p()).containsExactly(0.2, 0.6);
    assertThat(small.adjusted()).isEqualTo(great.adjusted());
  }

  @Test
  void whatIsUndefinedIsNotTestedAndHidesNothing() {
    double[][] permuted = {{1, 2, 0, -1}, {Double.NaN, 1, Double.NaN, 2}};
    StepDown alone = StepDown.of(new double[] {9}, new double[][] {permuted[0]}, true);
    StepDown beside = StepDown.of(new double[] {9, Double.NaN}, permuted, true);
    assertThat(beside.p()[1]).isNaN();
    assertThat(beside.adjusted()[1]).isNaN();
    assertThat(beside.p()[0]).isEqualTo(0.2);
    assertThat(alone.adjusted()[0]).isEqualTo(0.2);
    assertThat(beside.most()).isZero();
  }

  /** What is found makes room for the others: all ten are true. */
  @Test
  @Tag("large")
  void stepDownFindsMoreThanOneStep() {
    int stepDown = 0;
    int singleStep = 0;
    for (int run = 0; run < 40; run++) {
      double[][] all = planted(new SplittableRandom(run), 10, 10, 399, 3);
      StepDown test = test(all);
      double[] single = singleStep(all);
      for (int k = 0; k < 10; k++) {
        assertThat(test.adjusted()[k])
            .isLessThanOrEqualTo(Math.max(single[k], test.p()[k]) + 1e-12);
        stepDown += test.adjusted()[k] <= 0.05 ? 1 : 0;
        singleStep += single[k] <= 0.05 ? 1 : 0;
      }
    }
    assertThat(singleStep).isGreaterThan(100);
    assertThat(stepDown).isGreaterThan(singleStep + 20);
  }

  /** Exchangeable arrangements: one discovery or more in at most 5 % of runs. */
  @Test
  @Tag("large")
  void falseDiscoveriesAreAsRareAsStated() {
    int runs = 2000;
    int families = 0;
    int withTrue = 0;
    for (int run = 0; run < runs; run++) {
      SplittableRandom random = new SplittableRandom(1000 + run);
      families += min(test(planted(random, 10, 0, 99, 0)).adjusted()) <= 0.05 ? 1 : 0;
      double[] mixed = test(planted(random, 10, 4, 99, 4)).adjusted();
      withTrue += min(Arrays.copyOfRange(mixed, 4, 10)) <= 0.05 ? 1 : 0;
    }
    // 100 expected, standard deviation 9.7; exact, so that it is not far below either.
    assertThat(families).isBetween(70, 130);
    assertThat(withTrue).isLessThanOrEqualTo(130);
  }

  /** The first {@code planted} statistics are shifted; nulls differ in width, and are related. */
  private static double[][] planted(
      SplittableRandom random, int m, int planted, int permutations, double shift) {
    double[][] all = new double[m][permutations + 1];
    for (int t = 0; t <= permutations; t++) {
      double common = random.nextGaussian();
      for (int k = 0; k < m; k++) {
        all[k][t] = 0.6 * common + 0.8 * random.nextGaussian();
        all[k][t] += t == 0 && k < planted ? shift : 0;
        all[k][t] = 100 * k + all[k][t] * (k + 1);
      }
    }
    return all;
  }

  private static StepDown test(double[][] all) {
    return StepDown.of(
        Arrays.stream(all).mapToDouble(row -> row[0]).toArray(),
        Arrays.stream(all)
            .map(row -> Arrays.copyOfRange(row, 1, row.length))
            .toArray(double[][]::new),
        true);
  }

  /** Every statistic against the most extreme of all. */
  private static double[] singleStep(double[][] all) {
    Table table = new Table(all);
    int[] everyone = IntStream.range(0, all.length).toArray();
    return IntStream.range(0, all.length).mapToDouble(k -> table.against(everyone, k)).toArray();
  }

  /** Every one against those that are no more extreme, but at least what the more extreme have. */
  private static double[] byHand(double[][] all) {
    Table table = new Table(all);
    double[] adjusted = new double[all.length];
    for (int k = 0; k < all.length; k++) {
      for (int j = 0; j < all.length; j++) {
        int other = j;
        if (table.compare(k, 0, j, 0) >= 0) {
          int[] rest =
              IntStream.range(0, all.length)
                  .filter(i -> table.compare(i, 0, other, 0) >= 0)
                  .toArray();
          adjusted[k] = Math.max(adjusted[k], table.against(rest, j));
        }
      }
    }
    return adjusted;
  }

  /** How extreme every arrangement of every statistic is. */
  private static final class Table {
    private final long[][] p;
    private final double[][] standardised;

    Table(double[][] all) {
      p = new long[all.length][all[0].length];
      standardised = new double[all.length][all[0].length];
      for (int k = 0; k < all.length; k++) {
        double[] row = all[k];
        double mean = Arrays.stream(row).average().orElseThrow();
        double variance = Arrays.stream(row).map(v -> (v - mean) * (v - mean)).sum() / row.length;
        for (int t = 0; t < row.length; t++) {
          double value = row[t];
          p[k][t] = Arrays.stream(row).filter(v -> v >= value).count();
          standardised[k][t] = variance == 0 ? 0 : (value - mean) / Math.sqrt(variance);
        }
      }
    }

    /** By p among all arrangements, then by the standardised value; negative if a is before b. */
    int compare(int a, int t, int b, int u) {
      if (p[a][t] != p[b][u]) {
        return Long.compare(p[a][t], p[b][u]);
      }
      double difference = standardised[a][t] - standardised[b][u];
      return Math.abs(difference) < 1e-7 ? 0 : difference > 0 ? -1 : 1;
    }

    /** Share of arrangements in which one of {@code others} is as extreme as k is as observed. */
    double against(int[] others, int k) {
      long count =
          IntStream.range(0, p[0].length)
              .filter(t -> Arrays.stream(others).anyMatch(l -> compare(l, t, k, 0) <= 0))
              .count();
      return count / (double) p[0].length;
    }
  }

  private static double min(double[] values) {
    return Arrays.stream(values).min().orElseThrow();
  }
}
