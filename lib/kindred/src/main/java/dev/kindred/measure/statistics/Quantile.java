package dev.kindred.measure.statistics;

import dev.kindred.base.InputException;
import java.util.Arrays;

/** Quantiles by linear interpolation between order statistics, as NumPy's default has them. */
public final class Quantile {
  private Quantile() {}

  /** The quantile at {@code level} in [0, 1]; the values need not be sorted. */
  public static double of(double[] values, double level) {
    if (values.length == 0 || !(level >= 0 && level <= 1)) {
      throw new InputException("quantile " + level + " of " + values.length + " values");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double position = level * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = Math.min(sorted.length - 1, below + 1);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }
}
