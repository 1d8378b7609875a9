package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import picocli.CommandLine.Option;

/** How values are set beside chance and given intervals; the same for single pairs and matrices. */
final class CalibrationOptions {
  private static final double DEFAULT_ALPHA = 0.05;

  /** Share of the draws in an interval. */
  static final double INTERVAL_LEVEL = 0.95;

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      description = {
        "Sets every value beside N random permutations of the stimuli of one side: mean of that null,",
        "p, and the calibrated score, 0 at the null's (1 − alpha) quantile and 1 at the measure's best."
      })
  private Integer permutations;

  @Option(
      names = "--alpha",
      paramLabel = "A",
      description = "Share of the null above the score's 0; default 0.05. Needs --calibrate.")
  private Double alpha;

  @Option(
      names = "--interval",
      paramLabel = "N",
      description = "Gives every value a 95 %% interval over stimuli from N resamples of them.")
  private Integer replicates;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of permutations and resamples; default ${DEFAULT-VALUE}.")
  private long seed;

  /** Refuses what cannot be meant, before anything is computed. */
  void check() {
    if (permutations != null && permutations < 1) {
      throw new InputException("--calibrate=" + permutations + ": expected at least 1 permutation");
    }
    if (replicates != null && replicates < 2) {
      throw new InputException("--interval=" + replicates + ": expected at least 2 resamples");
    }
    if (alpha != null && permutations == null) {
      throw new InputException("--alpha says where chance ends: it needs --calibrate N");
    }
    if (alpha != null && !(alpha > 0 && alpha < 1)) {
      throw new InputException("--alpha=" + alpha + ": expected a number between 0 and 1");
    }
  }

  boolean isCalibrated() {
    return permutations != null;
  }

  boolean hasInterval() {
    return replicates != null;
  }

  int permutations() {
    return permutations;
  }

  int replicates() {
    return replicates;
  }

  double alpha() {
    return alpha == null ? DEFAULT_ALPHA : alpha;
  }

  double level() {
    return 1 - alpha();
  }

  Seeds seeds() {
    return new Seeds(seed);
  }
}
