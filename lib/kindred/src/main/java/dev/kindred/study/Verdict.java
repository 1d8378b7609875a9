package dev.kindred.study;

import dev.kindred.base.InputException;
import java.util.Arrays;

/** What the data at hand say of a published claim. */
public enum Verdict {
  REPRODUCED("reproduced", "holds"),
  NOT_REPRODUCED("not reproduced", "does not hold"),

  /** The claim could be tested, but so few models or data sets leave both answers open. */
  NOT_DECIDABLE("not decidable", "not decidable"),

  /** What the claim speaks of does not occur in the data. */
  NOT_TESTABLE("not testable here", "not testable here");

  private final String text;
  private final String own;

  Verdict(String text, String own) {
    this.text = text;
    this.own = own;
  }

  /** In words for a claim that the work does not make: there is nothing to be reproduced. */
  public String ofOwnClaim() {
    return own;
  }

  /** The verdict of that text. */
  static Verdict named(String text) {
    return Arrays.stream(values())
        .filter(verdict -> verdict.text.equals(text))
        .findFirst()
        .orElseThrow(() -> new InputException("no verdict is " + text));
  }

  /** Whether the claim is decided, one way or the other. */
  public boolean isDecision() {
    return this == REPRODUCED || this == NOT_REPRODUCED;
  }

  @Override
  public String toString() {
    return text;
  }
}
