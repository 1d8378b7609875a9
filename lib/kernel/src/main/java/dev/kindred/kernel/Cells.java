package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;
import dev.kindred.kernel.session.Session;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs cells: Java, with magics between. */
final class Cells {
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
      int from = cellMagic.end();
      return magics.cell(cellMagic.group(1), code.substring(from), () -> runPart(code, name, from));
    }
    return runPart(code, name, 0);
  }

  /** Runs a magic, given as its name and arguments. */
  Object magic(String call) throws CellError {
    String[] parts = call.split("\\s+", 2);
    return magics.line(parts[0], parts.length < 2 ? "" : parts[1]);
  }

  private Object runPart(String code, String name, int from) throws CellError {
    String java = MagicLine.toJava(code, from, magic -> !magic.alone());
    Object value = null;
    int start = from;
    for (MagicLine magic : MagicLine.find(java, from)) {
      session.eval(java, code, name, start, magic.start());
      Object result = magic(magic.call());
      value = magics.isShown(magic.call()) ? result : null;
      start = magic.end();
    }
    if (!java.substring(start).isBlank()) {
      value = session.eval(java, code, name, start, java.length());
    }
    return value;
  }

  /** The code with Java in the place of its magics, which the compiler would not understand. */
  static String withoutMagics(String code) {
    return MagicLine.toJava(code, 0, magic -> true);
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
