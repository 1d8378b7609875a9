package dev.kindred.stimuli.generator;

import java.util.List;

/** Galaxies as a telescope shows them: sums of light on a dark, noisy ground. */
final class Galaxies {
  private static final List<String> FORMS =
      List.of(
          "elliptical",
          "spiral",
          "flocculent",
          "barred",
          "ring",
          "edge-on",
          "irregular",
          "merging");

  private Galaxies() {}

  static Recipe recipe() {
    return new Recipe(
        "galaxies",
        Recipe.SPECIALIZED,
        "eight forms of galaxies at any angle and brightness, among stars",
        FORMS,
        Galaxies::picture);
  }

  /** Brightness at a point of the plane of the galaxy. */
  private interface Glow {
    double at(double x, double y);
  }

  private static Glow form(int label, Draw draw) {
    double wind = draw.uniform(2.2, 3.4);
    double phase = draw.angle();
    double bulge = draw.uniform(0.3, 0.8);
    long key = draw.key();
    Glow disc = (x, y) -> StrictMath.exp(-2.2 * Math.hypot(x, y));
    Glow core = (x, y) -> bulge * StrictMath.exp(-7 * Math.hypot(x, y));
    return switch (label) {
      case 0 -> (x, y) -> 1.3 * StrictMath.exp(-3.2 * StrictMath.pow(Math.hypot(x, y), 0.6));
      case 1 -> (x, y) -> core.at(x, y) + disc.at(x, y) * (0.2 + 1.8 * arms(2, wind, phase, x, y));
      case 2 ->
          (x, y) ->
              core.at(x, y)
                  + disc.at(x, y)
                      * (0.25
                          + 1.7
                              * arms(5, wind, phase, x, y)
                              * ValueNoise.smooth(key, 6 * x + 20, 6 * y + 20));
      case 3 ->
          (x, y) -> {
            double bar = StrictMath.exp(-4 * x * x - 60 * y * y);
            double away = Math.hypot(x, y) > 0.4 ? 1 : 0.1;
            return core.at(x, y) + 0.9 * bar + away * disc.at(x, y) * 2 * arms(2, 1.6, 0, x, y);
          };
      case 4 ->
          (x, y) ->
              1.2 * core.at(x, y)
                  + 0.9 * StrictMath.exp(-40 * StrictMath.pow(Math.hypot(x, y) - 0.62, 2));
      case 5 ->
          (x, y) ->
              1.1
                      * StrictMath.exp(-2.4 * Math.abs(x) - 15 * Math.abs(y))
                      * (Math.abs(y) < 0.03 ? 0.45 : 1)
                  + core.at(x, 1.6 * y);
      case 6 ->
          (x, y) ->
              2.4
                  * StrictMath.exp(-2.6 * (x * x + y * y))
                  * StrictMath.pow(ValueNoise.fractal(key, 2.4 * x + 20, 2.4 * y + 20, 3), 2.2);
      case 7 ->
          (x, y) -> {
            double first = StrictMath.exp(-6 * Math.hypot(x - 0.36, 1.5 * y - 0.1));
            double second = StrictMath.exp(-6 * Math.hypot(1.5 * x + 0.5, y + 0.15));
            double tail =
                StrictMath.exp(-45 * StrictMath.pow(y - 0.9 * x * x + 0.35, 2) - 1.2 * x * x);
            return 0.95 * (first + second) + 0.4 * tail;
          };
      default -> throw new AssertionError(label);
    };
  }

  /** From 0 between the arms to 1 on a logarithmic spiral. */
  private static double arms(int number, double wind, double phase, double x, double y) {
    double radius = Math.max(0.02, Math.hypot(x, y));
    double turn = StrictMath.atan2(y, x) - wind * StrictMath.log(radius) - phase;
    return StrictMath.pow(0.5 + 0.5 * StrictMath.cos(number * turn), 2);
  }

  private static Picture picture(int label, Draw draw) {
    Glow glow = form(label, draw);
    double scale = draw.uniform(0.65, 1.1);
    double angle = draw.angle();
    double flat = label == 5 ? 1 : draw.uniform(0.55, 1);
    double cx = draw.uniform(-0.25, 0.25);
    double cy = draw.uniform(-0.25, 0.25);
    double cos = StrictMath.cos(angle) / scale;
    double sin = StrictMath.sin(angle) / scale;
    double exposure = draw.uniform(0.7, 1.6);
    Rgb old = Rgb.hsv(draw.uniform(0.03, 0.14), draw.uniform(0.1, 0.6), 1);
    Rgb young = Rgb.hsv(draw.uniform(0.5, 0.68), draw.uniform(0.1, 0.6), 1);
    double sky = draw.uniform(0.01, 0.12);
    double noise = draw.uniform(0.01, 0.06);
    long grain = draw.key();
    int stars = draw.between(2, 9);
    double[] star = new double[3 * stars];
    for (int i = 0; i < stars; i++) {
      star[3 * i] = draw.uniform(-1, 1);
      star[3 * i + 1] = draw.uniform(-1, 1);
      star[3 * i + 2] = draw.uniform(0.1, 0.8);
    }
    Paint paint =
        (px, py, pixel, rgb) -> {
          double x = cos * (px - cx) + sin * (py - cy);
          double y = (cos * (py - cy) - sin * (px - cx)) / flat;
          double light = exposure * glow.at(x, y);
          double point = 0;
          for (int i = 0; i < stars; i++) {
            double away = Math.hypot(px - star[3 * i], py - star[3 * i + 1]);
            point += star[3 * i + 2] * StrictMath.exp(-600 * away * away);
          }
          Rgb colour = young.mix(old, ValueNoise.clamp(1.3 - 1.6 * Math.hypot(x, y), 0, 1));
          double speck =
              noise
                  * (2
                          * ValueNoise.lattice(
                              grain, ValueNoise.floor(64 * px), ValueNoise.floor(64 * py))
                      - 1);
          rgb[0] = sky + light * colour.red() + point + speck;
          rgb[1] = sky + light * colour.green() + point + speck;
          rgb[2] = sky + light * colour.blue() + point + speck;
        };
    return new Picture.Builder()
        .background(paint)
        .factor("form", FORMS.get(label))
        .factor("x", cx)
        .factor("y", cy)
        .factor("scale", scale)
        .factor("rotation", StrictMath.toDegrees(angle))
        .build(Words.a(exposure > 1.1 ? "bright" : "faint") + " " + FORMS.get(label) + " galaxy");
  }
}
