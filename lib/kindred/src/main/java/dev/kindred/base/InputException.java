package dev.kindred.base;

/**
 * Bad input from the person who uses the library: a file that cannot be read, shapes that do not
 * fit, a parameter that does not exist. The message is one line that says what was expected, what
 * was found and where; the command line prints it alone and ends with status 2.
 */
public class InputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public InputException(String message) {
    super(oneLine(message));
  }

  public InputException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** Names from damaged files may hold line breaks and worse; a terminal should not see them. */
  private static String oneLine(String message) {
    return message == null ? null : message.replaceAll("\\p{Cntrl}+", " ");
  }
}
