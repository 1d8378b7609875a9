package dev.kindred.base;

import java.util.Objects;

/**
 * Tells a person how far long work is, and the work whether it should stop.
 *
 * <p>Long operations call {@link #begin}, then {@link Task#advance} after every unit; {@code
 * advance} throws {@link CancelledException} once the calling thread has been interrupted. A task
 * is closed by try-with-resources; closing before the total is reached shows it as stopped.
 */
@FunctionalInterface
public interface Progress {
  /** Shows nothing; still cancels. */
  Progress NONE = (label, total) -> new Task() {};

  /**
   * Starts a task.
   *
   * @param label what is being done, in a few words
   * @param total number of units of work, or 0 if unknown
   */
  Task begin(String label, long total);

  /**
   * The display that is used where none is given: a bar in a notebook, a line on a terminal,
   * nothing elsewhere.
   */
  static Progress standard() {
    return StandardProgress.current;
  }

  /** Sets {@link #standard()}; the notebook and the command line do so at their start. */
  static void setStandard(Progress progress) {
    StandardProgress.current = Objects.requireNonNull(progress);
  }

  /**
   * Throws {@link CancelledException} if the calling thread, or the one on whose behalf it works in
   * {@link Parallel}, has been interrupted; the flag stays set.
   */
  static void checkCancelled() {
    if (Parallel.isInterrupted()) {
      throw new CancelledException("stopped on request");
    }
  }

  /** One running task. Safe for use by several threads. */
  interface Task extends AutoCloseable {
    /** Reports {@code units} more units as done. */
    default void advance(long units) {
      checkCancelled();
    }

    /** Replaces the note beside the bar, such as the current loss. */
    default void note(String text) {}

    @Override
    default void close() {}
  }
}
