package dev.kindred.stimuli.generator;

import static dev.kindred.stimuli.generator.Outline.box;
import static dev.kindred.stimuli.generator.Outline.disc;
import static dev.kindred.stimuli.generator.Outline.stroke;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Specialised: pictures like those under a microscope, from an aeroplane, of an eye. */
final class SpecializedRecipes {
  private static final List<String> GRADES =
      List.of("healthy", "mild", "moderate", "severe", "proliferative");

  private SpecializedRecipes() {}

  static List<Recipe> all() {
    return List.of(
        new Recipe(
            "cells",
            Recipe.SPECIALIZED,
            "eight kinds of blood cells by nucleus, granules and size, in any stain",
            Arrays.stream(Cell.values()).map(Cell::word).toList(),
            SpecializedRecipes::cell,
            /* revision= */ 3),
        new Recipe(
            "aerial",
            Recipe.SPECIALIZED,
            "ten kinds of land from above, in any season and direction",
            Arrays.stream(Land.values()).map(Land::word).toList(),
            SpecializedRecipes::aerial),
        new Recipe(
            "retina",
            Recipe.SPECIALIZED,
            "five grades of a disease of the eye by number and kind of its marks",
            GRADES,
            SpecializedRecipes::retina));
  }

  private enum Cell {
    NEUTROPHIL,
    EOSINOPHIL,
    BASOPHIL,
    LYMPHOCYTE,
    MONOCYTE,
    ERYTHROBLAST,
    PLATELETS,
    BLAST;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A disc with a wavering edge. */
  private static Outline blob(double cx, double cy, double radius, double waver, long key) {
    return (x, y) -> {
      double dx = x - cx;
      double dy = y - cy;
      double bump = 2 * ValueNoise.smooth(key, 1.7 * dx / radius + 9, 1.7 * dy / radius + 9) - 1;
      return Math.sqrt(dx * dx + dy * dy) - radius * (1 + waver * bump);
    };
  }

  private static void addBlob(
      Picture.Builder picture,
      Role role,
      double cx,
      double cy,
      double radius,
      double waver,
      Paint paint,
      Draw draw) {
    picture.add(
        role, blob(cx, cy, radius, waver, draw.key()), paint, cx, cy, radius * (1.1 + waver));
  }

