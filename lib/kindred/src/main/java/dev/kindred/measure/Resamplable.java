package dev.kindred.measure;

/**
 * A measure whose prepared form serves for stimuli drawn with repetition, pairs of a stimulus with
 * its own copy left out. A bootstrap that kept such pairs would be biased upward: a copy is as near
 * to its stimulus in one representation as in the other.
 */
public interface Resamplable extends Measure {
  /** Whether prepared forms of this measure can be resampled. */
  boolean isResamplable();

  /**
   * The measure on drawn stimuli, in parallel over draws.
   *
   * @param x prepared by this measure
   * @param y prepared by this measure
   * @param draws positions of drawn stimuli, n in each draw
   * @return one value for each draw; NaN where a draw leaves no variation
   */
  double[] compareResampled(Prepared x, Prepared y, int[][] draws);
}
