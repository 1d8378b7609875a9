package dev.kindred.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Largest resident memory of this process while something runs, above what it was before. */
final class MemoryMeter {
  private static final Path STATUS = Path.of("/proc/self/status");

  private MemoryMeter() {}

  /** Bytes; 0 where the system does not tell. */
  static long peakWhile(Runnable work) {
    if (!Files.isReadable(STATUS)) {
      work.run();
      return 0;
    }
    System.gc();
    long before = resident();
    long[] peak = {before};
    Thread sampler =
        new Thread(
            () -> {
              while (!Thread.interrupted()) {
                peak[0] = Math.max(peak[0], resident());
                try {
                  Thread.sleep(20);
                } catch (InterruptedException e) {
                  return;
                }
              }
            });
    sampler.setDaemon(true);
    sampler.start();
    try {
      work.run();
    } finally {
      sampler.interrupt();
      join(sampler);
    }
    return peak[0] - before;
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static long resident() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
        }
      }
      return 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
