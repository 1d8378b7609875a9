package dev.kindred.network.zoo;

/**
 * How well a member does what it is for, on test images of its training data; shares from 0 to 1.
 *
 * @param accuracy of its own classifier, NaN where it has none
 * @param probe accuracy of a linear probe on its features
 * @param untrainedProbe the same for its twin before training
 * @param parameters learnt parameters of the encoder and classifier
 * @param seconds processor time of training and scoring
 */
public record ModelScores(
    double accuracy, double probe, double untrainedProbe, long parameters, double seconds) {
  /** A model that has not learnt this much more than its untrained twin is not in the zoo. */
  public static final double LEAST_GAIN = 0.10;

  /** What training adds to the probe's accuracy. */
  public double gain() {
    return probe - untrainedProbe;
  }

  public boolean learned() {
    return gain() >= LEAST_GAIN;
  }
}
