package dev.kindred.stimuli.generator;

import java.util.ArrayList;
import java.util.List;

/**
 * Plants that grow by rules of branching, as Lindenmayer's (1968) do: species differ in how a shoot
 * divides.
 */
final class Plants {
  private static final int MOST_TWIGS = 260;

  private Plants() {}

  /**
   * How a species grows.
   *
   * @param word its name
   * @param orders how often shoots divide
   * @param twigs side shoots along a shoot
   * @param angle between a shoot and its side shoots, radians
   * @param shrink length of a side shoot, as a share of its shoot's
   * @param bend how far a shoot turns along its length, radians
   * @param opposite whether side shoots stand in pairs
   * @param forked whether all of them stand at the tip
   */
  private record Species(
      String word,
      int orders,
      int twigs,
      double angle,
      double shrink,
      double bend,
      boolean opposite,
      boolean forked) {}

  private static final List<Species> SPECIES =
      List.of(
          new Species("fern", 2, 7, 1.1, 0.42, 0.5, true, false),
          new Species("elm", 5, 2, 0.45, 0.74, 0, false, true),
          new Species("fir", 2, 7, 1.9, 0.36, 0, true, false),
          new Species("horsetail", 2, 5, 0.75, 0.3, 0, true, false),
          new Species("umbel", 2, 9, 0.75, 0.55, 0, false, true),
          new Species("vine", 2, 6, 0.95, 0.26, 2.6, false, false),
          new Species("broom", 3, 3, 0.3, 0.62, 0.1, false, false),
          new Species("coral", 4, 3, 0.75, 0.6, 0.3, false, true));

  static Recipe recipe() {
    return new Recipe(
        "plants",
        Recipe.SINGLE_DOMAIN,
        "eight species of plants that differ in how their shoots divide",
        SPECIES.stream().map(Species::word).toList(),
        Plants::picture);
  }

  /** A straight piece of a shoot with its half width. */
  private record Twig(double ax, double ay, double bx, double by, double half) {
    double distance(double x, double y) {
      double ex = bx - ax;
      double ey = by - ay;
      double t =
          ValueNoise.clamp(
              ((x - ax) * ex + (y - ay) * ey) / Math.max(1e-9, ex * ex + ey * ey), 0, 1);
      return Math.hypot(x - ax - t * ex, y - ay - t * ey) - half;
    }
  }

  private static void grow(
      Species species,
      List<Twig> twigs,
      double x,
      double y,
      double heading,
      double length,
      double half,
      int order,
      Draw draw) {
    int pieces = species.forked ? 1 : species.twigs;
    double piece = length / pieces;
    double bend = species.bend * (order == species.orders ? 1 : 0.4) / pieces;
    for (int i = 0; i < pieces && twigs.size() < MOST_TWIGS; i++) {
      double turn = heading + bend * i + draw.uniform(-0.06, 0.06);
      double nextX = x + piece * StrictMath.sin(turn);
      double nextY = y - piece * StrictMath.cos(turn);
      twigs.add(new Twig(x, y, nextX, nextY, half * (1 - 0.5 * i / pieces)));
      x = nextX;
      y = nextY;
      if (order > 1) {
        int shoots = species.forked ? species.twigs : species.opposite ? 2 : 1;
        for (int k = 0; k < shoots; k++) {
          double side =
              species.forked
                  ? 2.0 * k / (shoots - 1) - 1
                  : species.opposite ? 2 * k - 1 : i % 2 == 0 ? 1 : -1;
          double taper = species.forked ? 1 : 1 - 0.75 * i / pieces;
          grow(
              species,
              twigs,
              x,
              y,
              turn + side * species.angle * draw.uniform(0.85, 1.15),
              length * species.shrink * taper * draw.uniform(0.85, 1.15),
              half * 0.66,
              order - 1,
              draw);
        }
      }
    }
  }

  private static Picture picture(int label, Draw draw) {
    Species species = SPECIES.get(label);
    double lean = draw.uniform(-0.5, 0.5);
    double length = draw.uniform(1.1, 1.6) * (species.forked ? 0.5 : 1);
    List<Twig> twigs = new ArrayList<>();
    grow(
        species,
        twigs,
        draw.uniform(-0.35, 0.35),
        draw.uniform(0.75, 1.05),
        lean,
        length,
        draw.uniform(0.03, 0.055),
        species.orders,
        draw);
    boolean mirrored = draw.chance(0.5);
    Rgb shoot = Rgb.hsv(draw.uniform(0.02, 0.45), draw.uniform(0.2, 0.9), draw.uniform(0.15, 0.9));
    Rgb ground =
        Rgb.hsv(
            draw.uniform(),
            draw.uniform(0, 0.5),
            shoot.luminance() > 0.45 ? draw.uniform(0.05, 0.3) : draw.uniform(0.7, 1));
    Rgb haze = ground.mix(Rgb.hsv(draw.uniform(), 0.4, 0.6), 0.35);
    long key = draw.key();
    double grain = draw.uniform(0.3, 1);
    Paint paint =
        (px, y, pixel, rgb) -> {
          double x = mirrored ? -px : px;
          double nearest = Double.POSITIVE_INFINITY;
          for (Twig twig : twigs) {
            nearest = Math.min(nearest, twig.distance(x, y));
          }
          Rgb behind = ground.mix(haze, ValueNoise.smooth(key, px / grain + 9, y / grain + 9));
          Rgb colour =
              behind.mix(
                  shoot.times(0.8 + 0.3 * ValueNoise.smooth(key + 1, 3 * x + 9, 3 * y + 9)),
                  ValueNoise.clamp(0.5 - nearest / pixel, 0, 1));
          rgb[0] = colour.red();
          rgb[1] = colour.green();
          rgb[2] = colour.blue();
        };
    return new Picture.Builder()
        .background(paint)
        .factor("species", species.word)
        .factor("rotation", StrictMath.toDegrees(lean))
        .factor("scale", length)
        .build(
            Words.a(species.word)
                + " that leans to the "
                + (lean < 0 != mirrored ? "left" : "right"));
  }
}