  private static Picture cell(int label, Draw draw) {
    Cell kind = Cell.values()[label];
    double stain = draw.uniform(-0.07, 0.07);
    Rgb plasma = Rgb.hsv(0.93 + 2 * stain, draw.uniform(0.02, 0.15), draw.uniform(0.85, 0.98));
    Rgb red = Rgb.hsv(0.97 + stain, draw.uniform(0.25, 0.5), draw.uniform(0.7, 0.9));
    Rgb body = Rgb.hsv(0.8 + stain, draw.uniform(0.1, 0.35), draw.uniform(0.7, 0.95));
    Rgb dark = Rgb.hsv(0.75 + stain, draw.uniform(0.5, 0.8), draw.uniform(0.3, 0.6));
    Rgb granule = Rgb.hsv(0.98 + stain, draw.uniform(0.5, 0.75), draw.uniform(0.7, 0.95));
    double cx = draw.uniform(-0.3, 0.3);
    double cy = draw.uniform(-0.3, 0.3);
    double turn = draw.angle();
    double size = draw.uniform(0.36, 0.6) * (kind == Cell.ERYTHROBLAST ? 0.75 : 1);
    Picture.Builder picture = new Picture.Builder();
    picture.background(Paint.clouds(plasma, plasma.times(0.93), 0.5, draw.key()));
    int clutter = draw.between(4, 12);
    for (int i = 0; i < clutter; i++) {
      double x = draw.uniform(-1.1, 1.1);
      double y = draw.uniform(-1.1, 1.1);
      double radius = draw.uniform(0.26, 0.36);
      addBlob(picture, Role.CLUTTER, x, y, radius, 0.12, Paint.plain(red), draw);
      picture.shade(
          disc(x, y, radius * 0.3), Paint.plain(red.mix(plasma, 0.8)), 0.8, 0.12, x, y, radius);
    }
    Paint cytoplasm = Paint.clouds(body, body.mix(plasma, 0.5), 0.2, draw.key());
    Paint nucleus = Paint.clouds(dark, dark.times(0.7), 0.2, draw.key());
    double ux = StrictMath.cos(turn);
    double uy = StrictMath.sin(turn);
    if (kind != Cell.PLATELETS) {
      addBlob(picture, Role.FIGURE, cx, cy, size, 0.14, cytoplasm, draw);
    }
    switch (kind) {
      case NEUTROPHIL -> {
        int lobes = draw.between(3, 4);
        for (int i = 0; i < lobes; i++) {
          double angle = turn + (i - (lobes - 1) / 2.0) * 1.25;
          addBlob(
              picture,
              Role.DETAIL,
              cx + 0.5 * size * StrictMath.cos(angle),
              cy + 0.5 * size * StrictMath.sin(angle),
              size * draw.uniform(0.25, 0.31),
              0.2,
              nucleus,
              draw);
        }
      }
      case EOSINOPHIL -> {
        granules(picture, cx, cy, size, 26, granule, draw);
        for (int side = -1; side <= 1; side += 2) {
          addBlob(
              picture,
              Role.DETAIL,
              cx + side * 0.42 * size * ux,
              cy + side * 0.42 * size * uy,
              size * draw.uniform(0.36, 0.42),
              0.15,
              nucleus,
              draw);
        }
      }
      case BASOPHIL -> {
        addBlob(picture, Role.DETAIL, cx, cy, 0.6 * size, 0.3, nucleus, draw);
        granules(picture, cx, cy, size, 34, dark.times(0.6), draw);
      }
      case LYMPHOCYTE ->
          addBlob(
              picture,
              Role.DETAIL,
              cx + 0.08 * size * ux,
              cy + 0.08 * size * uy,
              0.86 * size,
              0.08,
              nucleus,
              draw);
      case MONOCYTE -> {
        Outline kidney =
            blob(cx - 0.05 * ux, cy - 0.05 * uy, 0.75 * size, 0.15, draw.key())
                .minus(
                    blob(cx + 0.6 * size * ux, cy + 0.6 * size * uy, 0.5 * size, 0.2, draw.key()));
        picture.add(Role.DETAIL, kidney, nucleus, cx, cy, size);
      }
      case ERYTHROBLAST -> addBlob(picture, Role.DETAIL, cx, cy, 0.5 * size, 0.06, nucleus, draw);
      case PLATELETS -> {
        int grains = draw.between(6, 11);
        for (int i = 0; i < grains; i++) {
          addBlob(
              picture,
              Role.FIGURE,
              cx + draw.uniform(-0.6, 0.6),
              cy + draw.uniform(-0.6, 0.6),
              draw.uniform(0.08, 0.14),
              0.3,
              nucleus,
              draw);
        }
      }
      case BLAST -> {
        addBlob(picture, Role.DETAIL, cx, cy, 0.84 * size, 0.12, nucleus, draw);
        for (int i = draw.between(2, 3); i > 0; i--) {
          double angle = draw.angle();
          addBlob(
              picture,
              Role.DETAIL,
              cx + 0.4 * size * StrictMath.cos(angle),
              cy + 0.4 * size * StrictMath.sin(angle),
              0.19 * size,
              0.1,
              Paint.plain(body.mix(plasma, 0.3)),
              draw);
        }
      }
      default -> throw new AssertionError(kind);
    }
    picture
        .factor("shape", kind.word())
        .factor("x", cx)
        .factor("y", cy)
        .factor("scale", size)
        .factor("rotation", StrictMath.toDegrees(turn))
        .factor("stain", stain)
        .factor("clutter", clutter)
        .light(Light.from(draw.angle(), draw));
    return picture.build(
        (kind == Cell.PLATELETS ? kind.word() : Words.a(kind.word()))
            + " among "
            + (clutter < 5 ? "few" : "many")
            + " red cells in "
            + (stain < 0 ? "bluish" : "reddish")
            + " stain");
  }

  private static void granules(
      Picture.Builder picture,
      double cx,
      double cy,
      double size,
      int count,
      Rgb colour,
      Draw draw) {
    for (int i = 0; i < count; i++) {
      double angle = draw.angle();
      double distance = 0.9 * size * Math.sqrt(draw.uniform());
      double x = cx + distance * StrictMath.cos(angle);
      double y = cy + distance * StrictMath.sin(angle);
      picture.add(Role.DETAIL, disc(x, y, 0.06), Paint.plain(colour), x, y, 0.06);
    }
  }

  private enum Land {
    FARMLAND,
    ORCHARD,
    HOUSES,
    HIGHWAY,
    RIVER,
    WOODLAND,
    PARKING,
    PIVOTS,
    HARBOUR,
    TANKS;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static Rgb land(Draw draw) {
    return Rgb.hsv(draw.uniform(0.06, 0.42), draw.uniform(0.1, 0.6), draw.uniform(0.25, 0.75));
  }

