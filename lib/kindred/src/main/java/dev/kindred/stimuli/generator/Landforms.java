package dev.kindred.stimuli.generator;

import java.util.List;

/** Relief maps: heights of a landscape, lit from one side and coloured by height. */
final class Landforms {
  private static final List<String> FORMS =
      List.of("dunes", "craters", "ridges", "volcano", "terraces", "canyon", "hills", "mesas");

  private static final double STEP = 0.02;

  private Landforms() {}

  static Recipe recipe() {
    return new Recipe(
        "landforms",
        Recipe.SPECIALIZED,
        "eight landforms as relief maps in any colours, lit from any side",
        FORMS,
        Landforms::picture);
  }

  /** Height above the plane. */
  private interface Height {
    double at(double x, double y);
  }

  private static Height form(int label, Draw draw) {
    long key = draw.key();
    double size = draw.uniform(0.45, 0.8);
    double a = draw.uniform(-0.35, 0.35);
    double b = draw.uniform(-0.35, 0.35);
    double wave = draw.uniform(0.3, 0.6);
    Height rough = (x, y) -> 0.12 * ValueNoise.fractal(key + 50, 3 * x + 30, 3 * y + 30, 3);
    return switch (label) {
      case 0 ->
          (x, y) -> {
            double turn = x / (0.55 * size) + wave * 3 * ValueNoise.smooth(key, x + 9, 1.5 * y + 9);
            double share = turn - ValueNoise.floor(turn);
            // a long slope to windward, a short one to leeward
            return 0.16 * (share < 0.75 ? share / 0.75 : (1 - share) / 0.25) + 0.3 * rough.at(x, y);
          };
      case 1 ->
          (x, y) -> {
            double height = rough.at(x, y);
            for (int i = 0; i < 7; i++) {
              double cx = 2.4 * ValueNoise.lattice(key, i, 0) - 1.2;
              double cy = 2.4 * ValueNoise.lattice(key, i, 1) - 1.2;
              double radius = 0.14 + 0.3 * ValueNoise.lattice(key, i, 2);
              double away = Math.hypot(x - cx, y - cy) / radius;
              height +=
                  radius
                      * (0.7 * StrictMath.exp(-30 * (away - 1) * (away - 1))
                          - (away < 1 ? 0.55 * (1 - away * away) : 0));
            }
            return height;
          };
      case 2 ->
          (x, y) -> {
            double field =
                2 * ValueNoise.fractal(key, 0.9 * x / size + 9, 2.2 * y / size + 9, 3) - 1;
            return 0.65 * (1 - Math.abs(field)) * (1 - Math.abs(field));
          };
      case 3 ->
          (x, y) -> {
            double away = Math.hypot(x - a, y - b);
            double gully = 0.06 * StrictMath.cos(11 * StrictMath.atan2(y - b, x - a) + 9 * wave);
            double cone = 0.85 * StrictMath.exp(-2 * away / size) * (1 + gully);
            return Math.min(cone, 0.55 - 0.6 * Math.max(0, 0.2 - away)) + 0.6 * rough.at(x, y);
          };
      case 4 ->
          (x, y) -> {
            double slope = 2.6 * ValueNoise.smooth(key, 0.9 * x + 9, 0.9 * y + 9) / size * 1.4;
            double level = ValueNoise.floor(slope);
            return 0.14 * (level + StrictMath.pow(slope - level, 8));
          };
      case 5 ->
          (x, y) -> {
            double bed = y - a - 0.9 * (ValueNoise.smooth(key, 1.6 * x + 9, 3) - 0.5);
            double away = Math.abs(bed) / (0.55 * size);
            return 0.55 * ValueNoise.clamp(StrictMath.pow(away, 3), 0, 1) + 0.8 * rough.at(x, y);
          };
      case 6 -> (x, y) -> 0.5 * ValueNoise.smooth(key, 2.1 * x / size + 9, 2.1 * y / size + 9);
      case 7 ->
          (x, y) ->
              0.45
                      * ValueNoise.clamp(
                          9
                              * (ValueNoise.fractal(key, 1.5 * x / size + 9, 1.5 * y / size + 9, 2)
                                  - 0.52),
                          0,
                          1)
                  + 0.4 * rough.at(x, y);
      default -> throw new AssertionError(label);
    };
  }

  private static Picture picture(int label, Draw draw) {
    Height height = form(label, draw);
    double angle = draw.angle();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double azimuth = draw.angle();
    double lx = StrictMath.cos(azimuth);
    double ly = StrictMath.sin(azimuth);
    double steep = draw.uniform(0.8, 1.5);
    Rgb low = Rgb.hsv(draw.uniform(), draw.uniform(0.05, 0.6), draw.uniform(0.35, 0.85));
    Rgb high = Rgb.hsv(draw.uniform(), draw.uniform(0.05, 0.5), draw.uniform(0.5, 1));
    double bright = draw.uniform(0.75, 1.1);
    Paint paint =
        (px, py, pixel, rgb) -> {
          double x = cos * px + sin * py;
          double y = cos * py - sin * px;
          double here = height.at(x, y);
          double gx = steep * (height.at(x + STEP, y) - here) / STEP;
          double gy = steep * (height.at(x, y + STEP) - here) / STEP;
          double light = (0.75 + gx * lx + gy * ly) / Math.sqrt(1 + gx * gx + gy * gy);
          double shine = bright * ValueNoise.clamp(0.25 + 0.85 * light, 0.08, 1.25);
          Rgb colour = low.mix(high, ValueNoise.clamp(1.6 * here, 0, 1));
          rgb[0] = shine * colour.red();
          rgb[1] = shine * colour.green();
          rgb[2] = shine * colour.blue();
        };
    return new Picture.Builder()
        .background(paint)
        .factor("form", FORMS.get(label))
        .factor("rotation", StrictMath.toDegrees(angle))
        .factor("light", StrictMath.toDegrees(azimuth))
        .build("a relief map of " + FORMS.get(label));
  }
}
