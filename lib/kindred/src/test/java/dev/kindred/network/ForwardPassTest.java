package dev.kindred.network;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.kindred.network.tensor.Torch;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForwardPassTest {
  /** Answers each image with its number, in one layer of a given width beside it. */
  private static ForwardPass pass(int widest) {
    return new ForwardPass(
        images ->
            Map.of(
                "image", images, "wide", images.getManager().zeros(images.getShape().add(widest))));
  }

  private static NDArray numbers(int from, int count, ai.djl.ndarray.NDManager owner) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = from + i;
    }
    return Torch.tensor(owner, numbers, count);
  }

  /** How many go together depends on the widest layer, whether anybody reads it or not. */
  @ParameterizedTest
  @CsvSource({"1,256,256", "8192,256,256", "16384,256,128", "262144,256,64", "1,100,100"})
  void theWidestResponseDecidesHowManyGoTogether(int widest, int most, int expected) {
    Set<Integer> sizes = ConcurrentHashMap.newKeySet();
    pass(widest)
        .show(2 * expected, most, ForwardPassTest::numbers, (from, count, all) -> sizes.add(count));
    assertThat(sizes).containsExactly(expected);
  }

  @Test
  void everyImageIsShownOnce() {
    int[] shown = new int[1001];
    pass(1)
        .show(
            1001,
            256,
            ForwardPassTest::numbers,
            (from, count, responses) -> {
              float[] images = responses.get("image").toFloatArray();
              for (int i = 0; i < count; i++) {
                shown[from + i] += (int) images[i] - from - i == 0 ? 1 : 100;
              }
            });
    assertThat(shown).containsOnly(1);
  }

  /** As where several networks work beside each other, each on one core. */
  @Test
  void aThreadThatMayUseOneCoreStaysAlone() {
    ConcurrentLinkedQueue<Thread> threads = new ConcurrentLinkedQueue<>();
    ConcurrentLinkedQueue<Integer> cores = new ConcurrentLinkedQueue<>();
    try (Torch.Scope alone = Torch.threads(1)) {
      pass(1)
          .show(
              2000,
              256,
              ForwardPassTest::numbers,
              (from, count, responses) -> {
                threads.add(Thread.currentThread());
                cores.add(Torch.threads());
              });
    }
    assertThat(threads).hasSize(8).containsOnly(Thread.currentThread());
    assertThat(cores).containsOnly(1);
  }
}
