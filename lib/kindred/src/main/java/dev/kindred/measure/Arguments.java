package dev.kindred.measure;

import dev.kindred.base.InputException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A measure's parameters with their values, checked and complete.
 *
 * @param measure name of the measure
 * @param parameters its parameters in the order of the catalogue
 * @param values canonical text of every parameter
 */
public record Arguments(String measure, List<Parameter> parameters, Map<String, String> values) {

  public Arguments {
    parameters = List.copyOf(parameters);
    values = Map.copyOf(values);
  }

  /** The text of a parameter. */
  public String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException(measure + " has no parameter " + name);
    }
    return value;
  }

  public boolean is(String name, String value) {
    return text(name).equals(value);
  }

  public boolean flag(String name) {
    return Boolean.parseBoolean(text(name));
  }

  /** The number of a parameter that is not one of its words. */
  public double number(String name) {
    return Double.parseDouble(text(name));
  }

  /** The whole number of a parameter that is not one of its words. */
  public int integer(String name) {
    return (int) number(name);
  }

  /** True if the value was chosen, and differs from the default. */
  public boolean differs(String name) {
    return parameters.stream()
        .anyMatch(p -> p.name().equals(name) && !p.defaultValue().equals(text(name)));
  }

  /** Fails if a parameter that means nothing here has been chosen. */
  public void refuse(String name, String reason) {
    if (differs(name)) {
      throw new InputException(measure + ": " + name + " has no meaning " + reason);
    }
  }

  /** {@code name[key=value,…]} in the order of the catalogue, defaults left out. */
  public String specification() {
    String text =
        parameters.stream()
            .filter(p -> differs(p.name()))
            .map(p -> p.name() + "=" + text(p.name()))
            .collect(Collectors.joining(","));
    return text.isEmpty() ? measure : measure + "[" + text + "]";
  }
}
