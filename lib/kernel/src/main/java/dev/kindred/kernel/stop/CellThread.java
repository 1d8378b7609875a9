package dev.kindred.kernel.stop;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;

/**
 * Runs one piece of a cell on a thread of its own, in the cell's thread group, and can stop it with
 * all threads of that group.
 *
 * <p>A stop goes in steps: the woven checks and {@link Thread#interrupt} at once; an asynchronous
 * exception for what is still at work after {@link #PATIENCE_MS}; after {@link #ABANDON_MS} the
 * caller gets its answer even if the thread has not ended. A thread that merely waits is never
 * forced: it may wait for others to be done with memory that it frees next. The next cell begins
 * when the shared pool has dropped what it did for this one.
 */
public final class CellThread {
  private static final long PATIENCE_MS = 800;
  private static final long ABANDON_MS = 1300;
  private static final long STEP_MS = 50;
  private static final long GIVE_UP_MS = 120_000;
  private static final long SETTLE_MS = 500;

  /** A pool that somebody else keeps busy does not come to rest. */
  private static final long SHARED_MS = 5000;

  /** The thread that sees to the last stop. */
  private static volatile Thread lastEnforcer;

  private final ThreadGroup group;
  private final Thread thread;
  private Object result;
  private Throwable failure;
  private volatile boolean bodyEnded;
  private boolean ended;
  private boolean stopping;
  private boolean abandoned;

  /**
   * @param group the cell's threads, those that its earlier pieces started too; its name is shown
   *     in thread dumps
   * @param loader the context class loader of the cell
   * @param body what to run
   */
  public CellThread(ThreadGroup group, ClassLoader loader, Callable<?> body) {
    this.group = group;
    this.thread = new Thread(group, () -> run(body), group.getName());
    thread.setContextClassLoader(loader);
    thread.setDaemon(true);
  }

  /** The cell was stopped; what it had done until then stands. */
  public static final class StoppedException extends Exception {
    private static final long serialVersionUID = 1L;

    StoppedException(boolean stillRunning) {
      super(stillRunning ? "the library call that it was in has not returned yet" : "stopped");
    }
  }

  /**
   * Runs the body to its end.
   *
   * @return the body's value
   * @throws StoppedException if {@link #stop} was called meanwhile
   * @throws Throwable what the body threw
   */
  public Object await() throws Throwable {
    letLastStopSettle();
    synchronized (this) {
      if (stopping) {
        throw new StoppedException(false);
      }
      thread.start();
      while (!ended && !abandoned) {
        wait();
      }
      if (stopping) {
        throw new StoppedException(!ended);
      }
      if (failure != null) {
        throw failure;
      }
      return result;
    }
  }

  /** Asks the cell to stop, and sees to it. Returns at once. */
  public void stop() {
    synchronized (this) {
      if (ended || stopping) {
        return;
      }
      stopping = true;
      if (!thread.isAlive()) {
        return;
      }
    }
    StopSignal.stop(group);
    Thread enforcer = new Thread(this::enforce, "stop " + thread.getName());
    enforcer.setDaemon(true);
    lastEnforcer = enforcer;
    enforcer.start();
  }

  private void run(Callable<?> body) {
    Object value = null;
    Throwable thrown = null;
    try {
      value = body.call();
    } catch (Throwable t) {
      thrown = t;
    }
    bodyEnded = true;
    boolean stopped;
    synchronized (this) {
      result = value;
      failure = thrown;
      stopped = stopping;
    }
    if (stopped) {
      // Helps the shared pool with what is left of this cell's work: all of it stops at once.
      ForkJoinPool.commonPool().awaitQuiescence(PATIENCE_MS, TimeUnit.MILLISECONDS);
    }
    end();
  }

  private synchronized void end() {
    ended = true;
    notifyAll();
  }

  private synchronized void abandon() {
    abandoned = true;
    notifyAll();
  }

  private void enforce() {
    Work work = new Work();
    Map<Thread, Long> lastForced = new HashMap<>();
    long start = System.nanoTime();
    alive().forEach(Thread::interrupt);
    long passed = 0;
    while (passed < GIVE_UP_MS) {
      sleep(STEP_MS);
      passed = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      Set<Thread> working = work.of(alive());
      boolean ownGoesOn = thread.isAlive() && !bodyEnded;
      if (ownGoesOn && passed >= ABANDON_MS) {
        abandon();
      }
      boolean answered = !ownGoesOn || passed >= ABANDON_MS;
      if (passed >= SHARED_MS || answered && ForkJoinPool.commonPool().isQuiescent()) {
        StopSignal.releaseShared();
      }
      if (!ownGoesOn
          && working.isEmpty()
          && !StopSignal.isSharedStopped()
          && passed >= 2 * STEP_MS) {
        break;
      }
      AsyncStop.prepare();
      if (passed >= PATIENCE_MS) {
        for (Thread candidate : working) {
          if (passed - lastForced.getOrDefault(candidate, 0L) >= PATIENCE_MS
              && (candidate != thread || ownGoesOn)
              && !isVulnerable(candidate)
              && AsyncStop.stop(candidate)) {
            lastForced.put(candidate, passed);
          }
        }
      }
    }
    StopSignal.releaseShared();
    if (bodyEnded || !thread.isAlive()) {
      // An asynchronous exception may have come too late for the body and ended the thread itself.
      end();
      StopSignal.release(group);
    }
  }

  /**
   * Whether an exception out of nowhere would do lasting harm: out of a static initializer it makes
   * the class unusable for good; class loaders and the kernel's own streams hold locks. Such a
   * thread is left alone until it has come out.
   */
  private static boolean isVulnerable(Thread thread) {
    for (StackTraceElement frame : thread.getStackTrace()) {
      if (frame.getMethodName().equals("<clinit>")
          || frame.getMethodName().equals("loadClass")
          || frame.getClassName().startsWith("java.lang.ClassLoader")
          || frame.getClassName().startsWith("dev.kindred.kernel.wire.")) {
        return true;
      }
    }
    return false;
  }

  private static void letLastStopSettle() throws InterruptedException {
    Thread enforcer = lastEnforcer;
    if (enforcer != null) {
      enforcer.join(SETTLE_MS);
      while (enforcer.isAlive() && StopSignal.isSharedStopped()) {
        enforcer.join(STEP_MS);
      }
    }
  }

  private List<Thread> alive() {
    Thread[] threads = new Thread[group.activeCount() * 2 + 8];
    int count = group.enumerate(threads, true);
    return Arrays.asList(threads).subList(0, count);
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
