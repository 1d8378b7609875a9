package dev.kindred.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.measure.Measures;
import dev.kindred.measure.Similarities;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PixelResponsesTest {
  @Test
  void aUnitForEveryChannelOfEveryPixel() {
    ImageSet images = TestImages.bars(5, 8, 3, 1);
    Representation pixels = PixelResponses.of(images);

    assertThat(pixels.units()).isEqualTo(8 * 8 * 3);
    assertThat(pixels.get(2, 100)).isEqualTo((images.pixels(2)[100] & 0xff) / 255f);
    assertThat(pixels.stimulusIds()).contains(images.stimulusIds());
  }

  @Test
  void similaritiesInOneLineAreThoseOfTheMeasure() {
    Representation a = PixelResponses.of(TestImages.bars(30, 8, 1, 1));
    Representation b = PixelResponses.of(TestImages.bars(30, 8, 3, 1)).withId("b");
    double cka = Measures.parse("cka").compare(a, b);

    assertThat(Similarities.matrix("cka", List.of(a, b)).get("pixels", "b")).isEqualTo(cka);
    assertThat(Similarities.matrix("cka", List.of(a), List.of(b)).get(0, 0)).isEqualTo(cka);
    assertThat(
            Similarities.ofPairs(List.of(Measures.cca(), Measures.cka()), List.of(a), List.of(b))
                .get("cka", "b"))
        .isEqualTo(cka);
  }
}
