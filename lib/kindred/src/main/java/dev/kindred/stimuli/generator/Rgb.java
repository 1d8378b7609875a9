package dev.kindred.stimuli.generator;

/** A colour; components in sRGB, normally in [0, 1]. */
record Rgb(double red, double green, double blue) {
  static final Rgb BLACK = new Rgb(0, 0, 0);
  static final Rgb WHITE = new Rgb(1, 1, 1);

  static Rgb grey(double value) {
    return new Rgb(value, value, value);
  }

  /** From hue (in turns), saturation and value. */
  static Rgb hsv(double hue, double saturation, double value) {
    double turns = hue - StrictMath.floor(hue);
    return new Rgb(
        channel(turns, saturation, value, 5),
        channel(turns, saturation, value, 3),
        channel(turns, saturation, value, 1));
  }

  private static double channel(double hue, double saturation, double value, int offset) {
    double k = (offset + hue * 6) % 6;
    return value - value * saturation * Math.max(0, Math.min(Math.min(k, 4 - k), 1));
  }

  double luminance() {
    return 0.299 * red + 0.587 * green + 0.114 * blue;
  }

  Rgb mix(Rgb other, double share) {
    return new Rgb(
        ValueNoise.mix(red, other.red, share),
        ValueNoise.mix(green, other.green, share),
        ValueNoise.mix(blue, other.blue, share));
  }

  Rgb times(double factor) {
    return new Rgb(red * factor, green * factor, blue * factor);
  }
}
