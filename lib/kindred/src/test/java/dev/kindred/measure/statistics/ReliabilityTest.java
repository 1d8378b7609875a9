package dev.kindred.measure.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class ReliabilityTest {
  private static final int SUBJECTS = 1500;
  private static final int ITEMS = 400;
  private static final DoubleUnaryOperator HARD_OR_EASY = u -> u < 0.5 ? 0.05 : 0.95;

  /** Right (1) or wrong (0), by the ability of the subject and the easiness of the item. */
  private static double[][] answers(
      int subjects, DoubleUnaryOperator ability, DoubleUnaryOperator easiness, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] easy = new double[ITEMS];
    for (int j = 0; j < ITEMS; j++) {
      easy[j] = easiness.applyAsDouble(random.nextDouble());
    }
    double[][] answers = new double[subjects][ITEMS];
    for (double[] row : answers) {
      double able = ability.applyAsDouble(random.nextDouble());
      for (int j = 0; j < ITEMS; j++) {
        row[j] = random.nextDouble() < easy[j] + able ? 1 : 0;
      }
    }
    return answers;
  }

  private static Reliability of(double[][] answers) {
    return Reliability.of(answers, answers.length - 1);
  }

  @Test
  void noiseAloneIsNotReliable() {
    assertThat(of(answers(SUBJECTS, u -> 0, u -> 0.5, 1)).value()).isCloseTo(0, within(0.12));
    // Were every item as hard as the mean, so little variance over subjects would be less than 0.
    assertThat(of(answers(SUBJECTS, u -> 0, HARD_OR_EASY, 2)).value()).isCloseTo(0, within(0.12));
  }

  @Test
  void signalAloneIsReliable() {
    // Every subject answers all items alike.
    double[][] answers = new double[20][ITEMS];
    for (int i = 0; i < 10; i++) {
      Arrays.fill(answers[i], 1);
    }
    assertThat(of(answers).value()).isCloseTo(1, within(1e-12));
    assertThat(of(answers).interval().low()).isCloseTo(1, within(1e-12));
  }

  @Test
  void signalAndNoiseAreInTheShareThatWasPlanted() {
    // Abilities: uniform of variance 0.1²/12; noise of 400 answers: near 0.25/400.
    double signal = 0.1 * 0.1 / 12;
    double share = signal / (signal + (0.25 - signal) / ITEMS);
    Reliability mixed = of(answers(SUBJECTS, u -> 0.1 * (u - 0.5), u -> 0.5, 3));
    assertThat(share).isBetween(0.5, 0.65);
    assertThat(mixed.value()).isCloseTo(share, within(0.06));
  }

  @Test
  void intervalsHoldWhatWasPlantedAsOftenAsTheySay() {
    double signal = 0.1 * 0.1 / 12;
    double share = signal / (signal + (0.25 - signal) / ITEMS);
    // 95 % of 400 are 380, with a standard error of 4.4.
    assertThat(held(share, u -> 0.1 * (u - 0.5), u -> 0.5)).isBetween(366, 394);
    assertThat(held(0, u -> 0, HARD_OR_EASY)).isBetween(366, 394);
  }

  private static int held(double share, DoubleUnaryOperator ability, DoubleUnaryOperator easiness) {
    int held = 0;
    for (int seed = 100; seed < 500; seed++) {
      held += of(answers(20, ability, easiness, seed)).interval().contains(share) ? 1 : 0;
    }
    return held;
  }

  @Test
  void theFormulaIsThatOfTheText() {
    // By hand: item variances 1/4, 1/3, 1/4; sums 3, 2, 1, 0 of variance 5/3.
    double[][] answers = {{1, 1, 1}, {1, 1, 0}, {1, 0, 0}, {0, 0, 0}};
    double ofItems = 0.25 + 1.0 / 3 + 0.25;
    assertThat(of(answers).value()).isCloseTo(1.5 * (1 - ofItems / (5.0 / 3)), within(1e-12));
    // All the same: there is nothing to be reliable.
    assertThat(of(new double[][] {{1, 0}, {0, 1}}).value()).isNaN();
  }
}
