package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.Progress;
import dev.kindred.measure.kernel.tiles.DenseEmbedding;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

  /** In batches, too, of which the last is smaller. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "cka",
        "rsa",
        "cka[kernel=rbf]",
        "cka[batch=8]",
        "cka[batch=8,average=mean]",
        "cka[batch=8,estimator=biased]"
      })
  void preparedFormsHaveTheValuesOfWholeMatrices(String specification) {
    Measure measure = Measures.parse(specification);
    Representation x = AllPairsTest.model("x", 21, 4);
    Representation y = AllPairsTest.model("y", 21, 6);
    assertThat(measure.compare(measure.prepare(x), measure.prepare(y)))
        .isCloseTo(measure.compare(x, y), within(1e-10));
  }

  /**
   * More orders than one pass takes, more stimuli than one thread takes, and budgets that hold all
   * models, some of each side, and one of each.
   */
  @ParameterizedTest
  @CsvSource({
    "cka, false",
    "cka, true",
    "cka[estimator=biased], false",
    "cka[score=angle], false",
    "rsa, true",
    "rsa[compare=cosine], false"
  })
  void matricesUnderEveryOrderAreThoseOfPermutedStimuli(String specification, boolean float32) {
    int n = 70;
    PermutableMatrix measure = (PermutableMatrix) Measures.parse(specification);
    List<Representation> rows = models(List.of("a", "b", "c"), n, float32);
    List<Representation> columns = models(List.of("d", "b"), n, float32);
    int[][] orders = orders(19, n);
    long one = (long) n * n * Double.BYTES;
    for (long budget : new long[] {1L << 30, 8 * one, 6 * one, 1}) {
      for (List<Representation> others : List.of(columns, rows)) {
        AtomicLong steps = new AtomicLong();
        Progress.Task task =
            new Progress.Task() {
              @Override
              public void advance(long units) {
                steps.addAndGet(units);
              }
            };
        Run run = new Run(budget, Progress.NONE, null);
        double[][][] values = measure.comparePermuted(rows, others, orders, run, task);
        assertThat(steps.get()).isEqualTo((long) orders.length * rows.size() * others.size());
        for (int a = 0; a < rows.size(); a++) {
          for (int b = 0; b < others.size(); b++) {
            for (int t = 0; t < orders.length; t++) {
              double expected = measure.compare(rows.get(a), others.get(b).select(orders[t]));
              assertThat(values[a][b][t]).isCloseTo(expected, within(float32 ? 1e-6 : 1e-10));
            }
          }
        }
      }
    }
  }

  /**
   * From the definition: the pairs of draws of different stimuli, a draw beside another, and for
   * CKA the unbiased HSIC (Song et al. 2012, eq. 4) of the drawn stimuli with zeros where a
   * stimulus meets itself.
   */
  @ParameterizedTest
  @ValueSource(strings = {"cka", "rsa[compare=pearson]", "rsa", "rsa[compare=cosine]"})
  void valuesOfDrawsAreThoseOfTheirDefinition(String specification) {
    int n = 12;
    Resamplable measure = (Resamplable) Measures.parse(specification);
    Prepared x = measure.prepare(AllPairsTest.model("x", n, 4));
    Prepared y = measure.prepare(AllPairsTest.model("y", n, 6));
    assertThat(measure.isResamplable()).isTrue();
    SplittableRandom random = new SplittableRandom(8);
    int[][] draws = new int[5][n];
    for (int[] draw : draws) {
      Arrays.setAll(draw, i -> random.nextInt(n));
    }
    double[] values = measure.compareResampled(x, y, draws);
    double[][] a = ((DenseEmbedding) x).blocks().get(0).toColumns();
    double[][] b = ((DenseEmbedding) y).blocks().get(0).toColumns();
    for (int t = 0; t < draws.length; t++) {
      double xy = product(specification, a, b, draws[t]);
      double xx = product(specification, a, a, draws[t]);
      double yy = product(specification, b, b, draws[t]);
      assertThat(values[t]).isCloseTo(xy / Math.sqrt(xx * yy), within(1e-10));
    }
    // Two stimuli alone: one dissimilarity, which does not vary.
    int[] two = new int[n];
    two[3] = 1;
    double value = measure.compareResampled(x, y, new int[][] {two})[0];
    assertThat(Double.isNaN(value)).isEqualTo(!specification.endsWith("cosine]"));
  }

  private static double product(String specification, double[][] a, double[][] b, int[] draw) {
    int m = draw.length;
    double products = 0;
    double sumA = 0;
    double sumB = 0;
    double rows = 0;
    int pairs = 0;
    for (int i = 0; i < m; i++) {
      double rowA = 0;
      double rowB = 0;
      for (int j = 0; j < m; j++) {
        if (draw[i] != draw[j]) {
          rowA += a[draw[i]][draw[j]];
          rowB += b[draw[i]][draw[j]];
          products += a[draw[i]][draw[j]] * b[draw[i]][draw[j]];
          pairs++;
        }
      }
      sumA += rowA;
      sumB += rowB;
      rows += rowA * rowB;
    }
    return switch (specification) {
      case "cka" -> products + sumA * sumB / ((m - 1.0) * (m - 2)) - 2 * rows / (m - 2);
      case "rsa[compare=cosine]" -> products;
      default -> products - sumA * sumB / pairs;
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"cka[estimator=biased]", "cka[batch=5]", "distance-correlation"})
  void whereAStimulusMeetsItselfNothingIsResampled(String specification) {
    Resamplable measure = (Resamplable) Measures.parse(specification);
    Prepared x = measure.prepare(AllPairsTest.model("x", 10, 4));
    assertThat(measure.isResamplable()).isFalse();
    assertThatThrownBy(() -> measure.compareResampled(x, x, new int[][] {{0}}))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessageContaining("cannot be resampled");
  }

  private static List<Representation> models(List<String> ids, int n, boolean float32) {
    List<Representation> models = new ArrayList<>();
    for (String id : ids) {
      Representation x = AllPairsTest.model(id, n, 3 + ids.indexOf(id));
      float[] floats = new float[n * x.units()];
      for (int i = 0; i < floats.length; i++) {
        floats[i] = (float) x.get(i / x.units(), i % x.units());
      }
      models.add(float32 ? Representation.of(id, n, x.units(), floats) : x);
    }
    return models;
  }

  private static int[][] orders(int count, int n) {
    SplittableRandom random = new SplittableRandom(4);
    int[][] orders = new int[count][];
    for (int t = 0; t < count; t++) {
      List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
      Collections.shuffle(order, new Random(random.nextLong()));
      orders[t] = order.stream().mapToInt(i -> i).toArray();
    }
    return orders;
  }
}
