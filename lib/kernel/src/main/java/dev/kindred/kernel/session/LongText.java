package dev.kindred.kernel.session;

import java.nio.charset.StandardCharsets;

/**
 * Texts in quotes that no class file can hold. The compiler refuses them too, but then refuses all
 * that follows: what it had begun to write stays in its table of constants.
 */
final class LongText {
  /** Bytes of a constant in a class file (JVMS 4.4.7). */
  static final int MOST = 65_535;

  private LongText() {}

  /** Whether a snippet has one. Short snippets cost nothing. */
  static boolean isIn(String source) {
    if (source.length() <= MOST / 3) {
      return false;
    }
    int i = 0;
    while (i < source.length()) {
      if (source.startsWith("//", i)) {
        i = after(source, "\n", i + 2);
      } else if (source.startsWith("/*", i)) {
        i = after(source, "*/", i + 2);
      } else if (source.charAt(i) == '"' || source.charAt(i) == '\'') {
        String quote = source.startsWith("\"\"\"", i) ? "\"\"\"" : source.substring(i, i + 1);
        int end = i + quote.length();
        while (end < source.length() && !source.startsWith(quote, end)) {
          end += source.charAt(end) == '\\' ? 2 : 1;
        }
        int last = Math.min(end, source.length());
        if (source.substring(i, last).getBytes(StandardCharsets.UTF_8).length > MOST) {
          return true;
        }
        i = end + quote.length();
      } else {
        i++;
      }
    }
    return false;
  }

  private static int after(String source, String end, int from) {
    int at = source.indexOf(end, from);
    return at < 0 ? source.length() : at + end.length();
  }
}
