package dev.kindred.kernel.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.SourceCodeAnalysis.Documentation;
import jdk.jshell.SourceCodeAnalysis.Suggestion;

/** What an editor asks about code that has not run: completions, documentation, completeness. */
public final class CodeAssist {
  private static final int MAX_COMPLETIONS = 300;
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Pattern QUALIFIED_NAME = Pattern.compile("(?s).*\\b\\w+(\\.\\w*)*");

  private final SourceCodeAnalysis analysis;
  private final LibrarySources sources;

  CodeAssist(SourceCodeAnalysis analysis) {
    this.analysis = analysis;
    this.sources = new LibrarySources(analysis);
  }

  void addSourcesFor(String classpathElement) {
    sources.addFor(classpathElement);
  }

  /**
   * Completions for a place.
   *
   * @param texts what to insert between {@code start} and {@code end}
   */
  public record Completions(List<String> texts, int start, int end) {}

  /** Whether code can be run as it is. */
  public enum Completeness {
    COMPLETE,
    INCOMPLETE,
    INVALID
  }

  /** Suggests how to go on at {@code cursor}. */
  public Completions complete(String code, int cursor) {
    Completions found = completeNow(code, cursor);
    if (found.texts().isEmpty()
        && QUALIFIED_NAME.matcher(code.substring(0, cursor)).matches()
        && awaitPackages()) {
      return completeNow(code, cursor);
    }
    return found;
  }

  /**
   * Waits until JShell knows the packages of the class path, which it reads in the background at
   * the start and whenever the class path has grown.
   *
   * @return whether it did not know them yet and knows them now
   */
  private boolean awaitPackages() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    for (boolean waited = false; System.nanoTime() < end; waited = true) {
      if (analysis.listQualifiedNames("X", 1).isUpToDate()) {
        return waited;
      }
      try {
        Thread.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  private Completions completeNow(String code, int cursor) {
    Window window = Window.at(analysis, code, cursor);
    for (Window.View view : window.views()) {
      int[] anchor = new int[1];
      List<Suggestion> found = analysis.completionSuggestions(view.code(), view.cursor(), anchor);
      if (!found.isEmpty()) {
        boolean typed = found.stream().anyMatch(Suggestion::matchesType);
        List<String> texts =
            found.stream()
                .filter(s -> !typed || s.matchesType() || found.size() < MAX_COMPLETIONS)
                .sorted((a, b) -> Boolean.compare(b.matchesType(), a.matchesType()))
                .map(Suggestion::continuation)
                .distinct()
                .limit(MAX_COMPLETIONS)
                .collect(Collectors.toList());
        return new Completions(texts, cursor - (view.cursor() - anchor[0]), cursor);
      }
    }
    return new Completions(List.of(), cursor, cursor);
  }

  /** Describes what stands at {@code cursor}: signatures with their Javadoc; empty if unknown. */
  public String describe(String code, int cursor) {
    sources.install();
    int end = cursor;
    while (end < code.length() && Character.isJavaIdentifierPart(code.charAt(end))) {
      end++;
    }
    Window window = Window.at(analysis, code, end);
    // Documentation is asked for at the name itself, and after the bracket that opens its
    // arguments: the first knows classes and fields, the second methods.
    List<Documentation> found = new ArrayList<>();
    for (Window.View view : window.views()) {
      String name = view.code().substring(0, view.cursor());
      found.addAll(analysis.documentation(name + "(", name.length() + 1, true));
      if (found.isEmpty()) {
        found.addAll(analysis.documentation(name, name.length(), true));
      }
      if (!found.isEmpty()) {
        break;
      }
    }
    return found.stream()
        .map(d -> d.signature() + Javadoc.toText(d.javadoc()))
        .distinct()
        .collect(Collectors.joining("\n\n"));
  }

  /** Tells whether all of {@code code} can be run. */
  public Completeness completeness(String code) {
    String rest = code;
    while (true) {
      CompletionInfo info = analysis.analyzeCompletion(rest);
      switch (info.completeness()) {
        case EMPTY:
          return Completeness.COMPLETE;
        case UNKNOWN:
          return Completeness.INVALID;
        case DEFINITELY_INCOMPLETE:
        case CONSIDERED_INCOMPLETE:
          return Completeness.INCOMPLETE;
        default:
          if (info.remaining().isBlank()) {
            return Completeness.COMPLETE;
          }
          rest = info.remaining();
      }
    }
  }
}
