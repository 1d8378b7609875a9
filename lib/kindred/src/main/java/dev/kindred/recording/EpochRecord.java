package dev.kindred.recording;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the sinks leave of one epoch, to become its file. */
final class EpochRecord {
  private final Map<String, byte[]> blocks = new LinkedHashMap<>();
  private final Map<String, Double> seconds = new LinkedHashMap<>();
  private final Map<String, Double> values = new LinkedHashMap<>();

  void block(String name, byte[] bytes) {
    blocks.put(name, bytes);
  }

  void value(String name, double value) {
    values.put(name, value);
  }

  void seconds(String part, double time) {
    seconds.merge(part, time, Double::sum);
  }

  /** Does a part of the recording and adds the time that it takes. */
  void time(String part, Runnable work) {
    long start = System.nanoTime();
    work.run();
    seconds(part, (System.nanoTime() - start) / 1e9);
  }

  void write(Path folder, int epoch) {
    EpochFile.write(folder, epoch, blocks, seconds, values);
  }
}
