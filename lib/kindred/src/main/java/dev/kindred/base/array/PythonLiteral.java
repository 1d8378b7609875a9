package dev.kindred.base.array;

import dev.kindred.base.InputException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Python literals as they stand in .npy headers: dictionaries, tuples, lists, strings, integers,
 * {@code True}, {@code False} and {@code None}.
 */
final class PythonLiteral {
  private static final int MAX_DEPTH = 32;

  private final String where;
  private final String text;
  private int position;
  private int depth;

  private PythonLiteral(String where, String text) {
    this.where = where;
    this.text = text;
  }

  /**
   * The value of a literal: Map, List (also for tuples), String, Long, Boolean, or null for None.
   */
  static Object parse(String where, String text) {
    PythonLiteral parser = new PythonLiteral(where, text);
    Object value = parser.value();
    parser.skipSpace();
    if (parser.position < text.length()) {
      throw parser.fault("nothing more");
    }
    return value;
  }

  private Object value() {
    if (++depth > MAX_DEPTH) {
      throw fault("fewer levels of brackets");
    }
    skipSpace();
    char c = peek();
    Object value;
    if (c == '{') {
      value = dictionary();
    } else if (c == '(') {
      value = sequence(')');
    } else if (c == '[') {
      value = sequence(']');
    } else if (c == '\'' || c == '"') {
      value = string();
    } else if (c >= '0' && c <= '9' || c == '-') {
      value = integer();
    } else {
      value = word();
    }
    depth--;
    return value;
  }

  private Map<String, Object> dictionary() {
    position++;
    Map<String, Object> map = new LinkedHashMap<>();
    skipSpace();
    while (peek() != '}') {
      skipSpace();
      if (peek() != '\'' && peek() != '"') {
        throw fault("a name in quotes");
      }
      String key = string();
      skipSpace();
      if (peek() != ':') {
        throw fault("a colon");
      }
      position++;
      if (map.containsKey(key)) {
        throw fault("'" + key + "' only once");
      }
      map.put(key, value());
      separator('}');
    }
    position++;
    return map;
  }

  private List<Object> sequence(char close) {
    position++;
    List<Object> items = new ArrayList<>();
    skipSpace();
    while (peek() != close) {
      items.add(value());
      separator(close);
    }
    position++;
    return items;
  }

  private void separator(char close) {
    skipSpace();
    if (peek() == ',') {
      position++;
      skipSpace();
    } else if (peek() != close) {
      throw fault("a comma or " + close);
    }
  }

  private String string() {
    char quote = text.charAt(position++);
    int end = text.indexOf(quote, position);
    if (end < 0) {
      throw fault("a closing quote");
    }
    String string = text.substring(position, end);
    position = end + 1;
    return string;
  }

  private Long integer() {
    int start = position++;
    while (position < text.length() && Character.digit(text.charAt(position), 10) >= 0) {
      position++;
    }
    String digits = text.substring(start, position);
    if (position < text.length() && text.charAt(position) == 'L') {
      position++; // Python 2 marked long integers
    }
    try {
      return Long.valueOf(digits);
    } catch (NumberFormatException e) {
      position = start;
      throw fault("an integer below 2^63");
    }
  }

  private Object word() {
    for (String word : List.of("True", "False", "None")) {
      if (text.startsWith(word, position)) {
        position += word.length();
        return word.equals("None") ? null : (Object) word.equals("True");
      }
    }
    throw fault("a value");
  }

  private char peek() {
    if (position >= text.length()) {
      throw fault("more");
    }
    return text.charAt(position);
  }

  private void skipSpace() {
    while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
      position++;
    }
  }

  private InputException fault(String expected) {
    String rest = text.substring(Math.min(position, text.length()));
    String found =
        rest.isBlank()
            ? "the end"
            : "\"" + printable(rest.substring(0, Math.min(20, rest.length())));
    return new InputException(
        where
            + ": header: expected "
            + expected
            + " at character "
            + position
            + ", found "
            + found
            + (rest.isBlank() ? "" : "\""));
  }

  /** The text with every control character replaced, so that a message stays one line. */
  static String printable(String text) {
    return text.replaceAll("\\p{Cntrl}", "?");
  }
}
