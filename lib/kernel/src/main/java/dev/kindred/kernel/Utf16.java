package dev.kindred.kernel;

/** Jupyter counts positions in code points, Java in UTF-16 units. */
final class Utf16 {
  private Utf16() {}

  /** The index in {@code text} of its code point number {@code points}. */
  static int offset(String text, int points) {
    int all = text.codePointCount(0, text.length());
    return text.offsetByCodePoints(0, Math.max(0, Math.min(points, all)));
  }

  /** The number of code points before {@code offset}. */
  static int points(String text, int offset) {
    return text.codePointCount(0, Math.max(0, Math.min(offset, text.length())));
  }
}
