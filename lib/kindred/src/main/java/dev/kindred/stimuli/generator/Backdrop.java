package dev.kindred.stimuli.generator;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Scenes that stand behind objects, or for themselves. */
enum Backdrop {
  BEACH {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      double horizon = draw.uniform(-0.45, 0.05);
      sky(picture, draw, horizon);
      picture.add(
          role,
          below(horizon),
          Paint.gradient(
              Rgb.hsv(draw.uniform(0.5, 0.6), draw.uniform(0.4, 0.8), draw.uniform(0.4, 0.8)),
              Rgb.hsv(draw.uniform(0.46, 0.54), draw.uniform(0.3, 0.6), draw.uniform(0.6, 0.9)),
              horizon,
              horizon + 0.6));
      double shore = horizon + draw.uniform(0.3, 0.6);
      Rgb sand = Rgb.hsv(draw.uniform(0.08, 0.14), draw.uniform(0.2, 0.5), draw.uniform(0.7, 0.95));
      picture.add(
          role,
          ridge(shore, draw.uniform(0.1, 0.35), draw.uniform(0.5, 1), draw.key()),
          Paint.textured(Texture.SPECKLED, sand, sand.times(0.75), 0.22, draw.angle(), draw.key()));
    }
  },
  SEA {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      double horizon = draw.uniform(-0.6, 0.1);
      sky(picture, draw, horizon);
      Rgb deep = Rgb.hsv(draw.uniform(0.48, 0.65), draw.uniform(0.4, 0.9), draw.uniform(0.2, 0.6));
      Rgb foam = deep.mix(Rgb.WHITE, draw.uniform(0.2, 0.5));
      picture.add(
          role,
          ridge(horizon, 0.06, 4, draw.key()),
          Paint.textured(
              Texture.WAVY,
              deep,
              foam,
              draw.uniform(0.22, 0.4),
              Math.PI / 2 + draw.uniform(-0.15, 0.15),
              draw.key()));
    }
  },
  FOREST {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      double hue = draw.uniform(0.18, 0.42);
      Rgb dark = Rgb.hsv(hue, draw.uniform(0.3, 0.7), draw.uniform(0.1, 0.3));
      Rgb light = Rgb.hsv(hue, draw.uniform(0.2, 0.6), draw.uniform(0.35, 0.75));
      picture.background(Paint.clouds(light, dark, draw.uniform(0.2, 0.5), draw.key()));
      int trunks = draw.between(6, 12);
      for (int i = 0; i < trunks; i++) {
        double x = -1.5 + 3 * (i + draw.uniform()) / trunks;
        double width = draw.uniform(0.04, 0.13);
        double lean = draw.uniform(-0.12, 0.12);
        Rgb bark =
            Rgb.hsv(draw.uniform(0.04, 0.12), draw.uniform(0.1, 0.5), draw.uniform(0.15, 0.6));
        picture.add(
            role,
            Outline.polygon(
                x - width, 1.7, x - width + lean, -1.7, x + width + lean, -1.7, x + width, 1.7),
            Paint.gradient(bark, bark.times(0.6), -1, 1));
      }
    }
  },
  MOUNTAINS {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      sky(picture, draw, 0.4);
      double hue = draw.uniform(0.5, 0.75);
      for (int range = 0; range < 2; range++) {
        double base = -0.1 + 0.45 * range + draw.uniform(-0.1, 0.1);
        Rgb rock =
            Rgb.hsv(hue, draw.uniform(0.1, 0.4), draw.uniform(0.3, 0.75) * (1 - 0.35 * range));
        double[] corners = new double[2 * 9];
        corners[0] = -1.8;
        corners[1] = 1.8;
        for (int peak = 0; peak < 7; peak++) {
          corners[2 * peak + 2] = -1.8 + 3.6 * (peak + draw.uniform(-0.3, 0.3)) / 6;
          corners[2 * peak + 3] =
              base + (peak % 2 == range % 2 ? 0.25 : -0.45) * draw.uniform(0.6, 1.3);
        }
        corners[16] = 1.8;
        corners[17] = 1.8;
        picture.add(
            role,
            Outline.polygon(corners),
            Paint.gradient(
                rock.mix(Rgb.WHITE, draw.uniform(0.1, 0.8)), rock, base - 0.5, base + 0.1));
      }
    }
  },
  DESERT {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      sky(picture, draw, 0);
      double hue = draw.uniform(0.03, 0.13);
      for (int dune = 0; dune < 3; dune++) {
        double top = -0.3 + 0.4 * dune + draw.uniform(-0.12, 0.12);
        Rgb sand =
            Rgb.hsv(hue, draw.uniform(0.3, 0.7), draw.uniform(0.55, 0.95) * (1 - 0.1 * dune));
        picture.add(
            role,
            ridge(top, draw.uniform(0.3, 0.5), draw.uniform(0.5, 0.9), draw.key()),
            Paint.gradient(sand, sand.times(0.65), top - 0.2, top + 0.6));
      }
    }
  },
  MEADOW {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      double horizon = draw.uniform(-0.6, 0);
      sky(picture, draw, horizon);
      Rgb grass = Rgb.hsv(draw.uniform(0.17, 0.38), draw.uniform(0.4, 0.8), draw.uniform(0.4, 0.8));
      picture.add(
          role,
          ridge(horizon, 0.25, 0.8, draw.key()),
          Paint.clouds(grass, grass.times(0.7), draw.uniform(0.1, 0.25), draw.key()));
      int flowers = draw.between(8, 18);
      Rgb petal = draw.pick(Hue.values()).shade(draw);
      for (int i = 0; i < flowers; i++) {
        double y = draw.uniform(horizon + 0.2, 1);
        double x = draw.uniform(-1, 1);
        double radius = 0.045 + 0.05 * (y - horizon);
        picture.add(role, Outline.disc(x, y, radius), Paint.plain(petal), x, y, 2 * radius);
      }
    }
  },
  SNOW {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      sky(picture, draw, 0.3);
      for (int hill = 0; hill < 2; hill++) {
        double top = -0.1 + 0.4 * hill + draw.uniform(-0.2, 0.15);
        Rgb white =
            Rgb.hsv(draw.uniform(0.52, 0.66), draw.uniform(0.02, 0.2), draw.uniform(0.8, 1));
        picture.add(
            role,
            ridge(top, 0.3, 0.7, draw.key()),
            Paint.gradient(white, white.times(0.8), top, top + 0.9));
        for (int i = draw.between(1, 3); i > 0; i--) {
          double scale = draw.uniform(0.16, 0.3) * (1 + 0.5 * hill);
          Pose pose = new Pose(draw.uniform(-1, 1), top - 0.3 * scale, scale, 0, false);
          Rgb needles =
              Rgb.hsv(draw.uniform(0.3, 0.5), draw.uniform(0.2, 0.6), draw.uniform(0.15, 0.4));
          picture.add(
              role,
              pose.place(ObjectShape.PINE.outline()),
              Paint.gradient(needles.mix(Rgb.WHITE, 0.6), needles, top - 1.3 * scale, top),
              pose.x(),
              pose.y(),
              pose.reach());
        }
      }
      int flakes = draw.between(0, 22);
      for (int i = 0; i < flakes; i++) {
        double x = draw.uniform(-1, 1);
        double y = draw.uniform(-1, 1);
        picture.shade(Outline.disc(x, y, 0.03), Paint.plain(Rgb.WHITE), 0.9, 0.02, x, y, 0.06);
      }
    }
  },
  CITY {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      sky(picture, draw, 0.6);
      for (int row = 0; row < 2; row++) {
        double x = -1.6;
        while (x < 1.6) {
          double width = draw.uniform(0.25, 0.5);
          double top = draw.uniform(-0.7, 0.2) + 0.45 * row;
          Rgb wall = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.3), draw.uniform(0.2, 0.75));
          Rgb window = draw.chance(0.5) ? wall.times(0.45) : new Rgb(1, 0.9, 0.5);
          picture.add(
              role,
              Outline.box(x, top, x + width, 1.8),
              Paint.textured(
                  Texture.CHECKED, wall, window, draw.uniform(0.18, 0.3), 0, draw.key()));
          x += width + draw.uniform(0, 0.08);
        }
      }
    }
  },
  VILLAGE {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      double horizon = draw.uniform(-0.2, 0.3);
      sky(picture, draw, horizon);
      Rgb grass = Rgb.hsv(draw.uniform(0.12, 0.36), draw.uniform(0.3, 0.7), draw.uniform(0.4, 0.8));
      picture.add(role, ridge(horizon, 0.2, 0.9, draw.key()), Paint.plain(grass));
      int houses = draw.between(3, 5);
      for (int i = 0; i < houses; i++) {
        double scale = draw.uniform(0.18, 0.34) * (0.7 + 0.3 * i);
        double x = draw.uniform(-1, 1);
        double y = horizon + 0.18 * i;
        Pose pose = new Pose(x, y, scale, 0, draw.chance(0.5));
        Rgb wall = Rgb.hsv(draw.uniform(0, 0.2), draw.uniform(0.05, 0.5), draw.uniform(0.6, 1));
        Rgb roof =
            Rgb.hsv(draw.uniform(-0.03, 0.08), draw.uniform(0.3, 0.9), draw.uniform(0.3, 0.75));
        double eaves = y - 0.1 * scale;
        picture.add(
            role,
            pose.place(ObjectShape.HOUSE.outline()),
            Paint.gradient(roof, wall, eaves - 0.001, eaves + 0.001),
            x,
            y,
            pose.reach());
        picture.add(
            role,
            pose.place(ObjectShape.HOUSE.details()),
            Paint.plain(wall.times(0.35)),
            x,
            y,
            pose.reach());
      }
    }
  },
  ROOM {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      double skirting = draw.uniform(0.1, 0.6);
      Rgb wall = Rgb.hsv(draw.uniform(), draw.uniform(0.05, 0.45), draw.uniform(0.55, 0.95));
      picture.background(
          Paint.textured(
              draw.chance(0.5) ? Texture.STRIPED : Texture.PLAIN,
              wall,
              wall.times(0.9),
              draw.uniform(0.25, 0.5),
              0,
              draw.key()));
      Rgb floor = Rgb.hsv(draw.uniform(0.03, 0.1), draw.uniform(0.2, 0.6), draw.uniform(0.3, 0.7));
      picture.add(
          role,
          below(skirting),
          Paint.textured(
              Texture.BRICKED, floor, floor.times(0.7), draw.uniform(0.4, 0.7), 0, draw.key()));
      double x = draw.uniform(-0.6, 0.6);
      double y = draw.uniform(-0.5, -0.3);
      double w = draw.uniform(0.25, 0.4);
      double h = draw.uniform(0.25, 0.4);
      picture.add(
          role, Outline.box(x - w, y - h, x + w, y + h).grown(0.06), Paint.plain(Rgb.grey(0.95)));
      Rgb view = Rgb.hsv(draw.uniform(0.5, 0.62), draw.uniform(0.1, 0.6), draw.uniform(0.3, 1));
      picture.add(
          role,
          Outline.box(x - w, y - h, x - 0.04, y + h).or(Outline.box(x + 0.04, y - h, x + w, y + h)),
          Paint.plain(view));
    }
  },
  NIGHT {
    @Override
    void compose(Picture.Builder picture, Draw draw, Role role) {
      Rgb zenith =
          Rgb.hsv(draw.uniform(0.6, 0.75), draw.uniform(0.4, 0.9), draw.uniform(0.05, 0.2));
      picture.background(Paint.gradient(zenith, zenith.mix(Rgb.WHITE, 0.15), -1, 1));
      int stars = draw.between(8, 25);
      for (int i = 0; i < stars; i++) {
        double x = draw.uniform(-1, 1);
        double y = draw.uniform(-1, 1);
        double radius = draw.uniform(0.01, 0.04);
        picture.add(role, Outline.disc(x, y, radius), Paint.plain(new Rgb(1, 1, 0.85)), x, y, 0.1);
      }
      double x = draw.uniform(-0.8, 0.8);
      double y = draw.uniform(-0.8, -0.3);
      picture.add(
          role,
          Outline.disc(x, y, draw.uniform(0.12, 0.22)),
          Paint.plain(new Rgb(0.97, 0.95, 0.8)),
          x,
          y,
          0.3);
    }
  };

  /** The ten of the data set {@code scenes}. */
  static final List<Backdrop> SCENES = List.of(Arrays.copyOf(values(), 10));

  /**
   * Adds the scene to an empty picture.
   *
   * @param role role of the scene's parts: {@link Role#SCENERY}, or {@link Role#FIGURE} where the
   *     picture is of the scene
   */
  abstract void compose(Picture.Builder picture, Draw draw, Role role);

  /** Its name in captions. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Everything below a straight horizon. */
  private static Outline below(double level) {
    return (x, y) -> level - y;
  }

  /** Everything below a rolling line. */
  private static Outline ridge(double level, double height, double frequency, long key) {
    return (x, y) ->
        0.8 * (level + height * (0.5 - ValueNoise.smooth(key, frequency * (x + 3), 0.5)) - y);
  }

  private static void sky(Picture.Builder picture, Draw draw, double horizon) {
    double hour = draw.uniform();
    Rgb zenith;
    Rgb low;
    if (hour < 0.5) {
      zenith = Rgb.hsv(draw.uniform(0.53, 0.63), draw.uniform(0.3, 0.8), draw.uniform(0.6, 0.95));
      low = zenith.mix(Rgb.WHITE, draw.uniform(0.3, 0.8));
    } else if (hour < 0.7) {
      zenith = Rgb.hsv(draw.uniform(0.6, 0.8), draw.uniform(0.3, 0.6), draw.uniform(0.3, 0.6));
      low = Rgb.hsv(draw.uniform(-0.02, 0.1), draw.uniform(0.4, 0.8), draw.uniform(0.8, 1));
    } else if (hour < 0.85) {
      zenith = Rgb.grey(draw.uniform(0.5, 0.85));
      low = Rgb.grey(draw.uniform(0.6, 0.95));
    } else {
      zenith = Rgb.hsv(draw.uniform(0.58, 0.7), draw.uniform(0.4, 0.8), draw.uniform(0.08, 0.25));
      low = zenith.mix(Rgb.WHITE, draw.uniform(0.05, 0.25));
    }
    Paint air = Paint.gradient(zenith, low, -1, horizon);
    if (draw.chance(0.4)) {
      Rgb cloud = low.mix(Rgb.WHITE, 0.6);
      double grain = draw.uniform(0.4, 0.8);
      long key = draw.key();
      Paint clear = air;
      air =
          (x, y, pixel, rgb) -> {
            clear.at(x, y, pixel, rgb);
            double share =
                ValueNoise.clamp(
                    3 * ValueNoise.fractal(key, x / grain, 2 * y / grain, 2) - 1.4, 0, 0.8);
            rgb[0] += share * (cloud.red() - rgb[0]);
            rgb[1] += share * (cloud.green() - rgb[1]);
            rgb[2] += share * (cloud.blue() - rgb[2]);
          };
    }
    picture.background(air);
  }
}
