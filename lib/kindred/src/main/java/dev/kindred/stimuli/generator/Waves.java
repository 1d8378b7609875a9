package dev.kindred.stimuli.generator;

import java.util.List;

/** Patterns of interfering waves, of any length, place and colour. */
final class Waves {
  private static final List<String> KINDS =
      List.of(
          "plane",
          "crossed",
          "hexagonal",
          "circular",
          "spiral",
          "radial",
          "chirped",
          "beating",
          "twin-source",
          "saddle");

  private Waves() {}

  static Recipe recipe() {
    return new Recipe(
        "waves",
        Recipe.STRUCTURED,
        "ten patterns of interfering waves, of any length and direction",
        KINDS,
        Waves::picture);
  }

  /** Brightness from −1 to 1. */
  private static double field(int kind, double x, double y, double number, double phase) {
    double radius = Math.hypot(x, y);
    double turn = StrictMath.atan2(y, x);
    return switch (kind) {
      case 0 -> StrictMath.sin(number * x + phase);
      case 1 -> 0.5 * (StrictMath.sin(number * x + phase) + StrictMath.sin(number * y - phase));
      case 2 ->
          (StrictMath.cos(number * x)
                  + StrictMath.cos(number * (0.5 * x + 0.866 * y) + phase)
                  + StrictMath.cos(number * (0.5 * x - 0.866 * y) - phase))
              / 2.2;
      case 3 -> StrictMath.sin(number * radius + phase);
      case 4 -> StrictMath.sin(number * radius + 2 * turn + phase);
      case 5 -> StrictMath.sin(Math.rint(0.75 * number) * turn + phase);
      case 6 -> StrictMath.sin(number * (0.55 * x + 0.35 * x * x + 0.2 * x * x * x) + phase);
      case 7 -> StrictMath.sin(number * x + phase) * StrictMath.cos(0.28 * number * x);
      case 8 ->
          0.5
              * (StrictMath.sin(number * Math.hypot(x - 0.6, y))
                  + StrictMath.sin(number * Math.hypot(x + 0.6, y) + phase));
      case 9 -> StrictMath.sin(0.6 * number * (x * x - y * y) + phase);
      default -> throw new AssertionError(kind);
    };
  }

  private static Picture picture(int label, Draw draw) {
    double number = draw.uniform(9, 17);
    double phase = draw.angle();
    double angle = draw.angle();
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    double cx = draw.uniform(-0.45, 0.45);
    double cy = draw.uniform(-0.45, 0.45);
    double hard = draw.uniform(0.6, 3);
    Rgb crest = Rgb.hsv(draw.uniform(), draw.uniform(0, 1), draw.uniform(0.6, 1));
    Rgb trough = Rgb.hsv(draw.uniform(), draw.uniform(0, 1), draw.uniform(0, 0.45));
    boolean inverted = draw.chance(0.5);
    double noise = draw.uniform(0, 0.12);
    long key = draw.key();
    Paint paint =
        (px, py, pixel, rgb) -> {
          double x = cos * (px - cx) + sin * (py - cy);
          double y = cos * (py - cy) - sin * (px - cx);
          double value = field(label, x, y, number, phase);
          double share = ValueNoise.clamp(0.5 + 0.5 * hard * (inverted ? -value : value), 0, 1);
          double speck =
              noise
                  * (ValueNoise.lattice(key, ValueNoise.floor(64 * px), ValueNoise.floor(64 * py))
                      - 0.5);
          rgb[0] = ValueNoise.mix(trough.red(), crest.red(), share) + speck;
          rgb[1] = ValueNoise.mix(trough.green(), crest.green(), share) + speck;
          rgb[2] = ValueNoise.mix(trough.blue(), crest.blue(), share) + speck;
        };
    return new Picture.Builder()
        .background(paint)
        .factor("pattern", KINDS.get(label))
        .factor("x", cx)
        .factor("y", cy)
        .factor("scale", 2 * Math.PI / number)
        .factor("rotation", StrictMath.toDegrees(angle))
        .build((number > 13 ? "short " : "long ") + KINDS.get(label) + " waves");
  }
}