  private static Rgb paved(Draw draw) {
    return Rgb.hsv(draw.uniform(), draw.uniform(0, 0.12), draw.uniform(0.3, 0.75));
  }

  private static Rgb vivid(Draw draw) {
    return Rgb.hsv(draw.uniform(), draw.uniform(0, 0.8), draw.uniform(0.2, 1));
  }

  private static Picture aerial(int label, Draw draw) {
    Land kind = Land.values()[label];
    double turn = draw.angle();
    double scale = draw.uniform(0.8, 1.25);
    Rgb ground = draw.chance(0.6) ? land(draw) : paved(draw);
    Rgb other = land(draw);
    // the scene is laid out in its own frame, then turned, scaled and moved as a whole
    Pose frame =
        new Pose(draw.uniform(-0.3, 0.3), draw.uniform(-0.3, 0.3), scale, turn, draw.chance(0.5));
    Picture.Builder picture = new Picture.Builder();
    picture.background(
        Paint.clouds(
            ground, ground.mix(other, draw.uniform(0.2, 0.6)), draw.uniform(0.2, 0.9), draw.key()));
    switch (kind) {
      case FARMLAND -> farmland(picture, frame, draw);
      case ORCHARD -> orchard(picture, frame, draw);
      case HOUSES -> houses(picture, frame, draw);
      case HIGHWAY -> highway(picture, frame, draw);
      case RIVER -> river(picture, frame, ground, draw);
      case WOODLAND -> woodland(picture, frame, draw);
      case PARKING -> parking(picture, frame, draw);
      case PIVOTS -> pivots(picture, frame, draw);
      case HARBOUR -> harbour(picture, frame, draw);
      case TANKS -> tanks(picture, frame, draw);
      default -> throw new AssertionError(kind);
    }
    picture
        .factor("shape", kind.word())
        .factor("scale", scale)
        .factor("rotation", StrictMath.toDegrees(turn))
        .light(Light.from(draw.angle(), draw));
    return picture.build(kind.word() + " seen from " + (scale < 1 ? "high" : "low") + " above");
  }

  private static void whole(Picture.Builder picture, Pose frame, Outline outline, Paint paint) {
    picture.add(Role.FIGURE, frame.place(outline), paint);
  }

  /** A part whose extent is known, so that only its surroundings are painted. */
  private static void part(
      Picture.Builder picture,
      Pose frame,
      Outline outline,
      double x,
      double y,
      double reach,
      Paint paint) {
    double cos = StrictMath.cos(frame.rotation());
    double sin = StrictMath.sin(frame.rotation());
    double u = frame.mirrored() ? -x : x;
    picture.add(
        Role.FIGURE,
        frame.place(outline),
        paint,
        frame.x() + frame.scale() * (cos * u - sin * y),
        frame.y() + frame.scale() * (sin * u + cos * y),
        frame.scale() * reach);
  }

  private static void farmland(Picture.Builder picture, Pose frame, Draw draw) {
    double x = -2;
    while (x < 2) {
      double width = draw.uniform(0.5, 0.95);
      double split = draw.uniform(-0.5, 0.5);
      for (int half = 0; half < 2; half++) {
        Rgb crop = land(draw);
        whole(
            picture,
            frame,
            half == 0
                ? box(x, -2.5, x + width - 0.06, split - 0.03)
                : box(x, split + 0.03, x + width - 0.06, 2.5),
            Paint.textured(
                draw.chance(0.7) ? Texture.STRIPED : Texture.PLAIN,
                crop,
                crop.times(0.75),
                draw.uniform(0.2, 0.3),
                frame.rotation() + (draw.chance(0.5) ? 0 : Math.PI / 2),
                draw.key()));
      }
      x += width;
    }
  }

  private static void orchard(Picture.Builder picture, Pose frame, Draw draw) {
    double pitch = draw.uniform(0.3, 0.42);
    double radius = pitch * draw.uniform(0.28, 0.38);
    Rgb crown = Rgb.hsv(draw.uniform(0.15, 0.42), draw.uniform(0.3, 0.7), draw.uniform(0.15, 0.5));
    whole(
        picture,
        frame,
        (x, y) -> {
          double u = x / pitch - ValueNoise.floor(x / pitch) - 0.5;
          double v = y / pitch - ValueNoise.floor(y / pitch) - 0.5;
          return pitch * Math.sqrt(u * u + v * v) - radius;
        },
        Paint.clouds(crown, crown.times(0.7), 0.1, draw.key()));
  }

