package dev.kindred.stimuli.generator;

/**
 * Where an object lies.
 *
 * @param x centre, from −1 (left) to 1 (right)
 * @param y centre, from −1 (top) to 1 (bottom)
 * @param scale half the object's size, as a share of half the picture
 * @param rotation clockwise, in radians
 * @param mirrored whether left and right are exchanged
 */
record Pose(double x, double y, double scale, double rotation, boolean mirrored) {

  /** A random place that keeps most of the object inside the picture. */
  static Pose draw(Draw draw, double smallest, double largest, double tilt) {
    return draw(draw, smallest, largest, tilt, 1);
  }

  /**
   * The same, nearer to the centre.
   *
   * @param roam share of the possible distance from the centre
   */
  static Pose draw(Draw draw, double smallest, double largest, double tilt, double roam) {
    double scale = draw.uniform(smallest, largest);
    double room = roam * (1 - 0.75 * scale);
    return new Pose(
        draw.uniform(-room, room),
        draw.uniform(-room, room),
        scale,
        draw.uniform(-tilt, tilt),
        draw.chance(0.5));
  }

  /** The outline in this pose. */
  Outline place(Outline outline) {
    double cos = StrictMath.cos(rotation) / scale;
    double sin = StrictMath.sin(rotation) / scale;
    double flip = mirrored ? -1 : 1;
    return (px, py) -> {
      double dx = px - x;
      double dy = py - y;
      return scale * outline.distance(flip * (cos * dx + sin * dy), cos * dy - sin * dx);
    };
  }

  /** Radius of a disc that holds every shape in this pose. */
  double reach() {
    return 1.22 * scale;
  }

  Pose moved(double dx, double dy) {
    return new Pose(x + dx, y + dy, scale, rotation, mirrored);
  }

  double degrees() {
    return StrictMath.toDegrees(rotation);
  }

  /** Where it lies, in words. */
  String placeWord() {
    String column = x < -0.2 ? "left" : x > 0.2 ? "right" : "";
    String row = y < -0.2 ? "top" : y > 0.2 ? "bottom" : "";
    if (column.isEmpty() && row.isEmpty()) {
      return "centre";
    }
    return row.isEmpty() ? column : column.isEmpty() ? row : row + " " + column;
  }

  String sizeWord() {
    return scale < 0.48 ? "small" : scale > 0.66 ? "large" : "medium";
  }
}
