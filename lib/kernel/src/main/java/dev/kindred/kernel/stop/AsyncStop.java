package dev.kindred.kernel.stop;

import java.lang.reflect.InvocationTargetException;

/**
 * Throws an exception in another thread, wherever that thread is in Java code: the last means
 * against library code that neither checks for interruption nor ends.
 *
 * <p>Up to JDK 19 this is {@code Thread.stop}. Newer JDKs have degraded that method, but the
 * virtual machine still has the operation behind it, for debuggers; {@link ToolInterface} reaches
 * it. A thread inside native code stops when it returns from it.
 */
final class AsyncStop {
  private static final boolean DEGRADED = Runtime.version().feature() >= 20;

  private AsyncStop() {}

  /** Does what the first {@link #stop} would otherwise have to do. */
  static void prepare() {
    if (DEGRADED) {
      ToolInterface.prepare();
    }
  }

  /**
   * Stops the thread.
   *
   * @return whether this JVM has a means to do so
   */
  static boolean stop(Thread thread) {
    if (DEGRADED) {
      return ToolInterface.stop(thread, new StopSignal.Stop());
    }
    try {
      Thread.class.getMethod("stop").invoke(thread);
      return true;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
