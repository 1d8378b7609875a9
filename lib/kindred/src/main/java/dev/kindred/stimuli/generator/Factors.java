package dev.kindred.stimuli.generator;

import dev.kindred.base.InputException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The factors that a stimulus was drawn from, by name: words (shape, texture, colour, background,
 * …) and numbers (x, y, scale, rotation in degrees, light in degrees, clutter, count, …). Positions
 * run from −1 (left, top) to 1 (right, bottom).
 */
public final class Factors {
  private final Map<String, Object> values;

  Factors(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** Names of all factors, in the order in which the recipe drew them. */
  public List<String> names() {
    return new ArrayList<>(values.keySet());
  }

  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Whether the factor is a number. */
  public boolean isNumber(String name) {
    return value(name) instanceof Double;
  }

  /** A factor that is a word. */
  public String word(String name) {
    if (value(name) instanceof String word) {
      return word;
    }
    throw new InputException("factor " + name + " is a number, expected a word");
  }

  /** A factor that is a number. */
  public double number(String name) {
    if (value(name) instanceof Double number) {
      return number;
    }
    throw new InputException("factor " + name + " is a word, expected a number");
  }

  private Object value(String name) {
    Object value = values.get(name);
    if (value == null) {
      throw new InputException("no factor " + name + ", expected one of " + values.keySet());
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Factors factors && factors.values.equals(values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
