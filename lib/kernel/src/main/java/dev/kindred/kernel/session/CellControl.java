package dev.kindred.kernel.session;

import dev.kindred.kernel.stop.CellThread;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;

/**
 * Runs snippets in this JVM, each on a {@link CellThread}, and keeps the value of the last one as
 * an object: JShell itself hands on its text only.
 */
final class CellControl extends DirectExecutionControl {
  private final CellLoader loader;
  private final Supplier<String> name;
  private final ThreadGroup cells = new ThreadGroup("cells");
  private ThreadGroup group = new ThreadGroup(cells, "");
  private volatile CellThread running;
  private volatile boolean stopRequested;
  private Object value;
  private CellThread.StoppedException stopped;

  CellControl(CellLoader loader, Supplier<String> name) {
    super(new CellClasses(loader));
    this.loader = loader;
    this.name = name;
  }

  @Override
  protected String invoke(Method snippet) throws Exception {
    try {
      value = run(() -> call(snippet));
      return "";
    } catch (CellThread.StoppedException e) {
      stopped = e;
      throw new ExecutionControl.StoppedException();
    } catch (Throwable e) {
      throw new InvocationTargetException(e);
    }
  }

  private static Object call(Method snippet) throws Exception {
    try {
      return snippet.invoke(null);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw (Exception) e.getCause();
    }
  }

  /** Runs the body as a part of the cell: on a thread of its own, open to {@link #stop}. */
  Object run(Callable<?> body) throws Throwable {
    CellThread outer = running; // of a cell that calls the kernel
    CellThread thread = new CellThread(group(), loader, body);
    running = thread;
    if (stopRequested) {
      thread.stop();
    }
    try {
      return thread.await();
    } finally {
      running = outer;
    }
  }

  /** One group for all snippets of a cell: threads that the first one starts belong to the last. */
  private synchronized ThreadGroup group() {
    if (!group.getName().equals(name.get())) {
      group = new ThreadGroup(cells, name.get());
    }
    return group;
  }

  @Override
  public String varValue(String className, String varName) {
    // Asked for after every redefinition, to show it in a terminal; large values are slow to print.
    return "";
  }

  @Override
  public void stop() {
    stopRequested = true;
    CellThread thread = running;
    if (thread != null) {
      thread.stop();
    }
  }

  /** Whether a thread of any cell is at work, not waiting. */
  boolean isBusy() {
    Thread[] threads = new Thread[cells.activeCount() * 2 + 8];
    int count = cells.enumerate(threads, true);
    return Arrays.stream(threads, 0, count).anyMatch(t -> t.getState() == Thread.State.RUNNABLE);
  }

  /** Whether a stop was asked for since {@link #clearStop}: it also holds between snippets. */
  boolean isStopRequested() {
    return stopRequested;
  }

  void clearStop() {
    stopRequested = false;
  }

  /** Returns the value of the last snippet and forgets it. */
  Object takeValue() {
    Object taken = value;
    value = null;
    return taken;
  }

  /** Returns how the last snippet was stopped, or null if it was not. */
  CellThread.StoppedException takeStopped() {
    CellThread.StoppedException taken = stopped;
    stopped = null;
    return taken;
  }
}
