package dev.kindred.stimuli.generator;

import java.util.Locale;

/** Colours that have a name; a draw gives one of the many shades that the name covers. */
enum Hue {
  RED(-0.03, 0.02, 0.75, 1, 0.65, 0.95),
  ORANGE(0.06, 0.09, 0.75, 1, 0.85, 1),
  YELLOW(0.135, 0.165, 0.7, 1, 0.85, 1),
  GREEN(0.27, 0.38, 0.5, 0.95, 0.4, 0.8),
  TURQUOISE(0.465, 0.51, 0.55, 0.9, 0.65, 0.9),
  BLUE(0.58, 0.66, 0.65, 1, 0.5, 0.95),
  PURPLE(0.74, 0.8, 0.5, 0.85, 0.4, 0.75),
  PINK(0.88, 0.95, 0.35, 0.6, 0.85, 1),
  BROWN(0.05, 0.085, 0.5, 0.75, 0.3, 0.5),
  WHITE(0, 1, 0, 0.06, 0.9, 1),
  GREY(0, 1, 0, 0.08, 0.42, 0.6),
  BLACK(0, 1, 0, 0.3, 0.03, 0.14);

  private final double[] ranges;

  Hue(double... ranges) {
    this.ranges = ranges;
  }

  /** Its name in captions. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Rgb shade(Draw draw) {
    return Rgb.hsv(
        draw.uniform(ranges[0], ranges[1]),
        draw.uniform(ranges[2], ranges[3]),
        draw.uniform(ranges[4], ranges[5]));
  }

  /** A shade of some other colour that is clearly lighter or darker than {@code colour}. */
  static Rgb contrasting(Rgb colour, Draw draw) {
    for (int attempt = 0; attempt < 20; attempt++) {
      Rgb other = draw.pick(values()).shade(draw);
      if (Math.abs(other.luminance() - colour.luminance()) > 0.28) {
        return other;
      }
    }
    return colour.luminance() > 0.5 ? Rgb.BLACK : Rgb.WHITE;
  }
}
