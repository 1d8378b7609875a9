package dev.kindred.benchmark;

import java.util.Arrays;

/**
 * Seconds of two pieces of work that were run in turn, so that what else the machine does meets
 * both.
 *
 * @param work seconds of the work, one for each round
 * @param ceiling seconds of what it is compared with in the same rounds, or none
 */
record Timing(double[] work, double[] ceiling) {

  Timing {
    if (work.length == 0 || ceiling.length != 0 && ceiling.length != work.length) {
      throw new IllegalArgumentException(
          work.length + " rounds of the work, " + ceiling.length + " of what it is compared with");
    }
  }

  /** Runs both once to warm up (if {@code warm}), then {@code rounds} times in turn. */
  static Timing alternate(int rounds, boolean warm, Runnable work, Runnable ceiling) {
    if (warm) {
      ceiling.run();
      work.run();
    }
    Timing timing = new Timing(new double[rounds], new double[rounds]);
    for (int i = 0; i < rounds; i++) {
      timing.ceiling[i] = seconds(ceiling);
      timing.work[i] = seconds(work);
    }
    return timing;
  }

  static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  /** Times of a work that is compared with nothing. */
  static Timing alone(double[] work) {
    return new Timing(work, new double[0]);
  }

  boolean isCompared() {
    return ceiling.length > 0;
  }

  /** Seconds of the work. */
  Spread workSpread() {
    return Spread.of(work);
  }

  /** Seconds of what it is compared with, in the same rounds. */
  Spread ceilingSpread() {
    return Spread.of(ceiling);
  }

  /** Work / ceiling of each round. */
  Spread ratio() {
    double[] ratios = new double[ceiling.length];
    Arrays.setAll(ratios, i -> work[i] / ceiling[i]);
    return Spread.of(ratios);
  }
}
