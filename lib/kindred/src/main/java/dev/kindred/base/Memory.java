package dev.kindred.base;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** This machine's memory. */
public final class Memory {
  private static final long LEAST = 256L << 20;

  private static final long QUARTER = ask();

  private Memory() {}

  /** A quarter of the machine's memory, in bytes: what one thing may take unless more is given. */
  public static long quarter() {
    return QUARTER;
  }

  /** Asked once, as the answer comes out of several files. */
  private static long ask() {
    long memory = 0;
    if (ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine) {
      memory = machine.getTotalMemorySize();
    }
    return Math.max(LEAST, memory / 4);
  }
}
