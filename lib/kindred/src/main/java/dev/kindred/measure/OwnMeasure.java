package dev.kindred.measure;

import dev.kindred.representation.Representation;
import java.util.function.ToDoubleBiFunction;

/**
 * A distance of one's own, given by a function of two representations, beside those of the
 * catalogue. Nothing is known of it but its name, so what it finds is kept nowhere.
 */
public final class OwnMeasure implements Measure {
  private final MeasureInfo info;
  private final ToDoubleBiFunction<Representation, Representation> distance;

  private record Whole(Representation x) implements Prepared {
    @Override
    public long bytes() {
      return x.bytes();
    }
  }

  private OwnMeasure(String name, ToDoubleBiFunction<Representation, Representation> distance) {
    this.distance = distance;
    this.info =
        MeasureInfo.distance(name, Double.POSITIVE_INFINITY)
            .summary("a distance of one's own")
            .choice("where nothing in the catalogue says what is meant")
            .policy("NaN and infinite numbers are refused, all else is the function's")
            .source("its author")
            .asymmetric()
            .build();
  }

  /**
   * A distance; it may differ by direction.
   *
   * @param name no name of the catalogue
   * @param distance of two representations of the same stimuli: 0 for equal ones, above 0 else
   */
  public static OwnMeasure distance(
      String name, ToDoubleBiFunction<Representation, Representation> distance) {
    return new OwnMeasure(name, distance);
  }

  @Override
  public MeasureInfo info() {
    return info;
  }

  @Override
  public Prepared prepare(Representation x) {
    x.requireFinite();
    return new Whole(x);
  }

  @Override
  public double compare(Prepared x, Prepared y) {
    return distance.applyAsDouble(((Whole) x).x, ((Whole) y).x);
  }
}
