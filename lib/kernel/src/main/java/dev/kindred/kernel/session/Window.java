package dev.kindred.kernel.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;

/**
 * The part of a cell that JShell has to see to answer a question about one place: the snippet at
 * the cursor; and, since the snippets before it may not have run yet, the same as the end of a
 * block that begins with them.
 */
record Window(List<View> views) {
  private static final Pattern NOT_IN_A_BLOCK =
      Pattern.compile("\\s*(import|public|private|protected|static|%)\\b.*", Pattern.DOTALL);

  /** Code with a cursor in it. */
  record View(String code, int cursor) {}

  static Window at(SourceCodeAnalysis analysis, String cell, int cursor) {
    String code = cell.substring(0, cursor);
    StringBuilder earlier = new StringBuilder("{ ");
    int start = 0;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(code.substring(start));
      String remaining = info.remaining();
      if (!info.completeness().isComplete() || remaining == null || remaining.isBlank()) {
        break;
      }
      if (!NOT_IN_A_BLOCK.matcher(info.source()).matches()) {
        earlier.append(info.source()).append('\n');
      }
      start = code.length() - remaining.length();
    }
    String last = code.substring(start);
    List<View> views = new ArrayList<>();
    views.add(new View(last, last.length()));
    if (start > 0) {
      String block = earlier + last;
      views.add(new View(block, block.length()));
    }
    return new Window(views);
  }
}
