package dev.kindred.kernel;

import dev.kindred.kernel.session.CellError;
import dev.kindred.kernel.session.CodeAssist;
import dev.kindred.kernel.session.Session;
import dev.kindred.kernel.wire.Connection;
import dev.kindred.kernel.wire.Log;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.JupyterIO;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.messages.MessageType;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The kernel: what Jupyter asks, answered with a {@link Session}.
 *
 * <p>It can be asked what it is at once; the session is made meanwhile, and the first cell waits
 * for it.
 */
public final class JavaKernel extends BaseKernel {
  private static volatile JavaKernel instance;

  private final Connection connection;
  private final CellIo io = new CellIo();
  private final History history = new History();
  private final CompletableFuture<Session> session = new CompletableFuture<>();
  private final CompletableFuture<Cells> cells = new CompletableFuture<>();
  private volatile String lastDisplayId;

  JavaKernel(Connection connection) {
    this.connection = connection;
    instance = this;
  }

  /** The kernel that runs in this JVM, or null. */
  public static JavaKernel instance() {
    return instance;
  }

  /** Makes the session in the background. */
  void startSession() {
    System.setOut(connection.output().out());
    System.setErr(connection.output().err());
    System.setIn(connection.input());
    Thread thread =
        new Thread(
            () -> {
              try {
                Session made = Startup.session();
                session.complete(made);
                cells.complete(new Cells(made));
              } catch (Throwable e) {
                Log.warn("the session cannot start", e);
                session.completeExceptionally(e);
                cells.completeExceptionally(e);
              }
            },
            "startup");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void becomeHandlerForConnection(JupyterConnection to) {
    super.becomeHandlerForConnection(to);
    ExecuteHandler execution = new ExecuteHandler(connection, io, this::eval, history);
    to.setHandler(MessageType.EXECUTE_REQUEST, execution::handle);
    to.setHandler(MessageType.HISTORY_REQUEST, history::handle);
  }

  @Override
  public JupyterIO getIO() {
    return io;
  }

  @Override
  public void display(DisplayData data) {
    io.display.display(data);
  }

  /**
   * Shows a value now, apart from the cell's result.
   *
   * @param mimeTypes how to show it; none: as its renderer prefers
   * @return an id, for {@link #updateDisplay}
   */
  public String display(Object value, String... mimeTypes) {
    DisplayData data = render(value, mimeTypes);
    String id = data.getDisplayId();
    if (id == null) {
      id = UUID.randomUUID().toString();
      data.setDisplayId(id);
    }
    lastDisplayId = id;
    display(data);
    return id;
  }

  /** Replaces what {@link #display(Object, String...)} with this id showed. */
  public void updateDisplay(String id, Object value, String... mimeTypes) {
    io.display.updateDisplay(id, render(value, mimeTypes));
  }

  /** A value in the forms that a front end can show. */
  public DisplayData render(Object value, String... mimeTypes) {
    if (value instanceof DisplayData data) {
      return data;
    }
    if (value == null) {
      return new DisplayData("null");
    }
    DisplayData data =
        mimeTypes.length == 0
            ? getRenderer().render(value)
            : getRenderer().renderAs(value, mimeTypes);
    return PlainText.improve(data, value);
  }

  /** Runs a cell's code from within a cell. */
  public Object evalNested(String code) throws CellError {
    return cells().run(code, "eval");
  }

  /**
   * Runs a magic from within a cell: what stands in the place of {@code %name arguments} in Java.
   *
   * @param call name and arguments
   */
  @SuppressWarnings("unchecked")
  public static <T> T magic(String call) {
    try {
      return (T) instance.cells().magic(call);
    } catch (CellError e) {
      throw new MagicError(e);
    }
  }

  @Override
  public DisplayData eval(String code) throws Exception {
    return eval(code, "eval");
  }

  private DisplayData eval(String code, String name) throws CellError {
    Cells runner = cells();
    Session java = session.join();
    java.clearStop();
    Object value = runner.run(code, name);
    if (value == null || value == lastDisplayId) {
      return null;
    }
    try {
      return java.run(() -> render(value));
    } catch (CellError e) {
      throw e;
    } catch (Exception | LinkageError | StackOverflowError e) {
      throw CellErrors.of("the result cannot be shown", e);
    }
  }

  private Cells cells() throws CellError {
    try {
      return cells.join();
    } catch (RuntimeException e) {
      throw CellErrors.of("the kernel could not start", e.getCause());
    }
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    String text = session.join().assist().describe(code, Utf16.offset(code, at));
    return text.isEmpty() ? null : new DisplayData(text);
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    CodeAssist.Completions found = session.join().assist().complete(code, Utf16.offset(code, at));
    return new ReplacementOptions(
        found.texts(), Utf16.points(code, found.start()), Utf16.points(code, found.end()));
  }

  @Override
  public String isComplete(String code) {
    if (code.startsWith("%%")) {
      return code.endsWith("\n") ? IS_COMPLETE_YES : "";
    }
    switch (session.join().assist().completeness(Cells.withoutMagics(code))) {
      case COMPLETE:
        return IS_COMPLETE_YES;
      case INVALID:
        return IS_COMPLETE_BAD;
      default:
        return Indent.after(code);
    }
  }

  @Override
  public void interrupt() {
    Session running = session.getNow(null);
    if (running != null) {
      running.stop();
    }
  }

  @Override
  public void onShutdown(boolean isRestarting) {
    Shutdown.begin(connection);
  }

  /** Stops what runs; false if it is still at work after that time. */
  boolean becomesQuiet(long millis) {
    Session made = session.getNow(null);
    if (made == null) {
      return true;
    }
    made.stop();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    while (made.isBusy() && System.nanoTime() < end) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return !made.isBusy();
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java")
        .fileExtension(".jshell")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  @Override
  public String getBanner() {
    return "Java " + Runtime.version() + " · Kindred kernel " + KERNEL_META.get("version");
  }
}
