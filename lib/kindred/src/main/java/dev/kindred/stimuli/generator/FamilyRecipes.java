package dev.kindred.stimuli.generator;

import static dev.kindred.stimuli.generator.Outline.box;
import static dev.kindred.stimuli.generator.Outline.disc;
import static dev.kindred.stimuli.generator.Outline.ellipse;
import static dev.kindred.stimuli.generator.Outline.polygon;
import static dev.kindred.stimuli.generator.Outline.regular;
import static dev.kindred.stimuli.generator.Outline.stroke;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Natural, single-domain: fine-grained kinds of one family. */
final class FamilyRecipes {
  private static final String[] MARKINGS = {"bordered", "eyed", "banded", "spotted"};

  private FamilyRecipes() {}

  static List<Recipe> all() {
    return List.of(
        new Recipe(
            "flowers",
            Recipe.SINGLE_DOMAIN,
            "ten species of flowers that differ in number and form of their petals",
            Arrays.stream(Flower.values()).map(Flower::word).toList(),
            FamilyRecipes::flower),
        new Recipe(
            "butterflies",
            Recipe.SINGLE_DOMAIN,
            "eight kinds of butterflies: two forms of wings, four markings",
            Arrays.stream(MARKINGS)
                .flatMap(marking -> List.of("rounded " + marking, "tailed " + marking).stream())
                .toList(),
            FamilyRecipes::butterfly),
        new Recipe(
            "signs",
            Recipe.SINGLE_DOMAIN,
            "twelve road signs by plate and symbol, in any colours",
            Arrays.stream(Sign.values()).map(Sign::word).toList(),
            FamilyRecipes::sign),
        new Recipe(
            "digits",
            Recipe.SINGLE_DOMAIN,
            "house numbers: the digit in the middle, parts of others beside it",
            Arrays.stream(Digit.values()).map(Digit::word).toList(),
            FamilyRecipes::digit));
  }

  /** Species: number and form of petals, radius of the disc. */
  private enum Flower {
    DAISY(13, ellipse(0, -0.62, 0.11, 0.36), 0.3),
    POPPY(4, disc(0, -0.46, 0.48), 0.14),
    BUTTERCUP(5, disc(0, -0.56, 0.36), 0.24),
    LILY(6, lens(0.2), 0.1),
    SUNFLOWER(16, lens(0.12), 0.52),
    PRIMROSE(5, disc(0, -0.54, 0.4).minus(disc(0, -1, 0.2)), 0.14),
    CLEMATIS(8, lens(0.24), 0.2),
    PERIWINKLE(5, polygon(0, 0, -0.12, -0.6, -0.2, -0.95, 0.5, -0.72), 0.1),
    COSMOS(8, polygon(0, 0, -0.3, -0.9, -0.14, -0.84, 0, -0.96, 0.14, -0.84, 0.3, -0.9), 0.2),
    STARFLOWER(3, lens(0.3), 0.16);

    private final Outline bloom;
    private final double disc;

    Flower(int petals, Outline petal, double disc) {
      this.bloom = rosette(petals, petal).or(disc(0, 0, disc));
      this.disc = disc;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** A pointed petal: two arcs from the centre to the tip. */
    private static Outline lens(double halfWidth) {
      double half = 0.48;
      double radius = (half * half + halfWidth * halfWidth) / (2 * halfWidth);
      double offset = radius - halfWidth;
      return disc(offset, -half, radius).and(disc(-offset, -half, radius));
    }

    /** {@code n} copies of a petal that points up, around the centre. */
    private static Outline rosette(int n, Outline petal) {
      double[] cos = new double[n];
      double[] sin = new double[n];
      for (int k = 0; k < n; k++) {
        cos[k] = StrictMath.cos(2 * Math.PI * k / n);
        sin[k] = StrictMath.sin(2 * Math.PI * k / n);
      }
      return (x, y) -> {
        int nearest = 0;
        double along = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < n; k++) {
          double dot = sin[k] * x - cos[k] * y;
          if (dot > along) {
            along = dot;
            nearest = k;
          }
        }
        return petal.distance(cos[nearest] * x + sin[nearest] * y, -along);
      };
    }
  }

