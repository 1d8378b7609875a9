package dev.kindred.stimuli.generator;

/** Colour over the whole plane: what an outline is filled with. */
@FunctionalInterface
interface Paint {
  /**
   * Writes the colour at a point.
   *
   * @param x from −1 (left) to 1 (right)
   * @param y from −1 (top) to 1 (bottom)
   * @param pixel width of a pixel in these units
   * @param rgb receives red, green and blue
   */
  void at(double x, double y, double pixel, double[] rgb);

  static Paint plain(Rgb colour) {
    return (x, y, pixel, rgb) -> set(rgb, colour);
  }

  /** From {@code top} at y = {@code from} to {@code bottom} at y = {@code to}. */
  static Paint gradient(Rgb top, Rgb bottom, double from, double to) {
    return (x, y, pixel, rgb) ->
        mix(rgb, top, bottom, ValueNoise.clamp((y - from) / (to - from), 0, 1));
  }

  /** Clouds of two colours with features of size {@code grain}. */
  static Paint clouds(Rgb first, Rgb second, double grain, long key) {
    return (x, y, pixel, rgb) ->
        mix(
            rgb,
            first,
            second,
            ValueNoise.clamp(2 * ValueNoise.fractal(key, x / grain, y / grain, 2) - 0.5, 0, 1));
  }

  /** A texture with periods of the given length, turned by {@code angle}. */
  static Paint textured(
      Texture texture, Rgb first, Rgb second, double period, double angle, long key) {
    if (texture == Texture.PLAIN) {
      return plain(first);
    }
    double cos = StrictMath.cos(angle) / period;
    double sin = StrictMath.sin(angle) / period;
    double du = ValueNoise.lattice(key, 5, 7);
    double dv = ValueNoise.lattice(key, 11, 13);
    return (x, y, pixel, rgb) ->
        mix(
            rgb,
            first,
            second,
            texture.share(key, cos * x + sin * y + du, cos * y - sin * x + dv, pixel / period));
  }

  /** Lighter towards a light in direction {@code angle}, as on a dome of the given radius. */
  default Paint domed(double cx, double cy, double radius, double angle, double strength) {
    double gx = strength * StrictMath.cos(angle) / radius;
    double gy = strength * StrictMath.sin(angle) / radius;
    return (x, y, pixel, rgb) -> {
      at(x, y, pixel, rgb);
      double gain = 1 + ValueNoise.clamp((x - cx) * gx + (y - cy) * gy, -strength, strength);
      rgb[0] *= gain;
      rgb[1] *= gain;
      rgb[2] *= gain;
    };
  }

  private static void set(double[] rgb, Rgb colour) {
    rgb[0] = colour.red();
    rgb[1] = colour.green();
    rgb[2] = colour.blue();
  }

  private static void mix(double[] rgb, Rgb first, Rgb second, double share) {
    rgb[0] = ValueNoise.mix(first.red(), second.red(), share);
    rgb[1] = ValueNoise.mix(first.green(), second.green(), share);
    rgb[2] = ValueNoise.mix(first.blue(), second.blue(), share);
  }
}
