package dev.kindred.stimuli.generator;

import dev.kindred.stimuli.generator.Layer.Role;

/**
 * An object: a shape in some material at some place.
 *
 * @param shape its shape
 * @param texture pattern of its surface
 * @param hue main colour
 * @param main the shade of the main colour
 * @param second the pattern's other colour
 * @param period length of the pattern's period, in picture units
 * @param angle direction of the pattern, relative to the object
 * @param pose where it lies
 */
record Thing(
    ObjectShape shape,
    Texture texture,
    Hue hue,
    Rgb main,
    Rgb second,
    double period,
    double angle,
    Pose pose) {

  static Thing draw(ObjectShape shape, Texture texture, Pose pose, Draw draw) {
    Hue hue = draw.pick(Hue.values());
    Rgb main = hue.shade(draw);
    return new Thing(
        shape,
        texture,
        hue,
        main,
        Hue.contrasting(main, draw),
        draw.uniform(0.2, 0.36),
        draw.angle(),
        pose);
  }

  Paint material(Draw draw) {
    return Paint.textured(texture, main, second, period, angle + pose.rotation(), draw.key());
  }

  /** Adds the object, its shadow and its details, lit from direction {@code light}. */
  void addTo(Picture.Builder picture, double light, Draw draw) {
    Paint paint =
        material(draw).domed(pose.x(), pose.y(), pose.scale(), light, draw.uniform(0.15, 0.4));
    double drop = 0.16 * pose.scale();
    Pose shadow = pose.moved(-drop * StrictMath.cos(light), -drop * StrictMath.sin(light));
    picture.shade(
        shadow.place(shape.outline()),
        Paint.plain(Rgb.BLACK),
        draw.uniform(0.2, 0.55),
        0.1,
        shadow.x(),
        shadow.y(),
        pose.reach());
    add(picture, Role.FIGURE, paint);
    if (shape.hasDetails()) {
      Rgb ink = main.luminance() > 0.45 ? main.times(0.25) : main.mix(Rgb.WHITE, 0.8);
      picture.add(
          Role.DETAIL,
          pose.place(shape.details()),
          Paint.plain(ink),
          pose.x(),
          pose.y(),
          pose.reach());
    }
  }

  /** Adds the bare object in the given role. */
  void add(Picture.Builder picture, Role role, Paint paint) {
    picture.add(role, pose.place(shape.outline()), paint, pose.x(), pose.y(), pose.reach());
  }

  /** Notes its factors. */
  void note(Picture.Builder picture) {
    picture
        .factor("shape", shape.word())
        .factor("texture", texture.word())
        .factor("colour", hue.word())
        .factor("x", pose.x())
        .factor("y", pose.y())
        .factor("scale", pose.scale())
        .factor("rotation", pose.degrees());
  }

  /** Such as {@code large striped red fish}. */
  String phrase() {
    return pose.sizeWord()
        + " "
        + (texture == Texture.PLAIN ? "" : texture.word() + " ")
        + hue.word()
        + " "
        + shape.word();
  }

  /** Adds {@code count} small figures as distractors. */
  static void clutter(Picture.Builder picture, int count, Draw draw) {
    for (int i = 0; i < count; i++) {
      Pose pose = Pose.draw(draw, 0.1, 0.26, Math.PI);
      Thing thing =
          draw(
              draw.pick(ObjectShape.FIGURES),
              draw.chance(0.5) ? draw.pick(Texture.PATTERNS) : Texture.PLAIN,
              pose,
              draw);
      thing.add(picture, Role.CLUTTER, thing.material(draw));
    }
  }
}