  private static Picture flower(int label, Draw draw) {
    Flower flower = Flower.values()[label];
    Pose pose = Pose.draw(draw, 0.5, 0.85, Math.PI);
    Hue hue =
        draw.pick(
            List.of(Hue.RED, Hue.ORANGE, Hue.YELLOW, Hue.BLUE, Hue.PURPLE, Hue.PINK, Hue.WHITE));
    Rgb petal = hue.shade(draw);
    Rgb heart = Hue.contrasting(petal, draw);
    double light = draw.angle();
    Rgb leaf = Rgb.hsv(draw.uniform(0.2, 0.42), draw.uniform(0.3, 0.8), draw.uniform(0.15, 0.6));
    Picture.Builder picture = new Picture.Builder();
    picture.background(Paint.clouds(leaf, leaf.times(0.45), draw.uniform(0.15, 0.5), draw.key()));
    int leaves = draw.between(2, 6);
    for (int i = 0; i < leaves; i++) {
      Pose blade = Pose.draw(draw, 0.25, 0.55, Math.PI);
      Rgb green =
          Rgb.hsv(draw.uniform(0.2, 0.42), draw.uniform(0.3, 0.8), draw.uniform(0.25, 0.75));
      picture.add(
          Role.SCENERY,
          blade.place(ObjectShape.LEAF.outline()),
          Paint.gradient(green, green.times(0.6), blade.y() - 0.4, blade.y() + 0.4),
          blade.x(),
          blade.y(),
          blade.reach());
    }
    picture.shade(
        pose.moved(0.05, 0.08).place(flower.bloom),
        Paint.plain(Rgb.BLACK),
        0.4,
        0.1,
        pose.x(),
        pose.y(),
        pose.reach());
    Paint paint =
        draw.chance(0.5)
            ? Paint.plain(petal)
            : Paint.textured(
                Texture.MARBLED, petal, petal.times(0.7), 0.2, draw.angle(), draw.key());
    picture.add(
        Role.FIGURE,
        pose.place(flower.bloom),
        paint.domed(pose.x(), pose.y(), pose.scale(), light, draw.uniform(0.1, 0.4)),
        pose.x(),
        pose.y(),
        pose.reach());
    picture.add(
        Role.DETAIL,
        pose.place(disc(0, 0, flower.disc)),
        Paint.textured(Texture.SPECKLED, heart, heart.times(0.6), 0.15, 0, draw.key()),
        pose.x(),
        pose.y(),
        pose.reach());
    int clutter = draw.index(3);
    for (int i = 0; i < clutter; i++) {
      Pose blade = Pose.draw(draw, 0.15, 0.3, Math.PI);
      picture.add(
          Role.CLUTTER,
          blade.place(ObjectShape.LEAF.outline()),
          Paint.plain(leaf.mix(Rgb.WHITE, 0.2)),
          blade.x(),
          blade.y(),
          blade.reach());
    }
    picture
        .factor("shape", flower.word())
        .factor("colour", hue.word())
        .factor("x", pose.x())
        .factor("y", pose.y())
        .factor("scale", pose.scale())
        .factor("rotation", pose.degrees())
        .factor("light", StrictMath.toDegrees(light))
        .factor("clutter", clutter)
        .light(Light.from(light, draw));
    return picture.build(
        Words.a(pose.sizeWord())
            + " "
            + hue.word()
            + " "
            + flower.word()
            + " at the "
            + pose.placeWord());
  }

