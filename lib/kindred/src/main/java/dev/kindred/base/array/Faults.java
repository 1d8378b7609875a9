package dev.kindred.base.array;

/** What went wrong, in one line: the innermost cause that says anything. */
final class Faults {
  private Faults() {}

  static String text(Throwable fault) {
    String message = fault.getClass().getSimpleName();
    Throwable cause = fault;
    for (int depth = 0; cause != null && depth < 16; depth++) {
      if (cause.getMessage() != null && !cause.getMessage().isBlank()) {
        message = cause.getMessage();
      }
      cause = cause.getCause();
    }
    String line = PythonLiteral.printable(message.strip());
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
