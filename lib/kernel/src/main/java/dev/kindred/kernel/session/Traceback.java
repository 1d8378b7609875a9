package dev.kindred.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import jdk.jshell.Diag;
import jdk.jshell.EvalException;
import jdk.jshell.JShellException;
import jdk.jshell.UnresolvedReferenceException;

/**
 * Turns what went wrong in a snippet into a {@link CellError}: the place in the cell, marked; the
 * frames down to the cell, and none of the kernel's; the chain of causes.
 */
final class Traceback {
  private static final String RED = "\u001B[1;31m";
  private static final String DIM = "\u001B[2m";
  private static final String PLAIN = "\u001B[0m";
  private static final int CONTEXT_LINES = 2;
  private static final int MAX_FRAMES = 24;

  private final Function<String, Origin> origins;

  /**
   * @param origins finds where the snippet with an id stands; null for one that is in no cell
   */
  Traceback(Function<String, Origin> origins) {
    this.origins = origins;
  }

  /** An exception that came out of a cell. */
  CellError of(JShellException thrown) {
    List<String> lines = new ArrayList<>();
    String name = simpleName(thrown);
    String message = message(thrown);
    lines.add(head("", thrown));
    excerptOf(thrown, lines);
    frames(thrown.getStackTrace(), lines);
    Throwable cause = thrown.getCause();
    for (int depth = 0; cause instanceof JShellException inner && depth < 20; depth++) {
      lines.add(head("Caused by: ", inner));
      frames(inner.getStackTrace(), lines);
      cause = cause.getCause();
    }
    return new CellError(name, message, lines);
  }

  /** Errors of the compiler; positions are those of the snippet at {@code origin}. */
  static CellError of(List<Diag> problems, Origin origin) {
    List<String> lines = new ArrayList<>();
    String first = null;
    for (Diag problem : problems) {
      if (!problem.isError()) {
        continue;
      }
      int line = origin.lineAt(problem.getStartPosition());
      String text = problem.getMessage(Locale.ENGLISH).strip();
      if (first == null) {
        first = text.lines().findFirst().orElse("") + " (line " + line + ")";
      }
      lines.add(RED + "CompileError" + PLAIN + ": " + origin.cell() + ", line " + line);
      excerpt(origin, line, lines, underline(problem, origin, line));
      text.lines().filter(l -> !l.strip().equals("location: class")).forEach(lines::add);
    }
    return new CellError("CompileError", first == null ? "does not compile" : first, lines);
  }

  /** Something wrong with the whole snippet, such as names that are nowhere defined. */
  static CellError of(String kind, String message, Origin origin) {
    List<String> lines = new ArrayList<>();
    lines.add(RED + kind + PLAIN + ": " + message);
    if (origin != null) {
      excerpt(origin, origin.lineAt(0), lines, null);
    }
    return new CellError(kind, message, lines);
  }

  private void excerptOf(JShellException thrown, List<String> lines) {
    for (StackTraceElement frame : thrown.getStackTrace()) {
      Origin origin = originOf(frame);
      if (origin != null) {
        lines.add(DIM + origin.cell() + PLAIN);
        excerpt(origin, origin.cellLine(frame.getLineNumber()), lines, null);
        return;
      }
    }
  }

  private static void excerpt(Origin origin, int line, List<String> lines, String underline) {
    String[] code = origin.shown().split("\n", -1);
    int from = Math.max(1, line - CONTEXT_LINES);
    int to = Math.min(code.length, line + CONTEXT_LINES);
    for (int i = from; i <= to; i++) {
      String text = code[i - 1].stripTrailing();
      if (i == line) {
        lines.add(RED + String.format("--> %3d ", i) + PLAIN + text);
        if (underline != null) {
          lines.add("        " + RED + underline + PLAIN);
        }
      } else if (!(text.isEmpty() && i == to)) {
        lines.add(DIM + String.format("    %3d " + PLAIN + "%s", i, text));
      }
    }
  }

  /** Carets below the part of the line that the compiler speaks of. */
  private static String underline(Diag problem, Origin origin, int line) {
    int start = origin.offset() + (int) problem.getStartPosition();
    int end = Math.max(start + 1, origin.offset() + (int) problem.getEndPosition());
    int lineStart = origin.code().lastIndexOf('\n', Math.max(0, start - 1)) + 1;
    int lineEnd = origin.code().indexOf('\n', lineStart);
    if (lineEnd < 0) {
      lineEnd = origin.code().length();
    }
    if (start < lineStart
        || start > lineEnd
        || origin.lineAt(problem.getStartPosition()) != line
        || !origin
            .shown()
            .lines()
            .skip(line - 1)
            .findFirst()
            .orElse("")
            .equals(origin.code().substring(lineStart, lineEnd))) {
      return null;
    }
    return " ".repeat(start - lineStart) + "^".repeat(Math.max(1, Math.min(end, lineEnd) - start));
  }

  private void frames(StackTraceElement[] frames, List<String> lines) {
    int shown = 0;
    for (StackTraceElement frame : frames) {
      String text = describe(frame);
      if (text == null) {
        continue;
      }
      if (shown == MAX_FRAMES) {
        lines.add("    ... " + (frames.length - shown) + " more");
        return;
      }
      lines.add("    at " + text);
      shown++;
    }
  }

  private String describe(StackTraceElement frame) {
    Origin origin = originOf(frame);
    if (origin != null) {
      String method = frame.getMethodName();
      String place = origin.cell() + ", line " + origin.cellLine(frame.getLineNumber());
      String type = frame.getClassName();
      String owner = type.isEmpty() ? "" : type + ".";
      return method.isEmpty() || method.startsWith("lambda$do_it")
          ? place
          : owner + method + " (" + place + ")";
    }
    String type = frame.getClassName();
    boolean kernels =
        type.startsWith("dev.kindred.kernel.")
            || type.startsWith("REPL.")
            || type.startsWith("jdk.internal.reflect.")
            || type.startsWith("java.lang.invoke.");
    return kernels ? null : frame.toString();
  }

  private Origin originOf(StackTraceElement frame) {
    String file = frame.getFileName();
    return file != null && file.startsWith("#") ? origins.apply(file.substring(1)) : null;
  }

  private String head(String prefix, JShellException thrown) {
    String message = message(thrown);
    return prefix
        + RED
        + (prefix.isEmpty() ? simpleName(thrown) : name(thrown))
        + PLAIN
        + (message.isEmpty() ? "" : ": " + message);
  }

  private static String name(JShellException thrown) {
    return thrown instanceof EvalException e
        ? e.getExceptionClassName().replaceAll("REPL\\.\\$JShell\\$\\w*\\$", "")
        : "UnresolvedReference";
  }

  private static String simpleName(JShellException thrown) {
    String name = name(thrown);
    return name.substring(Math.max(name.lastIndexOf('.'), name.lastIndexOf('$')) + 1);
  }

  private static String message(JShellException thrown) {
    if (thrown instanceof UnresolvedReferenceException e) {
      return "used before what it needs is defined: " + e.getSnippet().source().strip();
    }
    return thrown.getMessage() == null ? "" : thrown.getMessage();
  }
}
