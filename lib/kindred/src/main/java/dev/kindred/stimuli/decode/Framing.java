package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;

/**
 * How images are brought to one size: the shorter side is resized, then a square is cut out of the
 * middle, as torchvision's {@code Resize} and {@code CenterCrop} do.
 *
 * @param resize length of the shorter side after resizing; the longer side keeps the proportion,
 *     rounded down; 0 leaves the size
 * @param crop side of the square; 0 cuts nothing
 * @param interpolation filter of the resizing, anti-aliased
 */
public record Framing(int resize, int crop, Interpolation interpolation) {
  private static final int LARGEST = 1 << 13;

  public Framing {
    if (resize < 0 || crop < 0 || resize > LARGEST || crop > LARGEST) {
      throw new InputException(
          "expected sides of 0 to "
              + LARGEST
              + " pixels, found resize "
              + resize
              + ", crop "
              + crop);
    }
    if (resize > 0 && crop > resize) {
      throw new InputException("cannot cut " + crop + " pixels out of a side of " + resize);
    }
  }

  /** Images as they are stored. */
  public static Framing asStored() {
    return new Framing(0, 0, Interpolation.BILINEAR);
  }

  /** Shorter side to 256, middle 224 × 224, bilinear: what thingsvision does by default. */
  public static Framing thingsvision() {
    return new Framing(256, 224, Interpolation.BILINEAR);
  }

  /** Shorter side to {@code side}, middle square, bilinear. */
  public static Framing square(int side) {
    return new Framing(side, side, Interpolation.BILINEAR);
  }

  /** Whether images keep their size. */
  public boolean isAsStored() {
    return resize == 0 && crop == 0;
  }

  /** Brings an image to size. */
  public Pixels apply(Pixels image, String where) {
    Pixels resized = image;
    if (resize > 0) {
      int shorter = Math.min(image.width(), image.height());
      if (shorter != resize) {
        int width = (int) ((long) resize * image.width() / shorter);
        int height = (int) ((long) resize * image.height() / shorter);
        Limits.requireDimensions(width, height, where);
        resized = Resampling.resize(image, width, height, interpolation);
      }
    }
    return crop == 0 ? resized : centre(resized, where);
  }

  private Pixels centre(Pixels image, String where) {
    if (image.width() < crop || image.height() < crop) {
      throw new InputException(
          where
              + ": cannot cut "
              + crop
              + " × "
              + crop
              + " out of "
              + image.width()
              + " × "
              + image.height());
    }
    int left = half(image.width() - crop);
    int top = half(image.height() - crop);
    int channels = image.channels();
    byte[] cut = new byte[Math.multiplyExact(crop * crop, channels)];
    for (int y = 0; y < crop; y++) {
      System.arraycopy(
          image.bytes(),
          ((top + y) * image.width() + left) * channels,
          cut,
          y * crop * channels,
          crop * channels);
    }
    return new Pixels(cut, crop, crop, channels);
  }

  /** Half of a margin; odd ones are rounded to the even neighbour, as Python rounds. */
  private static int half(int margin) {
    return (int) Math.rint(margin / 2.0);
  }
}
