package dev.kindred.network.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.network.TestImages;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code kindred zoo hardness} measures the same with more training images than a test needs. */
class LinearOnPixelsTest {

  /**
   * What ridge regression finds in the pixels of each data set, and a twentieth more: as a share of
   * right answers it is little more than chance in most. A set's recipe that lets a class be seen
   * in single pixels, by a place or a colour of its own, goes beyond.
   */
  private static final Map<String, Double> LIMITS =
      Map.ofEntries(
          Map.entry("objects", 0.23),
          Map.entry("things", 0.29),
          Map.entry("combinations", 0.21),
          Map.entry("scenes", 0.48),
          Map.entry("flowers", 0.21),
          Map.entry("butterflies", 0.21),
          Map.entry("signs", 0.14),
          Map.entry("digits", 0.20),
          Map.entry("cells", 0.41),
          Map.entry("aerial", 0.37),
          Map.entry("retina", 0.31),
          Map.entry("textures", 0.19),
          Map.entry("counting", 0.22),
          Map.entry("orientation", 0.22),
          Map.entry("solids", 0.22),
          Map.entry("rooms", 0.38),
          Map.entry("faces", 0.37),
          Map.entry("plants", 0.37),
          Map.entry("galaxies", 0.47),
          Map.entry("tissues", 0.33),
          Map.entry("landforms", 0.32),
          Map.entry("automata", 0.19),
          Map.entry("waves", 0.20),
          Map.entry("glyphs", 0.21));

  @Test
  void everyGeneratedSetHasALimit() {
    assertThat(LIMITS.keySet()).containsExactlyInAnyOrderElementsOf(DataSets.generatedNames());
  }

  static Set<String> names() {
    return LIMITS.keySet();
  }

  @ParameterizedTest
  @MethodSource("names")
  void theClassesOfGeneratedImagesDoNotLieOpenInThePixels(String name) {
    ImageSet train = DataSets.generated(name, 32, 1200, 11);
    double accuracy = LinearOnPixels.accuracy(train, DataSets.generated(name, 32, 600, 12));
    double chance = 1.0 / train.classNames().size();
    // The best of four penalties does not fall below chance by more than three standard errors.
    assertThat(accuracy)
        .isBetween(chance - 3 * Math.sqrt(chance * (1 - chance) / 600), LIMITS.get(name));
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
