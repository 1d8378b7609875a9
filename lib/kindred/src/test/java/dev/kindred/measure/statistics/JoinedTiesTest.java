package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class JoinedTiesTest {
  @Test
  void whatDiffersByRoundingAloneIsEqualAndNothingElse() {
    double[] values = {0.3, Double.NaN, 0.1 + 0.2, 0.5, 0.3 + 2e-9};

    assertThat(Ties.joined(values, 1e-9)).containsExactly(0.3, Double.NaN, 0.3, 0.5, 0.3 + 2e-9);
    assertThat(Ties.joined(new double[] {2e-9, 0, 1e-9}, 1.5e-9)).containsOnly(0);
    assertThat(values[2]).as("as it was").isNotEqualTo(0.3);
  }
}
