package dev.kindred.measure;

import dev.kindred.base.matrix.Matrix;

/**
 * A measure that compares by one product AᵀB of two matrices over the stimuli, and by nothing else
 * of that length. {@link AllPairs} then multiplies several narrow representations at once, which
 * the matrix unit does at full speed where single products of narrow matrices are held up by
 * memory.
 */
public interface CrossProductMeasure extends Measure {
  /** A, n×r, of a prepared form that is the first argument; may be made on the first call. */
  Matrix first(Prepared x);

  /** B, n×r, of a prepared form that is the second argument. */
  default Matrix second(Prepared y) {
    return first(y);
  }

  /** Whether A and B of one representation are the same. */
  default boolean hasOneMatrix() {
    return true;
  }

  /**
   * The measure's value.
   *
   * @param cross AᵀB; may be overwritten
   */
  double compare(Prepared x, Prepared y, Matrix cross);

  @Override
  default double compare(Prepared x, Prepared y) {
    try (Matrix cross = first(x).transposeTimes(second(y))) {
      return compare(x, y, cross);
    }
  }
}
