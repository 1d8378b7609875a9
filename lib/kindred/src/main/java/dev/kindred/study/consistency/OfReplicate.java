package dev.kindred.study.consistency;

import java.util.function.Function;

/**
 * Something that several quantities of a bootstrap replicate are made of: made once where they ask
 * for it one after the other. Every thread has its own.
 */
final class OfReplicate<T> {
  private final Function<Consistency, T> made;
  private final ThreadLocal<Made<T>> last = new ThreadLocal<>();

  private record Made<T>(Consistency replicate, T value) {}

  /**
   * @param made how it is made of a replicate
   */
  OfReplicate(Function<Consistency, T> made) {
    this.made = made;
  }

  T in(Consistency asked) {
    Made<T> known = last.get();
    if (known == null || known.replicate() != asked) {
      known = new Made<>(asked, made.apply(asked));
      last.set(known);
    }
    return known.value();
  }
}
