package dev.kindred.measure.functional;

import dev.kindred.base.InputException;

/**
 * How far the errors of two decision-makers fall on the same stimuli (Geirhos, Meding and Wichmann,
 * NeurIPS 2020, Eq. 1–3).
 *
 * @param first share of stimuli on which the first is right
 * @param second share on which the second is right
 * @param observed share on which both are right or both wrong
 */
public record ErrorOverlap(double first, double second, double observed) {

  /**
   * The overlap on some stimuli.
   *
   * @param first whether the first decision-maker is right, for each stimulus
   * @param second the same of the second
   * @param stimuli places of the stimuli that count; one that stands there twice counts twice
   */
  public static ErrorOverlap of(boolean[] first, boolean[] second, int[] stimuli) {
    if (first.length != second.length || stimuli.length == 0) {
      throw new InputException(
          "error overlap: expected decisions on the same stimuli, found "
              + first.length
              + " and "
              + second.length
              + ", of which "
              + stimuli.length
              + " count");
    }
    int a = 0;
    int b = 0;
    int same = 0;
    for (int i : stimuli) {
      a += first[i] ? 1 : 0;
      b += second[i] ? 1 : 0;
      same += first[i] == second[i] ? 1 : 0;
    }
    double n = stimuli.length;
    return new ErrorOverlap(a / n, b / n, same / n);
  }

  /** The overlap of independent errors at these accuracies: ab + (1 − a)(1 − b). */
  public double expected() {
    return first * second + (1 - first) * (1 - second);
  }

  /** Cohen's kappa, the error consistency; 1 where both are always right, or both always wrong. */
  public double kappa() {
    return Decisions.kappa(observed, expected());
  }

  /** The least kappa that these accuracies allow: errors on as few common stimuli as can be. */
  public double least() {
    return Decisions.kappa(Math.abs(first + second - 1), expected());
  }

  /**
   * The greatest kappa that these accuracies allow: whoever errs less errs where the other does.
   */
  public double greatest() {
    return Decisions.kappa(1 - Math.abs(first - second), expected());
  }

  /** Whether one of them is right and wrong; otherwise kappa says nothing. */
  public boolean isInformative() {
    return expected() < 1;
  }
}
