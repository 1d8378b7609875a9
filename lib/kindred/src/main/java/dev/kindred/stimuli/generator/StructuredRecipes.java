package dev.kindred.stimuli.generator;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Structured: texture, number and orientation. */
final class StructuredRecipes {
  private static final List<String> NUMBERS =
      List.of("one", "two", "three", "four", "five", "six", "seven", "eight");

  private static final int ORIENTATIONS = 8;

  private StructuredRecipes() {}

  static List<Recipe> all() {
    return List.of(
        new Recipe(
            "textures",
            Recipe.STRUCTURED,
            "twelve textures of any colours, scale and direction",
            Texture.PATTERNS.stream().map(Texture::word).toList(),
            StructuredRecipes::textures),
        new Recipe(
            "counting",
            Recipe.STRUCTURED,
            "one to eight objects that do not touch",
            NUMBERS,
            StructuredRecipes::counting),
        new Recipe(
            "orientation",
            Recipe.STRUCTURED,
            "an object turned by a multiple of 45 degrees, give or take ten",
            IntStream.range(0, ORIENTATIONS).mapToObj(i -> 45 * i + " degrees").toList(),
            StructuredRecipes::orientation));
  }

  private static Picture textures(int label, Draw draw) {
    Texture texture = Texture.PATTERNS.get(label);
    Hue hue = draw.pick(Hue.values());
    Rgb main = hue.shade(draw);
    double period = draw.uniform(0.22, 0.5);
    double angle = draw.angle();
    double light = draw.angle();
    Picture picture =
        new Picture.Builder()
            .background(
                Paint.textured(
                    texture, main, Hue.contrasting(main, draw), period, angle, draw.key()))
            .factor("texture", texture.word())
            .factor("colour", hue.word())
            .factor("scale", period)
            .factor("rotation", StrictMath.toDegrees(angle))
            .factor("light", StrictMath.toDegrees(light))
            .light(Light.from(light, draw))
            .build(
                Words.a(hue.word())
                    + " "
                    + texture.word()
                    + " surface with a "
                    + (period < 0.32 ? "fine" : "coarse")
                    + " pattern");
    return picture;
  }

  private static Picture counting(int label, Draw draw) {
    int count = label + 1;
    ObjectShape shape = draw.pick(ObjectShape.FIGURES);
    Hue hue = draw.pick(Hue.values());
    Rgb colour = hue.shade(draw);
    Rgb ground = Hue.contrasting(colour, draw);
    double light = draw.angle();
    Picture.Builder picture = new Picture.Builder();
    picture.background(
        Paint.clouds(ground, ground.mix(colour, 0.12), draw.uniform(0.2, 0.8), draw.key()));
    for (Pose pose : scattered(count, draw)) {
      picture.add(
          Role.FIGURE,
          pose.place(shape.outline()),
          Paint.plain(colour),
          pose.x(),
          pose.y(),
          pose.reach());
    }
    picture
        .factor("shape", shape.word())
        .factor("colour", hue.word())
        .factor("count", count)
        .factor("light", StrictMath.toDegrees(light))
        .light(Light.from(light, draw));
    return picture.build(
        NUMBERS.get(label)
            + " "
            + hue.word()
            + " "
            + (count == 1 ? shape.word() : Words.plural(shape.word())));
  }

  /** Places that keep a distance from each other: darts, the size falling until they fit. */
  private static List<Pose> scattered(int count, Draw draw) {
    double scale = draw.uniform(0.2, 0.3);
    List<Pose> poses = new ArrayList<>();
    for (int attempt = 0; poses.size() < count; attempt++) {
      if (attempt == 60) {
        poses.clear();
        scale *= 0.9;
        attempt = 0;
      }
      Pose next =
          new Pose(
              draw.uniform(scale - 1, 1 - scale),
              draw.uniform(scale - 1, 1 - scale),
              scale * draw.uniform(0.8, 1.1),
              draw.angle(),
              false);
      boolean free = true;
      for (Pose pose : poses) {
        double dx = pose.x() - next.x();
        double dy = pose.y() - next.y();
        double room = pose.scale() + next.scale() + 0.1;
        free &= dx * dx + dy * dy > room * room;
      }
      if (free) {
        poses.add(next);
      }
    }
    return poses;
  }

  private static Picture orientation(int label, Draw draw) {
    double turn = 2 * Math.PI * label / ORIENTATIONS + Math.toRadians(draw.uniform(-10, 10));
    Pose anywhere = Pose.draw(draw, 0.6, 0.9, 0, 0.6);
    Pose pose = new Pose(anywhere.x(), anywhere.y(), anywhere.scale(), turn, anywhere.mirrored());
    Thing thing =
        Thing.draw(
            draw.pick(
                List.of(
                    ObjectShape.ARROW,
                    ObjectShape.DROP,
                    ObjectShape.TRIANGLE,
                    ObjectShape.HOUSE,
                    ObjectShape.TEE,
                    ObjectShape.ROCKET)),
            draw.chance(0.7) ? Texture.PLAIN : draw.pick(Texture.PATTERNS),
            pose,
            draw);
    double light = draw.angle();
    Picture.Builder picture = new Picture.Builder();
    Rgb ground = Hue.contrasting(thing.main(), draw);
    picture.background(
        Paint.clouds(ground, ground.mix(thing.main(), 0.3), draw.uniform(0.2, 0.8), draw.key()));
    int clutter = draw.index(2);
    Thing.clutter(picture, clutter, draw);
    thing.addTo(picture, light, draw);
    thing.note(picture);
    picture
        .factor("light", StrictMath.toDegrees(light))
        .factor("clutter", clutter)
        .light(Light.from(light, draw));
    return picture.build(Words.a(thing.phrase()) + " turned by " + 45 * label + " degrees");
  }
}
