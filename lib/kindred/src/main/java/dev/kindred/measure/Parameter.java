package dev.kindred.measure;

import dev.kindred.base.InputException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One parameter of a measure: what it may be and what it is when nothing is said.
 *
 * @param name key in the measure's specification
 * @param description one line for the catalogue
 * @param defaultValue canonical text of the default
 * @param words values that are words, in the order in which they are listed
 * @param kind what else it may be
 * @param minimum smallest number allowed
 */
public record Parameter(
    String name,
    String description,
    String defaultValue,
    List<String> words,
    Kind kind,
    double minimum) {

  /** What a parameter may be beside one of its words. */
  public enum Kind {
    WORD,
    INTEGER,
    NUMBER,
    /** The name of a file, without commas and square brackets. */
    FILE
  }

  public Parameter {
    words = List.copyOf(words);
  }

  /** One of several words; the first is the default. */
  public static Parameter choice(String name, String description, String first, String... others) {
    List<String> words = new ArrayList<>(List.of(first));
    words.addAll(Arrays.asList(others));
    return new Parameter(name, description, first, words, Kind.WORD, Double.NaN);
  }

  /** {@code true} or {@code false}. */
  public static Parameter flag(String name, String description, boolean defaultValue) {
    return new Parameter(
        name,
        description,
        String.valueOf(defaultValue),
        List.of("true", "false"),
        Kind.WORD,
        Double.NaN);
  }

  /** A number from {@code minimum}, or one of {@code words}; the default may be either. */
  public static Parameter number(
      String name, String description, String defaultValue, double minimum, String... words) {
    return new Parameter(
        name, description, defaultValue, Arrays.asList(words), Kind.NUMBER, minimum);
  }

  /** A whole number from {@code minimum}, or one of {@code words}; the default may be either. */
  public static Parameter integer(
      String name, String description, String defaultValue, int minimum, String... words) {
    return new Parameter(
        name, description, defaultValue, Arrays.asList(words), Kind.INTEGER, minimum);
  }

  /** The name of a file, or the word that stands for none, which is the default. */
  public static Parameter file(String name, String description, String none) {
    return new Parameter(name, description, none, List.of(none), Kind.FILE, Double.NaN);
  }

  /** What the parameter may be, for people: {@code linear | rbf}, {@code number ≥ 0 | median}. */
  public String values() {
    List<String> parts = new ArrayList<>();
    if (kind == Kind.FILE) {
      parts.add("file");
    } else if (kind != Kind.WORD) {
      String type = kind == Kind.INTEGER ? "integer" : "number";
      parts.add(type + from());
    }
    parts.addAll(words);
    return String.join(" | ", parts);
  }

  private String from() {
    if (minimum == Double.NEGATIVE_INFINITY) {
      return "";
    }
    return minimum == Double.MIN_VALUE ? " > 0" : " ≥ " + canonical(minimum);
  }

  /** The one text of {@code value}; fails on a value that is not allowed. */
  String canonical(String measure, String value) {
    if (words.contains(value)) {
      return value;
    }
    if (kind == Kind.FILE && !value.isBlank()) {
      return value;
    }
    if (kind == Kind.NUMBER || kind == Kind.INTEGER) {
      try {
        double number = Double.parseDouble(value);
        boolean whole = number == Math.rint(number) && Math.abs(number) <= Integer.MAX_VALUE;
        if (Double.isFinite(number) && number >= minimum && (whole || kind == Kind.NUMBER)) {
          return canonical(number);
        }
      } catch (NumberFormatException e) {
        // told below, as any other value that is not allowed
      }
    }
    throw new InputException(
        measure + ": " + name + "=" + value + " is not possible; expected " + values());
  }

  private static String canonical(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? new BigDecimal(number).toBigInteger().toString()
        : Double.toString(number);
  }
}
