package dev.kindred.kernel.stop;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tells which threads use processor time, from one look to the next. */
final class Processors {
  private static final double BUSY_SHARE = 0.1;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private Map<Thread, Long> used = new HashMap<>();
  private long looked = System.nanoTime();

  /** The threads that used more than a tenth of a processor since the last look. */
  Set<Thread> burning(List<Thread> threads) {
    long now = System.nanoTime();
    Map<Thread, Long> current = new HashMap<>();
    Set<Thread> burning = new HashSet<>();
    for (Thread thread : threads) {
      long time = CPU.getThreadCpuTime(thread.getId());
      current.put(thread, time);
      Long before = used.get(thread);
      if (before != null && time - before > BUSY_SHARE * (now - looked)) {
        burning.add(thread);
      }
    }
    used = current;
    looked = now;
    return burning;
  }
}
