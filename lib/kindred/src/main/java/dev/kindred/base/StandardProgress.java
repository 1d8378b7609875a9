package dev.kindred.base;

/** Holds the process-wide display of {@link Progress#standard()}. */
final class StandardProgress {
  static volatile Progress current = Progress.NONE;

  private StandardProgress() {}
}
