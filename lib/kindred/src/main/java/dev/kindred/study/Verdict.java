package dev.kindred.study;

/** What the data at hand say of a published claim. */
public enum Verdict {
  REPRODUCED("reproduced"),
  NOT_REPRODUCED("not reproduced"),

  /** The claim could be tested, but so few models or data sets leave both answers open. */
  NOT_DECIDABLE("not decidable"),

  /** What the claim speaks of does not occur in the data. */
  NOT_TESTABLE("not testable here");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
