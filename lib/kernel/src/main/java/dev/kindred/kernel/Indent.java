package dev.kindred.kernel;

/** The white space that a console starts the next line of unfinished code with. */
final class Indent {
  private static final String STEP = "  ";

  private Indent() {}

  static String after(String code) {
    long depth = 0;
    for (char c : code.toCharArray()) {
      depth += c == '{' ? 1 : c == '}' ? -1 : 0;
    }
    return STEP.repeat((int) Math.max(0, Math.min(depth, 40)));
  }
}
