package dev.kindred.measure.kernel;

import java.util.List;

/**
 * Representations of a fixed probe set as vectors whose inner products are a measure's values, kept
 * on disk: of a kernel measure, the centred matrices over pairs of stimuli, batch by batch. An
 * {@link EmbeddingMatrix} compares them all.
 *
 * <p>Closing gives files back; reading again opens them again.
 */
public interface RecordedVectors extends AutoCloseable {
  /** The measure, as the title of matrices. */
  String specification();

  /** Names of the representations, one for each vector. */
  List<String> names();

  /** Where the vectors come from, for the provenance of results. */
  List<String> sources();

  /** Number of parts of each vector. */
  int batches();

  /** Numbers in one part. */
  int length(int batch);

  /**
   * What the stored numbers of a part are multiplied by, so that the whole vector has length 1
   * about.
   */
  double weight(int vector, int batch);

  /** A checksum of the stored numbers of one vector. */
  long checksum(int vector);

  /**
   * The measure's value from the inner product of two vectors, and from their squares, which are 1
   * but for what was lost in storing.
   */
  double value(double inner, double square, double otherSquare);

  /** A reader for one thread. */
  Reader reader();

  @Override
  void close();

  /** Reads parts of vectors; has buffers of its own. */
  @FunctionalInterface
  interface Reader {
    /** Puts the stored numbers {@code from} … of a vector's part to the beginning of a target. */
    void read(int vector, int batch, int from, int count, float[] target);
  }
}