  private static Picture butterfly(int label, Draw draw) {
    String marking = MARKINGS[label / 2];
    boolean tailed = label % 2 == 1;
    Pose pose = Pose.draw(draw, 0.75, 0.95, Math.toRadians(25));
    Hue hue = draw.pick(Hue.values());
    Rgb wing = hue.shade(draw);
    Rgb mark = Hue.contrasting(wing, draw);
    double light = draw.angle();
    // variation within the kind: proportions of the wings
    double span = draw.uniform(0.88, 1.08);
    double height = draw.uniform(0.88, 1.12);
    Outline fore = ellipse(0.5 * span, -0.33, 0.46 * span, 0.42 * height);
    Outline hind =
        tailed
            ? ellipse(0.36 * span, 0.34, 0.34 * span, 0.34 * height)
                .or(polygon(0.3, 0.5, 0.62 * span, 0.35, 0.66 * span, 0.98))
            : ellipse(0.4 * span, 0.36, 0.38 * span, 0.38 * height);
    Outline wings = fore.or(hind).mirrored();
    Outline marks =
        switch (marking) {
          case "bordered" -> wings.minus(wings.grown(-0.13));
          case "eyed" ->
              Outline.ring(0.58 * span, -0.36, 0.15, 0.065)
                  .or(Outline.ring(0.42 * span, 0.38, 0.13, 0.06))
                  .mirrored();
          case "banded" ->
              stroke(0.07, 0.3, -0.75, 0.5, -0.33, 0.25, 0.2, 0.3, 0.75)
                  .or(stroke(0.06, 0.72, -0.7, 0.8, -0.2))
                  .and(wings)
                  .mirrored();
          default ->
              disc(0.35 * span, -0.5, 0.09)
                  .or(
                      disc(0.68 * span, -0.5, 0.09),
                      disc(0.62 * span, -0.15, 0.09),
                      disc(0.3 * span, 0.2, 0.09),
                      disc(0.5 * span, 0.45, 0.09),
                      disc(0.25 * span, 0.55, 0.08))
                  .mirrored();
        };
    Picture.Builder picture = new Picture.Builder();
    Backdrop backdrop =
        draw.pick(List.of(Backdrop.MEADOW, Backdrop.FOREST, Backdrop.VILLAGE, Backdrop.BEACH));
    backdrop.compose(picture, draw, Role.SCENERY);
    int clutter = draw.index(3);
    Thing.clutter(picture, clutter, draw);
    picture.shade(
        pose.moved(0.04, 0.07).place(wings),
        Paint.plain(Rgb.BLACK),
        0.4,
        0.1,
        pose.x(),
        pose.y(),
        pose.reach());
    Paint paint =
        Paint.plain(wing).domed(pose.x(), pose.y(), pose.scale(), light, draw.uniform(0.1, 0.4));
    addPart(picture, Role.FIGURE, pose, wings, paint);
    addPart(picture, Role.DETAIL, pose, marks, Paint.plain(mark));
    addPart(
        picture,
        Role.DETAIL,
        pose,
        ellipse(0, 0, 0.09, 0.6).or(stroke(0.03, 0, -0.5, 0.22, -0.9).mirrored()),
        Paint.plain(Rgb.grey(draw.uniform(0.05, 0.3))));
    picture
        .factor("shape", tailed ? "tailed" : "rounded")
        .factor("texture", marking)
        .factor("colour", hue.word())
        .factor("background", backdrop.word())
        .factor("x", pose.x())
        .factor("y", pose.y())
        .factor("scale", pose.scale())
        .factor("rotation", pose.degrees())
        .factor("light", StrictMath.toDegrees(light))
        .factor("clutter", clutter)
        .light(Light.from(light, draw));
    return picture.build(
        Words.a(hue.word())
            + " "
            + marking
            + " butterfly with "
            + (tailed ? "tailed" : "rounded")
            + " wings, "
            + backdrop.word()
            + " behind it");
  }

  /** Road signs: plate and symbol. */
  private enum Sign {
    STOP(regular(8, 0.95).turned(Math.PI / 8), box(-0.5, -0.14, 0.5, 0.14)),
    NO_ENTRY(disc(0, 0, 0.9), box(-0.55, -0.14, 0.55, 0.14)),
    YIELD(regular(3, 1.1).turned(Math.PI), regular(3, 0.35).turned(Math.PI)),
    AHEAD(disc(0, 0, 0.9), arrow(0)),
    LEFT(disc(0, 0, 0.9), arrow(-Math.PI / 2)),
    RIGHT(disc(0, 0, 0.9), arrow(Math.PI / 2)),
    DANGER(regular(3, 1.1), box(-0.09, -0.45, 0.09, 0.12).or(disc(0, 0.32, 0.11))),
    BEND(regular(3, 1.1), stroke(0.09, -0.2, 0.42, -0.2, 0.12, 0.15, -0.05, 0.15, -0.4)),
    CROSSING(
        regular(3, 1.1),
        stroke(0.09, -0.28, -0.2, 0.28, 0.36).or(stroke(0.09, 0.28, -0.2, -0.28, 0.36))),
    PRIORITY(polygon(0, -1, 1, 0, 0, 1, -1, 0), polygon(0, -0.45, 0.45, 0, 0, 0.45, -0.45, 0)),
    PARKING(
        box(-0.8, -0.8, 0.8, 0.8),
        box(-0.35, -0.55, -0.13, 0.55).or(Outline.ring(0.02, -0.22, 0.24, 0.1))),
    HOSPITAL(
        box(-0.8, -0.8, 0.8, 0.8), box(-0.15, -0.5, 0.15, 0.5).or(box(-0.5, -0.15, 0.5, 0.15)));