  private static void houses(Picture.Builder picture, Pose frame, Draw draw) {
    Rgb road = paved(draw);
    double street = draw.uniform(-0.2, 0.2);
    whole(picture, frame, box(-3, street - 0.1, 3, street + 0.1), Paint.plain(road));
    if (draw.chance(0.6)) {
      double side = draw.uniform(-0.5, 0.5);
      whole(picture, frame, box(side - 0.09, -3, side + 0.09, 3), Paint.plain(road));
    }
    for (int row = -2; row <= 1; row++) {
      double y = street + 0.34 + 0.62 * row + (row < 0 ? -0.06 : 0);
      for (double x = -1.5; x < 1.5; x += draw.uniform(0.42, 0.6)) {
        if (draw.chance(0.85)) {
          double w = draw.uniform(0.12, 0.18);
          double h = draw.uniform(0.11, 0.16);
          Rgb roof =
              Rgb.hsv(draw.uniform(-0.05, 0.1), draw.uniform(0.05, 0.8), draw.uniform(0.3, 0.9));
          double cy = y + draw.uniform(-0.04, 0.04);
          part(picture, frame, box(x - w, cy - h, x + w, cy), x, cy, 0.4, Paint.plain(roof));
          part(
              picture,
              frame,
              box(x - w, cy, x + w, cy + h),
              x,
              cy,
              0.4,
              Paint.plain(roof.times(0.65)));
        }
      }
    }
  }

  private static void highway(Picture.Builder picture, Pose frame, Draw draw) {
    double half = draw.uniform(0.22, 0.34);
    Rgb asphalt = paved(draw);
    whole(picture, frame, box(-3, -half, 3, half), Paint.plain(asphalt));
    Rgb line = Rgb.grey(asphalt.luminance() > 0.55 ? 0.95 : 0.9);
    whole(picture, frame, box(-3, -0.025, 3, 0.025), Paint.plain(line));
    int cars = draw.between(2, 6);
    for (int i = 0; i < cars; i++) {
      double x = draw.uniform(-1.2, 1.2);
      double y = (draw.chance(0.5) ? -1 : 1) * half * 0.55;
      part(
          picture,
          frame,
          box(x - 0.11, y - 0.055, x + 0.11, y + 0.055),
          x,
          y,
          0.2,
          Paint.plain(vivid(draw)));
    }
  }

  private static void river(Picture.Builder picture, Pose frame, Rgb ground, Draw draw) {
    double half = draw.uniform(0.14, 0.3);
    double swing = draw.uniform(1.2, 2);
    double bends = draw.uniform(1.2, 1.8);
    long key = draw.key();
    double hue = draw.uniform(0.1, 0.62);
    double saturation = draw.uniform(0.15, 0.6);
    // clearly darker or lighter than the land
    double value = draw.uniform(0.15, 0.3) + (ground.luminance() < 0.38 ? 0.4 : 0);
    Rgb water = Rgb.hsv(hue, saturation, value);
    whole(
        picture,
        frame,
        (x, y) ->
            0.55
                * (Math.abs(y - swing * (ValueNoise.smooth(key, bends * x + 8, 0.5) - 0.5)) - half),
        Paint.clouds(water, water.times(0.85), 0.5, draw.key()));
  }

  private static void woodland(Picture.Builder picture, Pose frame, Draw draw) {
    double pitch = draw.uniform(0.26, 0.4);
    double fullness = draw.uniform(0.45, 0.62);
    long key = draw.key();
    Rgb crown = Rgb.hsv(draw.uniform(0.08, 0.42), draw.uniform(0.3, 0.7), draw.uniform(0.15, 0.6));
    whole(
        picture,
        frame,
        (x, y) -> {
          double u = x / pitch;
          double v = y / pitch;
          double nearest = 9;
          for (int row = ValueNoise.floor(v) - 1; row <= ValueNoise.floor(v) + 1; row++) {
            for (int column = ValueNoise.floor(u) - 1;
                column <= ValueNoise.floor(u) + 1;
                column++) {
              double dx = column + ValueNoise.lattice(key, column, row) - u;
              double dy = row + ValueNoise.lattice(key + 1, column, row) - v;
              double radius = fullness * (0.6 + 0.5 * ValueNoise.lattice(key + 2, column, row));
              nearest = Math.min(nearest, Math.sqrt(dx * dx + dy * dy) - radius);
            }
          }
          return pitch * nearest;
        },
        Paint.clouds(crown, crown.times(0.55), 0.16, draw.key()));
  }

