package dev.kindred.stimuli.generator;

/** English for captions. */
final class Words {
  private Words() {}

  /** The phrase with its indefinite article. */
  static String a(String phrase) {
    return ("aeiou".indexOf(phrase.charAt(0)) >= 0 ? "an " : "a ") + phrase;
  }

  static String plural(String noun) {
    return noun + (noun.endsWith("s") || noun.endsWith("x") ? "es" : "s");
  }
}
