package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;
import dev.kindred.kernel.session.Session;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs cells: Java, with magics between. */
final class Cells {
  private static final Pattern LINE_MAGIC = Pattern.compile("^%(\\w+)[ \\t]*(.*)$");
  private static final Pattern CELL_MAGIC = Pattern.compile("^\\s*%%(\\w+)[ \\t]*([^\\n]*)(\\n|$)");

  private final Session session;
  private final Magics magics;

  Cells(Session session) {
    this.session = session;
    this.magics = new Magics(session, this);
  }

  /**
   * Runs a cell.
   *
   * @param name how it is called in messages
   * @return the value of its last expression, or null
   */
  Object run(String code, String name) throws CellError {
    Matcher cellMagic = CELL_MAGIC.matcher(code);
    if (cellMagic.lookingAt()) {
      String arguments = cellMagic.group(2).strip();
      return magics.cell(cellMagic.group(1), arguments, () -> runPart(code, name, cellMagic.end()));
    }
    return runPart(code, name, 0);
  }

  Magics magics() {
    return magics;
  }

  private Object runPart(String code, String name, int from) throws CellError {
    Object value = null;
    int javaStart = from;
    int lineStart = from;
    boolean inTextBlock = false;
    while (lineStart < code.length()) {
      int newline = code.indexOf('\n', lineStart);
      int lineEnd = newline < 0 ? code.length() : newline;
      String line = code.substring(lineStart, lineEnd);
      Matcher magic = LINE_MAGIC.matcher(line);
      if (!inTextBlock && magic.matches()) {
        session.eval(code, name, javaStart, lineStart);
        value = magics.line(magic.group(1), magic.group(2).strip());
        javaStart = lineEnd;
      }
      inTextBlock ^= line.split("\"\"\"", -1).length % 2 == 0;
      lineStart = lineEnd + 1;
    }
    if (!code.substring(javaStart).isBlank()) {
      value = session.eval(code, name, javaStart, code.length());
    }
    return value;
  }

  /** The code without its lines of magic, which the Java compiler would not understand. */
  static String withoutMagics(String code) {
    return code.lines()
        .filter(line -> !LINE_MAGIC.matcher(line).matches())
        .reduce("", (a, b) -> a + b + "\n");
  }

  /** Splits the arguments of a magic at white space; quoted ones stay whole. */
  static List<String> words(String arguments) {
    return Pattern.compile("\"([^\"]*)\"|(\\S+)")
        .matcher(arguments)
        .results()
        .map(m -> m.group(1) != null ? m.group(1) : m.group(2))
        .toList();
  }
}
