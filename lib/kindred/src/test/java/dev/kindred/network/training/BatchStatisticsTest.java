package dev.kindred.network.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Seeds;
import dev.kindred.network.Network;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PreActivationResNet;
import dev.kindred.stimuli.ImageSet;
import org.junit.jupiter.api.Test;

class BatchStatisticsTest {
  private static final Augmentation SHIFT = Augmentation.CROP_FLIP.withShift(2);

  private static float[] statistics(ImageSet images, Augmentation seen, long seed) {
    try (Network network =
        Network.untrained(
            "net", PreActivationResNet.small(2), Network.InputShape.of(images), 4, new Seeds(1))) {
      BatchStatistics.reestimate(network, images, 16, 64, seen, new Seeds(seed));
      return network.weights().bufferValues();
    }
  }

  @Test
  void changedImagesHaveStatisticsOfTheirOwn() {
    ImageSet images = TestImages.bars(64, 8, 1, 2);
    float[] plain = statistics(images, Augmentation.NONE, 1);
    assertThat(statistics(images, Augmentation.NONE, 2)).isEqualTo(plain);
    float[] shifted = statistics(images, SHIFT, 1);
    assertThat(shifted).isNotEqualTo(plain).isEqualTo(statistics(images, SHIFT, 1));
    assertThat(statistics(images, SHIFT, 2)).isNotEqualTo(shifted);
  }

  /** Without a change to any image, the augmenting way gives what the plain one does. */
  @Test
  void imagesThatNoChangeReachesKeepTheirs() {
    ImageSet images = TestImages.bars(64, 8, 1, 2);
    Augmentation harmless = new Augmentation(0, false, 1, 0, 0, 1e-12, 0);
    float[] plain = statistics(images, Augmentation.NONE, 1);
    float[] found = statistics(images, harmless, 1);
    for (int i = 0; i < plain.length; i++) {
      assertThat(found[i]).isCloseTo(plain[i], org.assertj.core.api.Assertions.within(1e-4f));
    }
  }
}
