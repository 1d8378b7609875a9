package dev.kindred.measure;

import dev.kindred.base.InputException;
import dev.kindred.base.matrix.Matrix;
import dev.kindred.representation.Representation;

/**
 * Repeated measurements: responses of shape stimuli × trials × units, so that a row of the
 * representation has the units of the first trial, then those of the second, and so on.
 *
 * <p>Stimuli stay the rows, and so permutation tests, bootstraps and stimulus ids work as for every
 * other measure: a stimulus keeps its trials.
 *
 * @param count number of trials of every stimulus; 0 where it has not been stated
 */
public record Trials(int count) {
  public static final Parameter PARAMETER =
      Parameter.integer(
          "trials",
          "repeated measurements of each stimulus, side by side in its row",
          "none",
          2,
          "none");

  public static Trials of(Arguments arguments) {
    return new Trials(arguments.is("trials", "none") ? 0 : arguments.integer("trials"));
  }

  public boolean isStated() {
    return count > 0;
  }

  /**
   * One n×p matrix for every trial.
   *
   * @throws InputException if no trials are stated, columns do not divide into them, there are too
   *     few stimuli, or NaN or infinite numbers
   */
  public Matrix[] read(Representation x, MeasureInfo info) {
    return read(x, info.specification(), info.minimumStimuli(), Features.isFree(info));
  }

  /** As {@link #read(Representation, MeasureInfo)}, for a measure that depends on the scale. */
  public Matrix[] read(Representation x, String measure, int minimumStimuli) {
    return read(x, measure, minimumStimuli, false);
  }

  private Matrix[] read(Representation x, String measure, int minimumStimuli, boolean scalable) {
    if (!isStated()) {
      throw new InputException(
          measure
              + " compares repeated measurements, stimuli × trials × units: say how many trials"
              + " there are with trials=T");
    }
    if (x.units() % count != 0) {
      throw new InputException(
          x.id()
              + " has "
              + x.units()
              + " numbers for each stimulus, which do not divide into "
              + count
              + " trials; expected stimuli × trials × units");
    }
    int p = x.units() / count;
    Matrix[] trials = new Matrix[count];
    try (Matrix all = Features.matrix(x, minimumStimuli, scalable)) {
      for (int t = 0; t < count; t++) {
        trials[t] = all.columns(t * p, (t + 1) * p).copy();
      }
    }
    return trials;
  }

  /** The mean over trials; the trials are left as their deviations from it. */
  public static Matrix takeMean(Matrix[] trials) {
    Matrix mean = trials[0].copy();
    for (int t = 1; t < trials.length; t++) {
      mean.add(1, trials[t]);
    }
    mean.scale(1.0 / trials.length);
    for (Matrix trial : trials) {
      trial.add(-1, mean);
    }
    return mean;
  }
}
