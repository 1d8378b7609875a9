package dev.kindred.measure.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimalTransportTest {

  @Property(tries = 300)
  void dualBoundProvesThePlanOptimal(
      @ForAll @IntRange(min = 1, max = 40) int p,
      @ForAll @IntRange(min = 1, max = 40) int q,
      @ForAll @IntRange(min = 0, max = 2) int ties,
      @ForAll long seed) {
    double[] cost = costs(p, q, ties, seed);
    TransportPlan plan = OptimalTransport.minimum(cost, p, q);
    requireMarginals(plan);
    assertThat(plan.leastReducedCost(cost)).isCloseTo(0, within(1e-12));
    assertThat(plan.dualBound()).isCloseTo(plan.total(cost), within(1e-12));
  }

  @Property(tries = 200)
  void smallProblemsAgreeWithTrialOfAllPermutationsOfCopies(
      @ForAll @IntRange(min = 0, max = 7) int which,
      @ForAll @IntRange(min = 0, max = 2) int ties,
      @ForAll long seed) {
    int[][] shapes = {{1, 1}, {2, 2}, {5, 5}, {7, 7}, {1, 5}, {2, 3}, {3, 2}, {4, 2}};
    int p = shapes[which][0];
    int q = shapes[which][1];
    double[] cost = costs(p, q, ties, seed);
    int copies = p * q / gcd(p, q);
    double best = trial(cost, p, q, copies, 0, new boolean[copies]) / copies;
    assertThat(OptimalTransport.minimum(cost, p, q).total(cost)).isCloseTo(best, within(1e-12));
  }

  @Property(tries = 200)
  void assignmentsAgreeWithTrialOfAll(
      @ForAll @IntRange(min = 1, max = 5) int p,
      @ForAll @IntRange(min = 0, max = 3) int more,
      @ForAll @IntRange(min = 0, max = 2) int ties,
      @ForAll long seed) {
    int q = p + more;
    double[] gain = costs(p, q, ties, seed);
    int[] columnOf = OptimalTransport.bestAssignment(gain, p, q);
    assertThat(columnOf).doesNotHaveDuplicates();
    double total = 0;
    for (int i = 0; i < p; i++) {
      total += gain[i * q + columnOf[i]];
    }
    assertThat(total).isCloseTo(bestTotal(gain, p, q, 0, new boolean[q]), within(1e-12));
  }

  /** Free columns are as good as columns of rows that gain nothing. */
  @Property(tries = 60)
  void largerAssignmentsAgreeWithPlansOfAsManyRows(
      @ForAll @IntRange(min = 10, max = 40) int p,
      @ForAll @IntRange(min = 0, max = 20) int more,
      @ForAll @IntRange(min = 0, max = 2) int ties,
      @ForAll long seed) {
    int q = p + more;
    double[] gain = costs(p, q, ties, seed);
    int[] columnOf = OptimalTransport.bestAssignment(gain, p, q);
    assertThat(columnOf).doesNotHaveDuplicates();
    double total = 0;
    for (int i = 0; i < p; i++) {
      total += gain[i * q + columnOf[i]];
    }
    double[] padded = Arrays.copyOf(gain, q * q);
    double expected = q * OptimalTransport.maximum(padded, q, q).total(padded);
    assertThat(total).isCloseTo(expected, within(1e-10));
  }

  private static double bestTotal(double[] gain, int p, int q, int row, boolean[] taken) {
    if (row == p) {
      return 0;
    }
    double best = Double.NEGATIVE_INFINITY;
    for (int j = 0; j < q; j++) {
      if (!taken[j]) {
        taken[j] = true;
        best = Math.max(best, gain[row * q + j] + bestTotal(gain, p, q, row + 1, taken));
        taken[j] = false;
      }
    }
    return best;
  }

  @ParameterizedTest
  @CsvSource({
    "300, 300, 0",
    "300, 299, 0",
    "299, 300, 0",
    "128, 192, 0",
    "90, 60, 2",
    "70, 49, 1",
    "100, 1, 0",
    "1, 100, 0"
  })
  void largerShapesStayExact(int p, int q, int ties) {
    double[] cost = costs(p, q, ties, 5);
    TransportPlan plan = OptimalTransport.minimum(cost, p, q);
    requireMarginals(plan);
    assertThat(plan.leastReducedCost(cost)).isCloseTo(0, within(1e-12));
    assertThat(plan.dualBound()).isCloseTo(plan.total(cost), within(1e-12));
  }

  @Test
  void findsAHiddenPermutation() {
    int p = 50;
    double[] gain = costs(p, p, 0, 1);
    int[] hidden = new int[p];
    for (int i = 0; i < p; i++) {
      hidden[i] = (i * 7 + 3) % p;
      gain[i * p + hidden[i]] += 10;
    }
    assertThat(OptimalTransport.maximum(gain, p, p).permutation()).isEqualTo(hidden);
  }

  /** What the other tests take as proof of an optimum must see a plan that is none. */
  @Test
  void aCheaperWayShowsInTheReducedCosts() {
    double[] cost = costs(6, 6, 0, 9);
    TransportPlan plan = OptimalTransport.minimum(cost, 6, 6);
    cost[13] -= 5;
    assertThat(plan.leastReducedCost(cost)).isLessThan(-2);
  }

  @Test
  void refusesCostsThatAreNotNumbers() {
    assertThatThrownBy(() -> OptimalTransport.minimum(new double[] {0, 1, Double.NaN, 0}, 2, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("transport: cost NaN at row 1, column 0");
    assertThatThrownBy(() -> OptimalTransport.minimum(new double[3], 2, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("transport: expected 2 × 2 costs, found 3");
    assertThatThrownBy(() -> OptimalTransport.minimum(new double[6], 2, 3).permutation())
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> OptimalTransport.bestAssignment(new double[] {1, Double.NaN}, 1, 2))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> OptimalTransport.bestAssignment(new double[6], 3, 2))
        .isInstanceOf(InputException.class)
        .hasMessage("assignment: 3 rows cannot each have one of 2");
    assertThatThrownBy(() -> OptimalTransport.minimum(new double[6], 2, 3).total(new double[5]))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> OptimalTransport.minimum(new double[0], 0, 3))
        .isInstanceOf(InputException.class);
    assertThatThrownBy(() -> OptimalTransport.minimum(new double[0], 3, 0))
        .isInstanceOf(InputException.class);
  }

  @Test
  void stopsOnInterrupt() {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> OptimalTransport.minimum(costs(40, 30, 0, 1), 40, 30))
          .isInstanceOf(CancelledException.class);
    } finally {
      Thread.interrupted();
    }
  }

  private static double[] costs(int p, int q, int ties, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] cost = new double[p * q];
    for (int k = 0; k < cost.length; k++) {
      cost[k] =
          switch (ties) {
            case 0 -> random.nextDouble(-1, 1);
            case 1 -> random.nextInt(4);
            default -> random.nextInt(3) == 0 ? random.nextDouble() : 0;
          };
    }
    return cost;
  }

  private static double trial(double[] cost, int p, int q, int copies, int row, boolean[] taken) {
    if (row == copies) {
      return 0;
    }
    double best = Double.POSITIVE_INFINITY;
    for (int column = 0; column < copies; column++) {
      if (!taken[column]) {
        taken[column] = true;
        double here = cost[row * p / copies * q + column * q / copies];
        best = Math.min(best, here + trial(cost, p, q, copies, row + 1, taken));
        taken[column] = false;
      }
    }
    return best;
  }

  private static void requireMarginals(TransportPlan plan) {
    double[] rows = new double[plan.p()];
    double[] columns = new double[plan.q()];
    for (int k = 0; k < plan.entries(); k++) {
      assertThat(plan.mass(k)).isPositive();
      rows[plan.row(k)] += plan.mass(k);
      columns[plan.column(k)] += plan.mass(k);
    }
    assertThat(rows).containsOnly(new double[] {1.0 / plan.p()}, within(1e-12));
    assertThat(columns).containsOnly(new double[] {1.0 / plan.q()}, within(1e-12));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
