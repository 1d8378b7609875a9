package dev.kindred.measure;

import dev.kindred.base.InputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A measure in the catalogue: its name, its parameters with their defaults, and how it is made.
 *
 * @param name name in specifications
 * @param parameters its parameters, in the order in which they are printed
 * @param factory makes the measure from checked arguments
 */
public record CatalogueEntry(
    String name, List<Parameter> parameters, Function<Arguments, Measure> factory) {

  public CatalogueEntry {
    parameters = List.copyOf(parameters);
  }

  public static CatalogueEntry of(
      String name, Function<Arguments, Measure> factory, Parameter... parameters) {
    return new CatalogueEntry(name, Arrays.asList(parameters), factory);
  }

  /** The measure with defaults for everything that {@code chosen} leaves open. */
  public Measure measure(Map<String, String> chosen) {
    Map<String, String> values = new LinkedHashMap<>();
    for (Parameter parameter : parameters) {
      String value = chosen.get(parameter.name());
      values.put(
          parameter.name(),
          value == null ? parameter.defaultValue() : parameter.canonical(name, value));
    }
    for (String key : chosen.keySet()) {
      if (!values.containsKey(key)) {
        throw new InputException(
            name
                + ": there is no parameter "
                + key
                + (parameters.isEmpty() ? "; it has none" : "; there are " + values.keySet()));
      }
    }
    return factory.apply(new Arguments(name, parameters, values));
  }

  /** What the measure with all defaults states of itself. */
  public MeasureInfo info() {
    return measure(Map.of()).info();
  }
}
