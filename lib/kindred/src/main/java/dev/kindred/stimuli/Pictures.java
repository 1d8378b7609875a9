package dev.kindred.stimuli;

import java.awt.image.BufferedImage;

/** Pictures of pixels, and back. */
final class Pictures {
  private Pictures() {}

  /** A picture of height × width × channels unsigned bytes; 1 channel is grey, 3 are RGB. */
  static BufferedImage toPicture(byte[] pixels, int width, int height, int channels) {
    // Grey goes into RGB as well: Java's grey pictures are linear in light, and would come out
    // brighter.
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    int[] row = new int[width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int at = (y * width + x) * channels;
        int red = pixels[at] & 0xff;
        int green = channels == 1 ? red : pixels[at + 1] & 0xff;
        int blue = channels == 1 ? red : pixels[at + 2] & 0xff;
        row[x] = red << 16 | green << 8 | blue;
      }
      picture.setRGB(0, y, width, 1, row, 0, width);
    }
    return picture;
  }
}
