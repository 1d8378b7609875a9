package dev.kindred.stimuli.generator;

import static dev.kindred.stimuli.generator.Outline.box;
import static dev.kindred.stimuli.generator.Outline.disc;
import static dev.kindred.stimuli.generator.Outline.ellipse;
import static dev.kindred.stimuli.generator.Outline.polygon;
import static dev.kindred.stimuli.generator.Outline.regular;
import static dev.kindred.stimuli.generator.Outline.ring;
import static dev.kindred.stimuli.generator.Outline.star;
import static dev.kindred.stimuli.generator.Outline.stroke;

import java.util.List;
import java.util.Locale;

/**
 * Shapes of objects, drawn upright within the unit square: an outline and, where the object has
 * some, details inside it.
 */
enum ObjectShape {
  // things that one would photograph
  FISH(
      ellipse(0.2, 0, 0.72, 0.45).or(polygon(-0.35, 0, -0.95, -0.5, -0.78, 0, -0.95, 0.5)),
      disc(0.55, -0.1, 0.09)),
  BOAT(
      polygon(-0.95, 0.3, 0.95, 0.3, 0.6, 0.78, -0.6, 0.78)
          .or(
              polygon(-0.08, -0.95, -0.08, 0.18, -0.8, 0.18),
              polygon(0.08, -0.7, 0.08, 0.18, 0.7, 0.18))),
  CAR(
      polygon(
              -0.98, 0.42, -0.98, 0.05, -0.62, -0.02, -0.36, -0.45, 0.36, -0.45, 0.62, -0.02, 0.98,
              0.08, 0.98, 0.42)
          .or(disc(-0.52, 0.42, 0.24), disc(0.52, 0.42, 0.24)),
      polygon(-0.42, -0.04, -0.26, -0.32, 0.26, -0.32, 0.42, -0.04)
          .or(disc(-0.52, 0.42, 0.12), disc(0.52, 0.42, 0.12))),
  HOUSE(
      polygon(-0.7, 0.85, -0.7, -0.1, -0.98, -0.1, 0, -0.9, 0.98, -0.1, 0.7, -0.1, 0.7, 0.85)
          .or(box(0.42, -0.85, 0.64, -0.3)),
      box(-0.45, 0.2, -0.1, 0.84).or(box(0.18, 0.15, 0.5, 0.45))),
  TREE(
      disc(0, -0.5, 0.45)
          .or(disc(-0.38, -0.15, 0.4), disc(0.38, -0.15, 0.4), box(-0.14, 0, 0.14, 0.95))),
  BIRD(
      ellipse(0, 0.1, 0.6, 0.4)
          .or(
              disc(0.5, -0.35, 0.3),
              polygon(0.7, -0.5, 1, -0.32, 0.7, -0.2),
              polygon(-0.4, 0, -1, -0.25, -0.9, 0.2, -0.45, 0.3),
              stroke(0.05, 0.05, 0.4, 0.05, 0.85),
              stroke(0.05, 0.3, 0.4, 0.3, 0.85)),
      ellipse(-0.1, 0.08, 0.33, 0.17).or(disc(0.58, -0.4, 0.07))),
  MUSHROOM(
      disc(0, 0.05, 0.85)
          .and(box(-1, -1, 1, 0.1))
          .or(polygon(-0.22, 0, 0.22, 0, 0.32, 0.85, -0.32, 0.85)),
      disc(-0.35, -0.3, 0.13).or(disc(0.15, -0.5, 0.13), disc(0.45, -0.18, 0.12))),
  CUP(
      polygon(-0.75, -0.6, 0.4, -0.6, 0.28, 0.75, -0.62, 0.75).or(ring(0.45, -0.02, 0.36, 0.11)),
      ellipse(-0.17, -0.55, 0.5, 0.12)),
  ROCKET(
      ellipse(0, -0.15, 0.36, 0.8)
          .or(
              polygon(-0.25, 0.1, -0.75, 0.75, -0.2, 0.55),
              polygon(0.25, 0.1, 0.75, 0.75, 0.2, 0.55),
              polygon(-0.2, 0.55, 0.2, 0.55, 0, 0.98)),
      disc(0, -0.3, 0.16)),
  UMBRELLA(
      disc(0, 0, 0.9)
          .and(box(-1, -1, 1, 0))
          .minus(disc(-0.6, 0.05, 0.2))
          .minus(disc(0, 0.05, 0.2))
          .minus(disc(0.6, 0.05, 0.2))
          .or(stroke(0.07, 0, -0.95, 0, 0.7, 0.1, 0.85, 0.28, 0.8, 0.32, 0.65))),
  APPLE(
      disc(-0.28, 0.15, 0.55)
          .or(disc(0.28, 0.15, 0.55), ellipse(0, 0.3, 0.6, 0.5), stroke(0.06, 0, -0.3, 0.1, -0.8)),
      ellipse(0.3, -0.62, 0.22, 0.1)),
  ANCHOR(
      stroke(0.1, 0, -0.5, 0, 0.8)
          .or(
              ring(0, -0.7, 0.2, 0.08),
              stroke(0.09, -0.45, -0.3, 0.45, -0.3),
              ring(0, 0.1, 0.7, 0.1).and(box(-1, 0.25, 1, 1)),
              polygon(-0.95, 0.35, -0.6, 0, -0.45, 0.45),
              polygon(0.95, 0.35, 0.6, 0, 0.45, 0.45))),
  BELL(
      ellipse(0, -0.2, 0.5, 0.7)
          .and(box(-1, -1, 1, 0.2))
          .or(polygon(-0.5, 0.1, 0.5, 0.1, 0.85, 0.6, -0.85, 0.6), disc(0, 0.68, 0.2))),
  BOTTLE(
      box(-0.4, -0.15, 0.4, 0.92).or(box(-0.16, -0.95, 0.16, 0), ellipse(0, -0.12, 0.4, 0.28)),
      box(-0.4, 0.2, 0.4, 0.6)),
  BUTTERFLY(
      ellipse(0.5, -0.35, 0.45, 0.42)
          .or(ellipse(0.4, 0.4, 0.36, 0.38))
          .mirrored()
          .or(ellipse(0, 0, 0.1, 0.7)),
      disc(0.55, -0.38, 0.15).mirrored()),
  CACTUS(
      stroke(0.22, 0, -0.65, 0, 0.9)
          .or(
              stroke(0.14, 0, 0.35, -0.6, 0.35, -0.6, -0.2),
              stroke(0.14, 0, 0.1, 0.6, 0.1, 0.6, -0.45))),
  CROWN(
      polygon(-0.8, 0.65, -0.95, -0.5, -0.45, 0.05, 0, -0.75, 0.45, 0.05, 0.95, -0.5, 0.8, 0.65),
      box(-0.75, 0.35, 0.75, 0.5)),
  HEART(disc(0.4, -0.3, 0.48).or(polygon(0, -0.42, 0.83, -0.08, 0, 0.9)).mirrored()),
  KEY(
      ring(-0.55, 0, 0.32, 0.13)
          .or(stroke(0.1, -0.25, 0, 0.92, 0), box(0.5, 0, 0.64, 0.38), box(0.78, 0, 0.94, 0.3))),
  LAMP(
      polygon(-0.35, -0.9, 0.35, -0.9, 0.75, -0.05, -0.75, -0.05)
          .or(stroke(0.08, 0, -0.1, 0, 0.8), ellipse(0, 0.82, 0.5, 0.14))),
  LEAF(
      disc(0.55, 0, 1.02).and(disc(-0.55, 0, 1.02)).or(stroke(0.05, 0, 0.7, 0, 1)),
      stroke(0.035, 0, -0.6, 0, 0.7)),
  MOON(disc(-0.1, 0, 0.9).minus(disc(0.38, -0.12, 0.72))),
  SNAIL(
      disc(-0.1, -0.05, 0.58)
          .or(
              polygon(-0.95, 0.75, -0.5, 0.4, 0.6, 0.4, 0.6, -0.25, 0.95, -0.25, 0.9, 0.75),
              stroke(0.05, 0.7, -0.3, 0.58, -0.65),
              stroke(0.05, 0.85, -0.3, 0.95, -0.65)),
      ring(-0.1, -0.05, 0.3, 0.06)),
  STAR(star(5, 0.98, 0.42)),
  HAT(
      ellipse(0, 0.5, 0.95, 0.2).or(polygon(-0.5, 0.5, -0.42, -0.7, 0.42, -0.7, 0.5, 0.5)),
      box(-0.5, 0.15, 0.5, 0.36)),
  PINE(
      polygon(0, -0.98, 0.42, -0.4, -0.42, -0.4)
          .or(
              polygon(0, -0.65, 0.6, 0.1, -0.6, 0.1),
              polygon(0, -0.3, 0.78, 0.62, -0.78, 0.62),
              box(-0.13, 0.5, 0.13, 0.95))),
  GEAR(disc(0, 0, 0.66).or(gearTeeth()).minus(disc(0, 0, 0.28))),
  PEAR(disc(0, 0.35, 0.56).or(ellipse(0, -0.25, 0.34, 0.5), stroke(0.05, 0, -0.7, 0.12, -0.98))),
  HAMMER(
      stroke(0.1, 0, -0.5, 0, 0.92)
          .or(box(-0.55, -0.88, 0.5, -0.42), polygon(0.5, -0.85, 0.9, -0.65, 0.5, -0.45))),
  GHOST(
      disc(0, -0.2, 0.65)
          .or(
              polygon(
                  -0.65, -0.2, 0.65, -0.2, 0.7, 0.9, 0.42, 0.65, 0.2, 0.9, 0, 0.65, -0.2, 0.9,
                  -0.42, 0.65, -0.7, 0.9)),
      ellipse(0.24, -0.25, 0.11, 0.17).mirrored()),

