package dev.kindred.stimuli.files;

import dev.kindred.base.Progress;
import java.util.Locale;
import java.util.OptionalLong;

/** Shows how far a download is, how fast it goes and how long it will take. */
final class TransferNote {
  private static final long EVERY_NANOS = 200_000_000;

  private final Progress.Task task;
  private final OptionalLong total;
  private long shown;
  private long startBytes;
  private long startNanos;
  private long lastNote;

  TransferNote(Progress.Task task, OptionalLong total) {
    this.task = task;
    this.total = total;
  }

  /** A transfer begins with {@code have} bytes there already. */
  void start(long have) {
    startBytes = have;
    startNanos = System.nanoTime();
    if (have > shown) {
      task.advance(have - shown);
      shown = have;
    }
  }

  /** Now there are {@code have} bytes. */
  void advance(long have) {
    if (have > shown) {
      task.advance(have - shown);
      shown = have;
    }
    long now = System.nanoTime();
    if (now - lastNote >= EVERY_NANOS && now > startNanos) {
      lastNote = now;
      double rate = (have - startBytes) / ((now - startNanos) / 1e9);
      task.note(text(have, rate));
    }
  }

  private String text(long have, double rate) {
    String speed = bytes((long) rate) + "/s";
    if (total.isEmpty()) {
      return bytes(have) + ", " + speed;
    }
    String left = rate > 0 ? duration((total.getAsLong() - have) / rate) : "?";
    return bytes(have) + " of " + bytes(total.getAsLong()) + ", " + speed + ", " + left + " left";
  }

  /** A number of bytes for people, such as {@code 170.1 MB}. */
  static String bytes(long count) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    double value = count;
    int unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
      value /= 1000;
      unit++;
    }
    return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
  }

  private static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? whole / 60 + " min " + whole % 60 + " s"
        : whole / 3600 + " h " + whole % 3600 / 60 + " min";
  }
}
