package dev.kindred.figure;

import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * Where the names of points stand: beside them, clear of all points and of each other. A name that
 * has no room anywhere is left to the pointer.
 */
final class PointNames {
  /** Half the side of the square that a point takes, in pixels. */
  private static final double POINT = 4.5;

  /** Between two names on one line, in pixels. */
  private static final double BETWEEN = 4;

  /** Where a name stands beside its point; the first place with room is taken. */
  enum Place {
    ABOVE(0, -1),
    BELOW(0, 1),
    RIGHT(1, 0),
    LEFT(-1, 0),
    ABOVE_RIGHT(1, -1),
    ABOVE_LEFT(-1, -1),
    BELOW_RIGHT(1, 1),
    BELOW_LEFT(-1, 1);

    final int across;
    final int down;

    Place(int across, int down) {
      this.across = across;
      this.down = down;
    }

    /** How far the text is moved to the right of its point. */
    double dx() {
      return across * (down == 0 ? 7 : 3);
    }

    /** How far the text is moved below its point. */
    double dy() {
      return down * 5;
    }

    Rectangle2D box(double x, double y, double width, double height) {
      return new Rectangle2D.Double(
          x + dx() - width * (1 - across) / 2, y + dy() - height * (1 - down) / 2, width, height);
    }
  }

  private PointNames() {}

  /**
   * The place of every name that is drawn.
   *
   * @param figure whose points have names
   * @param x pixels of a value, to the right
   * @param y pixels of a value, downwards
   * @param bounds the plot, in pixels
   * @return by the names of the series, a place for every point, or none where there is no room
   */
  static Map<String, List<Optional<Place>>> of(
      XyFigure<?> figure, DoubleUnaryOperator x, DoubleUnaryOperator y, Rectangle2D bounds) {
    List<Rectangle2D> taken = new ArrayList<>();
    for (XyFigure.Series data : figure.series.values()) {
      for (int i = 0; i < data.x().length; i++) {
        if (Double.isFinite(data.y()[i])) {
          taken.add(
              new Rectangle2D.Double(
                  x.applyAsDouble(data.x()[i]) - POINT,
                  y.applyAsDouble(data.y()[i]) - POINT,
                  2 * POINT,
                  2 * POINT));
        }
      }
    }
    Map<String, List<Optional<Place>>> all = new LinkedHashMap<>();
    figure.series.forEach(
        (name, data) -> {
          List<Optional<Place>> places = new ArrayList<>();
          for (int i = 0; data.drawsNames() && i < data.labels().size(); i++) {
            double height = Look.lineHeight(Look.SMALL);
            Optional<Place> place = Optional.empty();
            if (Double.isFinite(data.y()[i]) && figure.draws(data.labels().get(i))) {
              double width = Look.width(data.labels().get(i), Look.SMALL);
              double left = x.applyAsDouble(data.x()[i]);
              double top = y.applyAsDouble(data.y()[i]);
              for (Place next : Place.values()) {
                Rectangle2D box = next.box(left, top, width, height);
                if (bounds.contains(box) && taken.stream().noneMatch(box::intersects)) {
                  place = Optional.of(next);
                  taken.add(
                      new Rectangle2D.Double(
                          box.getX() - BETWEEN, box.getY(), width + 2 * BETWEEN, height));
                  break;
                }
              }
            }
            places.add(place);
          }
          all.put(name, places);
        });
    return all;
  }
}