  // plain figures
  DISC(disc(0, 0, 0.85)),
  SQUARE(box(-0.75, -0.75, 0.75, 0.75)),
  TRIANGLE(regular(3, 1)),
  DIAMOND(polygon(0, -1, 0.7, 0, 0, 1, -0.7, 0)),
  HEXAGON(regular(6, 0.92)),
  CROSS(box(-0.3, -0.9, 0.3, 0.9).or(box(-0.9, -0.3, 0.9, 0.3))),
  RING(ring(0, 0, 0.65, 0.23)),
  ARROW(polygon(0, -0.95, 0.75, -0.1, 0.3, -0.1, 0.3, 0.9, -0.3, 0.9, -0.3, -0.1, -0.75, -0.1)),
  BOLT(polygon(0.2, -0.95, -0.6, 0.15, -0.08, 0.15, -0.25, 0.95, 0.6, -0.2, 0.08, -0.2)),
  DROP(disc(0, 0.3, 0.58).or(polygon(0, -0.95, 0.53, 0.07, -0.53, 0.07))),
  TEE(box(-0.85, -0.85, 0.85, -0.3).or(box(-0.28, -0.85, 0.28, 0.9))),
  ELL(box(-0.65, -0.9, -0.1, 0.9).or(box(-0.65, 0.35, 0.75, 0.9)));

