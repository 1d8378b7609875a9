package dev.kindred.measure;

import dev.kindred.representation.Representation;

/**
 * A similarity or distance between two representations of the same stimuli.
 *
 * <p>The work is split: {@link #prepare} does everything that depends on one representation, {@link
 * #compare(Prepared, Prepared)} the rest, so that M models cost M preparations and not M².
 */
public interface Measure {
  /** What the measure is: name, parameters, range, invariances and policies. */
  MeasureInfo info();

  /**
   * Everything that depends on one representation alone.
   *
   * @throws dev.kindred.base.InputException if there are NaN or infinite numbers or too few stimuli
   */
  Prepared prepare(Representation x);

  /**
   * The measure's value for two representations that this measure has prepared; safe for several
   * threads.
   */
  double compare(Prepared x, Prepared y);

  /**
   * The same measure of some of the stimuli, or of all in another order: a measure that knows
   * something of every stimulus, such as its true class, takes that along. Whoever selects stimuli
   * of representations compares them by this.
   *
   * @param stimuli indices of the stimuli, as in {@link Representation#select}
   */
  default Measure select(int[] stimuli) {
    return this;
  }

  /**
   * The measure's value for two representations.
   *
   * @throws dev.kindred.base.InputException if their stimuli differ, or as {@link #prepare}
   */
  default double compare(Representation x, Representation y) {
    x.requireSameStimuli(y);
    return compare(prepare(x), prepare(y));
  }
}
