package dev.kindred.network.zoo;

/**
 * How well a member does what it is for, on test images of its training data; shares from 0 to 1.
 *
 * <p>An answer is right if the class is named first; where a set teaches {@link #MANY_CLASSES}
 * classes or more, if it is among the first five (top-5, as is usual there).
 *
 * @param accuracy of its own classifier, NaN where it has none
 * @param probe accuracy of a linear probe on its features
 * @param untrainedProbe the same for its twin before training
 * @param parameters learnt parameters of the encoder and classifier
 * @param seconds processor time of training and scoring
 * @param guesses classes that an answer may name: 1 or 5
 */
public record ModelScores(
    double accuracy,
    double probe,
    double untrainedProbe,
    long parameters,
    double seconds,
    int guesses) {
  /** Number of classes from which five may be named. */
  public static final int MANY_CLASSES = 100;

  /** A model that has not learnt this much more than its untrained twin is not in the zoo. */
  public static final double LEAST_GAIN = 0.10;

  public ModelScores {
    // summaries that were written before there was a choice do not say
    guesses = Math.max(1, guesses);
  }

  /** Classes that an answer may name where so many are taught. */
  static int guesses(int classes) {
    return classes < MANY_CLASSES ? 1 : 5;
  }

  /** What training adds to the probe's accuracy. */
  public double gain() {
    return probe - untrainedProbe;
  }

  public boolean learned() {
    return gain() >= LEAST_GAIN;
  }
}