  /** The ten of the data set {@code objects}. */
  static final List<ObjectShape> OBJECTS =
      List.of(FISH, BOAT, CAR, HOUSE, TREE, BIRD, MUSHROOM, CUP, ROCKET, UMBRELLA);

  /** The twenty of the data set {@code things}. */
  static final List<ObjectShape> THINGS =
      List.of(
          APPLE, ANCHOR, BELL, BOTTLE, BUTTERFLY, CACTUS, CROWN, HEART, KEY, LAMP, LEAF, MOON,
          SNAIL, STAR, HAT, PINE, GEAR, PEAR, HAMMER, GHOST);

  /** Plain figures. */
  static final List<ObjectShape> FIGURES =
      List.of(DISC, SQUARE, TRIANGLE, DIAMOND, HEXAGON, CROSS, RING, ARROW, BOLT, DROP, TEE, ELL);

  private final Outline outline;
  private final Outline details;

  ObjectShape(Outline outline) {
    this(outline, null);
  }

  ObjectShape(Outline outline, Outline details) {
    this.outline = outline;
    this.details = details;
  }

  private static Outline gearTeeth() {
    Outline tooth = box(-0.15, -0.95, 0.15, 0.95);
    return tooth.or(
        tooth.turned(Math.PI / 4), tooth.turned(Math.PI / 2), tooth.turned(-Math.PI / 4));
  }

  /** Its name in captions and among the class names. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  Outline outline() {
    return outline;
  }

  boolean hasDetails() {
    return details != null;
  }

  /** The parts inside that have another colour. */
  Outline details() {
    return details;
  }

  static List<String> words(List<ObjectShape> shapes) {
    return shapes.stream().map(ObjectShape::word).toList();
  }
}