  private static void parking(Picture.Builder picture, Pose frame, Draw draw) {
    Rgb asphalt = paved(draw);
    double w = draw.uniform(0.5, 0.75);
    double h = draw.uniform(0.7, 0.95);
    whole(picture, frame, box(-w, -h, w, h), Paint.plain(asphalt));
    double fullness = draw.uniform(0.55, 0.95);
    for (double x = -w + 0.16; x < w - 0.1; x += 0.36) {
      for (double y = -h + 0.1; y < h - 0.05; y += 0.17) {
        if (draw.chance(fullness)) {
          part(
              picture,
              frame,
              box(x - 0.11, y - 0.055, x + 0.11, y + 0.055),
              x,
              y,
              0.2,
              Paint.plain(vivid(draw)));
        }
      }
    }
  }

  private static void pivots(Picture.Builder picture, Pose frame, Draw draw) {
    double pitch = draw.uniform(0.75, 1.1);
    double radius = pitch * draw.uniform(0.42, 0.48);
    for (double x = -1.5 * pitch; x < 1.6 * pitch; x += pitch) {
      for (double y = -1.5 * pitch; y < 1.6 * pitch; y += pitch) {
        Rgb crop = land(draw);
        part(picture, frame, disc(x, y, radius), x, y, radius + 0.1, Paint.plain(crop));
        double angle = draw.angle();
        double reach = 2 * radius;
        part(
            picture,
            frame,
            disc(x, y, radius)
                .and(
                    Outline.polygon(
                        x,
                        y,
                        x + reach * StrictMath.cos(angle),
                        y + reach * StrictMath.sin(angle),
                        x + reach * StrictMath.cos(angle + 1.3),
                        y + reach * StrictMath.sin(angle + 1.3))),
            x,
            y,
            radius + 0.1,
            Paint.plain(crop.times(0.7)));
      }
    }
  }

  private static void harbour(Picture.Builder picture, Pose frame, Draw draw) {
    double shore = draw.uniform(-0.7, -0.2);
    Rgb water = Rgb.hsv(draw.uniform(0.25, 0.65), draw.uniform(0.2, 0.6), draw.uniform(0.2, 0.55));
    whole(
        picture,
        frame,
        (x, y) -> shore - y,
        Paint.clouds(water, water.times(0.85), 0.4, draw.key()));
    Rgb pier = paved(draw).mix(Rgb.WHITE, 0.2);
    double pitch = draw.uniform(0.5, 0.7);
    double length = draw.uniform(0.7, 1.2);
    for (double x = -1.5; x < 1.5; x += pitch) {
      part(
          picture,
          frame,
          box(x - 0.04, shore - 0.05, x + 0.04, shore + length),
          x,
          shore + length / 2,
          length,
          Paint.plain(pier));
      for (double y = shore + 0.12; y < shore + length; y += 0.16) {
        for (int side = -1; side <= 1; side += 2) {
          if (draw.chance(0.7)) {
            double cx = x + side * 0.15;
            part(
                picture,
                frame,
                Outline.ellipse(cx, y, 0.1, 0.05),
                cx,
                y,
                0.2,
                Paint.plain(Rgb.hsv(draw.uniform(), draw.uniform(0, 0.3), draw.uniform(0.8, 1))));
          }
        }
      }
    }
  }

  private static void tanks(Picture.Builder picture, Pose frame, Draw draw) {
    double pitch = draw.uniform(0.5, 0.75);
    Rgb metal = Rgb.hsv(draw.uniform(), draw.uniform(0, 0.15), draw.uniform(0.7, 0.95));
    for (double x = -1.5 * pitch; x < 1.6 * pitch; x += pitch) {
      for (double y = -1.5 * pitch; y < 1.6 * pitch; y += pitch) {
        if (draw.chance(0.6)) {
          double cx = x + draw.uniform(-0.06, 0.06);
          double cy = y + draw.uniform(-0.06, 0.06);
          double radius = pitch * draw.uniform(0.22, 0.4);
          part(
              picture,
              frame,
              disc(cx + 0.07, cy + 0.07, radius),
              cx,
              cy,
              radius + 0.2,
              Paint.plain(Rgb.grey(0.12)));
          part(picture, frame, disc(cx, cy, radius), cx, cy, radius + 0.1, Paint.plain(metal));
          part(
              picture,
              frame,
              disc(cx, cy, 0.6 * radius),
              cx,
              cy,
              radius,
              Paint.plain(metal.times(0.8)));
        }
      }
    }
  }

