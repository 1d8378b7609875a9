package dev.kindred.study;

/** What the data at hand say of a published claim. */
public enum Verdict {
  REPRODUCED("reproduced"),
  NOT_REPRODUCED("not reproduced"),
  NOT_DECIDABLE("not decidable at this scale");

  private final String text;

  Verdict(String text) {
    this.text = text;
  }

  @Override
  public String toString() {
    return text;
  }
}
