package dev.kindred.measure.alignment;

import dev.kindred.base.Seeds;
import dev.kindred.measure.Arguments;
import dev.kindred.measure.Parameter;
import java.util.Arrays;
import java.util.SplittableRandom;

/** How stimuli are divided for cross-validation: k parts, contiguous or shuffled by a seed. */
record Folds(int count, boolean shuffled, long seed) {
  static final Parameter SEED =
      Parameter.integer(
          "seed",
          "shuffles the stimuli before they are divided; none: contiguous folds",
          "none",
          Integer.MIN_VALUE,
          "none");

  /** Folds that may be asked for; none: fitted and scored on all stimuli. */
  static Parameter optional(String help) {
    return Parameter.integer("folds", help + "; none: in-sample", "none", 2, "none");
  }

  /** Those of {@link #optional}; null for none, with which a seed would change nothing. */
  static Folds ofOptional(Arguments arguments) {
    if (arguments.is("folds", "none")) {
      arguments.refuse("seed", "without folds");
      return null;
    }
    return of(arguments);
  }

  static Folds of(Arguments arguments) {
    boolean shuffled = !arguments.is("seed", "none");
    return new Folds(
        arguments.integer("folds"), shuffled, shuffled ? arguments.integer("seed") : 0);
  }

  /**
   * Held-out rows of every fold. Sizes differ by one at most, the larger first, as scikit-learn's
   * {@code KFold} has them.
   */
  int[][] heldOut(int n) {
    int[] order = new int[n];
    Arrays.setAll(order, i -> i);
    if (shuffled) {
      SplittableRandom random = new Seeds(seed).stream("folds");
      for (int i = n - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[j];
        order[j] = swapped;
      }
    }
    int[][] folds = new int[count][];
    int from = 0;
    for (int f = 0; f < count; f++) {
      int to = from + n / count + (f < n % count ? 1 : 0);
      folds[f] = Arrays.copyOfRange(order, from, to);
      Arrays.sort(folds[f]);
      from = to;
    }
    return folds;
  }

  /** The rows that are not held out, in order. */
  static int[] training(int n, int[] heldOut) {
    boolean[] out = new boolean[n];
    for (int i : heldOut) {
      out[i] = true;
    }
    int[] training = new int[n - heldOut.length];
    int at = 0;
    for (int i = 0; i < n; i++) {
      if (!out[i]) {
        training[at++] = i;
      }
    }
    return training;
  }
}
