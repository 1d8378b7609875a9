package dev.kindred.measure;

/**
 * What a {@link CrossValidated} measure has scored on held-out stimuli.
 *
 * @param forward of the second representation's units, predicted from the first
 * @param backward of the first representation's units, predicted from the second
 */
public record HeldOutScores(Scores forward, Scores backward) {

  /**
   * One direction.
   *
   * @param value the measure's value in this direction
   * @param folds score of every fold alone; where scores are taken fold by fold, their mean is the
   *     value
   * @param units score of every unit of the target, in its order; NaN for a unit that never varies
   */
  public record Scores(double value, double[] folds, double[] units) {
    /** Standard deviation of the scores over folds (divided by k − 1). */
    public double standardDeviation() {
      return HeldOutScores.standardDeviation(folds);
    }
  }

  /** The same scores with the two representations in the other order. */
  public HeldOutScores reversed() {
    return new HeldOutScores(backward, forward);
  }

  /** Mean of the two directions' values. */
  public double mean() {
    return (forward.value + backward.value) / 2;
  }

  /** Of every fold, the mean of both directions. */
  public double[] meanFolds() {
    double[] means = new double[forward.folds.length];
    for (int f = 0; f < means.length; f++) {
      means[f] = (forward.folds[f] + backward.folds[f]) / 2;
    }
    return means;
  }

  /** Standard deviation of the scores of folds (divided by k − 1). */
  public static double standardDeviation(double[] folds) {
    double mean = 0;
    for (double fold : folds) {
      mean += fold / folds.length;
    }
    double squares = 0;
    for (double fold : folds) {
      squares += (fold - mean) * (fold - mean);
    }
    return Math.sqrt(squares / (folds.length - 1));
  }
}
