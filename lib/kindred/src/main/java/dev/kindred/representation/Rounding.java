package dev.kindred.representation;

import dev.kindred.base.InputException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The coarsest floating type that responses were rounded to on their way, from the coarsest on. A
 * {@link Precision} says how numbers are stored; float64 may well store what was computed in
 * float16.
 */
public enum Rounding {
  BFLOAT16(8),
  FLOAT16(11),
  FLOAT32(24),
  /** Also integers and other numbers that were never rounded. */
  FLOAT64(53);

  private final int bits;

  Rounding(int bits) {
    this.bits = bits;
  }

  /** Distance from 1 to the next larger number, ε; rounding changes a number by at most ε/2. */
  public double epsilon() {
    return Math.scalb(1.0, 1 - bits);
  }

  /** The type that NumPy or PyTorch gives this name. */
  public static Rounding of(String name) {
    return Arrays.stream(values())
        .filter(rounding -> rounding.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "numbers rounded to "
                        + name
                        + ": expected one of "
                        + Arrays.stream(values())
                            .map(Rounding::toString)
                            .collect(Collectors.joining(", "))));
  }

  static Rounding coarser(Rounding a, Rounding b) {
    return a.compareTo(b) < 0 ? a : b;
  }

  /** As NumPy and PyTorch write it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
