package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RankSetsTest {
  private static double[][] replicates(double[] estimates, double error, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[][] replicates = new double[draws][estimates.length];
    for (double[] row : replicates) {
      double common = random.nextGaussian();
      for (int i = 0; i < row.length; i++) {
        row[i] = estimates[i] + 5 * common + error * random.nextGaussian();
      }
    }
    return replicates;
  }

  /** What all things share is no error of their order. */
  @Test
  void clearDifferencesAreToldApartWhateverAllThingsShare() {
    double[] estimates = {0.1, 0.9, 0.5};
    RankSets ranks = RankSets.of(estimates, replicates(estimates, 0.02, 500, 1), 30, 0.95);

    assertThat(ranks.ranks()).containsExactly(3, 1, 2);
    assertThat(ranks.lowest()).containsExactly(3, 1, 2);
    assertThat(ranks.highest()).containsExactly(3, 1, 2);
  }

  @Test
  void unclearOnesHaveAllRanks() {
    double[] estimates = {0.1, 0.9, 0.5};
    RankSets ranks = RankSets.of(estimates, replicates(estimates, 2, 500, 1), 30, 0.95);

    assertThat(ranks.lowest()).containsExactly(1, 1, 1);
    assertThat(ranks.highest()).containsExactly(3, 3, 3);
    // Nor is anything told apart where the error is not known.
    RankSets unknown = RankSets.of(estimates, replicates(estimates, 0.02, 500, 1), 0, 0.95);
    assertThat(unknown.lowest()).containsExactly(1, 1, 1);
  }

  @Test
  void tiesShareTheirRankWhichLiesInTheirSet() {
    // Equal up to the rounding of a mean.
    double[] estimates = {0.5, 0.9, Math.nextUp(0.5), 0.1, Double.NaN};
    double[][] replicates = replicates(estimates, 0.02, 500, 1);
    for (double[] row : replicates) {
      row[2] = row[0];
    }
    RankSets ranks = RankSets.of(estimates, replicates, 30, 0.95);

    assertThat(ranks.ranks()).containsExactly(2.5, 1, 2.5, 4, Double.NaN);
    assertThat(ranks.lowest()).containsExactly(2, 1, 2, 4, 0);
    assertThat(ranks.highest()).containsExactly(3, 1, 3, 4, 0);
  }

  /** Estimates of equal truths, and of truths in a row: sets hold the true rank in 95 of 100. */
  @Test
  void setsHoldTheTrueRank() {
    SplittableRandom random = new SplittableRandom(5);
    int trials = 300;
    int equalOnes = 0;
    int inRow = 0;
    for (int trial = 0; trial < trials; trial++) {
      double[] same = new double[8];
      double[] row = new double[8];
      for (int i = 0; i < same.length; i++) {
        same[i] = random.nextGaussian();
        row[i] = -i + random.nextGaussian();
      }
      // Of equal truths every rank is the true one: the first must not be told from any other.
      RankSets found = RankSets.of(same, replicates(same, 1, 199, trial), 1000, 0.95);
      equalOnes += found.lowest()[0] == 1 && found.highest()[0] == 8 ? 0 : 1;
      found = RankSets.of(row, replicates(row, 1, 199, trial), 1000, 0.95);
      inRow += found.lowest()[3] <= 4 && 4 <= found.highest()[3] ? 0 : 1;
    }
    // Binomial(300, 0.05): more than 27 has a probability below 0.2 %.
    assertThat(equalOnes).isLessThanOrEqualTo(27);
    assertThat(inRow).isLessThanOrEqualTo(27);
  }
}
