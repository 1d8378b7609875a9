package dev.kindred.stimuli.decode;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files written by Pillow, NumPy and SciPy; see src/test/python/make_image_fixtures.py. */
public final class Fixtures {
  private Fixtures() {}

  public static Path path(String name) {
    try {
      return Path.of(Fixtures.class.getResource("/images/" + name).toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  public static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(path(name));
  }

  /** The formula that the fixtures' pixels follow: channel c at row y, column x of image i. */
  public static int value(int i, int y, int x, int c) {
    return (i * 31 + y * 7 + x * 3 + c * 11) % 251;
  }

  /** A whole image after the formula. */
  public static byte[] image(int i, int height, int width, int channels) {
    byte[] bytes = new byte[height * width * channels];
    int at = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          bytes[at++] = (byte) value(i, y, x, c);
        }
      }
    }
    return bytes;
  }
}
