package dev.kindred.base;

import java.math.BigDecimal;
import java.math.MathContext;

/** Numbers for machines. */
public final class Numbers {
  private static final MathContext SEVENTEEN_DIGITS = new MathContext(17);

  private Numbers() {}

  /** With 17 significant digits, which give back the same float64. */
  public static String text(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(SEVENTEEN_DIGITS).toString()
        : String.valueOf(value);
  }
}
