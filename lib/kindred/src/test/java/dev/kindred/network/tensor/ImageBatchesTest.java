package dev.kindred.network.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.kindred.network.Network;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.stimuli.ImageSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageBatchesTest {
  private static final int SIZE = 12;
  private static final int[] CHOSEN = {5, 0, 7};

  private static float[] expected(ImageSet images, int channels) {
    float[] values = new float[CHOSEN.length * channels * SIZE * SIZE];
    int at = 0;
    for (int image : CHOSEN) {
      byte[] pixels = images.pixels(image);
      for (int c = 0; c < channels; c++) {
        for (int i = 0; i < SIZE * SIZE; i++) {
          int given = images.channels();
          if (channels < given) {
            for (int from = 0; from < given; from++) {
              values[at] += (pixels[i * given + from] & 0xFF) / 255f / given;
            }
          } else {
            values[at] = (pixels[i * given + Math.min(c, given - 1)] & 0xFF) / 255f;
          }
          at++;
        }
      }
    }
    return values;
  }

  @Test
  void greyAndColouredImagesBecomeTheChannelsOfTheNetwork() {
    try (NDManager manager = Torch.newManager()) {
      for (int given : new int[] {1, 3}) {
        for (int taken : new int[] {1, 3}) {
          ImageSet images = TestImages.bars(8, SIZE, given, 1);
          NDArray found = ImageBatches.tensor(images, CHOSEN, taken, manager);
          assertThat(found.getShape().getShape()).containsExactly(3, taken, SIZE, SIZE);
          assertThat(found.toFloatArray()).containsExactly(expected(images, taken), within(1e-6f));
        }
      }
    }
  }

  /** Training normalises tensors, inference takes them normalised. */
  @Test
  void pixelsOfANetworkAreThoseThatItNormalizes() {
    ImageSet images = TestImages.bars(8, SIZE, 3, 2);
    try (NDManager manager = Torch.newManager();
        Network network =
            Network.untrained(
                "cnn",
                new PlainCnn(4, List.of(1), 8, 2),
                Network.InputShape.of(images),
                4,
                new dev.kindred.base.Seeds(1))) {
      assertThat(network.tensor(images, CHOSEN, manager).toFloatArray())
          .containsExactly(
              Network.normalize(ImageBatches.tensor(images, CHOSEN, 3, manager)).toFloatArray());
    }
  }
}
