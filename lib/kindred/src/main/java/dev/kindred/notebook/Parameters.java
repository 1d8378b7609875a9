package dev.kindred.notebook;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Seeds;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * A notebook's parameters. Each has a name and a default in the cell tagged {@code parameters}, and
 * may be set from outside by an environment variable: {@code training images} by {@code
 * KINDRED_TRAINING_IMAGES}. Shown in a notebook, each has its value, what stands in the cell and
 * what overrides it.
 *
 * <p>A value that is not possible is an {@link InputException} in that cell, wherever it stands,
 * and names the variable or the parameter.
 */
public final class Parameters {
  /**
   * A parameter that was asked for.
   *
   * @param name its name
   * @param value its value as text
   * @param inCell the value that stands in the cell
   * @param variable the environment variable that it is or may be set by
   * @param fromOutside whether that variable was set
   */
  public record Entry(
      String name, String value, String inCell, String variable, boolean fromOutside) {}

  private final UnaryOperator<String> environment;
  private final Profile profile;
  private final List<Entry> entries = new ArrayList<>();

  Parameters(UnaryOperator<String> environment) {
    this.environment = environment;
    String named = environment.apply("KINDRED_PROFILE");
    profile = Profile.named(named);
    String standard = Profile.named(null).toString();
    entries.add(
        new Entry("profile", profile.toString(), standard, "KINDRED_PROFILE", isSet(named)));
  }

  /** How much is to be done. */
  public Profile profile() {
    return profile;
  }

  /** A whole number. */
  public int integer(String name, int defaultValue) {
    return read(name, defaultValue, "a whole number", Integer::valueOf, String::valueOf, all());
  }

  /** A whole number of at least {@code least}. */
  public int integer(String name, int defaultValue, int least) {
    return read(
        name,
        defaultValue,
        "a whole number of at least " + least,
        Integer::valueOf,
        String::valueOf,
        number -> number >= least);
  }

  /** The root of random numbers, a whole number. */
  public Seeds seeds(String name, int defaultValue) {
    return new Seeds(integer(name, defaultValue));
  }

  /** A number. */
  public double number(String name, double defaultValue) {
    return read(name, defaultValue, "a number", Double::valueOf, String::valueOf, all());
  }

  /** A number above 0, not infinite. */
  public double positive(String name, double defaultValue) {
    return read(
        name,
        defaultValue,
        "a number above 0",
        Double::valueOf,
        String::valueOf,
        number -> number > 0 && number <= Double.MAX_VALUE);
  }

  /** {@code true} or {@code false}. */
  public boolean flag(String name, boolean defaultValue) {
    return read(name, defaultValue, "true or false", Parameters::toBoolean, String::valueOf, all());
  }

  /** A text. */
  public String text(String name, String defaultValue) {
    return text(name, defaultValue, "a text", text -> text);
  }

  /**
   * A text that {@code check} takes, such as a measure that {@code Measures::parse} does.
   *
   * @param expected what it should be, for messages
   * @param check throws an {@link InputException} for other texts
   */
  public String text(String name, String defaultValue, String expected, Function<String, ?> check) {
    return read(
        name,
        defaultValue,
        expected,
        Function.identity(),
        Function.identity(),
        text -> {
          check.apply(text);
          return true;
        });
  }

  /** One of several texts, the first of which is the default. */
  public String choice(String name, String first, String... others) {
    List<String> possible = new ArrayList<>(List.of(first));
    possible.addAll(List.of(others));
    return choice(name, first, possible);
  }

  /** One of several texts. */
  public String choice(String name, String defaultValue, List<String> possible) {
    return read(
        name,
        defaultValue,
        "one of " + String.join(", ", possible),
        Function.identity(),
        Function.identity(),
        possible::contains);
  }

  /** Texts, separated by commas in the environment variable. */
  public List<String> texts(String name, List<String> defaults) {
    return texts(name, defaults, "texts, separated by commas", all());
  }

  /** Some of several texts, each once, separated by commas in the environment variable. */
  public List<String> choices(String name, List<String> defaults, List<String> possible) {
    return texts(
        name,
        defaults,
        "some of " + String.join(", ", possible) + ", each once, separated by commas",
        list -> possible.containsAll(list) && list.stream().distinct().count() == list.size());
  }

  private List<String> texts(
      String name, List<String> defaults, String expected, Predicate<List<String>> isPossible) {
    return read(
        name,
        List.copyOf(defaults),
        expected,
        text -> split(text, ","),
        list -> String.join(", ", list),
        isPossible);
  }

  /** Files or folders, separated as in {@code PATH} in the environment variable. */
  public List<Path> paths(String name, List<Path> defaults) {
    return paths(name, defaults, "paths", paths -> {});
  }

  /**
   * Files or folders that {@code check} takes, separated as in {@code PATH} in the environment
   * variable.
   *
   * @param expected what they should be, for messages
   * @param check throws an {@link InputException} for others
   */
  public List<Path> paths(
      String name, List<Path> defaults, String expected, Consumer<List<Path>> check) {
    return read(
        name,
        List.copyOf(defaults),
        expected + ", separated by " + java.io.File.pathSeparator,
        text -> split(text, java.io.File.pathSeparator).stream().map(Path::of).toList(),
        list -> String.join(" ", list.stream().map(Path::toString).toList()),
        list -> {
          check.accept(list);
          return true;
        });
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
      Function<T, String> print,
      Predicate<T> isPossible) {
    String variable = variable(name);
    String text = environment.apply(variable);
    String found = isSet(text) ? variable + "=" + text : name + " = " + print.apply(defaultValue);
    T value = Objects.requireNonNull(defaultValue);
    boolean possible;
    try {
      if (isSet(text)) {
        value = parse.apply(text.strip());
      }
      possible = isPossible.test(value);
    } catch (InputException e) {
      throw new InputException(found + ": expected " + expected + "; " + e.getMessage(), e);
    } catch (IllegalArgumentException e) {
      throw new InputException(found + ": expected " + expected, e);
    }
    if (!possible) {
      throw new InputException(found + ": expected " + expected);
    }
    entries.removeIf(entry -> entry.name().equals(name));
    String shown = shown(print.apply(value));
    entries.add(new Entry(name, shown, shown(print.apply(defaultValue)), variable, isSet(text)));
    return value;
  }

  /** {@code training images} and {@code trainingImages} give {@code KINDRED_TRAINING_IMAGES}. */
  static String variable(String name) {
    String words = name.strip().replaceAll("([a-z0-9])([A-Z])", "$1 $2");
    return "KINDRED_" + words.replaceAll("[^A-Za-z0-9]+", "_").toUpperCase(Locale.ROOT);
  }

  private static <T> Predicate<T> all() {
    return value -> true;
  }

  private static boolean isSet(String text) {
    return text != null && !text.isBlank();
  }

  private static String shown(String text) {
    return text.isEmpty() ? "(none)" : text;
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
          .append(
              entry.fromOutside()
                  ? "  (" + entry.variable() + " overrides " + entry.inCell() + ")"
                  : "");
    }
    return text.toString();
  }
}
