package dev.kindred.stimuli.generator;

import java.util.List;

/**
 * Solid bodies on a floor, found by sphere tracing (Hart 1996): the only pictures with a real third
 * dimension.
 */
final class Solids {
  private static final List<String> BODIES =
      List.of(
          "ball",
          "cube",
          "cylinder",
          "cone",
          "torus",
          "octahedron",
          "capsule",
          "bowl",
          "cross",
          "plate");

  private static final double FLOOR = 0.75;
  private static final int STEPS = 48;
  private static final double NEAR = 1e-3;
  private static final double FAR = 9;

  private Solids() {}

  static Recipe recipe() {
    return new Recipe(
        "solids",
        Recipe.MULTI_DOMAIN,
        "ten solid bodies in any position, of any pattern, under a lamp",
        BODIES,
        Solids::picture);
  }

  private static Picture picture(int label, Draw draw) {
    double scale = draw.uniform(0.45, 0.75);
    double yaw = draw.angle();
    double pitch = draw.uniform(-1.2, 1.2);
    Body body =
        new Body(
            label,
            draw.uniform(-0.45, 0.45),
            draw.uniform(-0.3, 0.3),
            scale,
            StrictMath.cos(yaw),
            StrictMath.sin(yaw),
            StrictMath.cos(pitch),
            StrictMath.sin(pitch));
    double azimuth = draw.angle();
    double[] lamp = unit(StrictMath.cos(azimuth), -draw.uniform(0.6, 1.6), StrictMath.sin(azimuth));
    Rgb colour = Rgb.hsv(draw.uniform(), draw.uniform(0.2, 1), draw.uniform(0.65, 1));
    Rgb other = Rgb.hsv(draw.uniform(), draw.uniform(0.2, 1), draw.uniform(0.2, 1));
    Rgb floor = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.5), draw.uniform(0.3, 0.9));
    Rgb air = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.5), draw.uniform(0.3, 1));
    String pattern = draw.pick(List.of("plain", "banded", "chequered"));
    double period = draw.uniform(0.35, 0.7);
    double ambient = draw.uniform(0.35, 0.6);
    Paint paint =
        (x, y, pixel, rgb) -> {
          double[] ray = unit(0.32 * x, 0.32 * y, 1);
          double[] at = {0.5 * x, 0.5 * y - 0.68, -2.2};
          // the camera looks down a little
          double dy = ray[1] * 0.95 + ray[2] * 0.3;
          double dz = ray[2] * 0.95 - ray[1] * 0.3;
          double travelled = body.trace(at[0], at[1], at[2], ray[0], dy, dz, FAR);
          double toFloor = dy > 0 ? (FLOOR - at[1]) / dy : FAR;
          if (travelled < Math.min(toFloor, FAR)) {
            double px = at[0] + travelled * ray[0];
            double py = at[1] + travelled * dy;
            double pz = at[2] + travelled * dz;
            double light = ambient + (1 - ambient) * Math.max(0, body.facing(px, py, pz, lamp));
            set(rgb, body.marked(pattern, period, px, py, pz) ? other : colour, light);
          } else if (toFloor < FAR) {
            double px = at[0] + toFloor * ray[0];
            double pz = at[2] + toFloor * dz;
            boolean shaded = body.trace(px, FLOOR - 0.02, pz, lamp[0], lamp[1], lamp[2], 4) < 4;
            double far = Math.min(1, toFloor / FAR);
            set(rgb, floor.mix(air, far), shaded ? ambient + 0.1 : 1);
          } else {
            set(rgb, air, 1 - 0.25 * (y + 1) / 2);
          }
        };
    return new Picture.Builder()
        .background(paint)
        .factor("shape", BODIES.get(label))
        .factor("pattern", pattern)
        .factor("scale", scale)
        .factor("rotation", StrictMath.toDegrees(yaw))
        .factor("light", StrictMath.toDegrees(azimuth))
        .build(Words.a(pattern) + " " + BODIES.get(label) + " on a floor");
  }

  private static double[] unit(double x, double y, double z) {
    double length = Math.sqrt(x * x + y * y + z * z);
    return new double[] {x / length, y / length, z / length};
  }

  private static void set(double[] rgb, Rgb colour, double light) {
    rgb[0] = colour.red() * light;
    rgb[1] = colour.green() * light;
    rgb[2] = colour.blue() * light;
  }

  /** A body in its pose: turned about the vertical axis, then about the one to the right. */
  private record Body(
      int kind,
      double cx,
      double cy,
      double scale,
      double cosY,
      double sinY,
      double cosP,
      double sinP) {

    /** Distance from a point, or less. */
    double distance(double px, double py, double pz) {
      double x0 = (px - cx) / scale;
      double y0 = (py - cy) / scale;
      double z0 = pz / scale;
      double x = cosY * x0 + sinY * z0;
      double z1 = cosY * z0 - sinY * x0;
      double y = cosP * y0 + sinP * z1;
      double z = cosP * z1 - sinP * y0;
      return scale * form(x, y, z);
    }

    private double form(double x, double y, double z) {
      double around = Math.hypot(x, z);
      return switch (kind) {
        case 0 -> Math.sqrt(around * around + y * y) - 0.85;
        case 1 -> block(x, y, z, 0.62, 0.62, 0.62);
        case 2 -> flat(around - 0.55, Math.abs(y) - 0.8);
        case 3 -> Math.max(0.86 * (around - 0.4 * (0.8 + y)), y - 0.8);
        case 4 -> Math.hypot(around - 0.66, y) - 0.26;
        case 5 -> 0.577 * (Math.abs(x) + Math.abs(y) + Math.abs(z) - 1);
        case 6 -> Math.sqrt(around * around + Math.pow(Math.max(0, Math.abs(y) - 0.55), 2)) - 0.36;
        case 7 -> Math.max(Math.abs(Math.sqrt(around * around + y * y) - 0.78) - 0.09, -y - 0.1);
        case 8 ->
            Math.min(
                block(x, y, z, 0.9, 0.26, 0.26),
                Math.min(block(x, y, z, 0.26, 0.9, 0.26), block(x, y, z, 0.26, 0.26, 0.9)));
        case 9 -> flat(around - 0.9, Math.abs(y) - 0.14);
        default -> throw new AssertionError(kind);
      };
    }

    private static double block(double x, double y, double z, double a, double b, double c) {
      double dx = Math.abs(x) - a;
      double dy = Math.abs(y) - b;
      double dz = Math.abs(z) - c;
      double ox = Math.max(dx, 0);
      double oy = Math.max(dy, 0);
      double oz = Math.max(dz, 0);
      return Math.sqrt(ox * ox + oy * oy + oz * oz) + Math.min(0, Math.max(dx, Math.max(dy, dz)));
    }

    private static double flat(double side, double end) {
      return Math.hypot(Math.max(side, 0), Math.max(end, 0)) + Math.min(0, Math.max(side, end));
    }

    /** How far a ray goes until it meets the body; {@code most} if it does not. */
    double trace(double px, double py, double pz, double dx, double dy, double dz, double most) {
      double travelled = 0;
      for (int step = 0; step < STEPS; step++) {
        double free = distance(px + travelled * dx, py + travelled * dy, pz + travelled * dz);
        if (free < NEAR) {
          return travelled;
        }
        travelled += free;
        if (travelled > most) {
          return most;
        }
      }
      return most;
    }

    /** Cosine between the surface's normal and the direction of the lamp. */
    double facing(double px, double py, double pz, double[] lamp) {
      double[] normal =
          unit(
              distance(px + NEAR, py, pz) - distance(px - NEAR, py, pz),
              distance(px, py + NEAR, pz) - distance(px, py - NEAR, pz),
              distance(px, py, pz + NEAR) - distance(px, py, pz - NEAR));
      return normal[0] * lamp[0] + normal[1] * lamp[1] + normal[2] * lamp[2];
    }

    boolean marked(String pattern, double period, double px, double py, double pz) {
      int bands = ValueNoise.floor((py - cy) / period + 0.5);
      return switch (pattern) {
        case "banded" -> (bands & 1) == 1;
        case "chequered" ->
            (bands + ValueNoise.floor((px - cx) / period + 0.5) + ValueNoise.floor(pz / period) & 1)
                == 1;
        default -> false;
      };
    }
  }
}
