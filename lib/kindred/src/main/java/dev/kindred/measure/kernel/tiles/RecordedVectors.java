package dev.kindred.measure.kernel.tiles;

import java.util.List;

/**
 * Representations of fixed stimuli as vectors whose inner products are a measure's values, kept on
 * disk. An {@link RecordedProducts} compares them all.
 */
public interface RecordedVectors {
  /** The measure, as the title of matrices. */
  String specification();

  /** Names of the representations, one for each vector. */
  List<String> names();

  /** Where the vectors come from, for the provenance of results. */
  List<String> sources();

  /** Numbers in one vector. */
  int length();

  /** What the stored numbers are multiplied by, so that a vector has length 1 about. */
  float weight();

  /**
   * The measure's value from the inner product of two vectors, and from their squares, which are 1
   * but for what was lost in storing.
   */
  double value(double inner, double square, double otherSquare);

  /** A reader for one thread. */
  Reader reader();

  /** Reads parts of vectors; has buffers of its own. */
  @FunctionalInterface
  interface Reader {
    /** Puts {@code count} stored numbers of a vector to the beginning of a target. */
    void read(int vector, int from, int count, float[] target);
  }
}
