package dev.kindred.base;

import java.math.BigInteger;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The order in which people count: {@code layer2} before {@code layer10}. */
public final class NaturalOrder implements Comparator<String> {
  public static final NaturalOrder INSTANCE = new NaturalOrder();

  private static final Pattern PIECE = Pattern.compile("\\d+|\\D+");

  private NaturalOrder() {}

  @Override
  public int compare(String a, String b) {
    Matcher ofA = PIECE.matcher(a);
    Matcher ofB = PIECE.matcher(b);
    while (true) {
      boolean moreA = ofA.find();
      boolean moreB = ofB.find();
      if (!moreA || !moreB) {
        int shorter = Boolean.compare(moreA, moreB);
        // Such as 01 and 1.
        return shorter != 0 ? shorter : a.compareTo(b);
      }
      int order = comparePieces(ofA.group(), ofB.group());
      if (order != 0) {
        return order;
      }
    }
  }

  private static int comparePieces(String a, String b) {
    return Character.isDigit(a.charAt(0)) && Character.isDigit(b.charAt(0))
        ? new BigInteger(a).compareTo(new BigInteger(b))
        : a.compareTo(b);
  }
}
