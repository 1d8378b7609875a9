package dev.kindred.kernel.stop;

import java.lang.reflect.InvocationTargetException;

/**
 * Throws an exception in another thread, wherever that thread is in Java code: the last means
 * against library code that neither checks for interruption nor ends.
 *
 * <p>This is {@code Thread.stop}, which newer JDKs (from 20) no longer have. A thread inside native
 * code stops when it returns from it.
 */
final class AsyncStop {
  private AsyncStop() {}

  /**
   * Stops the thread.
   *
   * @return whether this JVM has a means to do so
   */
  static boolean stop(Thread thread) {
    if (Runtime.version().feature() >= 20) {
      return false;
    }
    try {
      Thread.class.getMethod("stop").invoke(thread);
      return true;
    } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
      return false;
    }
  }
}
