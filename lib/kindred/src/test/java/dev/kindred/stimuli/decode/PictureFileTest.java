package dev.kindred.stimuli.decode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureFileTest {

  private static Pixels decode(String name) throws IOException {
    return PictureFile.decode(Fixtures.bytes(name), name);
  }

  @ParameterizedTest
  @CsvSource({
    "rgb.png, 3",
    "rgba.png, 3",
    "rgb.ppm, 3",
    "grey.png, 1",
    "grey-alpha.png, 1",
    "grey16.png, 1",
    "grey.pgm, 1"
  })
  void losslessPicturesAreTheirPixels(String name, int channels) throws IOException {
    Pixels picture = decode(name);
    assertThat(new int[] {picture.width(), picture.height(), picture.channels()})
        .containsExactly(9, 12, channels);
    assertThat(picture.bytes()).isEqualTo(Fixtures.image(0, 12, 9, channels));
    assertThat(PictureFile.shape(Fixtures.bytes(name), name)).startsWith(9, 12, channels);
  }

  @Test
  void palettesAndBitsAreLookedUp() throws IOException {
    assertThat(decode("palette.png").bytes()).isEqualTo(Fixtures.bytes("palette.raw"));
    Pixels bits = decode("bit.png");
    byte[] grey = Fixtures.image(0, 12, 9, 1);
    for (int i = 0; i < grey.length; i++) {
      assertThat(bits.bytes()[i] & 0xff).isEqualTo((grey[i] & 0xff) > 60 ? 255 : 0);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.jpg", "rgb-444.jpg", "progressive.jpg", "grey.jpg"})
  void jpegsAreWhatPillowReadsUpToRounding(String name) throws IOException {
    Pixels picture = decode(name);
    byte[] expected = Fixtures.bytes(name + ".raw");
    assertThat(picture.bytes()).hasSameSizeAs(expected);
    int largest = 0;
    for (int i = 0; i < expected.length; i++) {
      largest = Math.max(largest, Math.abs((expected[i] & 0xff) - (picture.bytes()[i] & 0xff)));
    }
    // Two implementations of the same standard: colour conversion and chroma upsampling may round
    // apart.
    assertThat(largest).isLessThanOrEqualTo(name.equals("grey.jpg") ? 1 : 3);
  }

  @Test
  void colourBecomesGreyAsPillowWeighsIt() throws IOException {
    Pixels grey = decode("rgb.png").withChannels(1);
    assertThat(grey.bytes()).isEqualTo(Fixtures.bytes("rgb-as-grey.raw"));
    assertThat(grey.withChannels(3).withChannels(1).bytes()).isEqualTo(grey.bytes());
  }

  @Test
  void cmykIsRefused() {
    assertThatThrownBy(() -> decode("cmyk.jpg"))
        .isInstanceOf(InputException.class)
        .hasMessage("cmyk.jpg: expected a grey or RGB JPEG, found CMYK: convert it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rgb.png", "rgb.jpg", "progressive.jpg", "rgb.ppm", "palette.png"})
  void truncatedPicturesAreErrorsNamingTheFile(String name) throws IOException {
    byte[] whole = Fixtures.bytes(name);
    for (int length : new int[] {0, 1, 10, 30, whole.length / 2, whole.length * 9 / 10}) {
      assertThatThrownBy(() -> PictureFile.decode(Arrays.copyOf(whole, length), "archive!" + name))
          .isInstanceOf(InputException.class)
          .hasMessageStartingWith("archive!" + name + ": ")
          .hasMessageNotContaining("\n");
    }
  }

  @Test
  void aFlippedBitInAPngIsAnError() throws IOException {
    byte[] png = Fixtures.bytes("noise.png");
    png[1000] ^= 4;
    assertThatThrownBy(() -> PictureFile.decode(png, "x.png"))
        .isInstanceOf(InputException.class)
        .hasMessage("x.png: damaged PNG: a checksum does not match");
  }

  @Test
  void absurdDimensionsAreRefusedBeforeMemoryIsTaken() throws IOException {
    byte[] png = Fixtures.bytes("rgb.png");
    ByteBuffer header = ByteBuffer.wrap(png);
    header.putInt(16, 1 << 30).putInt(20, 1 << 30);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    assertThatThrownBy(() -> PictureFile.decode(png, "bomb.png"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "bomb.png: expected an image of 1 to 64 Mi pixels, found 1073741824 × 1073741824");

    byte[] jpeg = Fixtures.bytes("rgb.jpg");
    int frame = indexOf(jpeg, (byte) 0xff, (byte) 0xc0);
    Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xff);
    assertThatThrownBy(() -> PictureFile.decode(jpeg, "bomb.jpg"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found 65535 × 65535");

    byte[] pnm = "P6 100000 100000 255\n".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> PictureFile.decode(pnm, "bomb.ppm"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("found 100000 × 100000");
  }

  private static int indexOf(byte[] bytes, byte first, byte second) {
    for (int i = 0; i + 1 < bytes.length; i++) {
      if (bytes[i] == first && bytes[i + 1] == second) {
        return i;
      }
    }
    throw new AssertionError("marker not found");
  }

  @Test
  void pnmValuesAreScaledToBytes() {
    byte[] pgm = {'P', '5', ' ', '#', 'x', '\n', '3', ' ', '1', ' ', '1', '5', '\n', 0, 7, 15};
    assertThat(PictureFile.decode(pgm, "x.pgm").bytes())
        .containsExactly((byte) 0, (byte) 119, (byte) 255);
    pgm[14] = 16;
    assertThatThrownBy(() -> PictureFile.decode(pgm, "x.pgm"))
        .hasMessage("x.pgm: has the value 16, above its maximum");
  }

  @Test
  void otherFormatsAreNamedAsSuch() {
    byte[] gif = "GIF89a......................".getBytes(StandardCharsets.US_ASCII);
    assertThatThrownBy(() -> PictureFile.decode(gif, "x.png"))
        .isInstanceOf(InputException.class)
        .hasMessage("x.png: expected a PNG, JPEG, PGM or PPM image, found another");
  }
}
