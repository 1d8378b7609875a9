package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.representation.Representation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PermutableTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cka",
        "cka[estimator=biased]",
        "cka[kernel=rbf]",
        "cka[score=angle]",
        "rsa",
        "rsa[compare=pearson]",
        "rsa[compare=cosine]",
        "distance-correlation",
        "hsic",
        "cka-prime"
      })
  void permutedPreparedFormsEqualPermutedRepresentations(String specification) {
    Permutable measure = (Permutable) Measures.parse(specification);
    Representation x = AllPairsTest.model("x", 11, 4);
    Representation y = AllPairsTest.model("y", 11, 6);
    int[][] orders = {
      {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {10, 3, 1, 0, 2, 9, 8, 4, 7, 6, 5},
    };
    assertThat(measure.isPermutable()).isTrue();
    double[] values = measure.comparePermuted(measure.prepare(x), measure.prepare(y), orders);
    for (int t = 0; t < orders.length; t++) {
      assertThat(values[t]).isCloseTo(measure.compare(x, y.select(orders[t])), within(1e-10));
    }
  }

  @Test
  void batchesAreNotPermutable() {
    Permutable measure = (Permutable) Measures.parse("cka[batch=5]");
    Prepared x = measure.prepare(AllPairsTest.model("x", 10, 4));
    assertThat(measure.isPermutable()).isFalse();
    assertThatThrownBy(() -> measure.comparePermuted(x, x, new int[][] {{0}}))
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
