package dev.kindred.stimuli.generator;

import java.util.List;

/** Drawn faces that differ in their expression. */
final class Faces {
  private static final List<String> EXPRESSIONS =
      List.of("neutral", "happy", "sad", "angry", "surprised", "sleepy", "winking", "scared");

  private Faces() {}

  static Recipe recipe() {
    return new Recipe(
        "faces",
        Recipe.SINGLE_DOMAIN,
        "eight expressions of faces of any colour, age and hair",
        EXPRESSIONS,
        Faces::picture);
  }

  /**
   * What an expression does to a face; heights are shares of half a face.
   *
   * @param smile how far the corners of the mouth go up
   * @param gape half the height of the open mouth
   * @param left how far the left eye is open
   * @param right how far the right eye is open
   * @param slant how much lower the inner ends of the brows are
   * @param lift how high the brows are
   */
  private record Look(
      double smile, double gape, double left, double right, double slant, double lift) {
    static Look of(int expression) {
      return switch (expression) {
        case 0 -> new Look(0, 0.02, 0.1, 0.1, 0, 0);
        case 1 -> new Look(0.22, 0.05, 0.1, 0.1, 0, 0.04);
        case 2 -> new Look(-0.2, 0.02, 0.09, 0.09, -0.13, 0.04);
        case 3 -> new Look(-0.1, 0.03, 0.09, 0.09, 0.16, -0.05);
        case 4 -> new Look(0, 0.2, 0.16, 0.16, 0, 0.14);
        case 5 -> new Look(0.03, 0.02, 0.015, 0.015, 0, 0.02);
        case 6 -> new Look(0.16, 0.03, 0.11, 0.015, 0, 0.04);
        case 7 -> new Look(-0.16, 0.11, 0.16, 0.16, -0.13, 0.13);
        default -> throw new AssertionError(expression);
      };
    }
  }

  private static Picture picture(int label, Draw draw) {
    Look look = Look.of(label);
    double scale = draw.uniform(0.6, 0.85);
    double cx = draw.uniform(-0.22, 0.22);
    double cy = draw.uniform(-0.18, 0.18);
    double tilt = draw.uniform(-0.35, 0.35);
    double cos = StrictMath.cos(tilt) / scale;
    double sin = StrictMath.sin(tilt) / scale;
    boolean mirrored = draw.chance(0.5);
    double width = draw.uniform(0.68, 0.9);
    double apart = draw.uniform(0.28, 0.36);
    double strength = draw.uniform(0.75, 1.25);
    double hairline = draw.uniform(-0.75, -0.4);
    double lit = draw.uniform(-0.25, 0.25);
    Rgb skin = Rgb.hsv(draw.uniform(0.02, 0.12), draw.uniform(0.15, 0.65), draw.uniform(0.35, 1));
    Rgb hair = Rgb.hsv(draw.uniform(0, 0.15), draw.uniform(0, 0.8), draw.uniform(0.05, 0.9));
    Rgb iris = Rgb.hsv(draw.uniform(0.05, 0.65), draw.uniform(0.2, 0.8), draw.uniform(0.1, 0.5));
    Rgb lips = skin.mix(new Rgb(0.6, 0.05, 0.1), draw.uniform(0.4, 0.9));
    Rgb wall = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.7), draw.uniform(0.15, 1));
    Rgb ink = skin.times(0.25).mix(hair, 0.4);
    double shade = draw.uniform(0.6, 1);
    Paint paint =
        (px, py, pixel, rgb) -> {
          double u = cos * (px - cx) + sin * (py - cy);
          double y = cos * (py - cy) - sin * (px - cx);
          double x = mirrored ? -u : u;
          double soft = pixel / scale;
          Rgb colour = wall.times(shade + (1 - shade) * (px + 1) / 2);
          double crown = Math.hypot(x / (width + 0.1), (y + 0.12) / 1.02) - 1;
          colour = over(colour, hair, crown, soft);
          double face = Math.hypot(x / width, y) - 1;
          double below = hairline + 0.12 * Math.abs(x) - y;
          colour = over(colour, skin.times(1 + lit * x), Math.max(face, below), soft);
          for (int side = -1; side <= 1; side += 2) {
            double open = side < 0 ? look.left : look.right;
            double ex = x - side * apart;
            double ey = y + 0.12;
            double eye = (Math.hypot(ex / 0.17, ey / open) - 1) * Math.min(open, 0.17);
            colour = over(colour, open < 0.03 ? ink : Rgb.WHITE, eye, soft);
            colour = over(colour, iris, Math.max(eye, Math.hypot(ex, ey) - 0.075), soft);
            double brow = y + 0.36 + strength * (look.lift + look.slant * side * ex / 0.17 * 0.5);
            colour = over(colour, ink, Math.max(Math.abs(brow) - 0.035, Math.abs(ex) - 0.19), soft);
          }
          colour =
              over(
                  colour,
                  skin.times(0.72),
                  Math.max(
                      Math.abs(x - 0.03 - 0.12 * (y - 0.1)) - 0.035, Math.abs(y - 0.08) - 0.16),
                  soft);
          double bend = 0.48 - strength * look.smile * (x * x / 0.1 - 0.5);
          double lip = Math.abs(y - bend) - strength * look.gape - 0.03;
          colour = over(colour, lips, Math.max(lip, Math.abs(x) - 0.34), soft);
          double inside = Math.abs(y - bend) - strength * look.gape + 0.03;
          colour = over(colour, ink, Math.max(inside, Math.abs(x) - 0.28), soft);
          rgb[0] = colour.red();
          rgb[1] = colour.green();
          rgb[2] = colour.blue();
        };
    return new Picture.Builder()
        .background(paint)
        .factor("expression", EXPRESSIONS.get(label))
        .factor("x", cx)
        .factor("y", cy)
        .factor("scale", scale)
        .factor("rotation", StrictMath.toDegrees(tilt))
        .build(Words.a(EXPRESSIONS.get(label)) + " face");
  }

  /** The colour above another one where the distance is negative, with an edge of a pixel. */
  private static Rgb over(Rgb below, Rgb above, double distance, double soft) {
    return below.mix(above, ValueNoise.clamp(0.5 - distance / soft, 0, 1));
  }
}
