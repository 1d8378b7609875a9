package dev.kindred.stimuli.shift;

import dev.kindred.stimuli.ImageSet;

/**
 * A shift of the distribution of stimuli: a kind and a level.
 *
 * @param family the kind
 * @param level its level, in canonical form; empty where the kind has only one
 * @param colour whether a shift that is made for grey images works on each colour channel instead
 * @param reference side in pixels of the images to which lengths among the levels refer
 */
public record Shift(ShiftFamily family, String level, boolean colour, int reference) {
  /** Side of the public stimuli. */
  static final int PUBLIC_SIZE = 224;

  /** The same shift on each colour channel. */
  public Shift inColour() {
    return new Shift(family, level, true, reference);
  }

  /**
   * The same shift with its level for images of another size. By default a level refers to images
   * of 224 pixels and shrinks with the images; the high-pass levels then take nearly all of an
   * image of 32 pixels, which has nothing above 16 cycles. With the image's own size as reference,
   * levels are in its own pixels.
   */
  public Shift at(int side) {
    return new Shift(family, level, colour, side);
  }

  /** The level as a number. */
  double value() {
    return Double.parseDouble(level);
  }

  /** A length among the levels, in pixels of these images. */
  double scaled(double length, ImageSet images) {
    return length * Math.min(images.width(), images.height()) / reference;
  }

  /** The shift as {@link Shifts#parse} reads it, such as {@code contrast[level=30]}. */
  public String spec() {
    StringBuilder parameters = new StringBuilder();
    if (!level.isEmpty()) {
      parameters.append("level=").append(level);
    }
    if (colour) {
      parameters.append(parameters.length() > 0 ? "," : "").append("colour=keep");
    }
    if (reference != PUBLIC_SIZE) {
      parameters.append(parameters.length() > 0 ? "," : "").append("reference=").append(reference);
    }
    return parameters.length() == 0 ? family.name() : family.name() + "[" + parameters + "]";
  }

  /**
   * Applies the shift. Image i of the result depends only on image i, its id and the seed, except
   * for power equalisation (the mean spectrum of the set) and cue conflict (a partner from the
   * set).
   *
   * @param images any images
   * @param seed seed of what is random in the shift
   */
  public ShiftedImages apply(ImageSet images, long seed) {
    return new ShiftedImages(this, images, seed);
  }

  @Override
  public String toString() {
    return spec();
  }
}
