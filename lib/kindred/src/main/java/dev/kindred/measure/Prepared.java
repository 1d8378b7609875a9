package dev.kindred.measure;

/** What a {@link Measure} keeps of one representation. Immutable, safe for several threads. */
public interface Prepared {
  /** Bytes held, for the engine's memory budget. */
  long bytes();
}
