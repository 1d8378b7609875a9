package dev.kindred.measure.kernel.tiles;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.measure.kernel.tiles.Batches.Average;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchesTest {
  @ParameterizedTest
  @CsvSource({"0, 10, 1, 10", "4, 10, 3, 4", "5, 10, 2, 5", "10, 10, 1, 10", "11, 10, 1, 10"})
  void stimuliGoIntoBatchesOfTheSizeAndOneOfTheRest(int size, int n, int count, int first) {
    Batches batches = new Batches(size, Average.MEAN);
    assertThat(batches.count(n)).isEqualTo(count);
    assertThat(batches.from(0)).isZero();
    assertThat(batches.to(0, n)).isEqualTo(first);
    assertThat(batches.to(count - 1, n)).isEqualTo(n);
    for (int b = 1; b < count; b++) {
      assertThat(batches.from(b)).isEqualTo(batches.to(b - 1, n));
    }
  }

  @Test
  void aBatchThatIsTooSmallIsNamed() {
    Batches batches = new Batches(4, Average.RATIO);
    assertThatThrownBy(() -> batches.require("model", 11, 4))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "model: 11 stimuli in batches of 4 leave a batch of 3; expected at least 4 in every"
                + " batch");
    assertThatCode(() -> batches.require("model", 12, 4)).doesNotThrowAnyException();
    assertThatCode(() -> batches.require("model", 11, 3)).doesNotThrowAnyException();
    assertThatThrownBy(() -> Batches.NONE.require("model", 3, 4))
        .hasMessageContaining("leave a batch of 3");
  }

  /** n(n−3) of the unbiased HSIC, (n−1)² of the biased. */
  @Test
  void normalisersAreThoseOfTheEstimators() {
    assertThat(Batches.normaliser(Estimator.UNBIASED, 10)).isEqualTo(70);
    assertThat(Batches.normaliser(Estimator.BIASED, 10)).isEqualTo(81);
  }
}
