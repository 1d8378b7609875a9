package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.measure.statistics.Correlation;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.network.Pooling;
import dev.kindred.study.convergence.ShiftCorrelations.Found;
import dev.kindred.study.convergence.ShiftCorrelations.With;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ShiftCorrelationsTest {
  /** Shifts take nothing of the first layer, and of the others in proportion. */
  private static final PlantedConvergence.Truth PROPORTIONAL =
      new PlantedConvergence.Truth() {
        @Override
        public double alignment(AlignmentFamily family, Comparison of) {
          return 0.9 - 0.15 * of.row() * severity(of.set());
        }

        @Override
        public double accuracy(int set, int moment) {
          return 0.9 - 0.6 * severity(set);
        }
      };

  private static ShiftCorrelations planted(double noise, long seed) {
    return new ShiftCorrelations(
        new PlantedConvergence(2, noise, seed, PROPORTIONAL).data(), Pooling.POOLED);
  }

  @Test
  void whatIsInProportionCorrelates() {
    ShiftCorrelations shifts = planted(0.02, 1);

    for (With what : List.of(With.ACCURACY, With.DISTANCE, With.ERROR_CONSISTENCY)) {
      Found deep = shifts.of(0, PlantedConvergence.LAYERS - 1, what);
      assertThat(deep.r()).as(what.toString()).isGreaterThan(0.9);
      assertThat(deep.interval().low()).as(what.toString()).isBetween(0.7, deep.r());
      assertThat(deep.interval().high()).as(what.toString()).isBetween(deep.r(), 1.0);
    }
    // 0.45 for the strongest shift, so 0.24 on average over 1/17 to 1.
    assertThat(shifts.meanLoss(0, PlantedConvergence.LAYERS - 1)).isCloseTo(0.238, within(0.06));
    assertThat(shifts.meanLoss(0, 0)).isCloseTo(0, within(0.06));
  }

  @Test
  void theCorrelationIsThatOfItsPoints() {
    ShiftCorrelations shifts = planted(0.1, 2);
    double[] alignment = shifts.alignment(1, 2);
    double[] accuracy = shifts.other(1, With.ACCURACY);

    assertThat(alignment).hasSize(17);
    assertThat(shifts.of(1, 2, With.ACCURACY).r())
        .isCloseTo(Correlation.Method.PEARSON.coefficient(alignment, accuracy), within(1e-12));
    Found both = shifts.mean(List.of(0, 1), group -> 2, With.ACCURACY);
    assertThat(both.r())
        .isCloseTo(
            (shifts.of(0, 2, With.ACCURACY).r() + shifts.of(1, 2, With.ACCURACY).r()) / 2,
            within(1e-12));
    // What a shift takes goes with the distance as what is left goes against it.
    assertThat(shifts.of(1, 2, With.DISTANCE).r())
        .isCloseTo(
            -Correlation.Method.PEARSON.coefficient(alignment, shifts.other(1, With.DISTANCE)),
            within(1e-12));
  }

  /** As ranks of either that are left by regression on the ranks of accuracy. */
  @Test
  void whereAccuracyIsHeldWhatItMakesIsLeftOut() {
    ShiftCorrelations shifts = planted(0.1, 2);
    double[] held = Correlation.ranks(shifts.other(1, With.ACCURACY));
    double[] x = residuals(Correlation.ranks(shifts.alignment(1, 2)), held);
    double[] y = residuals(Correlation.ranks(shifts.other(1, With.ERROR_CONSISTENCY)), held);

    assertThat(shifts.of(1, 2, With.ERRORS_AT_ACCURACY).r())
        .isCloseTo(Correlation.Method.PEARSON.coefficient(x, y), within(1e-12));
  }

  private static double[] residuals(double[] y, double[] x) {
    double slope = 0;
    double squares = 0;
    double mean = (x.length + 1) / 2.0;
    for (int i = 0; i < x.length; i++) {
      slope += (x[i] - mean) * (y[i] - mean);
      squares += (x[i] - mean) * (x[i] - mean);
    }
    double[] left = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      left[i] = y[i] - slope / squares * x[i];
    }
    return left;
  }

  @Test
  void zeroHasNoSign() {
    assertThat(new Found(-0.001, new Interval(-0.26, 0.26))).hasToString("0.00 [−0.26, 0.26]");
    assertThat(new Found(-0.049, new Interval(-0.26, -0.002))).hasToString("−0.05 [−0.26, 0.00]");
  }

  @Test
  void seventeenShiftsAreThirteenFamilies() {
    assertThat(
            RelatedShifts.families(
                PlantedConvergence.SETS.subList(1, PlantedConvergence.SETS.size())))
        .containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9, 10, 11, 10, 10, 12);
  }

  /** No shift moves the first layer: whatever correlates there is noise, and intervals say so. */
  @Test
  void intervalsHoldZeroWhereNothingIsInProportion() {
    int holds = 0;
    for (long seed = 1; seed <= 40; seed++) {
      Found first = planted(0.05, seed).of(0, 0, With.DISTANCE);
      holds += first.interval().contains(0) ? 1 : 0;
    }
    assertThat(holds).isGreaterThanOrEqualTo(34);
  }

  @Test
  void whatDoesNotVaryIsUndefined() {
    ShiftCorrelations nowhere =
        new ShiftCorrelations(
            new PlantedConvergence(2, 0.01, 1, PROPORTIONAL).data(), Pooling.CENTRE_PIXEL);

    assertThat(nowhere.of(0, 1, With.ACCURACY)).hasToString("undefined");
    Table table = planted(0.02, 1).table();
    assertThat(table.rowCount()).isEqualTo(4 * PlantedConvergence.LAYERS);
    assertThat(table.stringColumn("error consistency").get(3)).matches("0\\.9\\d \\[0.*]");
  }
}
