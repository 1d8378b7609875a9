package dev.kindred.stimuli.generator;

import java.util.List;

/** Rooms in perspective: every ray ends on one of six walls. */
final class Rooms {
  private static final List<String> KINDS =
      List.of(
          "bathroom", "library", "office", "gallery", "cellar", "nursery", "stable", "greenhouse");

  private Rooms() {}

  static Recipe recipe() {
    return new Recipe(
        "rooms",
        Recipe.MULTI_DOMAIN,
        "eight kinds of rooms by what is on their walls, from any place in them",
        KINDS,
        Rooms::picture);
  }

  /**
   * How dark the wall of a kind of room is at a place, from 0 to 1.
   *
   * @param u along the wall, in metres
   * @param v down from the ceiling, 0 to 2
   * @param chance a number for every place of a lattice
   */
  private static double wall(int kind, double u, double v, long chance) {
    return switch (kind) {
      case 0 -> Math.min(part(4 * u), part(4 * v)) < 0.14 ? 0.75 : 0;
      case 1 -> {
        int shelf = ValueNoise.floor(2.5 * v);
        boolean board = part(2.5 * v) > 0.84;
        yield board ? 0.9 : 0.15 + 0.6 * ValueNoise.lattice(chance, ValueNoise.floor(9 * u), shelf);
      }
      case 2 -> {
        boolean glass = part(0.8 * u) > 0.25 && v > 0.45 && v < 1.3;
        yield glass ? (part(6 * v) < 0.4 ? 0.1 : 0.55) : 0.3;
      }
      case 3 -> {
        double a = Math.abs(part(0.8 * u) - 0.5);
        double b = Math.abs(v - 0.9);
        boolean frame = a < 0.3 && b < 0.38;
        boolean canvas = a < 0.24 && b < 0.31;
        yield canvas ? ValueNoise.smooth(chance, 5 * u + 30, 5 * v + 30) : frame ? 0.95 : 0.05;
      }
      case 4 -> {
        int row = ValueNoise.floor(5 * v);
        double along = 2.5 * u + (row & 1) * 0.5;
        boolean joint = part(5 * v) < 0.16 || part(along) < 0.08;
        yield joint ? 0.15 : 0.5 + 0.4 * ValueNoise.lattice(chance, ValueNoise.floor(along), row);
      }
      case 5 -> {
        double a = part(2 * u) - 0.5;
        double b = part(2 * v) - 0.5;
        yield v > 1.35 ? (part(3 * u) < 0.5 ? 0.2 : 0.6) : a * a + b * b < 0.06 ? 0.7 : 0.1;
      }
      case 6 -> part(2.2 * u) < 0.12 ? 0.9 : 0.35 + 0.3 * ValueNoise.smooth(chance, 9 * u + 50, v);
      case 7 ->
          part(1.6 * u) < 0.1 || part(1.6 * v) < 0.1 ? 0.1 : 0.45 + 0.5 * leaves(u, v, chance);
      default -> throw new AssertionError(kind);
    };
  }

  private static double leaves(double u, double v, long key) {
    return ValueNoise.clamp(3 * ValueNoise.fractal(key, 4 * u + 40, 4 * v + 40, 2) - 1.1, 0, 1);
  }

  private static double part(double value) {
    return value - ValueNoise.floor(value);
  }

  private static Picture picture(int label, Draw draw) {
    double yaw = draw.uniform(-0.9, 0.9) + (draw.chance(0.5) ? 0 : Math.PI / 2);
    double pitch = draw.uniform(-0.2, 0.3);
    double cosY = StrictMath.cos(yaw);
    double sinY = StrictMath.sin(yaw);
    double cosP = StrictMath.cos(pitch);
    double sinP = StrictMath.sin(pitch);
    double halfWidth = draw.uniform(1.1, 1.9);
    double halfDepth = draw.uniform(1.4, 2.4);
    double ex = draw.uniform(-0.5, 0.5) * halfWidth;
    double ez = draw.uniform(-0.6, 0) * halfDepth;
    double lens = draw.uniform(0.8, 1.15);
    Rgb light = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.4), draw.uniform(0.7, 1));
    Rgb dark = Rgb.hsv(draw.uniform(), draw.uniform(0.1, 0.8), draw.uniform(0.1, 0.5));
    Rgb floor = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.6), draw.uniform(0.2, 0.8));
    Rgb ceiling = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.2), draw.uniform(0.5, 1));
    boolean boards = draw.chance(0.5);
    double lamp = draw.uniform(0.15, 0.5);
    double slide = draw.uniform(0, 3);
    long chance = draw.key();
    Paint sharp =
        (px, py, pixel, rgb) -> {
          double dx0 = lens * px;
          double dy0 = lens * py;
          double dy = cosP * dy0 + sinP;
          double dz0 = cosP - sinP * dy0;
          double dx = cosY * dx0 + sinY * dz0;
          double dz = cosY * dz0 - sinY * dx0;
          double tx = ((dx > 0 ? halfWidth : -halfWidth) - ex) / nonZero(dx);
          double tz = ((dz > 0 ? halfDepth : -halfDepth) - ez) / nonZero(dz);
          double ty = (dy > 0 ? 1.0 : -1.0) / nonZero(dy);
          double t = Math.min(tx, Math.min(ty, tz));
          double x = ex + t * dx;
          double z = ez + t * dz;
          Rgb colour;
          double shade = 1;
          if (t == ty) {
            double line = boards ? part(3 * x) : Math.min(part(2 * x), part(2 * z));
            colour = dy < 0 ? ceiling : line < 0.1 ? floor.times(0.7) : floor;
          } else {
            boolean side = t == tx;
            shade = side ? 0.8 : 1;
            colour = light.mix(dark, wall(label, (side ? z : x) + slide, 1 + t * dy, chance));
          }
          double fall = shade * (1 - lamp * Math.min(1, t / 4));
          rgb[0] = fall * colour.red();
          rgb[1] = fall * colour.green();
          rgb[2] = fall * colour.blue();
        };
    Paint paint =
        (x, y, pixel, rgb) -> {
          double[] part = new double[3];
          rgb[0] = rgb[1] = rgb[2] = 0;
          for (int i = 0; i < 4; i++) {
            sharp.at(x + (i % 2 - 0.5) * pixel / 2, y + (i / 2 - 0.5) * pixel / 2, pixel, part);
            for (int c = 0; c < 3; c++) {
              rgb[c] += part[c] / 4;
            }
          }
        };
    return new Picture.Builder()
        .background(paint)
        .factor("kind", KINDS.get(label))
        .factor("rotation", StrictMath.toDegrees(yaw))
        .factor("scale", 1 / halfDepth)
        .build(
            Words.a(KINDS.get(label))
                + (boards ? " with a floor of boards" : " with a tiled floor"));
  }

  private static double nonZero(double value) {
    return Math.abs(value) < 1e-9 ? 1e-9 : value;
  }
}
