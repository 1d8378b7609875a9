package dev.kindred.stimuli.generator;

import java.util.List;

/** Histories of elementary cellular automata (Wolfram 1983) that begin with a random row. */
final class Automata {
  /** Of different kinds, and not much darker or lighter than each other. */
  private static final List<Integer> RULES = List.of(18, 26, 30, 45, 54, 73, 105, 110, 150);

  private static final int WIDTH = 64;
  private static final int HISTORY = 96;

  private Automata() {}

  static Recipe recipe() {
    return new Recipe(
        "automata",
        Recipe.STRUCTURED,
        "histories of nine cellular automata, in any colours, sizes and directions",
        RULES.stream().map(rule -> "rule " + rule).toList(),
        Automata::picture);
  }

  private static boolean[][] history(int rule, Draw draw) {
    boolean[][] rows = new boolean[HISTORY][WIDTH];
    for (int i = 0; i < WIDTH; i++) {
      rows[0][i] = draw.chance(0.5);
    }
    for (int t = 1; t < HISTORY; t++) {
      for (int i = 0; i < WIDTH; i++) {
        int left = rows[t - 1][(i + WIDTH - 1) % WIDTH] ? 4 : 0;
        int middle = rows[t - 1][i] ? 2 : 0;
        int right = rows[t - 1][(i + 1) % WIDTH] ? 1 : 0;
        rows[t][i] = (rule >> (left + middle + right) & 1) == 1;
      }
    }
    return rows;
  }

  private static Picture picture(int label, Draw draw) {
    boolean[][] rows = history(RULES.get(label), draw);
    double cells = draw.uniform(13, 20);
    int quarter = draw.index(4);
    boolean mirrored = draw.chance(0.5);
    double tilt = quarter * Math.PI / 2 + draw.uniform(-0.25, 0.25);
    double cos = StrictMath.cos(tilt) * cells / 2;
    double sin = StrictMath.sin(tilt) * cells / 2;
    Rgb on = Rgb.hsv(draw.uniform(), draw.uniform(0.1, 0.9), draw.uniform(0.1, 1));
    Rgb off =
        Rgb.hsv(
            draw.uniform(),
            draw.uniform(0.1, 0.6),
            on.luminance() > 0.45 ? draw.uniform(0, 0.25) : draw.uniform(0.75, 1));
    double slope = draw.uniform(-0.25, 0.25);
    double stain = draw.uniform(0.1, 0.3);
    long key = draw.key();
    Paint paint =
        (px, y, pixel, rgb) -> {
          double x = mirrored ? -px : px;
          double share = 0;
          // the mean over a pixel, on a grid of 3 × 3
          for (int i = -1; i <= 1; i++) {
            for (int j = -1; j <= 1; j++) {
              double u = x + i * pixel / 3;
              double v = y + j * pixel / 3;
              int column = Math.floorMod(ValueNoise.floor(cos * u + sin * v) + WIDTH / 2, WIDTH);
              // the first rows still look like the random one
              int row = Math.floorMod(ValueNoise.floor(cos * v - sin * u) + 60, HISTORY);
              share += rows[row][column] ? 1 / 9.0 : 0;
            }
          }
          double light = 1 + slope * y - stain * ValueNoise.smooth(key, 2 * px + 9, 2 * y + 9);
          rgb[0] = light * ValueNoise.mix(off.red(), on.red(), share);
          rgb[1] = light * ValueNoise.mix(off.green(), on.green(), share);
          rgb[2] = light * ValueNoise.mix(off.blue(), on.blue(), share);
        };
    return new Picture.Builder()
        .background(paint)
        .factor("pattern", "rule " + RULES.get(label))
        .factor("scale", 2 / cells)
        .factor("rotation", StrictMath.toDegrees(tilt))
        .build("the history of rule " + RULES.get(label));
  }
}
