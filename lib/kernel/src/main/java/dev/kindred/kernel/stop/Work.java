package dev.kindred.kernel.stop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Tells which threads are at work and not waiting, from one look to the next.
 *
 * <p>How much processor time a thread gets says little: where other processes keep the processors
 * busy, an endless loop may get none from one look to the next.
 */
final class Work {
  /**
   * A native method that has used no processor time at so many looks is waiting, for a socket say.
   */
  private static final int IDLE_LOOKS = 5;

  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final Map<Thread, Long> used = new HashMap<>();
  private final Map<Thread, Integer> idle = new HashMap<>();

  /** Those of the threads that are at work. */
  Set<Thread> of(List<Thread> threads) {
    Set<Thread> working = new HashSet<>();
    for (Thread thread : threads) {
      if (thread.getState() == Thread.State.RUNNABLE && (isInJava(thread) || usesTime(thread))) {
        working.add(thread);
      }
    }
    return working;
  }

  private static boolean isInJava(Thread thread) {
    StackTraceElement[] stack = thread.getStackTrace();
    return stack.length > 0 && !stack[0].isNativeMethod();
  }

  private boolean usesTime(Thread thread) {
    long time = CPU.getThreadCpuTime(thread.getId());
    Long before = used.put(thread, time);
    int looks = before == null || time > before ? 0 : idle.get(thread) + 1;
    idle.put(thread, looks);
    return looks < IDLE_LOOKS;
  }
}
