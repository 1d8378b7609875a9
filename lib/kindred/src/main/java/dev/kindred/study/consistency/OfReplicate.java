package dev.kindred.study.consistency;

import java.util.function.Function;

/**
 * Something that several quantities of a bootstrap replicate are made of: made once where they ask
 * for it one after the other. For one thread.
 */
final class OfReplicate<T> {
  private final Function<Consistency, T> made;
  private Consistency replicate;
  private T value;

  /**
   * @param made how it is made of a replicate
   */
  OfReplicate(Function<Consistency, T> made) {
    this.made = made;
  }

  T in(Consistency asked) {
    if (asked != replicate) {
      value = made.apply(asked);
      replicate = asked;
    }
    return value;
  }
}
