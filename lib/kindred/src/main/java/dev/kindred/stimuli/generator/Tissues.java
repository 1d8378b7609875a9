package dev.kindred.stimuli.generator;

import java.util.List;

/** Stained tissue under a microscope: cells that fill the plane, each nearest to its centre. */
final class Tissues {
  private static final List<String> STATES =
      List.of("regular", "crowded", "striated", "glandular", "fatty", "inflamed", "necrotic");

  private Tissues() {}

  static Recipe recipe() {
    return new Recipe(
        "tissues",
        Recipe.SPECIALIZED,
        "seven states of tissue in any stain and direction",
        STATES,
        Tissues::picture);
  }

  /** A centre for every square of a lattice, moved by chance. */
  private record Centres(long key, double wander) {
    double x(int column, int row) {
      return column + 0.5 + wander * (ValueNoise.lattice(key, column, row) - 0.5);
    }

    double y(int column, int row) {
      return row + 0.5 + wander * (ValueNoise.lattice(key + 1, column, row) - 0.5);
    }

    double chance(int column, int row) {
      return ValueNoise.lattice(key + 2, column, row);
    }
  }

  private static Picture picture(int label, Draw draw) {
    String state = STATES.get(label);
    double pitch = draw.uniform(0.3, 0.42) * (state.equals("crowded") ? 0.62 : 1);
    double stretch = state.equals("striated") ? draw.uniform(2.4, 3.4) : draw.uniform(1, 1.25);
    double angle = draw.angle();
    double cos = StrictMath.cos(angle) / pitch;
    double sin = StrictMath.sin(angle) / pitch;
    double hue = draw.uniform(0.72, 0.98);
    Rgb body = Rgb.hsv(hue + draw.uniform(0, 0.08), draw.uniform(0.15, 0.45), draw.uniform(0.7, 1));
    Rgb nucleus =
        Rgb.hsv(hue - draw.uniform(0.05, 0.15), draw.uniform(0.4, 0.8), draw.uniform(0.2, 0.55));
    Rgb empty = Rgb.hsv(hue, draw.uniform(0, 0.08), draw.uniform(0.88, 1));
    double nuclear = draw.uniform(0.2, 0.3) * (state.equals("crowded") ? 1.35 : 1);
    double wall = draw.uniform(0.06, 0.12);
    double lumen = draw.uniform(0.9, 1.3);
    double dark = draw.uniform(0.75, 1);
    Centres centres = new Centres(draw.key(), state.equals("regular") ? 0.4 : 0.8);
    long blot = draw.key();
    double shiftX = draw.uniform(0, 50);
    double shiftY = draw.uniform(0, 50);
    Paint paint =
        (px, py, pixel, rgb) -> {
          double u = (cos * px + sin * py) / stretch + shiftX;
          double v = cos * py - sin * px + shiftY;
          int column = ValueNoise.floor(u);
          int row = ValueNoise.floor(v);
          double first = Double.POSITIVE_INFINITY;
          double second = Double.POSITIVE_INFINITY;
          double chance = 0;
          for (int r = row - 2; r <= row + 2; r++) {
            for (int c = column - 2; c <= column + 2; c++) {
              double away = Math.hypot(u - centres.x(c, r), v - centres.y(c, r));
              if (away < first) {
                second = first;
                first = away;
                chance = centres.chance(c, r);
              } else if (away < second) {
                second = away;
              }
            }
          }
          double soft = pixel / pitch;
          double size = nuclear * (0.8 + 0.5 * chance);
          Rgb colour = body.times(1 - 0.15 * chance);
          double clump = ValueNoise.fractal(blot, 0.45 * u, 0.45 * v, 2);
          switch (state) {
            case "fatty" -> {
              if (chance < 0.6) {
                colour = colour.mix(empty, edge(first - 0.52, soft));
                size = 0;
              }
            }
            case "glandular" -> {
              // lumens in a lattice four cells wide, nuclei around them
              double du = u / 4 - ValueNoise.floor(u / 4) - 0.5;
              double dv = v / 4 - ValueNoise.floor(v / 4) - 0.5;
              double within = 4 * Math.hypot(du, dv) - lumen;
              colour = colour.mix(empty, edge(within, soft));
              size = within > 0 && within < 0.95 ? size * 1.3 : 0;
            }
            case "inflamed" -> size = clump > 0.52 ? 0.46 : size * 0.8;
            case "necrotic" -> {
              colour = colour.mix(empty, ValueNoise.clamp(6 * (clump - 0.5), 0, 0.9));
              size = clump > 0.46 ? 0 : size;
            }
            default -> {
              // all cells are alike
            }
          }
          if (!state.equals("necrotic")) {
            colour = colour.mix(body.times(0.72), 0.7 * edge(second - first - wall, soft));
          }
          if (size > 0) {
            colour = colour.mix(nucleus, edge(first - size, soft));
          }
          double light = dark * (0.94 + 0.12 * ValueNoise.smooth(blot + 5, 4 * u, 4 * v));
          rgb[0] = light * colour.red();
          rgb[1] = light * colour.green();
          rgb[2] = light * colour.blue();
        };
    return new Picture.Builder()
        .background(paint)
        .factor("state", state)
        .factor("scale", pitch)
        .factor("rotation", StrictMath.toDegrees(angle))
        .build(state + " tissue in " + (dark > 0.88 ? "bright" : "dim") + " light");
  }

  private static double edge(double distance, double soft) {
    return ValueNoise.clamp(0.5 - distance / soft, 0, 1);
  }
}
