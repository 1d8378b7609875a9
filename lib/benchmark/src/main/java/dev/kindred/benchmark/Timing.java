package dev.kindred.benchmark;

import java.util.Arrays;

/**
 * Seconds of two pieces of work that were run in turn, so that what else the machine does meets
 * both.
 *
 * @param work seconds of the work, one for each round
 * @param ceiling seconds of what it is compared with
 */
record Timing(double[] work, double[] ceiling) {

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

  double bestWork() {
    return Arrays.stream(work).min().orElse(Double.NaN);
  }

  double bestCeiling() {
    return Arrays.stream(ceiling).min().orElse(Double.NaN);
  }

  /** Median over rounds of work / ceiling. */
  double ratio() {
    double[] ratios = new double[work.length];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = work[i] / ceiling[i];
    }
    Arrays.sort(ratios);
    return ratios.length % 2 == 1
        ? ratios[ratios.length / 2]
        : (ratios[ratios.length / 2 - 1] + ratios[ratios.length / 2]) / 2;
  }
}
