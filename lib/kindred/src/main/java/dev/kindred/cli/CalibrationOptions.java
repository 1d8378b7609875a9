package dev.kindred.cli;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import picocli.CommandLine.Option;

/** How values are set beside chance and given intervals; the same for single pairs and matrices. */
final class CalibrationOptions {
  private static final double DEFAULT_ALPHA = 0.05;

  /** Share of the draws in an interval. */
  static final double INTERVAL_LEVEL = 0.95;

  /** Fewer have nothing in the tails of such an interval. */
  private static final int LEAST_RESAMPLES = 20;

  private static final int MOST = 1_000_000;

  @Option(
      names = "--calibrate",
      paramLabel = "N",
      description = {
        "Sets every value beside N random permutations of the stimuli of one side: mean of that null,",
        "p, and the calibrated score, 0 at the null's (1 − alpha) quantile and 1 at the measure's best.",
        "At least 1/alpha − 1 permutations: with fewer, p cannot reach alpha."
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
      description =
          "Gives every value a 95 %% interval over stimuli from N resamples of them, at least 20.")
  private Integer replicates;

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "0",
      description = "Seed of permutations and resamples; default ${DEFAULT-VALUE}.")
  private long seed;

  /** Refuses what cannot be meant, before anything is computed. */
  void check() {
    if (alpha != null && permutations == null) {
      throw new InputException("--alpha says where chance ends: it needs --calibrate N");
    }
    // Below the smallest, no number of permutations that is allowed gives such a p.
    if (!(alpha() >= 1.0 / MOST && alpha() < 1)) {
      throw new InputException(
          "--alpha=" + alpha + ": expected a number from " + 1.0 / MOST + ", below 1");
    }
    if (permutations != null) {
      // Of N permutations the smallest p is 1/(N + 1).
      int least = Math.max(1, (int) Math.ceil(1 / alpha() - 1 - 1e-6));
      require("--calibrate", permutations, least, "permutations for an alpha of " + alpha());
    }
    if (replicates != null) {
      requireResamples("--interval", replicates);
    }
  }

  /** Refuses numbers of resamples that no interval can be made of. */
  static void requireResamples(String option, int given) {
    require(option, given, LEAST_RESAMPLES, "resamples");
  }

  private static void require(String option, int given, int least, String what) {
    if (given < least || given > MOST) {
      throw new InputException(
          option + "=" + given + ": expected " + least + " to " + MOST + " " + what);
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
