package dev.kindred.stimuli.generator;

/**
 * A region of the plane, given by its signed distance: negative inside, positive outside, in
 * picture units (the picture is the square from −1 to 1, y pointing down). Unions and stretched
 * regions give a lower bound of the distance away from their edge and are exact on it.
 */
@FunctionalInterface
interface Outline {
  /** The whole plane. */
  Outline EVERYWHERE = (x, y) -> Double.NEGATIVE_INFINITY;

  double distance(double x, double y);

  default Outline or(Outline... others) {
    return (x, y) -> {
      double nearest = distance(x, y);
      for (Outline other : others) {
        nearest = Math.min(nearest, other.distance(x, y));
      }
      return nearest;
    };
  }

  default Outline minus(Outline other) {
    return (x, y) -> Math.max(distance(x, y), -other.distance(x, y));
  }

  default Outline and(Outline other) {
    return (x, y) -> Math.max(distance(x, y), other.distance(x, y));
  }

  /** The region grown by {@code radius}, its corners rounded. */
  default Outline grown(double radius) {
    return (x, y) -> distance(x, y) - radius;
  }

  /** Turned clockwise (as seen, y pointing down) by {@code angle} radians about the origin. */
  default Outline turned(double angle) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return (x, y) -> distance(cos * x + sin * y, cos * y - sin * x);
  }

  /** The right half and its mirror image. */
  default Outline mirrored() {
    return (x, y) -> distance(Math.abs(x), y);
  }

  static Outline disc(double cx, double cy, double radius) {
    return (x, y) -> Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius;
  }

  static Outline ring(double cx, double cy, double radius, double halfWidth) {
    return (x, y) ->
        Math.abs(Math.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius) - halfWidth;
  }

  static Outline ellipse(double cx, double cy, double rx, double ry) {
    return (x, y) -> {
      double u = (x - cx) / rx;
      double v = (y - cy) / ry;
      double level = Math.sqrt(u * u + v * v);
      double slope = Math.sqrt(u * u / (rx * rx) + v * v / (ry * ry));
      // first-order distance to the level set: exact on the edge
      return slope == 0 ? -Math.min(rx, ry) : level * (level - 1) / slope;
    };
  }

  static Outline box(double left, double top, double right, double bottom) {
    double cx = (left + right) / 2;
    double cy = (top + bottom) / 2;
    double width = (right - left) / 2;
    double height = (bottom - top) / 2;
    return (x, y) -> {
      double dx = Math.abs(x - cx) - width;
      double dy = Math.abs(y - cy) - height;
      double outX = Math.max(dx, 0);
      double outY = Math.max(dy, 0);
      return Math.sqrt(outX * outX + outY * outY) + Math.min(Math.max(dx, dy), 0);
    };
  }

  /** A stroke with round ends along the points x0, y0, x1, y1, …. */
  static Outline stroke(double halfWidth, double... points) {
    return (x, y) -> {
      double nearest = Double.POSITIVE_INFINITY;
      for (int i = 0; i + 3 < points.length; i += 2) {
        nearest =
            Math.min(
                nearest,
                squaredToSegment(x, y, points[i], points[i + 1], points[i + 2], points[i + 3]));
      }
      return Math.sqrt(nearest) - halfWidth;
    };
  }

  /** A simple polygon with the corners x0, y0, x1, y1, …. */
  static Outline polygon(double... corners) {
    int n = corners.length / 2;
    return (x, y) -> {
      double nearest = Double.POSITIVE_INFINITY;
      boolean inside = false;
      for (int i = 0, j = n - 1; i < n; j = i++) {
        double ax = corners[2 * i];
        double ay = corners[2 * i + 1];
        double bx = corners[2 * j];
        double by = corners[2 * j + 1];
        nearest = Math.min(nearest, squaredToSegment(x, y, ax, ay, bx, by));
        if ((ay > y) != (by > y) && x < (bx - ax) * (y - ay) / (by - ay) + ax) {
          inside = !inside;
        }
      }
      double distance = Math.sqrt(nearest);
      return inside ? -distance : distance;
    };
  }

  /** A regular polygon with its first corner up. */
  static Outline regular(int corners, double radius) {
    return star(corners, radius, radius * StrictMath.cos(Math.PI / corners));
  }

  /** A star with its first point up. */
  static Outline star(int points, double outer, double inner) {
    double[] corners = new double[4 * points];
    for (int i = 0; i < 2 * points; i++) {
      double angle = Math.PI * i / points;
      double radius = i % 2 == 0 ? outer : inner;
      corners[2 * i] = radius * StrictMath.sin(angle);
      corners[2 * i + 1] = -radius * StrictMath.cos(angle);
    }
    return polygon(corners);
  }

  private static double squaredToSegment(
      double x, double y, double ax, double ay, double bx, double by) {
    double ex = bx - ax;
    double ey = by - ay;
    double wx = x - ax;
    double wy = y - ay;
    double length = ex * ex + ey * ey;
    double t = length == 0 ? 0 : ValueNoise.clamp((wx * ex + wy * ey) / length, 0, 1);
    double dx = wx - t * ex;
    double dy = wy - t * ey;
    return dx * dx + dy * dy;
  }
}