    private final Outline plate;
    private final Outline symbol;

    Sign(Outline plate, Outline symbol) {
      this.plate = plate;
      this.symbol = symbol;
    }

    private static Outline arrow(double turn) {
      return box(-0.1, -0.2, 0.1, 0.55)
          .or(polygon(0, -0.6, 0.38, -0.12, -0.38, -0.12))
          .turned(turn);
    }

    String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private static Picture sign(int label, Draw draw) {
    Sign sign = Sign.values()[label];
    Pose drawn = Pose.draw(draw, 0.45, 0.8, Math.toRadians(14));
    Pose pose = new Pose(drawn.x(), drawn.y(), drawn.scale(), drawn.rotation(), false);
    Hue hue = draw.pick(Hue.values());
    Rgb plate = hue.shade(draw);
    Rgb symbol = Hue.contrasting(plate, draw);
    Rgb rim = draw.chance(0.5) ? symbol : Hue.contrasting(plate, draw);
    double light = draw.uniform(-Math.PI, 0);
    Backdrop backdrop = draw.pick(Backdrop.values());
    Picture.Builder picture = new Picture.Builder();
    backdrop.compose(picture, draw, Role.SCENERY);
    int clutter = draw.index(3);
    Thing.clutter(picture, clutter - clutter / 2, draw);
    double post = 0.08 * pose.scale();
    picture.add(
        Role.CLUTTER,
        box(pose.x() - post, pose.y(), pose.x() + post, 1.2),
        Paint.plain(Rgb.grey(draw.uniform(0.2, 0.7))));
    addPart(picture, Role.FIGURE, pose, sign.plate, Paint.plain(rim));
    addPart(
        picture,
        Role.DETAIL,
        pose,
        sign.plate.grown(-0.13),
        Paint.plain(plate).domed(pose.x(), pose.y(), pose.scale(), light, 0.2));
    addPart(picture, Role.DETAIL, pose, sign.symbol, Paint.plain(symbol));
    Thing.clutter(picture, clutter / 2, draw);
    picture
        .factor("shape", sign.word())
        .factor("colour", hue.word())
        .factor("background", backdrop.word())
        .factor("x", pose.x())
        .factor("y", pose.y())
        .factor("scale", pose.scale())
        .factor("rotation", pose.degrees())
        .factor("light", StrictMath.toDegrees(light))
        .factor("clutter", clutter)
        .light(Light.from(light, draw));
    return picture.build(
        Words.a(pose.sizeWord())
            + " "
            + hue.word()
            + " "
            + sign.word()
            + " sign, "
            + backdrop.word()
            + " behind it");
  }

  /** Digits as strokes within ±0.5 × ±0.8. */
  private enum Digit {
    ZERO(arc(0, 0, 0.45, 0.8, 0, 360)),
    ONE(new double[] {-0.25, -0.5, 0.1, -0.8, 0.1, 0.8}),
    TWO(arc(0, -0.38, 0.43, 0.42, 180, 390), new double[] {0.37, -0.17, -0.45, 0.8, 0.47, 0.8}),
    THREE(arc(-0.02, -0.4, 0.4, 0.4, 200, 450), arc(-0.02, 0.4, 0.44, 0.4, 270, 520)),
    FOUR(new double[] {0.22, 0.8, 0.22, -0.8, -0.48, 0.35, 0.5, 0.35}),
    FIVE(new double[] {0.4, -0.8, -0.35, -0.8, -0.38, -0.1}, arc(-0.02, 0.3, 0.44, 0.5, 220, 500)),
    SIX(arc(0, 0.35, 0.43, 0.45, 0, 360), new double[] {-0.43, 0.35, -0.36, -0.2, 0.25, -0.82}),
    SEVEN(new double[] {-0.45, -0.8, 0.45, -0.8, -0.1, 0.8}),
    EIGHT(arc(0, -0.4, 0.37, 0.39, 0, 360), arc(0, 0.41, 0.45, 0.41, 0, 360)),
    NINE(arc(0, -0.35, 0.43, 0.45, 0, 360), new double[] {0.43, -0.35, 0.36, 0.2, -0.25, 0.82});

