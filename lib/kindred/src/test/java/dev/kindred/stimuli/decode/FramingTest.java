package dev.kindred.stimuli.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FramingTest {

  @ParameterizedTest
  @CsvSource({
    "16, 13, BILINEAR, noise-16-13-bilinear.raw",
    "50, 41, BILINEAR, noise-50-41-bilinear.raw",
    "16, 13, BICUBIC, noise-16-13-bicubic.raw"
  })
  void resizesAndCropsBitForBitAsPillow(
      int resize, int crop, Interpolation interpolation, String expected) throws IOException {
    Pixels noise = PictureFile.decode(Fixtures.bytes("noise.png"), "noise.png");
    Pixels framed = new Framing(resize, crop, interpolation).apply(noise, "noise.png");
    assertThat(framed.bytes()).isEqualTo(Fixtures.bytes(expected));
    assertThat(framed.width()).isEqualTo(crop);
    assertThat(framed.height()).isEqualTo(crop);
  }

  @Property(tries = 100)
  void aPlainSurfaceStaysPlainWhateverTheSizes(
      @ForAll @IntRange(min = 1, max = 60) int width,
      @ForAll @IntRange(min = 1, max = 60) int height,
      @ForAll @IntRange(min = 1, max = 40) int side,
      @ForAll Interpolation interpolation) {
    byte[] grey = new byte[width * height];
    java.util.Arrays.fill(grey, (byte) 200);
    Pixels framed =
        new Framing(side, side, interpolation).apply(new Pixels(grey, width, height, 1), "plain");
    assertThat(framed.bytes()).hasSize(side * side).containsOnly((byte) 200);
  }

  @Test
  void asStoredChangesNothing() {
    Pixels image = new Pixels(Fixtures.image(0, 4, 6, 3), 6, 4, 3);
    assertThat(Framing.asStored().apply(image, "x")).isSameAs(image);
  }

  @Test
  void cropsTheMiddle() {
    Pixels image = new Pixels(Fixtures.image(0, 4, 6, 1), 6, 4, 1);
    Pixels cut = new Framing(0, 2, Interpolation.BILINEAR).apply(image, "x");
    assertThat(cut.bytes())
        .containsExactly(
            (byte) Fixtures.value(0, 1, 2, 0),
            (byte) Fixtures.value(0, 1, 3, 0),
            (byte) Fixtures.value(0, 2, 2, 0),
            (byte) Fixtures.value(0, 2, 3, 0));
  }

  @Test
  void whatDoesNotFitIsAnError() {
    assertThatThrownBy(() -> new Framing(100, 200, Interpolation.BILINEAR))
        .isInstanceOf(InputException.class)
        .hasMessage("cannot cut 200 pixels out of a side of 100");
    Pixels small = new Pixels(new byte[12], 4, 3, 1);
    assertThatThrownBy(() -> new Framing(0, 4, Interpolation.BILINEAR).apply(small, "set, image x"))
        .isInstanceOf(InputException.class)
        .hasMessage("set, image x: cannot cut 4 × 4 out of 4 × 3");
    Pixels sliver = new Pixels(new byte[60_000], 60_000, 1, 1);
    assertThatThrownBy(() -> Framing.thingsvision().apply(sliver, "set, image x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("15360000 × 256");
  }
}