  private static Picture retina(int label, Draw draw) {
    double hue = draw.uniform(0.01, 0.09);
    Rgb fundus = Rgb.hsv(hue, draw.uniform(0.6, 0.9), draw.uniform(0.5, 0.85));
    Rgb blood = Rgb.hsv(hue - 0.03, draw.uniform(0.7, 1), draw.uniform(0.2, 0.35));
    Rgb pale = Rgb.hsv(hue + 0.08, draw.uniform(0.2, 0.45), draw.uniform(0.9, 1));
    double side = draw.chance(0.5) ? 1 : -1;
    double cx = draw.uniform(-0.1, 0.1);
    double cy = draw.uniform(-0.1, 0.1);
    double radius = draw.uniform(0.88, 1.05);
    Picture.Builder picture = new Picture.Builder();
    picture.background(Paint.plain(Rgb.grey(0.03)));
    picture.add(
        Role.SCENERY,
        disc(cx, cy, radius),
        Paint.clouds(fundus, fundus.times(0.8), 0.6, draw.key()));
    double ox = cx + side * draw.uniform(0.35, 0.5);
    double oy = cy + draw.uniform(-0.1, 0.1);
    int vessels = draw.between(4, 6);
    for (int i = 0; i < vessels; i++) {
      vessel(
          picture,
          ox,
          oy,
          2 * Math.PI * (i + draw.uniform(-0.25, 0.25)) / vessels,
          0.045,
          8,
          blood,
          draw);
    }
    picture.shade(disc(ox, oy, draw.uniform(0.15, 0.2)), Paint.plain(pale), 1, 0.05, ox, oy, 0.3);
    picture.shade(
        disc(cx - side * 0.25, cy, 0.2), Paint.plain(blood), 0.4, 0.3, cx - side * 0.25, cy, 0.4);
    int[] least = {0, 2, 6, 13, 5};
    int[] most = {0, 3, 8, 17, 9};
    int lesions = draw.between(least[label], most[label]);
    for (int i = 0; i < lesions; i++) {
      double angle = draw.angle();
      double distance = 0.8 * radius * Math.sqrt(draw.uniform());
      double x = cx + distance * StrictMath.cos(angle);
      double y = cy + distance * StrictMath.sin(angle);
      boolean bleeding = draw.chance(0.5);
      addBlob(
          picture,
          Role.DETAIL,
          x,
          y,
          draw.uniform(0.05, 0.09),
          0.4,
          Paint.plain(bleeding ? blood.times(0.7) : pale),
          draw);
    }
    if (label == 4) {
      // new vessels: a tangle of fine ones
      double tx = cx - side * draw.uniform(0.1, 0.4);
      double ty = cy + (draw.chance(0.5) ? 1 : -1) * draw.uniform(0.25, 0.5);
      for (int i = 0; i < 9; i++) {
        vessel(picture, tx, ty, draw.angle(), 0.025, 4, blood, draw);
      }
    }
    picture
        .factor("shape", GRADES.get(label))
        .factor("count", lesions)
        .factor("x", cx)
        .factor("y", cy)
        .factor("scale", radius)
        .light(Light.from(draw.angle(), draw));
    return picture.build(
        Words.a(side > 0 ? "right" : "left")
            + " retina, "
            + GRADES.get(label)
            + (lesions == 0
                ? ""
                : ", with " + (lesions < 5 ? "few" : lesions < 10 ? "some" : "many") + " marks"));
  }

  private static void vessel(
      Picture.Builder picture,
      double x,
      double y,
      double angle,
      double halfWidth,
      int steps,
      Rgb colour,
      Draw draw) {
    List<Double> points = new ArrayList<>(List.of(x, y));
    double direction = angle;
    double px = x;
    double py = y;
    for (int step = 0; step < steps; step++) {
      direction += draw.uniform(-0.45, 0.45);
      px += 0.14 * StrictMath.cos(direction);
      py += 0.14 * StrictMath.sin(direction);
      if (px * px + py * py > 0.8) {
        break;
      }
      points.add(px);
      points.add(py);
    }
    picture.add(
        Role.FIGURE,
        stroke(halfWidth, points.stream().mapToDouble(Double::doubleValue).toArray()),
        Paint.plain(colour),
        x,
        y,
        0.14 * steps + 0.1);
  }
}
