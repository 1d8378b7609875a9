package dev.kindred.kernel.stop;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ForkJoinWorkerThread;

/**
 * The question that the classes of cells ask at every loop and method entry: should this thread go
 * on?
 *
 * <p>Every cell runs in a thread group of its own, so that an interrupt reaches the threads which
 * the interrupted cell started and leaves those of earlier cells alone.
 */
public final class StopSignal {
  private static final Set<ThreadGroup> STOPPED = ConcurrentHashMap.newKeySet();

  /** Guards the fast path: read at every loop of every cell, so it is all that is read there. */
  private static volatile boolean armed;

  private static volatile boolean stopShared;

  private StopSignal() {}

  /** Thrown in a thread that has been asked to stop. Not an Exception: cells seldom catch it. */
  public static final class Stop extends Error {
    private static final long serialVersionUID = 1L;

    Stop() {
      super("stopped on request");
    }
  }

  /** Called by woven code. */
  public static void check() {
    if (armed && covers(Thread.currentThread())) {
      throw new Stop();
    }
  }

  /** Asks the threads of {@code group}, and those of the shared pool, to stop. */
  static void stop(ThreadGroup group) {
    STOPPED.add(group);
    stopShared = true;
    armed = true;
  }

  /** Whether the shared pool's threads are asked to stop. */
  static boolean isSharedStopped() {
    return stopShared;
  }

  /** Lets the shared pool's threads, which no cell owns, work again. */
  static void releaseShared() {
    stopShared = false;
  }

  /** Lets what is left of {@code group}, such as a pool that waits for tasks, work again. */
  static void release(ThreadGroup group) {
    STOPPED.remove(group);
    armed = !STOPPED.isEmpty();
  }

  private static boolean covers(Thread thread) {
    ThreadGroup group = thread.getThreadGroup();
    if (group == null) {
      return false;
    }
    if (stopShared
        && (thread instanceof ForkJoinWorkerThread || group.getName().equals("VirtualThreads"))) {
      return true;
    }
    for (ThreadGroup stopped : STOPPED) {
      if (stopped.parentOf(group)) {
        return true;
      }
    }
    return false;
  }
}
