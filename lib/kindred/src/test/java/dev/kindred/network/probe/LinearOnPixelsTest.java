package dev.kindred.network.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.network.TestImages;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import dev.kindred.stimuli.ImageSets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kindred zoo hardness} measures the same with more training images than a test needs. */
class LinearOnPixelsTest {

  static List<String> names() {
    return ImageSets.generatedNames();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theClassesOfGeneratedImagesDoNotLieOpenInThePixels(String name) {
    double accuracy =
        LinearOnPixels.accuracy(
            ImageSets.generated(name, 32, 1200, 11), ImageSets.generated(name, 32, 600, 12));
    assertThat(accuracy).isLessThanOrEqualTo(0.5);
  }

  @Test
  void findsClassesThatDo() {
    assertThat(LinearOnPixels.accuracy(halves(100, 1), halves(50, 2))).isEqualTo(1);
  }

  /** Noise, of which the upper or the lower half is brighter. */
  private static ImageSet halves(int n, long seed) {
    ImageSetBuilder builder =
        ImageSet.builder("halves", 4, 4, 1).classNames(List.of("upper", "lower"));
    SplittableRandom random = new Seeds(seed).stream("halves");
    for (int i = 0; i < n; i++) {
      byte[] pixels = new byte[16];
      for (int j = 0; j < pixels.length; j++) {
        pixels[j] = (byte) (random.nextInt(100) + (j / 8 == i % 2 ? 100 : 0));
      }
      builder.add(pixels, i % 2, "halves-" + i);
    }
    return builder.build(Provenance.of("halves"));
  }

  @Test
  void imagesOfAnotherSizeAreRefused() {
    assertThatThrownBy(
            () ->
                LinearOnPixels.accuracy(
                    TestImages.bars(20, 8, 1, 1), TestImages.bars(20, 16, 1, 2)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("64 numbers an image")
        .hasMessageContaining("256");
  }
}
