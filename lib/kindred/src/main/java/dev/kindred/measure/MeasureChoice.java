package dev.kindred.measure;

import dev.kindred.representation.Representation;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * A measure that is being chosen, as {@link Measures#cka()}{@code .rbf(0.4)} does; immutable. What
 * is not chosen has the default of the catalogue, and the text of the choice is the measure's
 * specification.
 *
 * @param <S> the choice itself, for chained calls
 */
public class MeasureChoice<S extends MeasureChoice<S>> {
  private final String name;
  private final Map<String, String> chosen;
  private final Function<Map<String, String>, S> again;

  MeasureChoice(String name, Map<String, String> chosen, Function<Map<String, String>, S> again) {
    this.name = name;
    this.chosen = Collections.unmodifiableMap(new LinkedHashMap<>(chosen));
    this.again = again;
  }

  /** The choice of a measure that has no parameters. */
  static MeasureChoice<?> without(String name) {
    return new MeasureChoice<>(name, Map.of(), chosen -> null);
  }

  final S with(String parameter, Object value) {
    Map<String, String> more = new LinkedHashMap<>(chosen);
    more.put(parameter, String.valueOf(value));
    return again.apply(more);
  }

  /**
   * The measure as chosen so far.
   *
   * @throws dev.kindred.base.InputException if a value is not possible, or means nothing beside the
   *     others
   */
  public final Measure measure() {
    return Measures.entry(name).measure(chosen);
  }

  /** The value of the measure for two representations; see {@link Measure}. */
  public final double compare(Representation x, Representation y) {
    return measure().compare(x, y);
  }

  /** The specification, such as {@code cka[kernel=rbf,sigma=0.4]}. */
  @Override
  public final String toString() {
    return measure().info().specification();
  }
}
