package dev.kindred.stimuli.generator;

/**
 * Illumination and camera: the last step of a natural rendering.
 *
 * @param tint factors of red, green and blue
 * @param gx relative change of brightness over half the width
 * @param gy relative change of brightness over half the height
 * @param contrast factor of the difference from mid-grey
 * @param noise half-width of the uniform noise of each pixel, as a share of full brightness
 * @param noiseKey key of that noise
 */
record Light(Rgb tint, double gx, double gy, double contrast, double noise, long noiseKey) {
  static final Light EVEN = new Light(Rgb.WHITE, 0, 0, 1, 0, 0);

  /** Light of some brightness and colour from direction {@code angle}. */
  static Light from(double angle, Draw draw) {
    double gain = draw.uniform(0.7, 1.15);
    double slope = draw.uniform(0, 0.3);
    return new Light(
        new Rgb(
            gain * draw.uniform(0.9, 1.1),
            gain * draw.uniform(0.92, 1.08),
            gain * draw.uniform(0.9, 1.1)),
        slope * StrictMath.cos(angle),
        slope * StrictMath.sin(angle),
        draw.uniform(0.75, 1.05),
        draw.uniform(0, 0.05),
        draw.key());
  }
}
