package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.InputException;

/**
 * The stimuli in contiguous batches, the last of which may be smaller, and how the batches' values
 * become one.
 *
 * @param size stimuli in a batch; 0 for one batch of all
 * @param average what is averaged
 */
public record Batches(int size, Average average) {

  /** How values of batches become one. */
  public enum Average {
    /** Mean HSIC over batches first, then their ratio (as public code has it). */
    RATIO,
    /** The ratio of each batch first, then their mean (as in studies of training dynamics). */
    MEAN
  }

  /** All stimuli at once. */
  public static final Batches NONE = new Batches(0, Average.RATIO);

  int count(int n) {
    return size == 0 || size >= n ? 1 : (n + size - 1) / size;
  }

  int from(int batch) {
    return batch * size;
  }

  int to(int batch, int n) {
    return size == 0 || size >= n ? n : Math.min(n, (batch + 1) * size);
  }

  /** Fails if a batch is too small for the measure. */
  void require(String id, int n, int minimumStimuli) {
    int last = count(n) - 1;
    int smallest = to(last, n) - from(last);
    if (smallest < minimumStimuli) {
      throw new InputException(
          id
              + ": "
              + n
              + " stimuli in batches of "
              + size
              + " leave a batch of "
              + smallest
              + "; expected at least "
              + minimumStimuli
              + " in every batch");
    }
  }

  /** 1/weight of a batch's inner product in the mean over batches. */
  static double normaliser(Estimator estimator, int n) {
    return estimator == Estimator.UNBIASED ? (double) n * (n - 3) : (double) (n - 1) * (n - 1);
  }
}
