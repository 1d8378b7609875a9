package dev.kindred.representation;

import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.Half;
import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Tells from numbers to which floating type they were rounded, where they are stored in a wider
 * one.
 *
 * <p>That every number is one of a narrower type is not enough: counts, masks, one-hot codes and
 * quarters are, and carry no rounding error. What rounding leaves is that the last bit of the
 * narrow significand is used as often as not, whatever the number's size, whereas exact numbers are
 * multiples of one step, which is that last bit for numbers of one size (one binade) at most.
 * Hence, of the numbers that are not zero,
 *
 * <ul>
 *   <li>an eighth have the last bit set (half of them, were no column exact), and
 *   <li>for the 16-bit types, whose last bit integers below 2048 reach, a sixteenth have it set
 *       outside of the binade where that is most frequent.
 * </ul>
 *
 * <p>So 16-bit numbers that all lie within one factor of two are taken for exact, and integers that
 * fill 24 bits for rounded to float32, which hardly matters: then directions count that are 1e7
 * times smaller than others.
 *
 * <p>Text has float32 in as few decimal digits as tell it from its neighbours, up to nine, and what
 * is read back is no float32. float64 numbers of at most nine digits, at least half of which need
 * eight, are therefore taken for rounded to float32.
 */
final class RoundingDetector {
  /** Numbers that are looked at in decimal digits, which takes its time. */
  private static final int DECIMALS = 1 << 13;

  /** Fewer signs of rounding than this may be chance. */
  private static final int LEAST = 4;

  private static final MathContext NINE = new MathContext(9);
  private static final MathContext SEVEN = new MathContext(7);

  private final ElementType stored;
  private final Candidate bfloat16 = new Candidate(16, 1, true);
  private final Candidate float16 = new Candidate(13, 113, true);
  private final Candidate float32 = new Candidate(0, 1, false);
  private boolean decimal;
  private int decimals;
  private int longDecimals;

  RoundingDetector(ElementType stored) {
    this.stored = stored;
    this.decimal = stored == ElementType.FLOAT64;
  }

  /**
   * Takes further numbers; false if none can change the result any more. NaN and infinite numbers
   * count for every type.
   */
  boolean add(double[] numbers, int count) {
    for (int i = 0; i < count && isOpen(); i++) {
      double number = numbers[i];
      if (number != 0 && Double.isFinite(number)) {
        addBinary(number);
        if (decimal && decimals < DECIMALS) {
          addDecimal(number);
        }
      }
    }
    return isOpen();
  }

  private boolean isOpen() {
    boolean binary = bfloat16.possible || float16.possible;
    return stored == ElementType.FLOAT32
        ? binary
        : binary || float32.possible || decimal && decimals < DECIMALS;
  }

  ElementType result() {
    if (bfloat16.isFilled()) {
      return ElementType.BFLOAT16;
    }
    if (float16.isFilled()) {
      return ElementType.FLOAT16;
    }
    boolean asText = decimal && longDecimals >= LEAST && longDecimals >= decimals / 2;
    return stored == ElementType.FLOAT32 || float32.isFilled() || asText
        ? ElementType.FLOAT32
        : ElementType.FLOAT64;
  }

  private void addBinary(double number) {
    float narrow = (float) number;
    int bits = Float.floatToRawIntBits(narrow);
    if (narrow != number) {
      bfloat16.possible = false;
      float16.possible = false;
      float32.possible = false;
      return;
    }
    float32.add(bits);
    if (bfloat16.possible) {
      bfloat16.possible = (bits & 0xFFFF) == 0;
      bfloat16.add(bits);
    }
    if (float16.possible) {
      float16.possible = Half.toFloat(Half.fromFloat(narrow)) == narrow;
      float16.add(bits);
    }
  }

  private void addDecimal(double number) {
    BigDecimal exact = new BigDecimal(number);
    decimals++;
    if (exact.round(NINE).doubleValue() != number) {
      decimal = false;
    } else if (exact.round(SEVEN).doubleValue() != number) {
      longDecimals++;
    }
  }

  /** How often the last bit of a type's significand is set in float32 numbers, by their size. */
  private static final class Candidate {
    private final int lastBit;
    private final int leastExponent;
    private final boolean severalBinades;
    private final long[] set = new long[256];
    private boolean possible = true;
    private long count;

    /**
     * @param lastBit place of the last bit in a float32
     * @param leastExponent biased exponent of the smallest normal number; below it steps are equal,
     *     as those of exact numbers are, and say nothing
     * @param severalBinades whether the last bit has to be set in numbers of several sizes
     */
    Candidate(int lastBit, int leastExponent, boolean severalBinades) {
      this.lastBit = lastBit;
      this.leastExponent = leastExponent;
      this.severalBinades = severalBinades;
    }

    void add(int bits) {
      int exponent = bits >>> 23 & 0xFF;
      if (exponent >= leastExponent) {
        count++;
        set[exponent] += bits >>> lastBit & 1;
      }
    }

    boolean isFilled() {
      long all = 0;
      long largest = 0;
      for (long binade : set) {
        all += binade;
        largest = Math.max(largest, binade);
      }
      long spread = severalBinades ? all - largest : all;
      return possible && all >= count / 8 && spread >= Math.max(LEAST, count / 16);
    }
  }
}
