package dev.kindred.study.convergence;

import dev.kindred.measure.CrossValidated;
import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Measures;
import java.util.Locale;
import java.util.Map;

/** The three families of alignment, the most flexible first. */
public enum AlignmentFamily {
  /** Ridge regression, its penalty by generalised cross-validation. */
  LINEAR("linear-predictivity[direction=mean]"),
  /** The best rotation; the narrower side is padded with zeros. */
  PROCRUSTES("procrustes-predictivity[direction=mean]"),
  /** The best permutation of units; of different widths, the best transport plan. */
  MATCHING("soft-matching");

  /** Parts of the stimuli. */
  static final int FOLDS = 5;

  private final String specification;

  AlignmentFamily(String specification) {
    this.specification = specification;
  }

  /** The measure with its folds, shuffled by seed. */
  CrossValidated measure() {
    return (CrossValidated)
        Measures.parse(specification, Map.of("folds", String.valueOf(FOLDS), "seed", "1"));
  }

  /** Scores that are stored: of the folds forward, then backward where that differs. */
  double[] folds(HeldOutScores scores) {
    double[] forward = scores.forward().folds();
    if (this == MATCHING) {
      return forward;
    }
    double[] both = java.util.Arrays.copyOf(forward, 2 * FOLDS);
    System.arraycopy(scores.backward().folds(), 0, both, FOLDS, FOLDS);
    return both;
  }

  /** How many scores are stored of a comparison. */
  int stored() {
    return this == MATCHING ? FOLDS : 2 * FOLDS;
  }

  /** The name of its array. */
  String array() {
    return name().toLowerCase(Locale.ROOT);
  }

  @Override
  public String toString() {
    return switch (this) {
      case LINEAR -> "linear";
      case PROCRUSTES -> "Procrustes";
      case MATCHING -> "soft matching";
    };
  }
}
