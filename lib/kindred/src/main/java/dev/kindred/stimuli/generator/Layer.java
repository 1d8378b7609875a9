package dev.kindred.stimuli.generator;

/**
 * One outline filled with one paint.
 *
 * @param role what the layer is in the picture
 * @param outline region that it covers
 * @param paint its colour
 * @param opacity from 0 to 1
 * @param blur width of the outline's soft edge beyond a pixel, in picture units
 * @param cx centre of a disc that holds all that is visible
 * @param cy see {@code cx}
 * @param reach radius of that disc; infinite where the outline is unbounded
 */
record Layer(
    Role role,
    Outline outline,
    Paint paint,
    double opacity,
    double blur,
    double cx,
    double cy,
    double reach) {

  /** What a layer is in the picture. */
  enum Role {
    /** What lies behind everything. */
    BACKGROUND,
    /** Parts of the background that have an outline. */
    SCENERY,
    /** Light and shade: no thing, no outline. */
    SHADE,
    /** The figure: what the picture is of. */
    FIGURE,
    /** Parts inside the figure. */
    DETAIL,
    /** Other things that distract or cover. */
    CLUTTER
  }

  Layer withPaint(Paint newPaint) {
    return new Layer(role, outline, newPaint, opacity, blur, cx, cy, reach);
  }

  Layer withOutline(Outline newOutline, double growth) {
    return new Layer(role, newOutline, paint, opacity, blur, cx, cy, reach + growth);
  }

  /** The layer as it appears when the whole picture is put into {@code camera}'s pose. */
  Layer seenBy(Pose camera) {
    double cos = StrictMath.cos(camera.rotation());
    double sin = StrictMath.sin(camera.rotation());
    double flip = camera.mirrored() ? -1 : 1;
    double scale = camera.scale();
    Paint seen =
        (x, y, pixel, rgb) -> {
          double dx = (x - camera.x()) / scale;
          double dy = (y - camera.y()) / scale;
          paint.at(flip * (cos * dx + sin * dy), cos * dy - sin * dx, pixel / scale, rgb);
        };
    return new Layer(
        role,
        outline == Outline.EVERYWHERE ? outline : camera.place(outline),
        seen,
        opacity,
        blur * scale,
        camera.x() + scale * (cos * flip * cx - sin * cy),
        camera.y() + scale * (sin * flip * cx + cos * cy),
        reach * scale);
  }

  boolean isFigure() {
    return role == Role.FIGURE || role == Role.DETAIL;
  }
}
