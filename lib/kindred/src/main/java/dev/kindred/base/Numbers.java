package dev.kindred.base;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/** Numbers as texts and in tables. */
public final class Numbers {
  private static final MathContext SEVENTEEN_DIGITS = new MathContext(17);

  private Numbers() {}

  /** With 17 significant digits, which give back the same float64. */
  public static String text(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(SEVENTEEN_DIGITS).toString()
        : String.valueOf(value);
  }

  /** For tables: to so many digits behind the point; NaN and infinities stay. */
  public static double rounded(double value, int digits) {
    return Double.isFinite(value)
        ? new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).doubleValue()
        : value;
  }
}
