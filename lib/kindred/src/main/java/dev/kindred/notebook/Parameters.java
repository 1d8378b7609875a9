package dev.kindred.notebook;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A notebook's parameters. Each has a name and a default in the cell tagged {@code parameters}, and
 * may be set from outside by an environment variable: {@code training images} by {@code
 * KINDRED_TRAINING_IMAGES}. Shown in a notebook, they tell where each value came from.
 */
public final class Parameters {
  /**
   * A parameter that was asked for.
   *
   * @param name its name
   * @param value its value as text
   * @param variable the environment variable that it is or may be set by
   * @param fromOutside whether that variable was set
   */
  public record Entry(String name, String value, String variable, boolean fromOutside) {}

  private final UnaryOperator<String> environment;
  private final Profile profile;
  private final List<Entry> entries = new ArrayList<>();

  Parameters(UnaryOperator<String> environment) {
    this.environment = environment;
    String named = environment.apply("KINDRED_PROFILE");
    profile = Profile.named(named);
    entries.add(new Entry("profile", profile.toString(), "KINDRED_PROFILE", isSet(named)));
  }

  /** How much is to be done. */
  public Profile profile() {
    return profile;
  }

  /** A whole number. */
  public int integer(String name, int defaultValue) {
    return read(name, defaultValue, "a whole number", Integer::valueOf, String::valueOf);
  }

  /** A number. */
  public double number(String name, double defaultValue) {
    return read(name, defaultValue, "a number", Double::valueOf, String::valueOf);
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String name, boolean defaultValue) {
    return read(name, defaultValue, "true or false", Parameters::toBoolean, String::valueOf);
  }

  /** A text. */
  public String text(String name, String defaultValue) {
    return read(name, defaultValue, "a text", Function.identity(), Function.identity());
  }

  /** One of several texts, the first of which is the default. */
  public String choice(String name, String first, String... others) {
    List<String> possible = new ArrayList<>(List.of(first));
    possible.addAll(List.of(others));
    String expected = "one of " + String.join(", ", possible);
    return read(
        name,
        first,
        expected,
        text -> {
          if (!possible.contains(text)) {
            throw new IllegalArgumentException(text);
          }
          return text;
        },
        Function.identity());
  }

  /** Texts, separated by commas in the environment variable. */
  public List<String> texts(String name, List<String> defaults) {
    return read(
        name,
        List.copyOf(defaults),
        "texts, separated by commas",
        text -> split(text, ","),
        list -> String.join(", ", list));
  }

  /** Files or folders, separated as in {@code PATH} in the environment variable. */
  public List<Path> paths(String name, List<Path> defaults) {
    return read(
        name,
        List.copyOf(defaults),
        "paths, separated by " + java.io.File.pathSeparator,
        text -> split(text, java.io.File.pathSeparator).stream().map(Path::of).toList(),
        list ->
            list.isEmpty()
                ? "(none)"
                : String.join(" ", list.stream().map(Path::toString).toList()));
  }

  /** What has been asked for so far, the profile first. */
  public List<Entry> entries() {
    return Collections.unmodifiableList(entries);
  }

  private <T> T read(
      String name,
      T defaultValue,
      String expected,
      Function<String, T> parse,
      Function<T, String> print) {
    String variable = variable(name);
    String text = environment.apply(variable);
    T value = Objects.requireNonNull(defaultValue);
    if (isSet(text)) {
      try {
        value = parse.apply(text.strip());
      } catch (IllegalArgumentException e) {
        throw new InputException(variable + "=" + text + ": expected " + expected, e);
      }
    }
    entries.removeIf(entry -> entry.name().equals(name));
    entries.add(new Entry(name, print.apply(value), variable, isSet(text)));
    return value;
  }

  /** {@code training images} and {@code trainingImages} give {@code KINDRED_TRAINING_IMAGES}. */
  static String variable(String name) {
    String words = name.strip().replaceAll("([a-z0-9])([A-Z])", "$1 $2");
    return "KINDRED_" + words.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
  }

  private static boolean isSet(String text) {
    return text != null && !text.isBlank();
  }

  private static Boolean toBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException(text);
    };
  }

  private static List<String> split(String text, String separator) {
    return java.util.Arrays.stream(text.split(java.util.regex.Pattern.quote(separator)))
        .map(String::strip)
        .filter(part -> !part.isEmpty())
        .toList();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Entry entry : entries) {
      text.append(text.isEmpty() ? "" : "\n")
          .append(entry.name())
          .append(" = ")
          .append(entry.value())
          .append(entry.fromOutside() ? "  (from " + entry.variable() + ")" : "");
    }
    return text.toString();
  }
}
