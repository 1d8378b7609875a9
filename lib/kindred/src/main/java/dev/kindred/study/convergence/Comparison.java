package dev.kindred.study.convergence;

import dev.kindred.network.Pooling;

/**
 * Which layers were aligned, and on what.
 *
 * @param first number of the network whose layer is the first; they are numbered through, group
 *     after group
 * @param second number of the other network
 * @param row number of the first layer, from the input
 * @param column number of the other layer
 * @param moment number of the moment of training
 * @param set number of the set of stimuli, 0 for the usual one
 * @param pooling how feature maps became units
 * @param control what was done to the second side
 * @param part 0 for all stimuli, 1 and 2 for their halves
 */
public record Comparison(
    int first,
    int second,
    int row,
    int column,
    int moment,
    int set,
    Pooling pooling,
    Control control,
    int part) {

  /**
   * What was done to the second side before the two were aligned. Files hold their numbers, so new
   * ones come last.
   */
  public enum Control {
    NONE,
    /** Its units were rotated at random: no axis of it means anything any more. */
    ROTATED,
    /** Its responses were shuffled among the stimuli: what is left is chance. */
    SHUFFLED,
    /**
     * Its units were rotated at random, but for their mean, which stays: what all units share is
     * not spread over units of either sign, as it is when they are {@link #ROTATED}.
     */
    ROTATED_ABOUT_MEAN;

    @Override
    public String toString() {
      return switch (this) {
        case NONE -> "no control";
        case ROTATED -> "rotated";
        case SHUFFLED -> "shuffled";
        case ROTATED_ABOUT_MEAN -> "rotated about the mean";
      };
    }
  }

  /** As numbers, in the order of the components. */
  short[] numbers() {
    return new short[] {
      (short) first,
      (short) second,
      (short) row,
      (short) column,
      (short) moment,
      (short) set,
      (short) pooling.ordinal(),
      (short) control.ordinal(),
      (short) part
    };
  }

  static Comparison of(int[] numbers) {
    return new Comparison(
        numbers[0],
        numbers[1],
        numbers[2],
        numbers[3],
        numbers[4],
        numbers[5],
        Pooling.values()[numbers[6]],
        Control.values()[numbers[7]],
        numbers[8]);
  }
}
