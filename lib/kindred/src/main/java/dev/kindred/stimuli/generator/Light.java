package dev.kindred.stimuli.generator;

/**
 * Illumination and camera: the last step of a natural rendering.
 *
 * @param tint factors of red, green and blue
 * @param saturation factor of the colourfulness: 0 gives grey, 1 changes nothing
 * @param hueTurn angle in radians by which all hues are turned, at equal luminance
 * @param gx relative change of brightness over half the width
 * @param gy relative change of brightness over half the height
 * @param contrast factor of the difference from mid-grey
 * @param noise half-width of the uniform noise of each pixel, as a share of full brightness
 * @param noiseKey key of that noise
 */
record Light(
    Rgb tint,
    double saturation,
    double hueTurn,
    double gx,
    double gy,
    double contrast,
    double noise,
    long noiseKey) {
  static final Light EVEN = new Light(Rgb.WHITE, 1, 0, 0, 0, 1, 0, 0);

  /** Light of some brightness and colour from direction {@code angle}. */
  static Light from(double angle, Draw draw) {
    double gain = draw.uniform(0.7, 1.15);
    double slope = draw.uniform(0, 0.3);
    return new Light(
        new Rgb(
            gain * draw.uniform(0.9, 1.1),
            gain * draw.uniform(0.92, 1.08),
            gain * draw.uniform(0.9, 1.1)),
        1,
        0,
        slope * StrictMath.cos(angle),
        slope * StrictMath.sin(angle),
        draw.uniform(0.75, 1.05),
        draw.uniform(0, 0.04),
        draw.key());
  }

  /** The same light through a colour filter, or on film without colour. */
  Light filtered(double newSaturation, double newHueTurn, Rgb filter) {
    return new Light(
        new Rgb(
            tint.red() * filter.red(), tint.green() * filter.green(), tint.blue() * filter.blue()),
        newSaturation,
        newHueTurn,
        gx,
        gy,
        contrast,
        noise,
        noiseKey);
  }

  /**
   * Tint, hue and saturation as one matrix of 3 × 3, row by row: a turn and a scaling of the chroma
   * plane of YIQ, then the tint.
   */
  double[] colourMatrix() {
    double cos = saturation * StrictMath.cos(hueTurn);
    double sin = saturation * StrictMath.sin(hueTurn);
    double[][] fromYiq = {{1, 0.956, 0.619}, {1, -0.272, -0.647}, {1, -1.106, 1.703}};
    double[][] toYiq = {{0.299, 0.587, 0.114}, {0.596, -0.274, -0.322}, {0.211, -0.523, 0.312}};
    double[] gain = {tint.red(), tint.green(), tint.blue()};
    double[] matrix = new double[9];
    for (int row = 0; row < 3; row++) {
      double i = cos * fromYiq[row][1] + sin * fromYiq[row][2];
      double q = cos * fromYiq[row][2] - sin * fromYiq[row][1];
      for (int column = 0; column < 3; column++) {
        matrix[3 * row + column] =
            gain[row] * (toYiq[0][column] + i * toYiq[1][column] + q * toYiq[2][column]);
      }
    }
    return matrix;
  }
}
