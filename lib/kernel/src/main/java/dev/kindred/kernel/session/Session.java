package dev.kindred.kernel.session;

import dev.kindred.kernel.stop.CellThread;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import jdk.jshell.DeclarationSnippet;
import jdk.jshell.Diag;
import jdk.jshell.JShell;
import jdk.jshell.Snippet;
import jdk.jshell.Snippet.Status;
import jdk.jshell.Snippet.SubKind;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Completeness;
import jdk.jshell.SourceCodeAnalysis.CompletionInfo;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * A JShell in this JVM that evaluates whole cells.
 *
 * <p>One thread at a time evaluates; {@link #stop} may be called from any other.
 */
public final class Session implements AutoCloseable {
  private final JShell shell;
  private final SourceCodeAnalysis analysis;
  private final CellControl control;
  private final CodeAssist assist;
  private final Map<String, Origin> origins = new HashMap<>();
  private final Traceback traceback = new Traceback(origins::get);
  private volatile String cellName = "startup";

  /**
   * @param compilerOptions options of javac for every snippet
   */
  public Session(List<String> compilerOptions) {
    this.control = new CellControl(new CellLoader(), () -> cellName);
    this.shell =
        JShell.builder()
            .executionEngine(new InProcess(control), Map.of())
            .compilerOptions(compilerOptions.toArray(String[]::new))
            .build();
    this.analysis = shell.sourceCodeAnalysis();
    this.assist = new CodeAssist(analysis);
  }

  /** Completion and documentation for this session's code. */
  public CodeAssist assist() {
    return assist;
  }

  /** Adds a jar or folder to what cells can use from now on. */
  public void addToClasspath(String path) {
    shell.addToClasspath(path);
    assist.addSourcesFor(path);
  }

  /** Stops what runs, if anything does; what was computed before stays. */
  public void stop() {
    control.stop();
  }

  /** Whether a thread of any cell is at work, not waiting. */
  public boolean isBusy() {
    return control.isBusy();
  }

  /** Forgets a stop that came while nothing ran. */
  public void clearStop() {
    control.clearStop();
  }

  /**
   * Evaluates code, snippet by snippet.
   *
   * @param cell the whole cell
   * @param shown the same lines as a person wrote them, for messages
   * @param name how the cell is called in messages
   * @param from first character of {@code cell} to evaluate
   * @param to end of what to evaluate
   * @return the value of the last snippet if that is an expression, else null
   * @throws CellError if a snippet does not compile, throws, or was stopped
   */
  public Object eval(String cell, String shown, String name, int from, int to) throws CellError {
    cellName = name;
    Object value = null;
    List<Snippet> declared = new ArrayList<>();
    int position = from;
    while (true) {
      while (position < to && Character.isWhitespace(cell.charAt(position))) {
        position++;
      }
      String rest = cell.substring(position, to);
      CompletionInfo info = analysis.analyzeCompletion(rest);
      if (info.completeness() == Completeness.EMPTY) {
        break;
      }
      Origin origin = new Origin(name, cell, shown, position);
      boolean hasMore = info.completeness().isComplete() && !info.remaining().isEmpty();
      String source = info.completeness().isComplete() ? info.source() : rest;
      value = evalSnippet(source, origin, declared);
      if (!hasMore) {
        break;
      }
      position = to - info.remaining().length();
    }
    checkResolved(declared);
    return value;
  }

  /**
   * Does the kernel's own work for a cell, such as drawing its result, where {@link #stop} reaches
   * it.
   *
   * @throws CellError if it was stopped
   * @throws Exception what {@code work} threw
   */
  @SuppressWarnings("unchecked")
  public <T> T run(Callable<T> work) throws Exception {
    try {
      return (T) control.run(work);
    } catch (CellThread.StoppedException e) {
      throw stopped(e.getMessage(), null);
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private Object evalSnippet(String source, Origin origin, List<Snippet> declared)
      throws CellError {
    if (control.isStopRequested()) {
      throw stopped("stopped", origin);
    }
    if (LongText.isIn(source)) {
      throw Traceback.of(
          "CompileError",
          "a text in quotes has more than " + LongText.MOST + " bytes; read it from a file",
          origin);
    }
    Object value = null;
    control.takeValue();
    for (SnippetEvent event : shell.eval(source)) {
      if (event.causeSnippet() != null) {
        continue;
      }
      Snippet snippet = event.snippet();
      origins.put(snippet.id(), origin);
      CellThread.StoppedException stop = control.takeStopped();
      if (stop != null) {
        throw stopped(stop.getMessage(), origin);
      }
      if (event.status() == Status.REJECTED) {
        List<Diag> problems = shell.diagnostics(snippet).collect(Collectors.toList());
        throw Traceback.of(problems, origin);
      }
      if (event.exception() != null) {
        throw traceback.of(event.exception());
      }
      if (snippet instanceof DeclarationSnippet && event.status() != Status.VALID) {
        declared.add(snippet);
      }
      value = showsValue(snippet.subKind()) ? control.takeValue() : null;
    }
    return value;
  }

  /** Declarations may refer to later ones of their cell, so they are judged at its end. */
  private void checkResolved(List<Snippet> declared) throws CellError {
    for (Snippet snippet : declared) {
      Status status = shell.status(snippet);
      if (status == Status.RECOVERABLE_DEFINED || status == Status.RECOVERABLE_NOT_DEFINED) {
        String missing =
            shell
                .unresolvedDependencies((DeclarationSnippet) snippet)
                .collect(Collectors.joining(", "));
        List<Diag> problems = shell.diagnostics(snippet).collect(Collectors.toList());
        Origin origin = origins.get(snippet.id());
        throw problems.stream().anyMatch(Diag::isError)
            ? Traceback.of(problems, origin)
            : Traceback.of("CompileError", "cannot find " + missing, origin);
      }
    }
  }

  private static CellError stopped(String message, Origin origin) {
    return Traceback.of("Interrupted", message + "; what was defined before is kept", origin);
  }

  private static boolean showsValue(SubKind kind) {
    return kind == SubKind.TEMP_VAR_EXPRESSION_SUBKIND
        || kind == SubKind.VAR_VALUE_SUBKIND
        || kind == SubKind.OTHER_EXPRESSION_SUBKIND;
  }

  @Override
  public void close() {
    shell.close();
  }

  private static final class InProcess implements ExecutionControlProvider {
    private final ExecutionControl control;

    InProcess(ExecutionControl control) {
      this.control = control;
    }

    @Override
    public String name() {
      return "in-process";
    }

    @Override
    public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
      return control;
    }
  }
}
