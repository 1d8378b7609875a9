package dev.kindred.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.base.InputException;
import dev.kindred.network.tensor.Torch;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class BatchGramsTest {
  private static final int N = 40;

  private static float[] responses(int units, double mean, double deviation, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    float[] values = new float[N * units];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + deviation * random.nextDouble(-1, 1) * (1 + i % 7));
    }
    return values;
  }

  /** The definition: centred responses, products, one triangle, length 1; all in float64. */
  private static double[] expected(float[] values, int units) {
    double[] centred = new double[values.length];
    for (int u = 0; u < units; u++) {
      double mean = 0;
      for (int i = 0; i < N; i++) {
        mean += values[i * units + u] / (double) N;
      }
      for (int i = 0; i < N; i++) {
        centred[i * units + u] = values[i * units + u] - mean;
      }
    }
    double[] vector = new double[GramEmbedding.length(N)];
    double squares = 0;
    int at = 0;
    for (int j = 0; j < N; j++) {
      for (int i = j; i < N; i++) {
        double sum = 0;
        for (int u = 0; u < units; u++) {
          sum += centred[i * units + u] * centred[j * units + u];
        }
        vector[at] = i == j ? sum : Math.sqrt(2) * sum;
        squares += vector[at] * vector[at];
        at++;
      }
    }
    for (int i = 0; i < vector.length; i++) {
      vector[i] /= Math.sqrt(squares);
    }
    return vector;
  }

  private static Map<String, float[]> embed(Map<String, float[]> layers, Sketch sketch) {
    Map<String, float[]> vectors = new ConcurrentHashMap<>();
    try (Torch.Scope plain = Torch.withoutGradients();
        NDManager manager = Torch.newManager();
        BatchGrams grams = new BatchGrams(N, sketch)) {
      for (int batch = 0; batch < 2; batch++) { // memory is used again
        layers.forEach(
            (layer, values) -> {
              NDArray rows = Torch.tensor(manager, values, N, values.length / N);
              grams.put(layer, 17, rows.get("17:"));
              grams.put(layer, 0, rows.get(":17"));
            });
        grams.embed("net", 1, vectors::put);
      }
    }
    return vectors;
  }

  /** Layers of one piece, of several, of one unit, and one whose mean hides its variation. */
  @Test
  void vectorsAreThoseOfTheDefinition() {
    Map<String, float[]> layers = new LinkedHashMap<>();
    layers.put("narrow", responses(10, 0, 1, 1));
    layers.put("wide", responses(9001, 0.5, 1, 2));
    layers.put("single", responses(1, 0, 1, 3));
    layers.put("far from zero", responses(300, 200, 1, 4));
    Map<String, float[]> found = embed(layers, null);
    layers.forEach(
        (layer, values) -> {
          double[] expected = expected(values, values.length / N);
          for (int i = 0; i < expected.length; i++) {
            assertThat((double) found.get(layer)[i]).as(layer).isCloseTo(expected[i], within(2e-6));
          }
        });
  }

  @Test
  void foldedUnitsGiveNearlyTheSame() {
    Map<String, float[]> layers = Map.of("wide", responses(9001, 0.5, 1, 2));
    float[] found = embed(layers, new Sketch(2, 3000, 5)).get("wide");
    double[] expected = expected(layers.get("wide"), 9001);
    double product = 0;
    for (int i = 0; i < expected.length; i++) {
      product += expected[i] * found[i];
    }
    // independent units: participation ratio near n, so ‖K′ − K‖² is about n/3000 of ‖K‖²
    assertThat(product).isBetween(0.98, 0.9999);
  }

  @Test
  void responsesThatDoNotVaryAreRefused() {
    float[] constant = new float[N * 6];
    java.util.Arrays.fill(constant, 0.1f);
    assertThatThrownBy(() -> embed(Map.of("dead", constant), null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("net/dead: the responses to the probe images do not vary");
  }
}
