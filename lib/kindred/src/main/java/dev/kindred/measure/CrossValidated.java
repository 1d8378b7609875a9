package dev.kindred.measure;

import dev.kindred.representation.Representation;

/**
 * A measure that fits on some stimuli and scores on others: beside its value it tells the score of
 * every fold and every unit, in both directions.
 */
public interface CrossValidated extends Measure {
  /** Whether this one has folds; a measure may be cross-validated by a parameter only. */
  default boolean hasFolds() {
    return true;
  }

  /**
   * All scores of two representations that this measure has prepared, both directions whatever the
   * direction of its value; safe for several threads.
   *
   * @throws dev.kindred.base.InputException if this measure {@linkplain #hasFolds has no folds}
   */
  HeldOutScores scores(Prepared x, Prepared y);

  /**
   * Of all scores, those of the folds that the value is made of: of its direction, or the means of
   * both.
   */
  default double[] folds(HeldOutScores scores) {
    return scores.forward().folds();
  }

  /** The value that belongs to all scores; as {@link #compare(Prepared, Prepared)} gives it. */
  default double value(HeldOutScores scores) {
    return scores.forward().value();
  }

  /**
   * All scores of two representations.
   *
   * @throws dev.kindred.base.InputException if their stimuli differ, or as {@link #prepare}
   */
  default HeldOutScores scores(Representation x, Representation y) {
    x.requireSameStimuli(y);
    return scores(prepare(x), prepare(y));
  }
}
