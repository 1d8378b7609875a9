package dev.kindred.stimuli.generator;

import dev.kindred.stimuli.generator.Layer.Role;
import java.util.ArrayList;
import java.util.List;

/** Natural, multi-domain: many kinds of things in many places. */
final class ObjectRecipes {
  /** Textures of {@code combinations}, each far from the others. */
  private static final List<Texture> COMBINED =
      List.of(Texture.STRIPED, Texture.DOTTED, Texture.CHECKED, Texture.MARBLED);

  private static final List<ObjectShape> COMBINED_SHAPES =
      List.of(ObjectShape.FISH, ObjectShape.CUP, ObjectShape.BELL, ObjectShape.LEAF);

  private ObjectRecipes() {}

  static List<Recipe> all() {
    List<String> combinations = new ArrayList<>();
    for (ObjectShape shape : COMBINED_SHAPES) {
      for (Texture texture : COMBINED) {
        combinations.add(texture.word() + " " + shape.word());
      }
    }
    return List.of(
        new Recipe(
            "objects",
            Recipe.MULTI_DOMAIN,
            "ten kinds of objects in varied scenes; each kind often has its own texture",
            ObjectShape.words(ObjectShape.OBJECTS),
            ObjectRecipes::objects),
        new Recipe(
            "things",
            Recipe.MULTI_DOMAIN,
            "twenty kinds of things of any texture in varied scenes, among distractors",
            ObjectShape.words(ObjectShape.THINGS),
            ObjectRecipes::things),
        new Recipe(
            "combinations",
            Recipe.MULTI_DOMAIN,
            "four shapes in four textures: both are needed to tell the sixteen classes",
            combinations,
            ObjectRecipes::combinations),
        new Recipe(
            "scenes",
            Recipe.MULTI_DOMAIN,
            "ten kinds of scenes at any hour, with objects in them",
            Backdrop.SCENES.stream().map(Backdrop::word).toList(),
            ObjectRecipes::scenes));
  }

  private static Picture objects(int label, Draw draw) {
    // the usual texture is a cue as in photographs: often right, never needed
    Texture texture = draw.chance(0.7) ? Texture.PATTERNS.get(label) : draw.pick(Texture.values());
    Thing thing =
        Thing.draw(
            ObjectShape.OBJECTS.get(label),
            texture,
            Pose.draw(draw, 0.6, 0.92, Math.toRadians(20), 0.6),
            draw);
    return inScene(thing, draw.index(2), draw);
  }

  private static Picture things(int label, Draw draw) {
    Thing thing =
        Thing.draw(
            ObjectShape.THINGS.get(label),
            draw.chance(0.6) ? Texture.PLAIN : draw.pick(Texture.PATTERNS),
            Pose.draw(draw, 0.75, 0.95, Math.toRadians(15), 0.4),
            draw);
    return inScene(thing, draw.index(2), draw);
  }

  private static Picture combinations(int label, Draw draw) {
    Thing thing =
        Thing.draw(
            COMBINED_SHAPES.get(label / COMBINED.size()),
            COMBINED.get(label % COMBINED.size()),
            Pose.draw(draw, 0.8, 0.95, Math.toRadians(10), 0.4),
            draw);
    return inScene(thing, draw.index(2), draw);
  }

  private static Picture inScene(Thing thing, int clutter, Draw draw) {
    Backdrop backdrop = draw.pick(Backdrop.values());
    double light = draw.uniform(-Math.PI, 0);
    Picture.Builder picture = new Picture.Builder();
    backdrop.compose(picture, draw, Role.SCENERY);
    int before = clutter / 2;
    Thing.clutter(picture, clutter - before, draw);
    thing.addTo(picture, light, draw);
    Thing.clutter(picture, before, draw);
    thing.note(picture);
    picture
        .factor("background", backdrop.word())
        .factor("light", StrictMath.toDegrees(light))
        .factor("clutter", clutter)
        .factor("count", 1)
        .light(Light.from(light, draw));
    return picture.build(
        Words.a(thing.phrase())
            + " at the "
            + thing.pose().placeWord()
            + ", "
            + backdrop.word()
            + " behind it");
  }

  private static Picture scenes(int label, Draw draw) {
    Backdrop backdrop = Backdrop.SCENES.get(label);
    double light = draw.uniform(-Math.PI, 0);
    Picture.Builder picture = new Picture.Builder();
    backdrop.compose(picture, draw, Role.FIGURE);
    Pose camera =
        new Pose(
            draw.uniform(-0.3, 0.3),
            draw.uniform(-0.3, 0.3),
            draw.uniform(1.25, 2),
            Math.toRadians(draw.uniform(-30, 30)),
            draw.chance(0.5));
    picture.view(camera);
    int count = draw.index(3);
    StringBuilder caption = new StringBuilder("scene: " + backdrop.word());
    for (int i = 0; i < count; i++) {
      Thing thing =
          Thing.draw(
              draw.pick(ObjectShape.THINGS),
              draw.pick(Texture.values()),
              Pose.draw(draw, 0.2, 0.4, Math.toRadians(20)),
              draw);
      thing.add(picture, Role.CLUTTER, thing.material(draw));
      caption.append(" and ").append(Words.a(thing.phrase()));
    }
    picture
        .factor("background", backdrop.word())
        .factor("x", camera.x())
        .factor("y", camera.y())
        .factor("scale", camera.scale())
        .factor("rotation", camera.degrees())
        .factor("light", StrictMath.toDegrees(light))
        .factor("count", count)
        .light(film(Light.from(light, draw), draw));
    return picture.build(caption.toString());
  }

  /** Any film: true colours, false ones, none, through a coloured filter. */
  private static Light film(Light light, Draw draw) {
    boolean grey = draw.chance(0.25);
    return light.filtered(
        grey ? 0 : draw.uniform(0.3, 1.1),
        grey ? 0 : draw.uniform(-1.2, 1.2),
        new Rgb(draw.uniform(0.65, 1.25), draw.uniform(0.65, 1.25), draw.uniform(0.65, 1.25)));
  }
}