    private final double[][] strokes;

    Digit(double[]... strokes) {
      this.strokes = strokes;
    }

    /** Points on an ellipse between two angles in degrees, clockwise from the right. */
    private static double[] arc(
        double cx, double cy, double rx, double ry, double from, double to) {
      int steps = 12;
      double[] points = new double[2 * steps + 2];
      for (int i = 0; i <= steps; i++) {
        double angle = StrictMath.toRadians(from + (to - from) * i / steps);
        points[2 * i] = cx + rx * StrictMath.cos(angle);
        points[2 * i + 1] = cy + ry * StrictMath.sin(angle);
      }
      return points;
    }

    Outline outline(double halfWidth) {
      Outline outline = stroke(halfWidth, strokes[0]);
      for (int i = 1; i < strokes.length; i++) {
        outline = outline.or(stroke(halfWidth, strokes[i]));
      }
      return outline;
    }

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static Picture digit(int label, Draw draw) {
    Digit digit = Digit.values()[label];
    Hue hue = draw.pick(Hue.values());
    Rgb ink = hue.shade(draw);
    Rgb ground = Hue.contrasting(ink, draw);
    double light = draw.angle();
    double scale = draw.uniform(0.5, 0.85);
    double stroke = draw.uniform(0.11, 0.2);
    Pose pose =
        new Pose(
            draw.uniform(-0.3, 0.3),
            draw.uniform(-0.25, 0.25),
            scale,
            Math.toRadians(draw.uniform(-18, 18)),
            false);
    Picture.Builder picture = new Picture.Builder();
    Texture wall =
        draw.pick(List.of(Texture.PLAIN, Texture.BRICKED, Texture.MARBLED, Texture.STRIPED));
    Rgb shade = ground.mix(ink, draw.uniform(0.1, 0.35));
    picture.background(
        Paint.textured(wall, ground, shade, draw.uniform(0.3, 0.6), draw.angle(), draw.key()));
    double pitch = scale * draw.uniform(1.15, 1.4);
    int clutter = 0;
    for (int side = -1; side <= 1; side += 2) {
      if (draw.chance(0.7)) {
        clutter++;
        Pose beside =
            pose.moved(
                side * pitch * StrictMath.cos(pose.rotation()),
                side * pitch * StrictMath.sin(pose.rotation()));
        addPart(
            picture,
            Role.CLUTTER,
            beside,
            draw.pick(Digit.values()).outline(stroke),
            Paint.plain(ink));
      }
    }
    Outline outline = digit.outline(stroke);
    picture.shade(
        pose.moved(0.04, 0.05).place(outline),
        Paint.plain(Rgb.BLACK),
        draw.uniform(0, 0.5),
        0.06,
        pose.x(),
        pose.y(),
        pose.reach());
    addPart(picture, Role.FIGURE, pose, outline, Paint.plain(ink));
    picture
        .factor("shape", digit.word())
        .factor("colour", hue.word())
        .factor("background", wall.word())
        .factor("x", pose.x())
        .factor("y", pose.y())
        .factor("scale", pose.scale())
        .factor("rotation", pose.degrees())
        .factor("light", StrictMath.toDegrees(light))
        .factor("clutter", clutter)
        .light(Light.from(light, draw));
    return picture.build(
        "the number "
            + digit.word()
            + " in "
            + hue.word()
            + " on "
            + Words.a(wall.word())
            + " wall");
  }

  private static void addPart(
      Picture.Builder picture, Role role, Pose pose, Outline outline, Paint paint) {
    picture.add(role, pose.place(outline), paint, pose.x(), pose.y(), pose.reach());
  }
}
