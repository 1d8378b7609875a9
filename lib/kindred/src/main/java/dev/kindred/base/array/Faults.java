package dev.kindred.base.array;

/** What went wrong, in one line. */
final class Faults {
  private Faults() {}

  static String text(Throwable fault) {
    String message = fault.getMessage();
    if (message == null || message.isBlank()) {
      message = fault.getClass().getSimpleName();
    }
    String line = PythonLiteral.printable(message.strip());
    return line.length() > 200 ? line.substring(0, 200) + "…" : line;
  }
}
