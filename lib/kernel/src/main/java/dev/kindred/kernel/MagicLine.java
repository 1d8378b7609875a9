package dev.kindred.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A magic in Java code, as IJava's users write it: from the start of a statement, indented or not,
 * or from behind an equals sign, to the end of its line.
 *
 * @param start position of the percent sign
 * @param end position of the end of the line
 * @param call name and arguments
 * @param alone whether it is a statement of its own that stands in no block
 */
record MagicLine(int start, int end, String call, boolean alone) {
  private static final Pattern MAGIC = Pattern.compile("%(\\w[^\\n]*)");

  /** Finds the magics of a cell from a position on; strings and comments hold none. */
  static List<MagicLine> find(String code, int from) {
    return new Scanner(code, from).find();
  }

  /**
   * The code from a position on with calls of the kernel in the place of some magics; what comes
   * before it, and the number of lines, stay as they are.
   */
  static String toJava(String code, int from, Predicate<MagicLine> which) {
    StringBuilder java = new StringBuilder();
    int done = 0;
    for (MagicLine magic : find(code, from)) {
      if (which.test(magic)) {
        java.append(code, done, magic.start).append(magic.toJava());
        done = magic.end;
      }
    }
    return java.append(code.substring(done)).toString();
  }

  private String toJava() {
    String text = call.replace("\\", "\\\\").replace("\"", "\\\"");
    return JavaKernel.class.getName() + ".magic(\"" + text + "\");";
  }

  /** Goes through Java code, as far as needed to know what is code in it. */
  private static final class Scanner {
    private final String code;
    private final List<MagicLine> found = new ArrayList<>();
    private int position;
    private int depth;

    /** The last character of code that is not blank; a semicolon where there is none. */
    private char last = ';';

    Scanner(String code, int from) {
      this.code = code;
      this.position = from;
    }

    List<MagicLine> find() {
      while (position < code.length()) {
        char c = code.charAt(position);
        if (code.startsWith("//", position)) {
          skipTo("\n", 0);
        } else if (code.startsWith("/*", position)) {
          skipTo("*/", 2);
        } else if (code.startsWith("\"\"\"", position)) {
          literal("\"\"\"");
        } else if (c == '"' || c == '\'') {
          literal(String.valueOf(c));
        } else if (c == '%' && magic()) {
          last = ';';
        } else {
          depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
          last = Character.isWhitespace(c) ? last : c;
          position++;
        }
      }
      return found;
    }

    private boolean magic() {
      int lineStart = code.lastIndexOf('\n', position) + 1;
      String before = code.substring(lineStart, position);
      boolean first = before.isBlank() && (before.isEmpty() || ";{}".indexOf(last) >= 0);
      Matcher magic = MAGIC.matcher(code).region(position, code.length());
      if (!(first || before.stripTrailing().endsWith("=")) || !magic.lookingAt()) {
        return false;
      }
      found.add(new MagicLine(position, magic.end(), magic.group(1).strip(), first && depth == 0));
      position = magic.end();
      return true;
    }

    private void skipTo(String end, int length) {
      int at = code.indexOf(end, position + length);
      position = at < 0 ? code.length() : at + length;
    }

    private void literal(String quote) {
      position += quote.length();
      while (position < code.length() && !code.startsWith(quote, position)) {
        if (quote.length() == 1 && code.charAt(position) == '\n') {
          return; // not closed, which the compiler will say
        }
        position += code.charAt(position) == '\\' ? 2 : 1;
      }
      position = Math.min(code.length(), position + quote.length());
      last = '"';
    }
  }
}
