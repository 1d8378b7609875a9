package dev.kindred.stimuli.generator;

import java.util.List;

/** Characters of an invented script, written with a pen by many hands. */
final class Glyphs {
  private static final int PIECES = 32;

  /** Where the pen goes, stroke by stroke, from −1 to 1. */
  private static final double[][][] SCRIPT = {
    {{-0.7, -0.6, 0, 0.7, 0.7, -0.6}, {-0.4, 0.1, 0.4, 0.1}},
    {{-0.6, 0.7, -0.6, -0.7, 0.5, -0.4, -0.4, 0.1, 0.6, 0.7}},
    {{0.5, -0.7, -0.6, -0.5, -0.6, 0.5, 0.5, 0.7}, {-0.5, 0, 0.6, 0}},
    {{-0.7, -0.7, 0.7, -0.7, -0.7, 0.7, 0.7, 0.7}},
    {{0, -0.8, 0, 0.8}, {-0.7, -0.2, 0, -0.6, 0.7, -0.2}},
    {{-0.6, -0.6, 0.1, -0.7, 0.6, 0, 0, 0.7, -0.6, 0.2, -0.1, -0.1}},
    {{-0.7, 0.6, -0.4, -0.6, 0, 0.5, 0.4, -0.6, 0.7, 0.6}},
    {{-0.6, -0.7, -0.6, 0.7}, {0.6, -0.7, 0.6, 0.7}, {-0.6, 0.4, 0.6, -0.4}},
    {{0.6, -0.6, -0.2, -0.7, -0.3, 0, 0.4, 0.1, 0.3, 0.7, -0.6, 0.6}},
    {{-0.7, 0, 0.7, 0}, {0, -0.7, -0.5, 0, 0, 0.7, 0.5, 0, 0, -0.7}},
    {{-0.5, -0.7, -0.5, 0.2, 0, 0.7, 0.5, 0.2, 0.5, -0.7}, {0, -0.5, 0, 0.1}},
    {{-0.6, 0.6, 0.6, -0.6}, {-0.6, -0.6, -0.1, -0.1}, {0.1, 0.1, 0.6, 0.6}, {0.3, -0.7, 0.7, -0.7}}
  };

  private static final List<String> NAMES =
      List.of("ka", "ro", "mi", "zu", "te", "ngo", "wa", "hi", "su", "pha", "yu", "xe");

  private Glyphs() {}

  static Recipe recipe() {
    return new Recipe(
        "glyphs",
        Recipe.STRUCTURED,
        "twelve characters of an invented script, by many hands on any paper",
        NAMES,
        Glyphs::picture);
  }

  /** A smooth line through the points of a stroke, moved by an unsteady hand: x, y, x, y, …. */
  private static double[] written(double[] stroke, double unsteady, Draw draw) {
    int points = stroke.length / 2;
    double[] at = new double[stroke.length];
    for (int i = 0; i < at.length; i++) {
      at[i] = stroke[i] + draw.uniform(-unsteady, unsteady);
    }
    double[] line = new double[2 * (PIECES * (points - 1) + 1)];
    int next = 0;
    for (int i = 0; i < points - 1; i++) {
      for (int piece = 0; piece <= PIECES; piece++) {
        if (piece == PIECES && i < points - 2) {
          continue;
        }
        double t = (double) piece / PIECES;
        for (int c = 0; c < 2; c++) {
          double before = at[2 * Math.max(0, i - 1) + c];
          double from = at[2 * i + c];
          double to = at[2 * i + 2 + c];
          double after = at[2 * Math.min(points - 1, i + 2) + c];
          // the spline of Catmull and Rom (1974)
          line[next++] =
              0.5
                  * (2 * from
                      + t * (to - before)
                      + t * t * (2 * before - 5 * from + 4 * to - after)
                      + t * t * t * (3 * from - before - 3 * to + after));
        }
      }
    }
    return line;
  }

  private static Picture picture(int label, Draw draw) {
    double[][] strokes = new double[SCRIPT[label].length][];
    double unsteady = draw.uniform(0.03, 0.16);
    for (int s = 0; s < strokes.length; s++) {
      strokes[s] = written(SCRIPT[label][s], unsteady, draw);
    }
    double scale = draw.uniform(0.55, 0.9);
    double angle = draw.uniform(-0.4, 0.4);
    double slant = draw.uniform(-0.35, 0.35);
    double narrow = draw.uniform(0.75, 1.1);
    double cx = draw.uniform(-0.25, 0.25);
    double cy = draw.uniform(-0.25, 0.25);
    double cos = StrictMath.cos(angle) / scale;
    double sin = StrictMath.sin(angle) / scale;
    double half = draw.uniform(0.04, 0.12);
    double pressure = draw.uniform(0, 0.5);
    Rgb paper = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.3), draw.uniform(0.6, 1));
    Rgb ink = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.9), draw.uniform(0, 0.35));
    boolean chalk = draw.chance(0.4);
    long key = draw.key();
    Paint paint =
        (px, py, pixel, rgb) -> {
          double y = cos * (py - cy) - sin * (px - cx);
          double x = (cos * (px - cx) + sin * (py - cy) + slant * y) / narrow;
          double nearest = Double.POSITIVE_INFINITY;
          for (double[] line : strokes) {
            for (int i = 0; i + 1 < line.length; i += 2) {
              double thin = pressure * half * i / line.length;
              nearest = Math.min(nearest, Math.hypot(x - line[i], y - line[i + 1]) + thin);
            }
          }
          double cover = ValueNoise.clamp(0.5 - (nearest - half) * scale / pixel, 0, 1);
          double grain = 0.9 + 0.15 * ValueNoise.fractal(key, 7 * px + 20, 7 * py + 20, 2);
          Rgb colour = (chalk ? ink : paper).mix(chalk ? paper : ink, cover).times(grain);
          rgb[0] = colour.red();
          rgb[1] = colour.green();
          rgb[2] = colour.blue();
        };
    return new Picture.Builder()
        .background(paint)
        .factor("character", NAMES.get(label))
        .factor("x", cx)
        .factor("y", cy)
        .factor("scale", scale)
        .factor("rotation", StrictMath.toDegrees(angle))
        .build("the character " + NAMES.get(label) + (chalk ? " in chalk" : " in ink"));
  }
}
