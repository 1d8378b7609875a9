package dev.kindred.kernel.session;

import java.util.List;

/** A cell that failed, as a front end shows it. */
public final class CellError extends Exception {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final transient List<String> traceback;

  /**
   * @param name the kind of error, such as {@code ArithmeticException}
   * @param message what happened, without the kind
   * @param traceback the lines to show: they contain kind and message
   */
  public CellError(String name, String message, List<String> traceback) {
    super(message == null ? "" : message);
    this.name = name;
    this.traceback = List.copyOf(traceback);
  }

  public String name() {
    return name;
  }

  public List<String> traceback() {
    return traceback;
  }
}
