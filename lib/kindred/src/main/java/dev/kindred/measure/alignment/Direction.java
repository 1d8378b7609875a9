package dev.kindred.measure.alignment;

import dev.kindred.measure.HeldOutScores;
import dev.kindred.measure.Parameter;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** Which of two representations predicts the other. */
enum Direction {
  /** The first predicts the second. */
  FORWARD,
  /** The second predicts the first. */
  BACKWARD,
  /** The mean of both. */
  MEAN;

  static final Parameter PARAMETER =
      Parameter.choice(
          "direction",
          "first predicts second, the reverse, or the mean of both",
          "forward",
          "backward",
          "mean");

  static Direction of(String text) {
    return valueOf(text.toUpperCase(Locale.ROOT));
  }

  double of(DoubleSupplier forward, DoubleSupplier backward) {
    return switch (this) {
      case FORWARD -> forward.getAsDouble();
      case BACKWARD -> backward.getAsDouble();
      case MEAN -> (forward.getAsDouble() + backward.getAsDouble()) / 2;
    };
  }

  double value(HeldOutScores scores) {
    return of(() -> scores.forward().value(), () -> scores.backward().value());
  }

  double[] folds(HeldOutScores scores) {
    return switch (this) {
      case FORWARD -> scores.forward().folds();
      case BACKWARD -> scores.backward().folds();
      case MEAN -> scores.meanFolds();
    };
  }
}
